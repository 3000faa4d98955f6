<?php

declare(strict_types=1);

// The address in dp.webhook_url of the widget's manifest, with ?k=<KOMMO_WEBHOOK_SECRET> at its end.
// What to do with an event is in ../handlers/digital_pipeline.php.

use Backend\PipelineEndpoint;
use Backend\Request;

require dirname(__DIR__) . '/lib/bootstrap.php';

(new PipelineEndpoint(dirname(__DIR__)))->answer(Request::received());
