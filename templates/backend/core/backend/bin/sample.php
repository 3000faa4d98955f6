<?php

declare(strict_types=1);

// Prints a sample request of samples/*.json for curl. Tokens and signatures are made anew each time.
//
//   php backend/bin/sample.php NAME            the body as a form, for --data
//   php backend/bin/sample.php NAME --query    the query string
//   php backend/bin/sample.php NAME --header   the header, for --header

use Backend\Config;
use Backend\Refusal;
use Backend\Sample;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';

$backend = dirname(__DIR__);
[, $name, $part] = $argv + ['', '', ''];
$names = array_map(static fn (string $file): string => basename($file, '.json'), glob("$backend/samples/*.json"));
if (!in_array($name, $names, true) || !in_array($part, ['', '--query', '--header'], true)) {
    fwrite(STDERR, 'usage: php backend/bin/sample.php ' . implode('|', $names) . " [--query | --header]\n");
    exit(2);
}
try {
    $config = Config::load($backend);
    $sample = Sample::read($backend, $name)->with($config->get(...));
    $secret = $sample->setting() === '' ? '' : $config->required($sample->setting());
    $token = $sample->token($secret, time());
} catch (JsonException | Refusal $error) {
    fwrite(STDERR, "samples/$name.json: {$error->getMessage()}\n");
    exit(1);
}
if ($part === '--header') {
    foreach ($sample->headers($token) as $header => $value) {
        echo "$header: $value\n";
    }
} else {
    echo http_build_query($part === '--query' ? $sample->query($token) : $sample->form($token));
}
