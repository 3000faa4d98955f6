<?php

declare(strict_types=1);

// A file to fill in: what your widget does when an account has uninstalled it. Its tokens are removed already; remove
// here what you keep of the account yourself.

use Backend\Services;

return static function (int $accountId, Services $services): void {
    error_log("uninstalled in account $accountId");
};
