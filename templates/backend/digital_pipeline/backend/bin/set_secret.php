<?php

declare(strict_types=1);

// Sets the secret of the pipeline's webhook on both sides: KOMMO_WEBHOOK_SECRET in backend/config.php, and ?k= in
// dp.webhook_url of widget/manifest.json. Every account that installs the widget can read the manifest, so this secret
// only keeps strangers out: leave real tokens on the server.
//
//   php backend/bin/set_secret.php SECRET

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

$backend = dirname(__DIR__);
$manifest = dirname($backend) . '/widget/manifest.json';
$secret = $argv[1] ?? '';

if (preg_match('/\A[A-Za-z0-9_-]{16,128}\z/', $secret) !== 1) {
    fwrite(STDERR, "usage: php backend/bin/set_secret.php SECRET (16 to 128 letters, digits, - or _)\n");
    exit(2);
}

$config = is_file("$backend/config.php") ? "$backend/config.php" : "$backend/config.example.php";
$line = "/('KOMMO_WEBHOOK_SECRET'\s*=>\s*)'[^']*'/";
$text = preg_replace($line, "\${1}'$secret'", (string) file_get_contents($config), 1, $count);
if ($count !== 1) {
    fwrite(STDERR, "no line 'KOMMO_WEBHOOK_SECRET' => '...' in $config\n");
    exit(1);
}
// So that no other user can read the file, not even before chmod.
umask(0077);
if (@file_put_contents("$backend/config.php", $text) === false) {
    fwrite(STDERR, "$backend/config.php cannot be written: run this as its owner\n");
    exit(1);
}
@chmod("$backend/config.php", 0600); // fails if the file is writable but belongs to another user
echo "KOMMO_WEBHOOK_SECRET is set in $backend/config.php\n";

$json = is_file($manifest) ? (string) file_get_contents($manifest) : '';
$url = (string) (json_decode($json, true)['dp']['webhook_url'] ?? '');
[$address, $query] = explode('?', $url, 2) + [1 => ''];
$others = array_filter(explode('&', $query), static fn (string $pair): bool => !preg_match('/\A(k=.*|)\z/', $pair));
$signed = $address . '?' . implode('&', ["k=$secret", ...$others]);

// Only the URL is replaced, so that the rest of the manifest keeps its formatting.
$quoted = json_encode($url, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
$isKnown = preg_match('~\Ahttps?://~', $url) === 1 && str_contains($json, $quoted);
$changed = str_replace($quoted, json_encode($signed, JSON_UNESCAPED_SLASHES), $json);
echo $isKnown && @file_put_contents($manifest, $changed) !== false
    ? "?k= is set in dp.webhook_url of $manifest\n"
    : "add ?k=$secret to dp.webhook_url in widget/manifest.json\n";
