<?php

declare(strict_types=1);

// The integration's redirect URI. See ../handlers/oauth.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('oauth');
