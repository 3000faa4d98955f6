<?php

declare(strict_types=1);

use Backend\Config;
use Backend\Endpoints\DigitalPipeline;
use Backend\Request;

$config = static fn (string $secret = 's3cret', string $accounts = ''): Config => Config::from(
    ['KOMMO_WEBHOOK_SECRET' => $secret, 'KOMMO_ACCOUNTS' => $accounts],
    __DIR__,
);
$form = http_build_query(sample_event());
$right = ['k' => 's3cret'];
$tooLong = str_repeat('a', Request::MAX_BYTES + 1);

return [
    'the sample event' => static function () use ($config, $form, $right): void {
        $id = (int) sample_event()['event']['data']['id'];
        same($id, DigitalPipeline::admit(request($form, $right), $config())->entityId);
    },
    'the method comes first' => static function () use ($config, $tooLong): void {
        refused(405, 'POST only', static fn () => DigitalPipeline::admit(request($tooLong, [], 'GET'), $config('')));
    },
    'then the size, announced or not' => static function () use ($config, $tooLong): void {
        $admit = static fn (Request $request) => DigitalPipeline::admit($request, $config(''));
        refused(413, 'body too large', static fn () => $admit(request('', [], 'POST', strlen($tooLong))));
        refused(413, 'body too large', static fn () => $admit(request($tooLong, [], 'POST', 0)));
    },
    'then the secret: not set' => static function () use ($config): void {
        refused(503, 'not available', static fn () => DigitalPipeline::admit(request('', ['k' => '']), $config('')));
    },
    'then the secret: wrong, missing, an array' => static function () use ($config): void {
        foreach ([['k' => 'S3cret'], [], ['k' => ['s3cret']], ['k' => '']] as $query) {
            refused(403, 'wrong secret', static fn () => DigitalPipeline::admit(request('', $query), $config()));
        }
    },
    'then the body' => static function () use ($config, $right): void {
        $admit = static fn () => DigitalPipeline::admit(request('', $right), $config('s3cret', '1'));
        refused(400, 'empty body', $admit);
    },
    'then the account' => static function () use ($config, $form, $right): void {
        $admit = static fn (string $accounts) => DigitalPipeline::admit(
            request($form, $right),
            $config('s3cret', $accounts),
        );
        refused(403, 'unknown account', static fn () => $admit('1, 2'));
        $account = sample_event()['account_id'];
        same((int) $account, $admit("1, $account")->accountId);
    },
    'a typo in the list of accounts admits nobody' => static function () use ($config): void {
        refused(503, 'not available', static fn () => $config('s3cret', '30000001;x')->accounts());
    },
];
