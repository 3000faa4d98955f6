<?php

declare(strict_types=1);

use Backend\AccountHost;
use Backend\Base64Url;
use Backend\Token;

const SIGNING_SECRET = 'a-secret-of-the-integration-for-tests-only';

$now = 1_790_000_000;
$claims = [
    'iss' => 'https://acme.' . AccountHost::DOMAINS[0], 'aud' => 'https://hooks.acme.example', 'iat' => $now,
    'nbf' => $now, 'exp' => $now + 1800, 'account_id' => 30000001, 'user_id' => 77,
];
$mint = static function (
    array $claims,
    array $header = ['typ' => 'JWT', 'alg' => 'HS256'],
    string $digest = 'sha256',
    string $secret = SIGNING_SECRET,
): string {
    $flags = JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;
    $signed = Base64Url::encode(json_encode($header, $flags)) . '.' . Base64Url::encode(json_encode($claims, $flags));

    return "$signed." . Base64Url::encode(hash_hmac($digest, $signed, $secret, true));
};
$verify = static function (
    string $jwt,
    string $algorithm = Token::WIDGET,
    string $redirectUri = '',
    string $secret = SIGNING_SECRET,
) use ($now): Token {
    $secretOf = static fn (int $account, AccountHost $host): ?string => $account === 30000001 ? $secret : null;
    $token = Token::verify($jwt, $algorithm, $secretOf, $now);
    $token->mustBeFor($redirectUri);

    return $token;
};
$invalid = static fn (string $jwt, string $algorithm = Token::WIDGET, string $redirectUri = '') => refused(
    401,
    'invalid token',
    static fn () => $verify($jwt, $algorithm, $redirectUri),
);

return [
    'a widget\'s token' => static function () use ($claims, $mint, $verify): void {
        $token = $verify($mint($claims), Token::WIDGET, 'https://hooks.acme.example');
        same([30000001, 77, null], [$token->accountId, $token->userId, $token->entityId]);
        same('acme.' . AccountHost::DOMAINS[0], $token->host->name);
    },
    'a Salesbot\'s token, and the mobile card\'s' => static function () use ($claims, $mint, $verify): void {
        $bot = $mint(['entity_type' => 'lead', 'entity_id' => 5] + $claims, ['alg' => 'HS512'], 'sha512');
        same(['lead', 5], [$verify($bot, Token::SALESBOT)->entityType, $verify($bot, Token::SALESBOT)->entityId]);
        $card = $mint(['data' => ['entity_type' => 'leads', 'entity_id' => 6]] + $claims);
        same(['leads', 6], [$verify($card)->entityType, $verify($card)->entityId]);
    },
    'times may have fractions' => static function () use ($claims, $mint, $verify, $now): void {
        same(77, $verify($mint(['exp' => $now + 1.5, 'iat' => $now + 0.0] + $claims))->userId);
    },
    'expired' => static function () use ($claims, $mint, $verify, $now): void {
        same(77, $verify($mint(['exp' => $now - 59] + $claims))->userId);
        refused(401, 'token expired', static fn () => $verify($mint(['exp' => $now - 60] + $claims)));
    },
    'the header does not choose the algorithm' => static function () use ($claims, $mint, $invalid): void {
        $invalid($mint($claims, ['alg' => 'none'], 'sha256'));
        $invalid($mint($claims, ['alg' => 'HS512'], 'sha512'));
        $invalid($mint($claims), Token::SALESBOT);
        $invalid($mint($claims, ['alg' => 'HS256', 'crit' => ['x']]));
        $invalid(preg_replace('/\.[^.]+\z/', '.', $mint($claims, ['alg' => 'none'])));
    },
    'a wrong signature is refused' => static function () use ($claims, $mint, $invalid): void {
        $jwt = $mint($claims);
        $wrong = [
            $mint($claims, secret: 'another'), $mint($claims, secret: ''), "$jwt=", substr($jwt, 0, -1), "$jwt.x", '', '..',
            'x' . $jwt, preg_replace('/\.[^.]+\./', '.' . Base64Url::encode('{"account_id":30000001}') . '.', $jwt),
        ];
        array_map($invalid, $wrong);
    },
    'a secret that is not set verifies nothing' => static function () use ($claims, $mint, $verify): void {
        refused(503, 'not available', static fn () => $verify($mint($claims, secret: ''), secret: ''));
    },
    'invalid claims are refused' => static function () use ($claims, $mint, $invalid, $now): void {
        $changes = [
            ['exp' => null], ['exp' => (string) ($now + 1800)], ['exp' => true], ['nbf' => $now + 61], ['iat' => $now + 61],
            ['iss' => 'https://evil.example'], ['iss' => 'acme.' . AccountHost::DOMAINS[0]], ['iss' => null],
            ['account_id' => 30000002], ['account_id' => null], ['account_id' => 1.5], ['account_id' => [30000001]],
        ];
        foreach ($changes as $change) {
            $invalid($mint($change + $claims));
        }
    },
    'the audience must match, if it is known' => static function () use ($claims, $mint, $verify, $invalid): void {
        $ours = 'https://hooks.acme.example';
        foreach (["$ours/oauth.php", "$ours?x", "$ours:8443/oauth.php", ''] as $redirectUri) {
            same(77, $verify($mint(['aud' => ['https://x.example', $ours]] + $claims), redirectUri: $redirectUri)->userId);
        }
        same(77, $verify($mint(['aud' => "$ours:8443"] + $claims), redirectUri: "$ours:8443/oauth.php")->userId);
        foreach (['https://evil.example', "$ours/", null, ["$ours.evil.example"]] as $aud) {
            $invalid($mint(['aud' => $aud] + $claims), Token::WIDGET, $ours);
        }
    },
];
