<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\ApiError;
use Backend\CardRequest;
use Backend\Endpoint;
use Backend\Fields;
use Backend\Origin;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Retry;
use Backend\Services;
use Throwable;

/** Answers the widget's script: requests with a signed token from the pages of known accounts. */
final class Card implements Endpoint
{
    private const NAME = 'card';

    public function answer(Request $request, Services $services): Reply
    {
        $headers = ['Vary: Origin'];
        try {
            $headers = Origin::headers($request, $services);
            $reply = $request->method === 'OPTIONS'
                ? Origin::preflight($request, $services)
                : $this->handled($request, $services);
        } catch (Throwable $error) {
            // The CORS headers are needed here, too: the script reads the refusal.
            $reply = Reply::refusal(self::asRefusal($error), self::NAME);
        }

        return $reply->with(...$headers);
    }

    private function handled(Request $request, Services $services): Reply
    {
        $request->mustBe('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
        $body = $request->method === 'GET' ? '' : $request->body();
        $token = $services->token($request->header('X-Auth-Token'));
        $request->mustBeReadable();
        $userId = $token->userId ?? throw new Refusal(401, 'the token names no user');
        $fields = match (true) {
            $request->method === 'GET' => new Fields($request->query),
            trim($body) === '' => new Fields([]),
            default => $request->fields($body),
        };
        $cardRequest = new CardRequest(
            $token->accountId,
            $userId,
            $request->method,
            self::action($request),
            $fields,
            $token,
            $services->api($token->accountId),
        );
        $answer = $services->handler(self::NAME)($cardRequest, $services);

        return $answer instanceof Reply ? $answer : Reply::json($answer);
    }

    /** card.php/history or card.php?action=history */
    private static function action(Request $request): string
    {
        $action = trim($request->path, '/') ?: $request->parameter('action');

        return preg_match('~\A[\w./-]{1,100}\z~', $action) === 1 ? $action : throw new Refusal(404, 'no such action');
    }

    /** The caller cannot help refusals and delays of the API, and the log needs no trace of them. */
    private static function asRefusal(Throwable $error): Throwable
    {
        return match (true) {
            $error instanceof ApiError => Refusal::unavailable($error->getMessage()),
            $error instanceof Retry => new Refusal(
                503,
                'not available',
                $error->getMessage(),
                ['Retry-After: ' . ($error->afterSeconds ?? 5)],
            ),
            default => $error,
        };
    }
}
