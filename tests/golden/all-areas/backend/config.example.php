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

    // The integration's secret key, from its settings in the CRM, with which the CRM signs its tokens.
    'KOMMO_CLIENT_SECRET' => '',

    // The integration's redirect URI, exactly as it is entered there. If it is set, tokens must name its host.
    'KOMMO_REDIRECT_URI' => '',

    // The key that encrypts what is stored for accounts: secrets, tokens and values. 64 hexadecimal digits:
    // php -r 'echo bin2hex(random_bytes(32));'
    // Required as soon as anything is stored. Better set in the environment than in a file beside the database. Keep a
    // copy: without the key, nothing that is stored can be read again.
    'KOMMO_KEY' => '',

    // Required: without it the endpoint answers 503. dp.webhook_url in the manifest has the same secret as ?k=...
    // `php backend/bin/set_secret.php SECRET` sets both.
    'KOMMO_WEBHOOK_SECRET' => '',

    // Your own settings, which the sample in handlers/sms.php reads: the provider's URL and key.
    'SMS_PROVIDER_URL' => '',
    'SMS_PROVIDER_KEY' => '',

    // A writable folder outside the web root, for the queue, the database and events.log. A relative path is relative
    // to this file's folder. Default: storage
    'KOMMO_STORAGE' => '',
];
