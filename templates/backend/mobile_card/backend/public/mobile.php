<?php

declare(strict_types=1);

// The address in mobile.frame_url of the widget's manifest: a page that the mobile app opens.
// What to do with it is in ../handlers/mobile.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('mobile');
