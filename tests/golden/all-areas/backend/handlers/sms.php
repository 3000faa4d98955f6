<?php

declare(strict_types=1);

// The file to fill in: how a text message gets to its receiver.
//
// It runs after Kommo has its answer; a copy of a message never gets here. Throw a Retry where the provider is
// busy: bin/work.php (a cron job) tries again. Throw a Refusal where trying again is no use. What it returns is one
// line saying what was done, for storage/events.log: no text and no number in it.

use Backend\Refusal;
use Backend\Retry;
use Backend\Services;
use Backend\SystemSms;

return static function (SystemSms $message, Services $services): string {
    // Settings of your own, from the environment or config.php: the provider's address and key.
    $address = $services->config->get('SMS_PROVIDER_URL');
    if ($address === '') {
        $reason = 'SMS_PROVIDER_URL is not set: say in handlers/sms.php how messages are sent';
        throw Refusal::because('no_provider', $reason);
    }

    // Never sent twice: once the provider has taken it, a later attempt does not come here again. Where an attempt was
    // cut off in between, nobody knows; $isRepeated says so, and this sample gives up rather than send twice.
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
            // The provider said no, so nothing was sent.
            throw new Retry("the provider answers $reply->status");
        }

        return "taken by the provider ($reply->status)";
    });
};
