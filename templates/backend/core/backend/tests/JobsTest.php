<?php

declare(strict_types=1);

use Backend\Backoff;
use Backend\Job;
use Backend\Jobs;
use Backend\Storage;

$job = static fn (string $name, array $payload = ['a' => '1']): Job => Job::of('test', 30000001, $payload, $name);

/** Adds the same jobs, in the same order, from several processes at once; counts how often one was new. */
$race = static function (string $folder, string $options, int $jobs): int {
    $code = <<<'PHP'
        require $argv[1];
        $jobs = Backend\Storage::open($argv[2], dirname($argv[1], 2))->jobs();
        echo "ready\n";
        fgets(STDIN);
        $added = 0;
        for ($n = 0; $n < (int) $argv[3]; $n++) {
            $added += (int) $jobs->add(Backend\Job::of('test', 1, [], $n), 1000);
        }
        echo $added;
        PHP;
    $bootstrap = dirname(__DIR__) . '/lib/bootstrap.php';
    $command = [PHP_BINARY, ...array_filter([$options]), '-r', $code, $bootstrap, $folder, (string) $jobs];
    $running = [];
    for ($n = 0; $n < 4; $n++) {
        $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w']], $pipes);
        $running[] = [$process, ...$pipes];
    }
    foreach ($running as [, , $output]) {
        same("ready\n", fgets($output));
    }
    foreach ($running as [, $input]) {
        fwrite($input, "go\n");
    }
    $added = 0;
    foreach ($running as [$process, , $output]) {
        $added += (int) stream_get_contents($output);
        same(0, proc_close($process));
    }

    return $added;
};

$open = static fn (string $folder): Jobs => Storage::open($folder, dirname(__DIR__))->jobs();

return [
    'copies are not added' => static fn () => in_folder(static function (string $folder) use ($open, $job): void {
        $jobs = $open($folder);
        same([true, false, true], [$jobs->add($job('a'), 1), $jobs->add($job('a'), 2), $jobs->add($job('b'), 3)]);
        same(false, $open($folder)->add($job('a'), 4));
    }),
    'only one of many parallel copies is added' => static fn () => in_folder(
        static fn (string $folder) => same(50, $race($folder, extension_loaded('pdo_sqlite') ? '' : '-n', 50))
    ),
    'finished jobs are forgotten after a week, others stay' => static fn () => in_folder(
        static function (string $folder) use ($open, $job): void {
            $jobs = $open($folder);
            foreach (['done', 'waiting'] as $name) {
                $jobs->add($job($name), 1000);
            }
            $jobs->finish($jobs->take($job('done')->id, 1000));
            same(false, $jobs->add($job('done'), 1000 + Jobs::KEEP_SECONDS));
            same(true, $jobs->add($job('done'), 1001 + Jobs::KEEP_SECONDS));
            same(false, $jobs->add($job('waiting'), 1001 + Jobs::KEEP_SECONDS));
        }
    ),
    'a job is taken once' => static fn () => in_folder(static function (string $folder) use ($open, $job): void {
        [$jobs, $others] = [$open($folder), $open($folder)];
        $jobs->add($job('a'), 1000);
        $taken = $jobs->take($job('a')->id, 1000);
        same([['a' => '1'], 1], [$taken->payload, $taken->attempts]);
        same(null, $others->take($taken->id, 999999));
        $jobs->finish($taken);
        same(null, $others->take($taken->id, 999999));
        same([], $others->due(999999, 10));
    }),
    'a job that was cut off is repeated after its pause' => static fn () => in_folder(
        static function (string $folder) use ($open, $job): void {
            $open($folder)->add($job('a'), 1000);
            $open($folder)->take($job('a')->id, 1000); // the lock goes with the object, as with a process
            $jobs = $open($folder);
            same(null, $jobs->take($job('a')->id, 1000 + Backoff::pause(1) - 1));
            same(2, $jobs->take($job('a')->id, 1000 + Backoff::pause(1))->attempts);
        }
    ),
    'jobs that were postponed or given up' => static fn () => in_folder(
        static function (string $folder) use ($open, $job): void {
            $jobs = $open($folder);
            foreach (['later', 'never'] as $name) {
                $jobs->add($job($name), 1000);
            }
            $jobs->postpone($jobs->take($job('later')->id, 1000), 2000, 'busy');
            $jobs->giveUp($jobs->take($job('never')->id, 1000), 'no use');
            same([[], [$job('later')->id]], [$jobs->due(1999, 10), $jobs->due(2000, 10)]);
            $states = array_column(array_map(get_object_vars(...), $jobs->unfinished()), 'problem', 'state');
            same(['busy', 'no use'], [$states[Job::WAITING], $states[Job::FAILED]]);
            same([true, false], [$jobs->reopen($job('never')->id, 3000), $jobs->reopen('../x', 3000)]);
            same(1, $jobs->take($job('never')->id, 3000)->attempts);
        }
    ),
    'a complete step keeps its result, one that was cut off is reported' => static fn () => in_folder(
        static function (string $folder) use ($open, $job): void {
            $jobs = $open($folder);
            $jobs->add($job('a'), 1000);
            $taken = $jobs->take($job('a')->id, 1000);
            same(null, $jobs->step($taken, 'send'));
            $jobs->beginStep($taken, 'send');
            same(['ended' => false, 'result' => null], $open($folder)->step($taken, 'send'));
            $jobs->endStep($taken, 'send', ['id' => 5]);
            same(['ended' => true, 'result' => ['id' => 5]], $open($folder)->step($taken, 'send'));
            $jobs->finish($taken);
            same(null, $jobs->step($taken, 'send'));
        }
    ),
];
