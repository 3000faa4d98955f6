<?php

declare(strict_types=1);

// php backend/bin/work.php: does the work that is due, for cron, once a minute. Runs may overlap.
// php backend/bin/work.php --list: shows what is waiting and what was given up.
// php backend/bin/work.php --again ID: lets a job that was given up be tried again.

use Backend\App;
use Backend\Job;

if (PHP_SAPI !== 'cli') {
    http_response_code(404);
    exit;
}

require dirname(__DIR__) . '/lib/bootstrap.php';

const JOBS_A_RUN = 500;

$app = App::boot(dirname(__DIR__));
$arguments = array_slice($argv, 1);
$isAgain = count($arguments) === 2 && $arguments[0] === '--again';
if ($arguments !== [] && $arguments !== ['--list'] && !$isAgain) {
    fwrite(STDERR, "usage: php backend/bin/work.php [--list | --again ID]\n");
    exit(2);
}

$shown = static function (Job $job): string {
    $next = $job->state === Job::WAITING ? 'due ' . date(DATE_ATOM, $job->dueAt) : 'given up';
    // A problem may quote what came from outside: no control character reaches the terminal.
    $problem = preg_replace('/[\x00-\x1f\x7f]+|\xc2[\x80-\x9f]/', ' ', substr($job->problem, 0, 200));

    return "$job->id  $job->kind  account $job->accountId  attempts $job->attempts  $next  $problem\n";
};

try {
    if ($arguments === ['--list']) {
        echo implode('', array_map($shown, $app->services()->jobs()->unfinished()));
    } elseif ($isAgain && !$app->services()->jobs()->reopen($arguments[1], time())) {
        fwrite(STDERR, "no job of that id was given up\n");
        exit(1);
    } elseif ($arguments === []) {
        $worked = $app->worker()->workOnDue(JOBS_A_RUN);
        $app->tick();
        echo $worked === 0 ? '' : date(DATE_ATOM) . ": worked on $worked\n";
    }
} catch (RuntimeException $error) { // the storage cannot be used; what a handler throws ends with its job
    fwrite(STDERR, $error->getMessage() . "\n");
    exit(1);
}
