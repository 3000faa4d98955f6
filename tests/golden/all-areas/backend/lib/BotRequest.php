<?php

declare(strict_types=1);

namespace Backend;

/** A Salesbot that waits for an answer: its step `widget_request`. https://developers.kommo.com/docs/salesbot-dp */
final class BotRequest
{
    /** The code of the block in the widget's manifest that the bot came to; '' where the step names none. */
    public readonly string $block;

    /** @param array<array-key, string> $data what the step sent: `block`, and the values of its fields */
    public function __construct(
        public readonly int $accountId,
        /** Where the bot waits; checked to be of this account. */
        public readonly string $returnUrl,
        /** `lead`, `contact` or `customer`; null where the token names none. */
        public readonly ?string $entityType,
        public readonly ?int $entityId,
        public readonly array $data,
    ) {
        $this->block = $data['block'] ?? '';
    }

    /** One of the values that the step sent; '' where there is none. */
    public function value(string $name): string
    {
        return $this->data[$name] ?? '';
    }

    /** @param array<string, mixed> $fields what `toArray` gave */
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
