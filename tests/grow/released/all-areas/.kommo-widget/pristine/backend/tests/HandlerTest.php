<?php

declare(strict_types=1);

// Belongs to handlers/digital_pipeline.php: change it together with what you write there.

use Backend\Fields;
use Backend\PipelineEvent;

return [
    'says what it did' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/digital_pipeline.php';
        $done = $handler(PipelineEvent::from(new Fields(sample_event())));
        same('lead_status_changed: lead 123123 in stage 654321 of pipeline 123456', strstr($done, ', settings', true));
    },
];
