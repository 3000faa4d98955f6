<?php

declare(strict_types=1);

// The file to fill in: what your widget does when the pipeline calls it.
//
// It runs after the platform has its answer, so it may take its time; copies of an event never get here.
// What it returns is one line saying what was done: it lands in storage/events.log beside the event.
//
// An exception lands in PHP's error log, and bin/work.php (a cron job) tries the event again later, with growing
// pauses; `throw new Retry('why', seconds)` sets the pause, a Refusal gives the event up. What must not happen twice
// goes into `$services->once('name', fn () => ...)`.

use Backend\EntityType;
use Backend\PipelineEvent;
use Backend\Services;

return static function (PipelineEvent $event, Services $services): string {
    // Typed by people into the action's fields: text, never part of a file name, of SQL or of a shell command.
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

    // Here is the place for your work: a call of the API, a mail, a row in your database. The vendor asks for the
    // result as a note of the service that did it: https://developers.kommo.com/docs/widgets-dp
    $api = $services->api($event->accountId);
    if ($api->isConnected() && isset(EntityType::PATHS[$event->entityType])) {
        $path = EntityType::PATHS[$event->entityType];
        $note = static fn () => $api->note($path, $event->entityId, $done, 'acme_leads');
        $services->once('note', $note);
    }

    return $done;
};
