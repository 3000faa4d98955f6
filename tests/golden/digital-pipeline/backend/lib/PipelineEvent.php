<?php

declare(strict_types=1);

namespace Backend;

/**
 * An event of the digital pipeline, checked. https://developers.kommo.com/docs/widgets-dp
 *
 * The platform may send more than is documented; anything else is ignored. Only the account and the entity's id are
 * required: other values that cannot be read are left out and listed in `problems`.
 */
final class PipelineEvent
{
    /** @param array<array-key, string> $settings what the user entered in the action's fields, by field code */
    private function __construct(
        public readonly int $accountId,
        /** The account's subdomain: letters, digits, dots, dashes and underscores only. */
        public readonly string $subdomain,
        /** One of `EntityType`, or a newer one. */
        public readonly int $entityType,
        /** The lead's id, or the customer's. */
        public readonly int $entityId,
        public readonly ?int $pipelineId,
        public readonly ?int $statusId,
        /** One of `EventType`, or a newer one. */
        public readonly ?int $type,
        public readonly string $typeCode,
        /** One of `Direction`, or ''. */
        public readonly string $direction,
        /** When it happened, in Unix seconds. */
        public readonly ?int $time,
        public readonly array $settings,
        /** @var list<string> values that could not be read */
        public readonly array $problems = [],
    ) {
    }

    public static function from(Fields $fields): self
    {
        return new self(
            entityId: $fields->requiredId('event.data.id'),
            accountId: $fields->requiredId('account_id'),
            subdomain: $fields->subdomain('subdomain'),
            entityType: self::entityType($fields),
            pipelineId: $fields->optionalId('event.data.pipeline_id'),
            statusId: $fields->optionalId('event.data.status_id'),
            type: $fields->optionalId('event.type'),
            typeCode: $fields->word('event.type_code'),
            direction: $fields->word('event.data.direction_of_movement'),
            time: $fields->time('event.time'),
            settings: $fields->texts('action.settings.widget.settings'),
            // Last: arguments are evaluated in this order.
            problems: $fields->problems(),
        );
    }

    /** @param array<string, mixed> $fields from toArray() */
    public static function fromArray(array $fields): self
    {
        return new self(
            $fields['account_id'],
            $fields['subdomain'],
            $fields['entity_type'],
            $fields['entity_id'],
            $fields['pipeline_id'],
            $fields['status_id'],
            $fields['type'],
            $fields['type_code'],
            $fields['direction'],
            $fields['time'],
            $fields['settings'],
        );
    }

    /** A missing type means a lead; a type that cannot be read does not. */
    private static function entityType(Fields $fields): int
    {
        $problems = count($fields->problems());
        $type = $fields->optionalId('event.data.element_type');
        $isOdd = count($fields->problems()) > $problems;

        return $type ?? ($isOdd ? EntityType::UNKNOWN : EntityType::LEAD);
    }

    /** What the user entered in a field of the action, or ''. */
    public function setting(string $code): string
    {
        return $this->settings[$code] ?? '';
    }

    /**
     * A hash that only copies of this event share.
     *
     * It includes the settings: two actions of this widget in one stage send the same event with different settings.
     */
    public function identity(): string
    {
        $fields = $this->toArray();
        ksort($fields['settings']);

        return hash('sha256', json_encode($fields, JSON_THROW_ON_ERROR));
    }

    /** @return array<string, int> what identifies the event in the log */
    public function about(): array
    {
        return ['account_id' => $this->accountId, 'entity_id' => $this->entityId];
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return [
            'account_id' => $this->accountId,
            'subdomain' => $this->subdomain,
            'entity_type' => $this->entityType,
            'entity_id' => $this->entityId,
            'pipeline_id' => $this->pipelineId,
            'status_id' => $this->statusId,
            'type' => $this->type,
            'type_code' => $this->typeCode,
            'direction' => $this->direction,
            'time' => $this->time,
            'settings' => $this->settings,
        ];
    }
}
