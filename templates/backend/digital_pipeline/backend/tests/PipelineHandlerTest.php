<?php

declare(strict_types=1);

// Belongs to handlers/digital_pipeline.php: change it together with what you write there.

use Backend\Fields;
use Backend\PipelineEvent;

return [
    'says what it did' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/digital_pipeline.php';
        $event = PipelineEvent::from(new Fields(sample_event()));
        $expected = "$event->typeCode: lead $event->entityId in stage $event->statusId of pipeline $event->pipelineId";
        same($expected, strstr($handler($event, services()), ', settings', true));
    },
];
