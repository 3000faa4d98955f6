<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\Config;
use Backend\Endpoint;
use Backend\EventType;
use Backend\Job;
use Backend\Log;
use Backend\LoggableDeferred;
use Backend\PipelineEvent;
use Backend\Reply;
use Backend\Request;
use Backend\Services;

/**
 * The digital pipeline's endpoint: checks an event, replies, and then handles it.
 * https://developers.kommo.com/docs/widgets-dp
 *
 * The platform does not repeat an event once it has got its 200, so the event is queued before the reply.
 */
final class DigitalPipeline implements Endpoint, LoggableDeferred
{
    private const NAME = 'digital_pipeline';

    public function answer(Request $request, Services $services): Reply
    {
        $event = self::admit($request, $services->config);
        $job = Job::of(self::NAME, $event->accountId, $event->toArray(), $event->identity());
        $isNew = $services->jobs()->add($job, time());

        return Reply::json(['ok' => true])->then(static function () use ($event, $job, $isNew, $services): void {
            if ($isNew) {
                self::logOddities($event);
                $services->worker()->work($job->id);
            } else {
                Log::write(self::NAME, 'duplicate dropped', $event->about());
            }
        });
    }

    public function work(Job $job, Services $services): array
    {
        $event = PipelineEvent::fromArray($job->payload);
        $done = $services->handler(self::NAME)($event, $services);
        // An object: field codes of digits only would make it a JSON list.
        $settings = ['settings' => (object) $event->settings];

        return ['done' => $done] + $settings + $event->toArray();
    }

    /** Turns a request into an event, or throws a `Refusal`. The order of the checks is part of the contract. */
    public static function admit(Request $request, Config $config): PipelineEvent
    {
        $request->mustBe('POST');
        $body = $request->body();
        $config->mustMatch('KOMMO_WEBHOOK_SECRET', $request->query['k'] ?? null);
        $event = PipelineEvent::from($request->fields($body));
        $config->mustKnowAccount($event->accountId);

        return $event;
    }

    private static function logOddities(PipelineEvent $event): void
    {
        if ($event->problems !== []) {
            Log::write(self::NAME, 'left out', $event->about() + ['what' => $event->problems]);
        }
        if (!isset(EventType::CODES[$event->type])) {
            Log::write(self::NAME, 'unknown event type', ['type' => $event->type, 'type_code' => $event->typeCode]);
        }
    }
}
