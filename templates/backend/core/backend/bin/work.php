<?php

declare(strict_types=1);

// Runs the jobs that are due. For cron, once a minute; runs may overlap.
//
//   php backend/bin/work.php
//   php backend/bin/work.php --list        lists the jobs that are waiting or were given up
//   php backend/bin/work.php --again ID    retries a job that was given up

use Backend\App;
use Backend\Job;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';

const JOBS_PER_RUN = 500;

$app = App::boot(dirname(__DIR__));
$arguments = array_slice($argv, 1);
$isAgain = count($arguments) === 2 && $arguments[0] === '--again';
if ($arguments !== [] && $arguments !== ['--list'] && !$isAgain) {
    fwrite(STDERR, "usage: php backend/bin/work.php [--list | --again ID]\n");
    exit(2);
}

$shown = static function (Job $job): string {
    $next = $job->state === Job::WAITING ? 'due ' . date(DATE_ATOM, $job->dueAt) : 'given up';
    // A problem may quote what came from outside: keep control characters from the terminal.
    $problem = preg_replace('/[\x00-\x1f\x7f]+|\xc2[\x80-\x9f]/', ' ', substr($job->problem, 0, 200));

    return "$job->id  $job->kind  account $job->accountId  attempts $job->attempts  $next  $problem\n";
};

try {
    if ($arguments === ['--list']) {
        echo implode('', array_map($shown, $app->services()->jobs()->unfinished()));
    } elseif ($isAgain && !$app->services()->jobs()->reopen($arguments[1], time())) {
        fwrite(STDERR, "no job with this id was given up\n");
        exit(1);
    } elseif ($arguments === []) {
        $worked = $app->worker()->workOnDue(JOBS_PER_RUN);
        $app->tick();
        echo $worked === 0 ? '' : date(DATE_ATOM) . ": ran $worked jobs\n";
    }
} catch (RuntimeException $error) { // from the storage: the worker catches what handlers throw
    fwrite(STDERR, $error->getMessage() . "\n");
    exit(1);
}
