<?php

declare(strict_types=1);

// Receives the pipeline's events: dp.webhook_url in manifest.json, with ?k=<KOMMO_WEBHOOK_SECRET>.
// See ../handlers/digital_pipeline.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('digital_pipeline');
