<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use PDO;

/** What handlers work with. Each service is created on first use. */
final class Services
{
    private ?Storage $storage = null;
    private ?Jobs $jobs = null;
    /** The running job; null while a request is being answered. */
    private ?Job $job = null;

    public function __construct(
        public readonly Config $config,
        private readonly string $backend,
    ) {
    }

    /** Returns the services for one job. */
    public function forJob(Job $job): self
    {
        $services = clone $this;
        $services->job = $job;

        return $services;
    }

    /** The queue. */
    public function jobs(): Jobs
    {
        return $this->jobs ??= $this->storage()->jobs();
    }

    /** The database. Create your own tables in numbered files in migrations/. */
    public function db(): PDO
    {
        return $this->storage()->database();
    }

    public function storage(): Storage
    {
        $root = PHP_SAPI === 'cli' ? '' : (string) ($_SERVER['DOCUMENT_ROOT'] ?? '');

        return $this->storage ??= Storage::open($this->config->storage(), $this->backend, $root);
    }

    /** Runs jobs. */
    public function worker(): Worker
    {
        return new Worker(App::boot($this->backend), $this);
    }

    /** The function in handlers/NAME.php. */
    public function handler(string $name): callable
    {
        return require "$this->backend/handlers/$name.php";
    }

    /**
     * Runs a step of a job that must not happen twice. If the job is repeated and the step is complete, this only
     * returns its result.
     *
     * `$do` gets true if an earlier attempt began the step and was cut off: nobody knows whether it took effect, so ask
     * the other side before you repeat it.
     *
     * @template T
     * @param callable(bool): T $do returns a value that JSON can represent
     * @return T
     */
    public function once(string $step, callable $do): mixed
    {
        $job = $this->job ?? throw new LogicException('once() works only within a job');
        $before = $this->jobs()->step($job, $step);
        if ($before !== null && $before['ended']) {
            return $before['result'];
        }
        $this->jobs()->beginStep($job, $step);
        $result = $do($before !== null);
        $this->jobs()->endStep($job, $step, $result);

        return $result;
    }

    private ?Http $http = null;

    /** The API of an account; `isConnected()` says whether the account has given a token. */
    public function api(int $account): KommoApi
    {
        return Api\Connections::open($account, $this);
    }

    /** Requests to other servers. */
    public function http(): Http
    {
        return $this->http ??= Http::system(Api\ApiAddress::local($this->config));
    }

    /** Returns the services with another HTTP client, for tests. */
    public function withHttp(Http $http): self
    {
        $services = clone $this;
        $services->http = $http;

        return $services;
    }
}
