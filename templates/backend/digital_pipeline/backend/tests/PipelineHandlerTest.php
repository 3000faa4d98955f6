<?php

declare(strict_types=1);

// Belongs to handlers/digital_pipeline.php: change it together with what you write there.

use Backend\Fields;
use Backend\Http;
use Backend\PipelineEvent;

$handler = require dirname(__DIR__) . '/handlers/digital_pipeline.php';
$event = static fn (): PipelineEvent => PipelineEvent::from(new Fields(sample_event()));

return [
    'says what it did' => static function () use ($handler, $event): void {
        $read = $event();
        $expected = "$read->typeCode: lead $read->entityId in stage $read->statusId of pipeline $read->pipelineId";
        same($expected, strstr($handler($read, services()), ', settings', true));
    },
    'leaves a note where there is a token, once' => static function () use ($handler, $event): void {
        $http = new FakeTransport(reply(200));
        $settings = ['KOMMO_TOKEN' => 'a-long-lived-token', 'KOMMO_HOST' => test_host()];
        $services = at_work(services($settings)->withHttp(new Http($http)));
        $done = [$handler($event(), $services), $handler($event(), $services)];
        same(['POST https://' . test_host() . "/api/v4/leads/{$event()->entityId}/notes"], $http->asked());
        same($done[0], $http->requests[0][3][0]['params']['text']);
    },
];
