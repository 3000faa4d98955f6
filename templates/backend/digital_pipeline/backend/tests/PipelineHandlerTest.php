<?php

declare(strict_types=1);

// Tests handlers/digital_pipeline.php: change both together.

use Backend\Fields;
use Backend\Http;
use Backend\PipelineEvent;

$handler = require dirname(__DIR__) . '/handlers/digital_pipeline.php';
$event = static fn (): PipelineEvent => PipelineEvent::from(new Fields(sample_event()));

return [
    'it returns what was done' => static function () use ($handler, $event): void {
        $read = $event();
        $expected = "$read->typeCode: lead $read->entityId in stage $read->statusId of pipeline $read->pipelineId";
        same($expected, strstr($handler($read, services()), ', settings', true));
    },
    'with a token it adds a note, once' => static function () use ($handler, $event): void {
        $http = new FakeTransport(reply(200));
        $settings = ['KOMMO_TOKEN' => 'a-long-lived-token', 'KOMMO_HOST' => test_host()];
        $services = in_job(services($settings)->withHttp(new Http($http)));
        $done = [$handler($event(), $services), $handler($event(), $services)];
        same(['POST https://' . test_host() . "/api/v4/leads/{$event()->entityId}/notes"], $http->asked());
        same($done[0], $http->requests[0][3][0]['params']['text']);
    },
];
