<?php

declare(strict_types=1);

// Copy this file to config.php, which git ignores, and fill it in.
// An environment variable of the same name wins over the value here.

return [
    // Required. The webhook URL in the widget's manifest carries it as ?k=...; without it every call gets 503.
    // `php backend/bin/set_secret.php SECRET` writes it here and into the manifest.
    'KOMMO_WEBHOOK_SECRET' => '',

    // The integration's secret key: signs the one-time tokens that Kommo sends with some requests.
    // The digital pipeline's calls carry no token. https://developers.kommo.com/docs/one-time-tokens
    'KOMMO_CLIENT_SECRET' => '',

    // Ids of the accounts that may call, separated by commas. Empty: any account.
    'KOMMO_ACCOUNTS' => '',

    // A writable folder outside the web root, for events.log and the memory against duplicates.
    // A relative path starts at this folder. Empty: storage
    'KOMMO_STORAGE' => '',
];
