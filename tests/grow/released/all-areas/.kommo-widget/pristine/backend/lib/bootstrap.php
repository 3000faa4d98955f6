<?php

declare(strict_types=1);

// First line of every entry point: errors go to PHP's log, never to the caller, and classes load by name.

error_reporting(E_ALL);
ini_set('display_errors', '0');
ini_set('log_errors', '1');

spl_autoload_register(static function (string $class): void {
    [$namespace, $name] = explode('\\', $class, 2) + [1 => ''];
    if ($namespace === 'Backend' && preg_match('/\A\w+\z/', $name) === 1) {
        require __DIR__ . "/$name.php";
    }
});
