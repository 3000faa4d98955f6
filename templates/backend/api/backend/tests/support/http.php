<?php

declare(strict_types=1);

// A fake network and a fake clock. To test a handler that calls the API:
//
//     $http = new FakeTransport(reply(200, ['id' => 5]));
//     $handler($event, services(['KOMMO_TOKEN' => 'a-token', 'KOMMO_HOST' => test_host()])->withHttp(new Http($http)));
//     same(['GET https://...'], $http->asked());

use Backend\AccountHost;
use Backend\Api\ApiConnection;
use Backend\Api\LongLivedToken;
use Backend\Api\Throttle;
use Backend\Clock;
use Backend\Http;
use Backend\Http\Transport;
use Backend\HttpFailure;
use Backend\HttpReply;
use Backend\KommoApi;

/** @param array<mixed> $body */
function reply(int $status, array $body = [], string ...$headers): HttpReply
{
    return new HttpReply($status, $headers + ['content-type' => 'application/hal+json'], Http::json($body));
}

/** Gives these answers in turn, then the last one again and again; records the requests. */
final class FakeTransport implements Transport
{
    /** @var list<array{string, string, list<string>, mixed}> method, URL, headers, body */
    public array $requests = [];

    /** @var list<HttpReply|HttpFailure> */
    private array $answers;

    public function __construct(HttpReply|HttpFailure ...$answers)
    {
        $this->answers = $answers;
    }

    public function exchange(string $method, string $url, array $headers, string $body, float $seconds): HttpReply
    {
        $this->requests[] = [$method, $url, $headers, json_decode($body, true)];
        $answer = count($this->answers) > 1 ? array_shift($this->answers) : $this->answers[0];

        return $answer instanceof HttpReply ? $answer : throw $answer;
    }

    /** @return list<string> */
    public function asked(): array
    {
        return array_map(static fn (array $request): string => "$request[0] $request[1]", $this->requests);
    }
}

/** A clock that only sleep() advances. */
final class FakeClock implements Clock
{
    /** @var list<float> */
    public array $slept = [];

    public function now(): float
    {
        return 1_790_000_000.0 + array_sum($this->slept);
    }

    public function sleep(float $seconds): void
    {
        if ($seconds > 0.0) {
            $this->slept[] = round($seconds, 2);
        }
    }
}

function test_host(): string
{
    return 'acme.' . AccountHost::DOMAINS[0];
}

/** Runs a test with a fake API that gives these answers, its transport and its clock. */
function with_api(callable $test, HttpReply|HttpFailure ...$answers): void
{
    in_folder(static function (string $folder) use ($test, $answers): void {
        $transport = new FakeTransport(...$answers);
        $clock = new FakeClock();
        $host = AccountHost::tryFrom(test_host());
        $test(new KommoApi(30000001, new ApiConnection(
            $host,
            $host->address(),
            new Http($transport),
            new LongLivedToken('a-long-lived-token'),
            new Throttle("$folder/throttle", $clock),
            $clock,
        )), $transport, $clock);
    });
}
