<?php

declare(strict_types=1);

// The older back end, which the platform hosts: it loads this file from the archive and calls the method below at
// /widgets/<subdomain>/loader/acme_leads/digital_pipeline, for public integrations that have passed moderation.
// https://www.amocrm.com/developers/content/digital_pipeline/integrations/
//
// Written for PHP 7.0: the platform does not say which version it runs.

namespace Acme_leads;

use Helpers\Route;

require_once __DIR__ . '/digital_pipeline_handler.php';

class Widget extends \Helpers\Widgets
{
    /** Called for /digital_pipeline, the name after `endpoint_`. */
    protected function endpoint_digital_pipeline()
    {
        $event = $this->event();
        if ($event['entity_id'] === 0) {
            http_response_code(400);
            echo json_encode(['error' => 'no lead id']);

            return;
        }
        error_log('acme_leads: ' . handle_digital_pipeline($event, $this->user()));
        echo json_encode(['ok' => true]);
    }

    /** The event, with ids as numbers (0 if absent) and everything else as text. */
    private function event(): array
    {
        $event = (array) Route::param('event');
        $data = (array) ($event['data'] ?? []);

        return [
            'type' => $this->id($event['type'] ?? null),
            'type_code' => $this->text($event['type_code'] ?? null),
            'time' => $this->id($event['time'] ?? null),
            'entity_type' => $this->id($data['element_type'] ?? null),
            'entity_id' => $this->id($data['id'] ?? null),
            'pipeline_id' => $this->id($data['pipeline_id'] ?? null),
            'status_id' => $this->id($data['status_id'] ?? null),
            'direction' => $this->text($data['direction_of_movement'] ?? null),
            'settings' => $this->settings(),
        ];
    }

    /** What the user entered in the action's fields, by field code. */
    private function settings(): array
    {
        $action = (array) Route::param('action');
        $settings = (array) ($action['settings']['widget']['settings'] ?? []);

        return array_map([$this, 'text'], $settings);
    }

    /** The user on whose behalf the platform calls, and the API key; the names depend on the product. */
    private function user(): array
    {
        return [
            'login' => $this->text(Route::param('kommouser') ?: Route::param('amouser')),
            'hash' => $this->text(Route::param('kommohash') ?: Route::param('amohash')),
        ];
    }

    private function id($value): int
    {
        // Forms send numbers as text, JSON as numbers; 18 digits always fit into an int.
        return is_scalar($value) && preg_match('/\A[1-9][0-9]{0,17}\z/', (string) $value) === 1 ? (int) $value : 0;
    }

    private function text($value): string
    {
        return is_array($value) ? (string) json_encode($value) : (string) $value;
    }
}
