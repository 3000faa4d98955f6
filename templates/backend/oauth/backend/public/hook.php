<?php

declare(strict_types=1);

// Receives the notification that an account has revoked access. See ../handlers/hook.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('hook');
