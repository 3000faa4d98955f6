<?php

declare(strict_types=1);

// Fill in this file: what your widget does when a trigger of the pipeline fires. The platform waits for it, so be
// quick; the same event may arrive again.

namespace Acme_leads;

/**
 * $event: type, type_code, time, entity_type, entity_id, pipeline_id, status_id, direction, settings.
 * Values of entity_type:
 *  - 2: lead
 *  - 12: customer
 * $user: login and hash, for calls of the platform's API. Never log the hash.
 *
 * Returns one line that says what was done, for PHP's error log.
 */
function handle_digital_pipeline(array $event, array $user): string
{
    // Typed by users into the action's fields: never use it in a file name, in SQL or in a shell command.
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
