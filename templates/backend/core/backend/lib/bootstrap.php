<?php

declare(strict_types=1);

// Required by every entry point: sends errors to PHP's log, never to the caller, and loads classes.

error_reporting(E_ALL);
ini_set('display_errors', '0');
ini_set('log_errors', '1');
// Keeps tokens out of the traces in the log.
ini_set('zend.exception_ignore_args', '1');

// PSR-4, as in composer.json: Backend\ is this folder, Handlers\ is yours.
spl_autoload_register(static function (string $class): void {
    foreach (['Backend\\' => __DIR__, 'Handlers\\' => dirname(__DIR__) . '/handlers'] as $prefix => $folder) {
        if (str_starts_with($class, $prefix) && preg_match('/\A\w+(\\\\\w+)+\z/', $class) === 1) {
            $file = $folder . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
            if (is_file($file)) {
                require $file;
            }
        }
    }
});
