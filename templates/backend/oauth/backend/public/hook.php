<?php

declare(strict_types=1);

// The integration's hook on access that was revoked. What to do besides removing the tokens is in ../handlers/hook.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('hook');
