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
    if ($request->entityType !== 'lead' || $request->entityId === null) {
        return BotReply::exit('failed');
    }
    $lead = $services->api($request->accountId)->get("leads/$request->entityId");
    if ($lead === []) {
        return BotReply::exit('failed');
    }

    // Later steps of the bot read {{json.price}}. To say something first: ->say('...')
    return BotReply::exit('done', ['price' => (int) ($lead['price'] ?? 0)]);
};
