<?php

declare(strict_types=1);

// php backend/bin/set_secret.php SECRET
//
// Sets the secret of the webhook on both sides: KOMMO_WEBHOOK_SECRET in backend/config.php, and ?k= of
// dp.webhook_url in widget/manifest.json. The manifest reaches every account that installs the widget, so this
// secret keeps strangers out and no more; real tokens stay on the server.

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
    fwrite(STDERR, "there is no line 'KOMMO_WEBHOOK_SECRET' => '...' in $config\n");
    exit(1);
}
// Nobody else on this machine is to read it, not even for the moment between writing and changing the mode.
umask(0077);
if (@file_put_contents("$backend/config.php", $text) === false) {
    fwrite(STDERR, "$backend/config.php cannot be written: run this as the user that it belongs to\n");
    exit(1);
}
@chmod("$backend/config.php", 0600); // another's file that this user may write keeps its mode
echo "KOMMO_WEBHOOK_SECRET is set in $backend/config.php\n";

$json = is_file($manifest) ? (string) file_get_contents($manifest) : '';
$url = (string) (json_decode($json, true)['dp']['webhook_url'] ?? '');
[$address, $query] = explode('?', $url, 2) + [1 => ''];
$others = array_filter(explode('&', $query), static fn (string $pair): bool => !preg_match('/\A(k=.*|)\z/', $pair));
$signed = $address . '?' . implode('&', ["k=$secret", ...$others]);

// The text is changed in place, so that the rest of the manifest stays as it was written.
$quoted = json_encode($url, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
$isKnown = preg_match('~\Ahttps?://~', $url) === 1 && str_contains($json, $quoted);
$changed = str_replace($quoted, json_encode($signed, JSON_UNESCAPED_SLASHES), $json);
echo $isKnown && @file_put_contents($manifest, $changed) !== false
    ? "dp.webhook_url ends in ?k=... in $manifest\n"
    : "add ?k=$secret to dp.webhook_url in the widget's manifest.json\n";
