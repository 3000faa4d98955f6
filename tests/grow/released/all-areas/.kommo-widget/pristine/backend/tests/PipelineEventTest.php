<?php

declare(strict_types=1);

use Backend\Direction;
use Backend\EntityType;
use Backend\EventType;
use Backend\Fields;
use Backend\PipelineEvent;

$read = static fn (array $fields): PipelineEvent => PipelineEvent::from(new Fields($fields));

$wrongIds = [
    'zero points' => '1.5', 'negative' => '-1', 'text' => 'abc', 'blank before' => ' 1', 'line break after' => "1\n",
    'leading zero' => '01', 'hexadecimal' => '0x1A', 'exponent' => '1e3', 'too large' => '9223372036854775808',
    'a fraction in JSON' => 1.5, 'true in JSON' => true, 'an array' => ['1'],
];

return [
    'every value of a form is cast' => static function () use ($read): void {
        $event = $read(sample_event());
        same(30000001, $event->accountId);
        same('my_company', $event->subdomain);
        same(EntityType::LEAD, $event->entityType);
        same(123123, $event->entityId);
        same(123456, $event->pipelineId);
        same(654321, $event->statusId);
        same(EventType::LEAD_STATUS_CHANGED, $event->type);
        same('lead_status_changed', $event->typeCode);
        same(Direction::WENT_TO_TRIGGER, $event->direction);
        same(1491300016, $event->time);
        same('Hi {{lead.name}}', $event->setting('message'));
        same('', $event->setting('absent'));
    },
    'JSON with numbers is the same event' => static function () use ($read): void {
        $numbers = sample_event();
        array_walk_recursive($numbers, static function (mixed &$value): void {
            $value = is_numeric($value) ? (int) $value : $value;
        });
        same($read(sample_event())->identity(), $read($numbers)->identity());
    },
    'what is not documented is left aside' => static function () use ($read): void {
        $extra = sample_with('action.settings.row', '3') + ['surprise' => ['x' => 'y']];
        same($read(sample_event())->identity(), $read($extra)->identity());
    },
    'a type and a direction newer than our list are kept' => static function () use ($read): void {
        same(99, $read(sample_with('event.type', '99'))->type);
        same('went_home', $read(sample_with('event.data.direction_of_movement', 'went_home'))->direction);
    },
    'what names no entity type is a lead' => static function () use ($read): void {
        same(EntityType::LEAD, $read(sample_with('event.data.element_type', ''))->entityType);
    },
    'a setting that is an array becomes JSON, any other value its text' => static function () use ($read): void {
        $path = 'action.settings.widget.settings';
        $settings = $read(sample_with($path, ['a' => ['1', 'ü/'], 'b' => 5, 'c' => true, 'd' => null]))->settings;
        same(['a' => '["1","ü/"]', 'b' => '5', 'c' => '1', 'd' => ''], $settings);
    },
    'an action without settings' => static function () use ($read): void {
        same([], $read(sample_with('action', ''))->settings);
    },
    'no lead' => static function () use ($read): void {
        refused(400, 'no event.data.id', static fn () => $read(sample_with('event.data.id', '')));
        refused(400, 'no event.data.id', static fn () => $read(sample_with('event', 'text')));
    },
    'no account' => static function () use ($read): void {
        refused(400, 'no account_id', static fn () => $read(sample_with('account_id', null)));
    },
    'an id that is none' => static function () use ($read, $wrongIds): void {
        foreach ($wrongIds as $value) {
            foreach (['event.data.id', 'account_id', 'event.data.status_id', 'event.time'] as $path) {
                $wrong = "$path is not a positive whole number";
                refused(400, $wrong, static fn () => $read(sample_with($path, $value)));
            }
        }
    },
    'a subdomain that would be another address' => static function () use ($read): void {
        $wrong = 'subdomain is not a plain word';
        refused(400, $wrong, static fn () => $read(sample_with('subdomain', 'evil.example/?')));
    },
    'each part makes another event' => static function () use ($read): void {
        $changed = [
            'account_id' => '2', 'event.data.element_type' => '12', 'event.data.id' => '2', 'event.time' => '2',
            'event.data.pipeline_id' => '2', 'event.data.status_id' => '2', 'event.type' => '15',
            'event.data.direction_of_movement' => Direction::WENT_IN_TRIGGER,
            'action.settings.widget.settings.message' => 'Bye',
        ];
        $identities = [$read(sample_event())->identity()];
        foreach ($changed as $path => $value) {
            $identities[] = $read(sample_with($path, $value))->identity();
        }
        same(count($changed) + 1, count(array_unique($identities)));
    },
];
