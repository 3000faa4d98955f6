<?php

declare(strict_types=1);

// Fill in this file: what your server does after an account has uninstalled the widget. Its tokens are gone; remove
// here whatever else you store of it.

use Backend\Services;

return static function (int $accountId, Services $services): void {
    error_log("uninstalled in account $accountId");
};
