<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\BotReply;
use Backend\BotRequest;
use Backend\Deferred;
use Backend\Endpoint;
use Backend\Fields;
use Backend\Job;
use Backend\Log;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Services;
use Backend\Token;

/**
 * A Salesbot's step `widget_request`: replies within its 2 seconds, calls the handler, then lets the waiting bot go on.
 */
final class Salesbot implements Endpoint, Deferred
{
    private const NAME = 'salesbot';

    public function answer(Request $request, Services $services): Reply
    {
        $bot = self::admit($request, $services);
        // The return URL is different each time the bot reaches the block.
        $job = Job::of(self::NAME, $bot->accountId, $bot->toArray(), $bot->returnUrl);
        $isNew = $services->jobs()->add($job, time());

        return Reply::json(['ok' => true])->then(static function () use ($job, $isNew, $services): void {
            if ($isNew) {
                $services->worker()->work($job->id);
            } else {
                Log::write(self::NAME, 'duplicate dropped', ['account_id' => $job->accountId]);
            }
        });
    }

    public function work(Job $job, Services $services): array
    {
        $bot = BotRequest::fromArray($job->payload);
        // The handler's decision is stored: if only the call below fails, the handler does not run again.
        $answer = $services->once('handler', static function () use ($bot, $services): array {
            $reply = $services->handler(self::NAME)($bot, $services);
            if (!$reply instanceof BotReply) {
                throw new Refusal(500, 'handlers/salesbot.php does not return a BotReply');
            }

            return $reply->toArray();
        });
        $services->once('continue', static function () use ($bot, $answer, $services): bool {
            $services->api($bot->accountId)->continueBot($bot->returnUrl, $answer);

            return true;
        });

        return [
            'endpoint' => self::NAME, 'done' => 'left by ' . $answer['data']['status'],
            'account_id' => $bot->accountId, 'entity_type' => $bot->entityType, 'entity_id' => $bot->entityId,
        ];
    }

    private static function admit(Request $request, Services $services): BotRequest
    {
        $request->mustBe('POST');
        $fields = $request->fields($request->body());
        $token = $services->token($fields->text('token'), Token::SALESBOT);
        $api = $services->api($token->accountId);
        if (!$api->isConnected()) {
            throw Refusal::unavailable("account $token->accountId has given no token to let its bot go on");
        }
        $returnUrl = $fields->text('return_url');
        if ($api->returnPath($returnUrl) === null) {
            throw Refusal::malformed('return_url is not an address of this account');
        }

        return new BotRequest($token->accountId, $returnUrl, $token->entityType, $token->entityId, self::data($fields));
    }

    /** @return array<array-key, string> */
    private static function data(Fields $fields): array
    {
        $data = $fields->texts('data');
        if ($fields->problems() !== []) {
            Log::write(self::NAME, 'left out', ['what' => $fields->problems()]);
        }

        return $data;
    }
}
