<?php

declare(strict_types=1);

// First line of every entry point: errors go to PHP's log, never to the caller, and classes load by name.

error_reporting(E_ALL);
ini_set('display_errors', '0');
ini_set('log_errors', '1');
// A trace in the log says where, not with which token.
ini_set('zend.exception_ignore_args', '1');

// PSR-4, as composer.json says it too: Backend\ is this folder, Handlers\ is the one that is yours.
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
