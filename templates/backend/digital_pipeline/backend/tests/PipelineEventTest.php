<?php

declare(strict_types=1);

use Backend\Direction;
use Backend\EntityType;
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
        $sent = sample_event();
        $event = $read($sent);
        same((int) $sent['account_id'], $event->accountId);
        same($sent['subdomain'], $event->subdomain);
        same((int) $sent['event']['data']['element_type'], $event->entityType);
        same((int) $sent['event']['data']['id'], $event->entityId);
        same((int) $sent['event']['data']['pipeline_id'], $event->pipelineId);
        same((int) $sent['event']['data']['status_id'], $event->statusId);
        same((int) $sent['event']['type'], $event->type);
        same($sent['event']['type_code'], $event->typeCode);
        same($sent['event']['data']['direction_of_movement'], $event->direction);
        same((int) $sent['event']['time'], $event->time);
        same($sent['action']['settings']['widget']['settings'] ?? [], $event->settings);
        same('', $event->setting('absent'));
        same([], $event->problems);
    },
    'JSON with numbers is the same event' => static function () use ($read): void {
        $numbers = sample_event();
        array_walk_recursive($numbers, static function (mixed &$value): void {
            $value = is_numeric($value) ? (int) $value : $value;
        });
        same($read(sample_event())->identity(), $read($numbers)->identity());
    },
    'undocumented values are ignored' => static function () use ($read): void {
        $extra = sample_with('action.settings.row', '3') + ['surprise' => ['x' => 'y']];
        same($read(sample_event())->identity(), $read($extra)->identity());
    },
    'a type and a direction newer than our list are kept' => static function () use ($read): void {
        same(99, $read(sample_with('event.type', '99'))->type);
        same('went_home', $read(sample_with('event.data.direction_of_movement', 'went_home'))->direction);
    },
    'a missing entity type means a lead' => static function () use ($read): void {
        same(EntityType::LEAD, $read(sample_with('event.data.element_type', ''))->entityType);
    },
    'a setting that is an array becomes JSON, other values become text' => static function () use ($read): void {
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
    'an invalid required id is refused' => static function () use ($read, $wrongIds): void {
        foreach ($wrongIds as $value) {
            foreach (['event.data.id', 'account_id'] as $path) {
                $wrong = "$path is not a positive whole number";
                refused(400, $wrong, static fn () => $read(sample_with($path, $value)));
            }
        }
    },
    'other values that cannot be read are left out and listed' => static function () use ($read): void {
        $odd = [
            'event.time' => ['soon', ['time' => null]],
            'event.type' => ['1e3', ['type' => null]],
            'event.data.status_id' => ['-1', ['statusId' => null]],
            'event.data.pipeline_id' => [1.5, ['pipelineId' => null]],
            'event.data.element_type' => ['lead', ['entityType' => EntityType::UNKNOWN]],
            'event.type_code' => ['lead status changed', ['typeCode' => '']],
            'subdomain' => ['evil.example/?', ['subdomain' => '']],
            'action.settings.widget.settings' => ['text', ['settings' => []]],
        ];
        foreach ($odd as $path => [$value, $expected]) {
            $event = $read(sample_with($path, $value));
            same($expected, array_intersect_key(get_object_vars($event), $expected));
            same(1, count($event->problems));
            same(0, strpos($event->problems[0], $path));
        }
    },
    'other spellings of a value are accepted' => static function () use ($read): void {
        $other = [
            'event.time' => [[1491300016.0, 'time', 1491300016], ['1491300016.529', 'time', 1491300016]],
            'event.type_code' => [[' mail_in ', 'typeCode', 'mail_in']],
            'subdomain' => [
                ['https://acme.kommo.com/', 'subdomain', 'acme'],
                ['http://acme.kommo.com/leads?a=1', 'subdomain', 'acme'],
            ],
            'action.settings.widget.settings' => [['{"message": "Hi", "n": 5}', 'settings', ['message' => 'Hi', 'n' => '5']]],
        ];
        foreach ($other as $path => $cases) {
            foreach ($cases as [$value, $property, $expected]) {
                $event = $read(sample_with($path, $value));
                same([$expected, []], [$event->$property, $event->problems]);
            }
        }
    },
    'an event leaves the queue unchanged' => static function () use ($read): void {
        $event = $read(sample_event());
        same($event->toArray(), PipelineEvent::fromArray(json_decode(json_encode($event->toArray()), true))->toArray());
    },
    'every value is part of the identity' => static function () use ($read): void {
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
