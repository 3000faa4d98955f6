<?php

declare(strict_types=1);

// Copy this file to config.php, which git ignores, and fill it in: `install -m 600 config.example.php config.php`.
// An environment variable of the same name overrides a value. Add your own settings here as well: a handler reads them
// with `$services->config->get('NAME')`.

return [
    // Ids of the accounts that may call the endpoints, separated by commas. Empty: any account.
    'KOMMO_ACCOUNTS' => '',

    // For the REST API of one account with a private integration: the account's host, such as acme.kommo.com, and a
    // long-lived token, which an administrator generates in the integration's settings.
    // Empty: handlers cannot call the API.
    'KOMMO_HOST' => '',
    'KOMMO_TOKEN' => '',

    // For development only: the URL of a fake API on this machine, such as http://127.0.0.1:8137.
    'KOMMO_API' => '',

    // Required: without it the endpoint answers 503. dp.webhook_url in the manifest has the same secret as ?k=...
    // `php backend/bin/set_secret.php SECRET` sets both.
    'KOMMO_WEBHOOK_SECRET' => '',

    // A writable folder outside the web root, for the queue, the database and events.log. A relative path is relative
    // to this file's folder. Default: storage
    'KOMMO_STORAGE' => '',
];
