<?php

declare(strict_types=1);

namespace Backend;

/** A job in the queue. */
final class Job
{
    public const WAITING = 'waiting';
    public const DONE = 'done';
    /** Given up: refused by its handler, or repeated too often. */
    public const FAILED = 'failed';

    /**
     * @param string $id the same for copies of an event; a hash, so that it can be a file name
     * @param string $kind the endpoint that added it
     * @param array<string, mixed> $payload what its handler needs; JSON can represent it
     * @param int $dueAt when it is due, in Unix seconds
     * @param string $problem what went wrong last time
     */
    public function __construct(
        public readonly string $id,
        public readonly string $kind,
        public readonly int $accountId,
        public readonly array $payload,
        public readonly string $state = self::WAITING,
        public readonly int $attempts = 0,
        public readonly int $dueAt = 0,
        public readonly string $problem = '',
    ) {
    }

    /** A job for a request; the same kind, account and identity make the same job. */
    public static function of(string $kind, int $accountId, array $payload, mixed ...$identity): self
    {
        $flags = JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE;

        return new self(
            hash('sha256', json_encode([$kind, $accountId, $identity], $flags)),
            $kind,
            $accountId,
            $payload,
        );
    }

    /** @param array<string, mixed> $row as it is stored */
    public static function fromRow(array $row): self
    {
        return new self(
            (string) $row['id'],
            (string) $row['kind'],
            (int) $row['account_id'],
            json_decode((string) $row['payload'], true, 64, JSON_THROW_ON_ERROR),
            (string) $row['state'],
            (int) $row['attempts'],
            (int) $row['due_at'],
            (string) $row['problem'],
        );
    }
}
