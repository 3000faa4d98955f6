<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\Deferred;
use Backend\Endpoint;
use Backend\Job;
use Backend\Log;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Services;
use Backend\WebhookEvent;

/**
 * Receives the account's webhooks. They are not signed, so the URL has a secret: webhook.php/SECRET, or ?k=SECRET if
 * the web server does not pass the path on.
 */
final class Webhook implements Endpoint, Deferred
{
    private const NAME = 'webhook';

    public function answer(Request $request, Services $services): Reply
    {
        $request->mustBe('POST');
        $body = $request->body();
        $inPath = ltrim($request->path, '/');
        $services->config->mustMatch('KOMMO_HOOK_SECRET', $inPath === '' ? $request->query['k'] ?? null : $inPath);
        $events = WebhookEvent::all($request->fields($body));
        if ($events === []) {
            throw Refusal::malformed('no event');
        }
        $services->config->mustKnowAccount($events[0]->accountId);
        [$new, $copies] = self::enqueue($events, $services);

        return Reply::json(['ok' => true])->then(static function () use ($new, $copies, $services): void {
            if ($copies > 0) {
                Log::write(self::NAME, 'duplicate dropped', ['copies' => $copies]);
            }
            foreach ($new as $id) {
                $services->worker()->work($id);
            }
        });
    }

    public function work(Job $job, Services $services): array
    {
        $event = WebhookEvent::fromArray($job->payload);
        $done = $services->handler(self::NAME)($event, $services);

        return [
            'endpoint' => self::NAME, 'done' => $done, 'account_id' => $event->accountId,
            'entity' => $event->entity, 'action' => $event->action, 'id' => $event->id(),
        ];
    }

    /**
     * @param list<WebhookEvent> $events
     * @return array{list<string>, int} ids of the new jobs, and the number of copies
     */
    private static function enqueue(array $events, Services $services): array
    {
        $new = [];
        foreach ($events as $event) {
            $job = Job::of(self::NAME, $event->accountId, $event->toArray(), $event->toArray());
            if ($services->jobs()->add($job, time())) {
                $new[] = $job->id;
            }
        }

        return [$new, count($events) - count($new)];
    }
}
