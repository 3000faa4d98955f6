<?php

declare(strict_types=1);

// The file to fill in: what a Salesbot gets to know when it comes to one of the widget's blocks.
//
// It runs after the bot has its 200, so it may take its time; the bot waits. Its answer leaves the block by one of its
// exits. A Retry is tried again by bin/work.php (a cron job), a Refusal is not: then the bot stays where it is.

use Backend\BotReply;
use Backend\BotRequest;
use Backend\Services;

return static function (BotRequest $request, Services $services): BotReply {
    // The exits that this sample takes, by block: where the lead was found, and where it was not.
    [$found, $otherwise] = match ($request->block) {
        'send_text' => ['done', 'failed'],
        // A bot that was saved with a block that the widget no longer has: it leaves by that block's last exit.
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
