<?php

declare(strict_types=1);

// The accounts that use the widget. Secrets are read from standard input, so that no shell keeps them:
//
//   php backend/bin/account.php add ID HOST CLIENT_ID    a private integration of the account's own; then its secret
//   php backend/bin/account.php add ID HOST              an account of the integration in KOMMO_CLIENT_SECRET
//   php backend/bin/account.php token ID                 then the account's long-lived token, for calls of the API
//   php backend/bin/account.php list
//   php backend/bin/account.php forget ID                the account, its tokens and all that is remembered for it

use Backend\AccountHost;
use Backend\App;
use Backend\Fields;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';

$usage = static function (): never {
    fwrite(STDERR, "usage: php backend/bin/account.php add ID HOST [CLIENT_ID] | token ID | list | forget ID\n");
    exit(2);
};
$fail = static function (string $why): never {
    fwrite(STDERR, "$why\n");
    exit(1);
};
$secret = static function (string $what) use ($fail): string {
    $isTerminal = stream_isatty(STDIN);
    if ($isTerminal) {
        fwrite(STDERR, "$what: ");
        @shell_exec('stty -echo 2>/dev/null');
    }
    $line = trim((string) fgets(STDIN));
    if ($isTerminal) {
        @shell_exec('stty echo 2>/dev/null');
        fwrite(STDERR, "\n");
    }

    return preg_match('/\A[!-~]{8,8192}\z/', $line) === 1 ? $line : $fail("that is not a valid $what");
};

$arguments = array_slice($argv, 1) + ['', '', '', ''];
[$command, $id, $host, $clientId] = $arguments;
$wanted = ['add' => count($argv) === 5 ? 4 : 3, 'token' => 2, 'list' => 1, 'forget' => 2][$command] ?? $usage();
if (count($argv) - 1 !== $wanted) {
    $usage();
}

try {
    $accounts = App::boot(dirname(__DIR__))->services()->accounts();
    if ($command === 'list') {
        foreach ($accounts->all() as $account) {
            $own = $account->secret === '' ? 'KOMMO_CLIENT_SECRET' : "its own integration $account->clientId";
            $token = $accounts->remembers($account->id, 'token') ? ', a long-lived token' : '';
            echo "$account->id  {$account->host->name}  $own$token\n";
        }
        exit(0);
    }
    $number = Fields::positive($id) ?? $fail("$id is not an account id");
    if ($command === 'forget') {
        $accounts->forget($number) || $fail("account $number is not known");
    } elseif ($command === 'token') {
        $accounts->find($number) !== null || $fail("account $number is not known: add it first");
        $accounts->remember($number, 'token', $secret('token'));
    } else {
        $at = AccountHost::tryFrom($host) ?? $fail("$host is not an account's host, such as acme." . AccountHost::DOMAINS[0]);
        if ($clientId !== '' && preg_match('/\A[!-~]{1,128}\z/', $clientId) !== 1) {
            $fail('that is not an integration id');
        }
        $accounts->add($number, $at, $clientId, $clientId === '' ? '' : $secret('secret key'));
    }
} catch (RuntimeException $error) { // a setting is missing, or the storage cannot be used
    $fail($error->getMessage());
}
