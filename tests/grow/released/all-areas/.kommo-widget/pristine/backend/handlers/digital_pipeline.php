<?php

declare(strict_types=1);

// The file to fill in: what your widget does when the pipeline calls it.
//
// It runs after the platform has its answer, so it may take its time; copies of an event never get here.
// What it returns is one line saying what was done: it lands in storage/events.log beside the event.
// An exception lands in PHP's error log, and the event is not tried again.

use Backend\EntityType;
use Backend\PipelineEvent;

return static function (PipelineEvent $event): string {
    // Typed by people into the action's fields: text, never part of a file name, of SQL or of a shell command.
    $settings = [
        'message' => $event->setting('message'),
    ];

    // Here is the place for your work: a call of Kommo's API, a mail, a row in your database. The vendor asks for
    // the result as a note of type extended_service_message: https://developers.kommo.com/docs/widgets-dp

    return sprintf(
        '%s: %s %d in stage %d of pipeline %d, settings %s',
        $event->typeCode,
        EntityType::name($event->entityType),
        $event->entityId,
        $event->statusId,
        $event->pipelineId,
        json_encode($settings, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR),
    );
};
