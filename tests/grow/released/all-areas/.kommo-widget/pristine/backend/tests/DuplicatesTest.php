<?php

declare(strict_types=1);

use Backend\Duplicates;
use Backend\FileDuplicates;
use Backend\SqliteDuplicates;

/** Claims the same identities, in the same order, from several processes at once; counts the claims that succeed. */
$race = static function (string $class, string $path, int $identities): int {
    $code = <<<'PHP'
        require $argv[1];
        $store = new $argv[2]($argv[3]);
        echo "ready\n";
        fgets(STDIN);
        $claimed = 0;
        for ($n = 0; $n < (int) $argv[4]; $n++) {
            $claimed += (int) $store->claim("ab$n", 1000);
        }
        echo $claimed;
        PHP;
    $command = [PHP_BINARY, '-r', $code, dirname(__DIR__) . '/lib/bootstrap.php', $class, $path, (string) $identities];
    $running = [];
    for ($n = 0; $n < 4; $n++) {
        $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w']], $pipes);
        $running[] = [$process, ...$pipes];
    }
    foreach ($running as [, , $output]) {
        same("ready\n", fgets($output));
    }
    foreach ($running as [, $input]) {
        fwrite($input, "go\n");
    }
    $claimed = 0;
    foreach ($running as [$process, , $output]) {
        $claimed += (int) stream_get_contents($output);
        same(0, proc_close($process));
    }

    return $claimed;
};

$testsOf = static fn (string $name, string $class, int $identities): array => [
    "$name: the first claim only" => static fn () => in_folder(static function (string $folder) use ($class): void {
        $store = new $class("$folder/store");
        same([true, false, true], [$store->claim('ab1', 1), $store->claim('ab1', 2), $store->claim('ab2', 3)]);
        same(false, (new $class("$folder/store"))->claim('ab1', 4));
    }),
    "$name: one claim of many at once" => static fn () => in_folder(
        static fn (string $folder) => same($identities, $race($class, "$folder/store", $identities))
    ),
    "$name: what is old is forgotten" => static fn () => in_folder(static function (string $folder) use ($class): void {
        $store = new $class("$folder/store");
        $store->claim('ab1', 1000);
        same(false, $store->claim('ab1', 1000 + Duplicates::KEEP_SECONDS));
        same(true, $store->claim('ab1', 1001 + Duplicates::KEEP_SECONDS));
    }),
];

return $testsOf('files', FileDuplicates::class, 500)
    + (extension_loaded('pdo_sqlite') ? $testsOf('SQLite', SqliteDuplicates::class, 50) : [])
    + [
        'files: a store does not grow' => static fn () => in_folder(static function (string $folder): void {
            $store = new FileDuplicates($folder);
            foreach (range(1, 100) as $week) {
                $store->claim("ab$week", $week * 2 * Duplicates::KEEP_SECONDS);
            }
            same(1, count(file("$folder/ab.txt")));
        }),
    ];
