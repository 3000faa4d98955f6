<?php

declare(strict_types=1);

// The address for the account's webhooks, with /<KOMMO_HOOK_SECRET> at its end.
// What to do with it is in ../handlers/webhook.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('webhook');
