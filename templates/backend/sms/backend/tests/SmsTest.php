<?php

declare(strict_types=1);

use Backend\Fields;
use Backend\SystemSms;

$read = static fn (array $fields): SystemSms => SystemSms::from(
    new Fields($fields + sample('sms')),
    token('sms'),
);

return [
    'the sample' => static function () use ($read): void {
        $form = sample('sms');
        $message = $read([]);
        same([$form['text'], $form['phone']], [$message->text, $message->phone]);
        same($message->toArray(), SystemSms::fromArray($message->toArray())->toArray());
    },
    'numbers as people write them' => static function () use ($read): void {
        $numbers = ['+1 (555) 010-0199' => '+15550100199', '8 800 555-35-35' => '88005553535', '112' => '112'];
        foreach ($numbers as $written => $digits) {
            same($digits, $read(['phone' => (string) $written])->digits());
        }
    },
    'invalid phone numbers and empty texts are refused' => static function () use ($read): void {
        foreach (['abc', '1', '+', '1;2', "1\n2", str_repeat('1', 50), '555 ext. 7'] as $phone) {
            refused(400, 'phone is not a phone number', static fn () => $read(['phone' => $phone]));
        }
        refused(400, 'no phone', static fn () => $read(['phone' => ' ']));
        refused(400, 'no phone', static fn () => $read(['phone' => ['1']]));
        refused(400, 'no text', static fn () => $read(['text' => " \n"]));
    },
    'a missing provider is reported' => static function () use ($read): void {
        $handler = require dirname(__DIR__) . '/handlers/sms.php';
        $reason = 'SMS_PROVIDER_URL is not set: fill in handlers/sms.php';
        refused(422, $reason, static fn () => $handler($read([]), services()));
    },
];
