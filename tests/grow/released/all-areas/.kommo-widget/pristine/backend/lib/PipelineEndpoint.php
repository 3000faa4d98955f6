<?php

declare(strict_types=1);

namespace Backend;

use Closure;
use Throwable;

/**
 * The digital pipeline's endpoint: check, answer, then work.
 *
 * An event is taken on before the answer and handled after it, at most once. One whose handler failed is in PHP's
 * error log and not tried again: the platform has its 200 and sends no more, and half of the work may be done.
 */
final class PipelineEndpoint
{
    /** @param string $backend the folder that holds public/, handlers/ and config.php */
    public function __construct(private readonly string $backend)
    {
    }

    public function answer(Request $request): void
    {
        try {
            $config = Config::load($this->backend);
            $event = self::admit($request, $config);
            $storage = Storage::open($config->storage, "$this->backend/public");
            $isNew = $storage->duplicates()->claim($event->identity(), time());
        } catch (Throwable $error) {
            self::refuse($error);

            return;
        }
        Reply::send(200, ['ok' => true]);
        if ($isNew) {
            $this->handle($event, $storage);
        } else {
            self::log('duplicate dropped', ['account_id' => $event->accountId, 'entity_id' => $event->entityId]);
        }
    }

    /** Turns a request into an event, or throws the `Refusal` that says why not. The order is part of the contract. */
    public static function admit(Request $request, Config $config): PipelineEvent
    {
        $request->mustBePost();
        $body = $request->body();
        $config->mustMatchSecret($request->query['k'] ?? null);
        $event = PipelineEvent::from(new Fields(Body::parse($body)));
        $config->mustKnowAccount($event->accountId);

        return $event;
    }

    private static function refuse(Throwable $error): void
    {
        $refusal = $error instanceof Refusal ? $error : Refusal::unavailable((string) $error);
        self::log("refused with $refusal->status", ['why' => $refusal->getMessage()]);
        Reply::send($refusal->status, ['error' => $refusal->reason], $refusal->headers);
    }

    private function handle(PipelineEvent $event, Storage $storage): void
    {
        if (!isset(EventType::CODES[$event->type])) {
            self::log('unknown event type', ['type' => $event->type, 'type_code' => $event->typeCode]);
        }
        // The answer is complete: what the handler prints, by a stray echo or var_dump, goes nowhere.
        ob_start(static fn (): string => '');
        try {
            $storage->logHandled($event, $this->handler()($event));
        } catch (Throwable $error) {
            self::log('handler failed', ['why' => (string) $error, 'event' => $event->toArray()]);
        } finally {
            ob_end_clean();
        }
    }

    /** @return Closure(PipelineEvent): string */
    private function handler(): Closure
    {
        return require "$this->backend/handlers/digital_pipeline.php";
    }

    /** @param array<string, mixed> $details as JSON, so that nothing from outside can start a line of its own */
    private static function log(string $what, array $details): void
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
        error_log("digital_pipeline: $what " . json_encode($details, $flags | JSON_PARTIAL_OUTPUT_ON_ERROR));
    }
}
