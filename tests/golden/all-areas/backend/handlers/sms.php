<?php

declare(strict_types=1);

// Fill in this file: it sends a text message.
//
// It runs after Kommo has got its reply, once per message: copies never get here. Throw a Retry if the provider is
// busy, and bin/work.php (a cron job) repeats the message; throw a Refusal if that is pointless. It returns one line
// for events.log that says what was done, without the text and the phone number.

use Backend\Refusal;
use Backend\Retry;
use Backend\Services;
use Backend\SystemSms;

return static function (SystemSms $message, Services $services): string {
    // Your own settings, from the environment or config.php.
    $address = $services->config->get('SMS_PROVIDER_URL');
    if ($address === '') {
        $reason = 'SMS_PROVIDER_URL is not set: fill in handlers/sms.php';
        throw Refusal::because('no_provider', $reason);
    }

    // A message must not be sent twice. If an earlier attempt was cut off, $isRepeated is true and nobody knows whether
    // the provider took the message; this sample gives up rather than send it again.
    return $services->once('send', static function (bool $isRepeated) use ($address, $message, $services): string {
        if ($isRepeated) {
            throw Refusal::because('unknown', 'cut off while sending: ask the provider whether the message went out');
        }
        $reply = $services->http()->postJson(
            $address,
            ['to' => $message->digits(), 'text' => $message->text],
            ['Authorization' => 'Bearer ' . $services->config->get('SMS_PROVIDER_KEY')],
        );
        if (!$reply->isSuccess()) {
            // The provider refused, so nothing was sent.
            throw new Retry("the provider answered $reply->status");
        }

        return "accepted by the provider ($reply->status)";
    });
};
