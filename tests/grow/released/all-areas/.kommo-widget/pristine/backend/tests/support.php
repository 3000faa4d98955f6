<?php

declare(strict_types=1);

// What the tests share: two assertions, a sample event, a request and a folder that vanishes.

use Backend\Direction;
use Backend\EntityType;
use Backend\EventType;
use Backend\Refusal;
use Backend\Request;

function same(mixed $expected, mixed $actual): void
{
    if ($expected !== $actual) {
        throw new LogicException('expected ' . var_export($expected, true) . ', got ' . var_export($actual, true));
    }
}

function refused(int $status, string $reason, callable $action): void
{
    try {
        $action();
    } catch (Refusal $refusal) {
        same("$status $reason", "$refusal->status $refusal->reason");

        return;
    }
    throw new LogicException("expected a refusal: $status $reason");
}

/** @return array<string, mixed> the fields of an event as Kommo sends them in a form: every value a string */
function sample_event(): array
{
    return [
        'event' => [
            'type' => (string) EventType::LEAD_STATUS_CHANGED,
            'type_code' => EventType::CODES[EventType::LEAD_STATUS_CHANGED],
            'data' => [
                'id' => '123123',
                'element_type' => (string) EntityType::LEAD,
                'status_id' => '654321',
                'pipeline_id' => '123456',
                'direction_of_movement' => Direction::WENT_TO_TRIGGER,
            ],
            'time' => '1491300016',
        ],
        'action' => ['settings' => ['widget' => ['settings' => ['message' => 'Hi {{lead.name}}']]]],
        'subdomain' => 'my_company',
        'account_id' => '30000001',
    ];
}

/** @return array<string, mixed> the sample event with one field changed, given by its path: `event.data.id` */
function sample_with(string $path, mixed $value): array
{
    $fields = sample_event();
    $place = &$fields;
    foreach (explode('.', $path) as $key) {
        $place = &$place[$key];
    }
    $place = $value;

    return $fields;
}

/** @param array<mixed> $query */
function request(string $body, array $query = [], string $method = 'POST', ?int $announced = null): Request
{
    $stream = fopen('php://memory', 'w+b');
    fwrite($stream, $body);
    rewind($stream);

    return new Request($method, $query, $announced ?? strlen($body), $stream);
}

/** Runs a test with the path of a new folder and removes the folder afterwards. */
function in_folder(callable $test): void
{
    $folder = sys_get_temp_dir() . '/kommo-' . bin2hex(random_bytes(8));
    mkdir($folder);
    try {
        $test($folder);
    } finally {
        remove($folder);
    }
}

function remove(string $path): void
{
    if (!is_dir($path)) {
        unlink($path);

        return;
    }
    foreach (array_diff(scandir($path), ['.', '..']) as $name) {
        remove("$path/$name");
    }
    rmdir($path);
}
