<?php

declare(strict_types=1);

// Runs the tests: php backend/tests/run.php. Prints one line per test and exits with 1 if one fails. Needs only PHP.

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';
require __DIR__ . '/support.php';
foreach (glob(__DIR__ . '/support/*.php') as $file) {
    require $file;
}

// The endpoints log what they refuse: keep that out of the results.
ini_set('error_log', DIRECTORY_SEPARATOR === '/' ? '/dev/null' : 'NUL');
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false; // silenced by @
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

$failures = 0;
foreach (glob(__DIR__ . '/*Test.php') as $file) {
    foreach (require $file as $name => $test) {
        $label = basename($file, 'Test.php') . ": $name";
        try {
            $test();
            echo "ok    $label\n";
        } catch (Throwable $error) {
            $failures++;
            echo "FAIL  $label\n      ", str_replace("\n", "\n      ", (string) $error), "\n";
        }
    }
}
echo $failures === 0 ? "all passed\n" : "$failures failed\n";
exit($failures === 0 ? 0 : 1);
