<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use Throwable;

/** The back end: answers requests, and then does the work that they have queued. */
final class App
{
    /** The time limit for work after a reply, in seconds. */
    private const WORK_SECONDS = 300;

    private function __construct(private readonly string $backend)
    {
    }

    /** @param string $backend the folder that holds public/, handlers/, lib/ and config.php */
    public static function boot(string $backend): self
    {
        return new self($backend);
    }

    /** Answers the request that PHP received. Every error becomes one line in PHP's error log. */
    public function serve(string $name): void
    {
        $reply = $this->reply($name, Request::received());
        $reply->send();
        if ($reply->after === null) {
            return;
        }
        set_time_limit(self::WORK_SECONDS);
        // The reply is complete: drop what a handler prints, such as a stray var_dump.
        ob_start(static fn (): string => '');
        try {
            ($reply->after)();
        } catch (Throwable $error) {
            Log::write($name, 'work failed', ['why' => (string) $error]);
        } finally {
            ob_end_clean();
        }
    }

    /** Returns the reply to a request; never throws. */
    public function reply(string $name, Request $request): Reply
    {
        try {
            return $this->endpoint($name)->answer($request, $this->services());
        } catch (Throwable $error) {
            return Reply::refusal($error, $name);
        }
    }

    /** The endpoint `digital_pipeline` is the class Endpoints\DigitalPipeline. */
    public function endpoint(string $name): Endpoint
    {
        $class = self::className($name);
        if (!is_subclass_of($class, Endpoint::class)) {
            throw new LogicException("$class is not an endpoint");
        }

        return new $class();
    }

    public function services(): Services
    {
        return new Services(Config::load($this->backend), $this->backend);
    }

    public function worker(): Worker
    {
        return new Worker($this, $this->services());
    }

    /** Runs the periodic tasks of the endpoints; one that fails does not stop the others. */
    public function tick(): void
    {
        foreach (glob("$this->backend/public/*.php") ?: [] as $file) {
            $name = basename($file, '.php');
            if (!is_subclass_of(self::className($name), Periodic::class)) {
                continue;
            }
            try {
                $this->endpoint($name)->tick($this->services());
            } catch (Throwable $error) {
                Log::write($name, 'work failed', ['why' => (string) $error]);
            }
        }
    }

    private static function className(string $endpoint): string
    {
        return __NAMESPACE__ . '\\Endpoints\\' . str_replace('_', '', ucwords($endpoint, '_'));
    }
}
