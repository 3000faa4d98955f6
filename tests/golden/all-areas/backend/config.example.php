<?php

declare(strict_types=1);

// Copy this file to config.php, which git ignores, and fill it in: `install -m 600 config.example.php config.php`.
// An environment variable of the same name wins over the value here. Settings of your own go here as well: a handler
// reads them by `$services->config->get('NAME')`.

return [
    // Ids of the accounts that may call, separated by commas. Empty: any account.
    'KOMMO_ACCOUNTS' => '',

    // The REST API for a private integration in one account: the account's host, such as acme.kommo.com, and a
    // long-lived token, which an administrator makes in the integration's settings.
    // Empty: handlers do without the API.
    'KOMMO_HOST' => '',
    'KOMMO_TOKEN' => '',

    // In development only: the address of a fake API on this machine, such as http://127.0.0.1:8137.
    'KOMMO_API' => '',

    // The integration's secret key, from its settings in the CRM: signs what the CRM sends.
    'KOMMO_CLIENT_SECRET' => '',

    // The integration's redirect URI, exactly as it is entered there. Where it is set, tokens have to name its host.
    'KOMMO_REDIRECT_URI' => '',

    // Encrypts what is kept for accounts: their own secrets, tokens and values. 64 hexadecimal digits:
    // php -r 'echo bin2hex(random_bytes(32));'
    // Needed as soon as something is kept. Better in the environment than in a file beside the database; keep a copy:
    // without it nothing of what is kept can be read again.
    'KOMMO_KEY' => '',

    // Required. The webhook URL in the widget's manifest carries it as ?k=...; without it every call gets 503.
    // `php backend/bin/set_secret.php SECRET` writes it here and into the manifest.
    'KOMMO_WEBHOOK_SECRET' => '',

    // Settings of your own, which the sample in handlers/sms.php reads: where messages go, and the key for it.
    'SMS_PROVIDER_URL' => '',
    'SMS_PROVIDER_KEY' => '',

    // A writable folder outside the web root, for the queue, the database and events.log.
    // A relative path starts at this folder. Empty: storage
    'KOMMO_STORAGE' => '',
];
