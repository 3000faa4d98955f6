<?php

// php verify_tokens.php BACKEND: verifies each token of a JSON list on stdin, and prints what came of it.

declare(strict_types=1);

use Backend\AccountHost;
use Backend\Refusal;
use Backend\Token;

require "$argv[1]/lib/bootstrap.php";

// A warning is a fault here, even one that the code would survive.
set_error_handler(static fn (int $_, string $message) => throw new ErrorException($message));

$given = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$secretOf = static fn (int $account, AccountHost $host): ?string => $given['secrets']["$account $host->name"] ?? null;
$results = [];
foreach ($given['tokens'] as [$jwt, $algorithm, $audience]) {
    try {
        $token = Token::verify($jwt, $algorithm, $secretOf, $given['now']);
        $token->mustBeFor($audience);
        $results[] = [
            'account' => $token->accountId,
            'host' => $token->host->name,
            'user' => $token->userId,
            'entity' => [$token->entityType, $token->entityId],
        ];
    } catch (Refusal $refusal) {
        $results[] = ['refused' => "$refusal->status $refusal->reason", 'why' => $refusal->getMessage()];
    } catch (Throwable $error) {
        $results[] = ['broke' => get_class($error) . ': ' . $error->getMessage()];
    }
}
echo json_encode($results, JSON_THROW_ON_ERROR);
