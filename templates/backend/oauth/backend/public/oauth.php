<?php

declare(strict_types=1);

// The redirect URI of the integration. What to do when an account has installed the widget is in ../handlers/oauth.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('oauth');
