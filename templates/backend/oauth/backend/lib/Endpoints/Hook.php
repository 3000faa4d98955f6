<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\Deferred;
use Backend\Endpoint;
use Backend\Fields;
use Backend\Job;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Services;

/**
 * The integration's hook on access that was revoked: an account uninstalled the widget, and its tokens are removed.
 *
 * `signature` is the HMAC-SHA256 of `client_uuid|account_id` with the client secret; a newer page of the vendor calls
 * the first parameter `client_id`. There is no time in it: whoever has seen the call can send it again, and then the
 * account has to install the widget once more.
 * https://www.amocrm.ru/developers/content/oauth/step-by-step, https://developers.kommo.com/docs/authorization-public
 */
final class Hook implements Endpoint, Deferred
{
    private const NAME = 'hook';

    public function answer(Request $request, Services $services): Reply
    {
        $request->mustBe('GET');
        if (array_key_exists('code', $request->query)) {
            return (new Oauth())->answer($request, $services); // one address entered for both
        }
        $account = Fields::positive($request->query['account_id'] ?? null)
            ?? throw Refusal::malformed('account_id is not a positive whole number');
        self::mustBeSigned($request, $services, $account);
        $services->oauth()->store->forget($account);
        $job = Job::of(self::NAME, $account, [], bin2hex(random_bytes(16)));
        $services->jobs()->add($job, time());

        return Reply::json(['ok' => true])->then(static fn () => $services->worker()->work($job->id));
    }

    public function work(Job $job, Services $services): array
    {
        $services->handler(self::NAME)($job->accountId, $services);

        return ['done' => 'uninstalled', 'account_id' => $job->accountId];
    }

    private static function mustBeSigned(Request $request, Services $services, int $account): void
    {
        [$clientId, $secret] = $services->oauth()->credentials($services->accounts()->find($account));
        $given = $request->parameter('client_uuid') ?: $request->parameter('client_id');
        $expected = hash_hmac('sha256', "$clientId|$account", $secret);
        // The signature is over our own id, so that another's can never be made to fit.
        if (!hash_equals($clientId, $given) || !hash_equals($expected, $request->parameter('signature'))) {
            throw new Refusal(403, 'wrong signature');
        }
    }
}
