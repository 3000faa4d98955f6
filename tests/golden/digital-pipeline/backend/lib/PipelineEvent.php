<?php

declare(strict_types=1);

namespace Backend;

/**
 * One event of the digital pipeline, checked and complete. https://developers.kommo.com/docs/widgets-dp
 *
 * The platform may send more than is documented; what is not named here is left aside, never an error. Only the account
 * and the entity's id are needed: any other part that cannot be read is left out, and named in `problems`.
 */
final class PipelineEvent
{
    /** @param array<array-key, string> $settings what the user entered in the action's fields, by field code */
    private function __construct(
        public readonly int $accountId,
        /** The account's name in its address: letters, digits, dot, dash and underscore only. */
        public readonly string $subdomain,
        /** One of `EntityType`, or a number that is newer than that list. */
        public readonly int $entityType,
        /** The lead's id, or the customer's. */
        public readonly int $entityId,
        public readonly ?int $pipelineId,
        public readonly ?int $statusId,
        /** One of `EventType`, or a number that is newer than that list. */
        public readonly ?int $type,
        public readonly string $typeCode,
        /** One of `Direction`; '' where the platform names none. */
        public readonly string $direction,
        /** When it happened, in Unix seconds. */
        public readonly ?int $time,
        public readonly array $settings,
        /** @var list<string> what was there and could not be read */
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
            // The last: arguments are read in this order.
            problems: $fields->problems(),
        );
    }

    /** @param array<string, mixed> $fields what `toArray` gave */
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

    /** Events are of leads first of all: what names no type is one. What names an odd one is not taken for a lead. */
    private static function entityType(Fields $fields): int
    {
        $problems = count($fields->problems());
        $type = $fields->optionalId('event.data.element_type');
        $isOdd = count($fields->problems()) > $problems;

        return $type ?? ($isOdd ? EntityType::UNKNOWN : EntityType::LEAD);
    }

    /** What the user entered in one field of the action; '' where nothing. */
    public function setting(string $code): string
    {
        return $this->settings[$code] ?? '';
    }

    /**
     * The same text for two copies of one event, another for any other event.
     *
     * The settings belong to it: two actions of this widget in one stage send the same event, each with its own.
     */
    public function identity(): string
    {
        $fields = $this->toArray();
        ksort($fields['settings']);

        return hash('sha256', json_encode($fields, JSON_THROW_ON_ERROR));
    }

    /** @return array<string, int> which event it is, for the log */
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
