<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\AccessToken;
use Backend\AccountHost;
use Backend\ApiError;
use Backend\Deferred;
use Backend\Endpoint;
use Backend\GrantedTokens;
use Backend\HttpFailure;
use Backend\Installation;
use Backend\Job;
use Backend\Log;
use Backend\OAuthClient;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Retry;
use Backend\Services;
use Backend\Vault;

/**
 * The integration's redirect URI: an account gives a code, which is exchanged for tokens.
 *
 * The CRM waits 3 seconds and never sends a code again, so the code is kept first, then answered, then exchanged.
 * `referer` says which account's server gets the client secret, and anybody can write it: it has to be the host of an
 * account, character for character, before anything is sent there.
 * https://developers.kommo.com/docs/authorization-public
 */
final class Oauth implements Endpoint, Deferred
{
    private const NAME = 'oauth';

    /** How long a code is good, in seconds. https://developers.kommo.com/docs/oauth-20 */
    private const CODE_SECONDS = 20 * 60;

    /** Until the exchange is tried again, in seconds: well within the life of a code. */
    private const PAUSE = 60;

    private const MAX_STATE = 1000;

    public function answer(Request $request, Services $services): Reply
    {
        $request->mustBe('GET');
        if ($request->parameter('error') !== '') {
            Log::write(self::NAME, 'not granted', ['error' => substr($request->parameter('error'), 0, 100)]);

            return self::page('Access was not granted. Nothing was changed.');
        }
        $host = AccountHost::tryFrom($request->query['referer'] ?? null)
            ?? throw Refusal::malformed('referer is not the host of an account');
        $code = self::code($request);
        $job = self::job($request, $services, $host, $code);
        $isNew = $services->jobs()->add($job, time());

        return self::page('The account is being connected. You can close this window.')
            ->then(static fn () => $isNew && $services->worker()->work($job->id));
    }

    public function work(Job $job, Services $services): array
    {
        $oauth = $services->oauth();
        $host = AccountHost::tryFrom($job->payload['host']) ?? throw Refusal::malformed('no host');
        // Exchanged once: a code is good for nothing afterwards. What it got is kept encrypted until it is stored.
        $client = $oauth->client($services->accounts()->at($host));
        $sealed = $services->once('exchange', static fn (): string => self::exchange($job, $host, $client, $oauth->vault));
        $tokens = GrantedTokens::fromJson($oauth->vault->open($sealed, $job->id));
        $account = AccessToken::account($tokens->access)
            ?? self::granted(static fn (): int => $client->account($host, $tokens));
        $services->config->mustKnowAccount($account);
        $services->accounts()->installed($account, $host);
        $oauth->store->install($account, $host, $tokens, time());
        $installation = new Installation($account, $host, $job->payload['from_widget'], $job->payload['state']);
        $services->handler(self::NAME)($installation, $services);

        return ['done' => 'installed', 'account_id' => $account, 'host' => $host->name];
    }

    private static function job(Request $request, Services $services, AccountHost $host, string $code): Job
    {
        // What is not set is said now, while there is somebody to say it to.
        $services->oauth()->client($services->accounts()->at($host));
        $id = Job::of(self::NAME, 0, [], $host->name, $code)->id;

        return new Job($id, self::NAME, 0, [
            'host' => $host->name,
            'code' => $services->vault()->seal($code, $id),
            'came_at' => time(),
            'from_widget' => !in_array($request->parameter('from_widget'), ['', '0', 'false'], true),
            'state' => substr($request->parameter('state'), 0, self::MAX_STATE),
        ]);
    }

    private static function exchange(Job $job, AccountHost $host, OAuthClient $client, Vault $vault): string
    {
        if (time() - $job->payload['came_at'] > self::CODE_SECONDS) {
            throw new Refusal(410, 'the code has expired: the widget has to be installed again');
        }
        $code = $vault->open($job->payload['code'], $job->id);
        $tokens = self::granted(static fn (): GrantedTokens => $client->exchange($host, $code));

        return $vault->seal($tokens->toJson(), $job->id);
    }

    /**
     * What a lost answer means here: try again; and what a refusal means: no use.
     *
     * @template T
     * @param callable(): T $do
     * @return T
     */
    private static function granted(callable $do): mixed
    {
        try {
            return $do();
        } catch (HttpFailure $failure) {
            throw new Retry($failure->getMessage(), self::PAUSE);
        } catch (ApiError $error) {
            throw new Refusal(502, $error->getMessage());
        }
    }

    private static function code(Request $request): string
    {
        $code = $request->parameter('code');

        return preg_match('/\A[A-Za-z0-9._~+\/=-]{8,4096}\z/', $code) === 1
            ? $code
            : throw Refusal::malformed('code is no authorization code');
    }

    private static function page(string $text): Reply
    {
        return Reply::html("<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
            . "<meta name=\"viewport\" content=\"width=device-width\"><title>$text</title><p>$text</p></html>\n");
    }
}
