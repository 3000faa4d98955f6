<?php

declare(strict_types=1);

// Shared by the tests: assertions, samples, requests, services and temporary folders.

use Backend\Config;
use Backend\Job;
use Backend\Refusal;
use Backend\Request;
use Backend\Sample;
use Backend\Services;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

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

/** @return array<string, mixed> the body's fields of one of samples/, every value a string */
function sample(string $name): array
{
    return Sample::read(dirname(__DIR__), $name)->form();
}

/** @return array<string, mixed> the fields of the pipeline's sample, every value a string */
function sample_event(): array
{
    return sample('digital_pipeline');
}

/** @return array<string, mixed> the same with the field at a path changed, such as `event.data.id` */
function sample_with(string $path, mixed $value): array
{
    return with(sample_event(), $path, $value);
}

/**
 * @param array<string, mixed> $fields
 * @return array<string, mixed> the fields with one of them changed
 */
function with(array $fields, string $path, mixed $value): array
{
    $place = &$fields;
    foreach (explode('.', $path) as $key) {
        $place = &$place[$key];
    }
    $place = $value;

    return $fields;
}

/**
 * @param array<mixed> $query
 * @param array<string, string> $headers
 */
function request(
    string $body,
    array $query = [],
    string $method = 'POST',
    ?int $announced = null,
    array $headers = [],
): Request {
    $stream = fopen('php://memory', 'w+b');
    fwrite($stream, $body);
    rewind($stream);

    return new Request($method, $query, $announced ?? strlen($body), $stream, $headers);
}

/**
 * Services with their storage in a temporary folder.
 *
 * @param array<string, string> $settings instead of the environment and config.php
 */
function services(array $settings = []): Services
{
    $folder = sys_get_temp_dir() . '/kommo-' . bin2hex(random_bytes(8));
    register_shutdown_function(static fn () => is_dir($folder) ? remove($folder) : null);

    return new Services(Config::from($settings + ['KOMMO_STORAGE' => $folder], dirname(__DIR__)), dirname(__DIR__));
}

/** The services of a job, in which once() works. */
function in_job(Services $services): Services
{
    $job = Job::of('test', 1, []);
    $services->jobs()->add($job, time());

    return $services->forJob($services->jobs()->take($job->id, time()) ?? $job);
}

/** Runs a test with the path of a new folder, and removes the folder afterwards. */
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
    if (is_link($path) || !is_dir($path)) {
        unlink($path);

        return;
    }
    foreach (array_diff(scandir($path), ['.', '..']) as $name) {
        remove("$path/$name");
    }
    rmdir($path);
}
