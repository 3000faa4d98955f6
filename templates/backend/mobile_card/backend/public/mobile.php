<?php

declare(strict_types=1);

// The page that the mobile app opens: mobile.frame_url in manifest.json. See ../handlers/mobile.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('mobile');
