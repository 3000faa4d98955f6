<?php

declare(strict_types=1);

// Receives the account's webhooks, at webhook.php/<KOMMO_HOOK_SECRET>. See ../handlers/webhook.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('webhook');
