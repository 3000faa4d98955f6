<?php

declare(strict_types=1);

// Copy this file to config.php, which git ignores, and fill it in: `install -m 600 config.example.php config.php`.
// An environment variable of the same name wins over the value here. Settings of your own go here as well: a handler
// reads them by `$services->config->get('NAME')`.

return [
    // Ids of the accounts that may call, separated by commas. Empty: any account.
    'KOMMO_ACCOUNTS' => '',

    // Required. The webhook URL in the widget's manifest carries it as ?k=...; without it every call gets 503.
    // `php backend/bin/set_secret.php SECRET` writes it here and into the manifest.
    'KOMMO_WEBHOOK_SECRET' => '',

    // A writable folder outside the web root, for the queue, the database and events.log.
    // A relative path starts at this folder. Empty: storage
    'KOMMO_STORAGE' => '',
];
