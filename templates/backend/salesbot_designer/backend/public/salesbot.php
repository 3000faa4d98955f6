<?php

declare(strict_types=1);

// Receives the step widget_request of a Salesbot: SALESBOT_URL in script.js. See ../handlers/salesbot.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('salesbot');
