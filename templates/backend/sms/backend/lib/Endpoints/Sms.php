<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\Deferred;
use Backend\Endpoint;
use Backend\Job;
use Backend\Log;
use Backend\Reply;
use Backend\Request;
use Backend\Services;
use Backend\SystemSms;

/** Receives text messages to send: a text, a phone number and a signed token. */
final class Sms implements Endpoint, Deferred
{
    private const NAME = 'sms';

    public function answer(Request $request, Services $services): Reply
    {
        $request->mustBe('POST');
        $fields = $request->fields($request->body());
        $jwt = $fields->text('token');
        $message = SystemSms::from($fields, $services->token($jwt));
        // Messages have no id, but each request has its own token: the same message with the same token is a copy.
        $job = Job::of(self::NAME, $message->accountId, $message->toArray(), $message->toArray(), $jwt);
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
        $message = SystemSms::fromArray($job->payload);
        $done = $services->handler(self::NAME)($message, $services);

        // Neither the number nor the text, which are private.
        return [
            'endpoint' => self::NAME,
            'done' => $done,
            'account_id' => $job->accountId,
            'user_id' => $message->userId,
        ];
    }
}
