<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\Clock;
use Backend\FileLock;
use Backend\Retry;

/**
 * Keeps the calls of all processes to one account within the limit of the API, 7 a second.
 * https://developers.kommo.com/docs/limitations
 *
 * A small file contains the time of the next call. Each caller advances it under a lock, and waits without the lock.
 */
final class Throttle
{
    /** Seconds between calls; a little more than their share, since they do not arrive as evenly as they leave. */
    private const GAP = 1.12 / 7;

    /** The longest wait in seconds: a web server has few processes. */
    private const LONGEST_WAIT = 20.0;

    /** A time further ahead than this, in seconds, means that this machine's clock was set back. */
    private const MAX_AHEAD = 24 * 3600.0;

    public function __construct(private readonly string $file, private readonly Clock $clock)
    {
    }

    /**
     * Returns when it is this call's turn.
     *
     * @throws Retry if that is too far away
     */
    public function wait(): void
    {
        $now = $this->clock->now();
        $turn = $this->change(static fn (float $next): array => $next - $now > self::LONGEST_WAIT
            ? [$next, $next]
            : [max($now, $next), max($now, $next) + self::GAP]);
        if ($turn - $now > self::LONGEST_WAIT) {
            throw new Retry('the API accepts no calls for now', (int) ceil($turn - $now));
        }
        $this->clock->sleep($turn - $now);
    }

    /** Stops all calls for a while, because the API said so. */
    public function hold(float $seconds): void
    {
        $until = $this->clock->now() + $seconds;
        $this->change(static fn (float $next): array => [$next, max($next, $until)]);
    }

    /** @param callable(float): array{float, float} $step takes the time in the file; returns a result and a new time */
    private function change(callable $step): float
    {
        $now = $this->clock->now();

        return FileLock::hold($this->file, static function (mixed $file) use ($step, $now): float {
            $next = (float) stream_get_contents($file);
            [$result, $next] = $step($next > $now + self::MAX_AHEAD ? 0.0 : $next);
            rewind($file);
            ftruncate($file, 0);
            fwrite($file, sprintf('%.6F', $next));

            return $result;
        });
    }
}
