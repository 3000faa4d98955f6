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

    /** Encrypts stored secrets. */
    public function vault(): Vault
    {
        return Vault::of($this->config->required('KOMMO_KEY'));
    }

    /** Verifies a signed token; the endpoint names the algorithm. */
    public function token(#[\SensitiveParameter] string $jwt, string $algorithm = Token::WIDGET): Token
    {
        $token = Token::verify($jwt, $algorithm, $this->secretOf(...), time());
        // An account's own integration has its own redirect URI, or none.
        if ($algorithm === Token::WIDGET && ($this->known($token->accountId)?->secret ?? '') === '') {
            $token->mustBeFor($this->config->get('KOMMO_REDIRECT_URI'));
        }

        return $token;
    }

    /** The accounts that use the widget, and the values stored for them. */
    public function accounts(): Accounts
    {
        return new Accounts($this->db(), $this->vault());
    }

    /**
     * The secret that signs an account's requests: its own integration's, or else KOMMO_CLIENT_SECRET.
     *
     * @return string|null null if the account is unknown
     */
    public function secretOf(int $account, AccountHost $host): ?string
    {
        $known = $this->known($account);
        if ($known !== null && $known->host->name !== $host->name) {
            return null;
        }
        if ($known !== null && $known->secret !== '') {
            return $known->secret;
        }
        $accounts = $this->config->accounts();
        if ($accounts !== [] && !in_array($account, $accounts, true)) {
            return null;
        }
        $shared = $this->config->get('KOMMO_CLIENT_SECRET');
        // With a table, every account may have its own integration, and one that is not in it is unknown.
        $isOptional = $this->config->get('KOMMO_KEY') !== '';

        return $shared !== '' || !$isOptional ? $this->config->required('KOMMO_CLIENT_SECRET') : null;
    }

    /** An account in the table. Without KOMMO_KEY there is no table, and one integration with one secret. */
    private function known(int $account): ?Account
    {
        return $this->config->get('KOMMO_KEY') === '' ? null : $this->accounts()->find($account);
    }
}
