<?php

declare(strict_types=1);

namespace Backend;

/** A Salesbot's step `widget_request`; the bot waits. https://developers.kommo.com/docs/salesbot-dp */
final class BotRequest
{
    /** The code of the block in manifest.json that the bot has reached, or ''. */
    public readonly string $block;

    /** @param array<array-key, string> $data what the step sent: `block` and the values of its fields */
    public function __construct(
        public readonly int $accountId,
        /** The URL that lets the bot go on; checked to belong to this account. */
        public readonly string $returnUrl,
        /** `lead`, `contact` or `customer`; null if the token names none. */
        public readonly ?string $entityType,
        public readonly ?int $entityId,
        public readonly array $data,
    ) {
        $this->block = $data['block'] ?? '';
    }

    /** A value that the step sent, or ''. */
    public function value(string $name): string
    {
        return $this->data[$name] ?? '';
    }

    /** @param array<string, mixed> $fields from toArray() */
    public static function fromArray(array $fields): self
    {
        return new self(
            $fields['account_id'],
            $fields['return_url'],
            $fields['entity_type'],
            $fields['entity_id'],
            $fields['data'],
        );
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return [
            'account_id' => $this->accountId,
            'return_url' => $this->returnUrl,
            'entity_type' => $this->entityType,
            'entity_id' => $this->entityId,
            'data' => $this->data,
        ];
    }
}
