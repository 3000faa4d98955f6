<?php

declare(strict_types=1);

// The file to fill in: what your widget does when the pipeline calls it. The platform waits for the end of it, so be
// quick; the same event may come again.

namespace Acme_leads;

/**
 * $event: type, type_code, time, entity_type, entity_id, pipeline_id, status_id, direction, settings.
 * The numbers of entity_type:
 *  - 2: lead
 *  - 12: customer
 * $user: login and hash, for calls of the platform's API; never log the hash.
 *
 * Returns one line saying what was done, for PHP's error log.
 */
function handle_digital_pipeline(array $event, array $user): string
{
    // Typed by people into the action's fields: text, never part of a file name, of SQL or of a shell command.
    $settings = [
        'message' => $event['settings']['message'] ?? '',
    ];

    return sprintf(
        '%s: %d in stage %d of pipeline %d, for %s, settings %s',
        json_encode($event['type_code']),
        $event['entity_id'],
        $event['status_id'],
        $event['pipeline_id'],
        json_encode($user['login']),
        json_encode($settings)
    );
}
