<?php

declare(strict_types=1);

// A file to fill in: what your widget does when an account has installed it.
//
// It runs after the platform has its answer, once the tokens are stored, so the API can be used. An exception lands in
// PHP's error log, and bin/work.php tries again later.

use Backend\Installation;
use Backend\Services;

return static function (Installation $installation, Services $services): void {
    $account = $services->api($installation->accountId)->get('account');
    error_log('installed in ' . json_encode($account['name'] ?? '') . ", account $installation->accountId");
};
