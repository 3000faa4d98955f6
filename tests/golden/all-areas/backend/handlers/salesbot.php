<?php

declare(strict_types=1);

// Fill in this file: it decides by which exit a Salesbot leaves one of the widget's blocks.
//
// It runs after the bot has got its 200, so it may take its time; the bot waits. After a Retry, bin/work.php (a cron
// job) repeats it; after a Refusal the bot stays where it is.

use Backend\BotReply;
use Backend\BotRequest;
use Backend\Services;

return static function (BotRequest $request, Services $services): BotReply {
    // The exits that this sample uses, by block: if the lead was found, and if not.
    [$found, $otherwise] = match ($request->block) {
        'send_text' => ['done', 'failed'],
        // A bot that was saved with a block that the widget no longer has leaves by that block's last exit.
        default => ['', ''],
    };
    if ($request->entityType !== 'lead' || $request->entityId === null) {
        return BotReply::exit($otherwise);
    }
    $lead = $services->api($request->accountId)->get("leads/$request->entityId");
    if ($lead === []) {
        return BotReply::exit($otherwise);
    }

    // Later steps of the bot read {{json.price}}. To say something first: ->say('...')
    return BotReply::exit($found, ['price' => (int) ($lead['price'] ?? 0)]);
};
