<?php

declare(strict_types=1);

// Fill in this file: what your server does after an account has installed the widget.
//
// The tokens are stored by then, so it can call the API. After an exception, bin/work.php (a cron job) repeats it.

use Backend\Installation;
use Backend\Services;

return static function (Installation $installation, Services $services): void {
    $account = $services->api($installation->accountId)->get('account');
    error_log('installed in ' . json_encode($account['name'] ?? '') . ", account $installation->accountId");
};
