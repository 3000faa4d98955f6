<?php

declare(strict_types=1);

// Fill in this file: what your widget does when a trigger of the pipeline fires.
//
// It runs after the CRM has got its reply, so it may take its time, and once per event: copies never get here.
// It returns one line that says what was done; events.log keeps it with the event.
//
// After an exception, bin/work.php (a cron job) repeats the event, with growing pauses; a Retry sets the pause, and a
// Refusal gives the event up. Wrap what must not happen twice in `$services->once('name', fn () => ...)`.

use Backend\EntityType;
use Backend\PipelineEvent;
use Backend\Services;

return static function (PipelineEvent $event, Services $services): string {
    // Typed by users into the action's fields: never use it in a file name, in SQL or in a shell command.
    $settings = [
        'message' => $event->setting('message'),
    ];

    $done = sprintf(
        '%s: %s %d in stage %d of pipeline %d, settings %s',
        $event->typeCode,
        EntityType::name($event->entityType),
        $event->entityId,
        $event->statusId,
        $event->pipelineId,
        json_encode($settings, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR),
    );

    // Do your work here: call an API, send an e-mail, write to your database. The vendor asks you to report the result
    // as a note of your service: https://developers.kommo.com/docs/widgets-dp
    $api = $services->api($event->accountId);
    if ($api->isConnected() && isset(EntityType::PATHS[$event->entityType])) {
        $path = EntityType::PATHS[$event->entityType];
        $note = static fn () => $api->note($path, $event->entityId, $done, 'acme_leads');
        $services->once('note', $note);
    }

    return $done;
};
