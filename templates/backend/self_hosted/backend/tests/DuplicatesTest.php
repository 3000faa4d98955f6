<?php

declare(strict_types=1);

use Backend\Duplicates;
use Backend\FileDuplicates;
use Backend\SqliteDuplicates;

/** Claims one identity from several processes at once; returns how many of them got it. */
$race = static function (string $class, string $path): int {
    $code = 'require $argv[1]; echo (new $argv[2]($argv[3]))->claim("one", 1000) ? 1 : 0;';
    $command = [PHP_BINARY, '-r', $code, dirname(__DIR__) . '/lib/bootstrap.php', $class, $path];
    $running = [];
    for ($n = 0; $n < 8; $n++) {
        $running[] = [proc_open($command, [1 => ['pipe', 'w']], $pipes), $pipes[1]];
    }
    $claimed = 0;
    foreach ($running as [$process, $output]) {
        $claimed += (int) stream_get_contents($output);
        same(0, proc_close($process));
    }

    return $claimed;
};

$testsOf = static fn (string $name, string $class): array => [
    "$name: the first claim only" => static fn () => in_folder(static function (string $folder) use ($class): void {
        $store = new $class("$folder/store");
        same([true, false, true], [$store->claim('ab1', 1), $store->claim('ab1', 2), $store->claim('ab2', 3)]);
        same(false, (new $class("$folder/store"))->claim('ab1', 4));
    }),
    "$name: one claim of many at once" => static fn () => in_folder(
        static fn (string $folder) => same(1, $race($class, "$folder/store"))
    ),
    "$name: what is old is forgotten" => static fn () => in_folder(static function (string $folder) use ($class): void {
        $store = new $class("$folder/store");
        $store->claim('ab1', 1000);
        same(false, $store->claim('ab1', 1000 + Duplicates::KEEP_SECONDS));
        same(true, $store->claim('ab1', 1001 + Duplicates::KEEP_SECONDS));
    }),
];

return $testsOf('files', FileDuplicates::class)
    + (extension_loaded('pdo_sqlite') ? $testsOf('SQLite', SqliteDuplicates::class) : [])
    + [
        'files: a store does not grow' => static fn () => in_folder(static function (string $folder): void {
            $store = new FileDuplicates($folder);
            foreach (range(1, 100) as $week) {
                $store->claim("ab$week", $week * 2 * Duplicates::KEEP_SECONDS);
            }
            same(1, count(file("$folder/ab.txt")));
        }),
    ];
