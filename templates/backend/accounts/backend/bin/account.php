<?php

declare(strict_types=1);

// Manages the accounts that use the widget. Secrets are read from standard input, so that no shell history keeps them.
//
//   php backend/bin/account.php add ID HOST CLIENT_ID    adds an account with its own integration; asks for its secret
//   php backend/bin/account.php add ID HOST              adds an account of the integration of KOMMO_CLIENT_SECRET
//   php backend/bin/account.php token ID                 asks for the account's long-lived token for the API
//   php backend/bin/account.php list
//   php backend/bin/account.php forget ID                removes the account, its tokens and all values stored for it

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

    return preg_match('/\A[!-~]{8,8192}\z/', $line) === 1 ? $line : $fail("not a valid $what");
};

$arguments = array_slice($argv, 1) + ['', '', '', ''];
[$command, $id, $host, $clientId] = $arguments;
$expected = ['add' => count($argv) === 5 ? 4 : 3, 'token' => 2, 'list' => 1, 'forget' => 2][$command] ?? $usage();
if (count($argv) - 1 !== $expected) {
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
            $fail('CLIENT_ID is not an integration id');
        }
        $accounts->add($number, $at, $clientId, $clientId === '' ? '' : $secret('secret key'));
    }
} catch (RuntimeException $error) { // a setting is missing, or the storage cannot be used
    $fail($error->getMessage());
}
