<?php

declare(strict_types=1);

// The address that a Salesbot's step widget_request calls.
// What to do with it is in ../handlers/salesbot.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('salesbot');
