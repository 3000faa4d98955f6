<?php

declare(strict_types=1);

// php backend/bin/sample.php NAME: the body of samples/NAME.json as a form, for `curl --data`.

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

$name = $argv[1] ?? '';
$file = dirname(__DIR__) . "/samples/$name.json";
if (preg_match('/\A\w+\z/', $name) !== 1 || !is_file($file)) {
    $names = array_map(static fn (string $path): string => basename($path, '.json'), glob(dirname($file) . '/*.json'));
    fwrite(STDERR, 'usage: php backend/bin/sample.php ' . implode('|', $names) . "\n");
    exit(2);
}
try {
    $sample = json_decode((string) file_get_contents($file), true, 32, JSON_THROW_ON_ERROR);
} catch (JsonException $error) {
    fwrite(STDERR, "$file: {$error->getMessage()}\n");
    exit(1);
}
echo http_build_query($sample['form'] ?? []);
