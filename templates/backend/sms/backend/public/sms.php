<?php

declare(strict_types=1);

// The address in sms.endpoint of the widget's manifest.
// What to do with it is in ../handlers/sms.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('sms');
