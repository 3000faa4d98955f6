<?php

declare(strict_types=1);

// Checks this server: PHP, the settings and the storage. With the URL of the endpoints it also calls each of them, and
// makes sure that the web server serves nothing else. Exits with 1 if something is wrong.
//
//   php backend/bin/doctor.php [URL]

use Backend\App;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';

const ENDPOINTS = ['digital_pipeline', 'salesbot', 'sms', 'mobile'];
/** Settings without which an endpoint answers 503. */
const NEEDED = ['KOMMO_WEBHOOK_SECRET'];

$backend = dirname(__DIR__);
$problems = 0;
$say = static function (bool $isRight, string $right, string $wrong) use (&$problems): void {
    $problems += (int) !$isRight;
    echo $isRight ? "ok     $right\n" : "WRONG  $wrong\n";
};

$say(PHP_VERSION_ID >= 80100, 'PHP ' . PHP_VERSION, 'PHP ' . PHP_VERSION . ' is older than 8.1');
foreach (['json', 'pcre', 'hash', 'openssl'] as $extension) {
    extension_loaded($extension) || $say(false, '', "PHP has no extension $extension");
}
$hasHttp = extension_loaded('curl') || filter_var(ini_get('allow_url_fopen'), FILTER_VALIDATE_BOOL);
$say($hasHttp, 'PHP can make requests', 'PHP has neither the extension curl nor allow_url_fopen');
$hasSqlite = extension_loaded('pdo_sqlite');
echo $hasSqlite ? "ok     SQLite\n" : "note   PHP has no pdo_sqlite: the queue is in files, and there is no database\n";

try {
    $config = App::boot($backend)->services()->config;
} catch (Throwable $error) {
    fwrite(STDERR, "WRONG  {$error->getMessage()}\n");
    exit(1);
}
foreach (NEEDED as $name) {
    $say($config->get($name) !== '', "$name is set", "$name is not set, see config.example.php");
}
$hasSecret = $config->get('KOMMO_CLIENT_SECRET') !== '' || $config->get('KOMMO_KEY') !== '';
$say($hasSecret, 'tokens can be verified', 'set KOMMO_CLIENT_SECRET, or KOMMO_KEY for accounts with their own secrets');
if (is_file("$backend/config.php") && DIRECTORY_SEPARATOR === '/') {
    $mode = fileperms("$backend/config.php") & 0777;
    $problem = sprintf('config.php has mode %04o: run chmod 600', $mode);
    $say(($mode & 07) === 0, 'other users cannot read config.php', $problem);
}
if (function_exists('posix_getuid') && posix_getuid() === 0) {
    echo "note   run this as the web server's PHP user (sudo -u www-data): root can access everything\n";
}
try {
    // Not created here: it would belong to whoever runs this.
    if (!is_dir($config->storage())) {
        throw new RuntimeException("the storage folder does not exist: {$config->storage()}");
    }
    $services = App::boot($backend)->services();
    $jobs = $services->jobs()->unfinished();
    $say(true, 'the storage is at ' . realpath($config->storage()), '');
    $old = array_filter($jobs, static fn ($job): bool => $job->state === 'waiting' && $job->dueAt < time() - 3600);
    $say($old === [], 'no jobs are overdue', count($old) . ' jobs are overdue: does cron run bin/work.php?');
    $failed = count(array_filter($jobs, static fn ($job): bool => $job->state === 'failed'));
    echo $failed > 0 ? "note   $failed jobs were given up: see bin/work.php --list\n" : '';
} catch (Throwable $error) {
    $say(false, '', $error->getMessage());
}

$address = rtrim($argv[1] ?? '', '/');
if ($address === '') {
    echo "note   add the URL of the endpoints to check the web server as well\n";
    exit($problems === 0 ? 0 : 1);
}

/** Returns the status and the start of the body of a URL; status 0 if there is no reply. */
$ask = static function (string $url): array {
    $context = stream_context_create(['http' => [
        'ignore_errors' => true, 'follow_location' => 0, 'timeout' => 10, 'header' => 'User-Agent: doctor',
    ]]);
    $stream = @fopen($url, 'rb', false, $context);
    if ($stream === false) {
        return [0, ''];
    }
    $headers = stream_get_meta_data($stream)['wrapper_data'] ?? [];

    return [(int) (explode(' ', $headers[0] ?? '')[1] ?? 0), (string) stream_get_contents($stream, 2000)];
};

foreach (ENDPOINTS as $name) {
    [$status, $body] = $ask("$address/$name.php");
    // Each endpoint refuses a request without token, secret or the right method.
    $isOurs = in_array($status, [400, 401, 403, 405], true) && !str_contains($body, '<?php');
    $say($isOurs, "$name.php answers", "$name.php " . match (true) {
        $status === 0 => 'cannot be reached',
        str_contains($body, '<?php') => 'is served as text: the web server does not run PHP',
        $status === 503 => 'answers 503: see PHP\'s error log',
        default => "answers $status",
    });
}

// Paths below the web root, and below it if it were set too high.
$private = [
    'config.php', 'config.example.php', 'composer.json', '.gitignore', '.htaccess', 'storage/events.log',
    'storage/backend.sqlite', 'storage/backend.sqlite-wal', 'storage/error.log', 'lib/App.php',
    'lib/migrations/001_jobs.sql', 'handlers/' . ENDPOINTS[0] . '.php',
    'samples/' . ENDPOINTS[0] . '.json', 'bin/doctor.php', 'bin/work.php', 'tests/run.php', 'tests/support.php',
];
$served = [];
foreach (['', '/..', '/%2e%2e', '/backend', '/../backend', '/public'] as $from) {
    foreach (['', ...$private] as $path) {
        [$status] = $ask("$address$from/$path");
        if ($status >= 200 && $status < 400) {
            $served[] = "$from/$path";
        }
    }
}
foreach (['/../widget/manifest.json', '/../../README.md', '/../.git/config', '/.git/config', '/README.md'] as $path) {
    [$status] = $ask($address . $path);
    if ($status >= 200 && $status < 400) {
        $served[] = $path;
    }
}
$say($served === [], 'nothing else is served', 'the web server also serves ' . implode(' ', $served));
exit($problems === 0 ? 0 : 1);
