<?php

declare(strict_types=1);

// Receives text messages to send: sms.endpoint in manifest.json. See ../handlers/sms.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('sms');
