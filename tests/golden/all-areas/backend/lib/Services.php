<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use PDO;

/** What a handler works with. Each is made when it is first asked for. */
final class Services
{
    private ?Storage $storage = null;
    private ?Jobs $jobs = null;
    /** The job whose work this is; null while a request is being answered. */
    private ?Job $job = null;

    public function __construct(
        public readonly Config $config,
        private readonly string $backend,
    ) {
    }

    /** The same for the work of one job. */
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

    /** The database; tables of your own come from numbered files in migrations/. */
    public function db(): PDO
    {
        return $this->storage()->database();
    }

    public function storage(): Storage
    {
        $root = PHP_SAPI === 'cli' ? '' : (string) ($_SERVER['DOCUMENT_ROOT'] ?? '');

        return $this->storage ??= Storage::open($this->config->storage(), $this->backend, $root);
    }

    /** Does the work of a job that was added before the answer. */
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
     * Does a part of a job's work that must not be done twice: where the job is tried again and this part had ended,
     * its result is returned and nothing is done.
     *
     * `$do` gets true where an earlier attempt began this part and was cut off: whether it had its effect is not
     * known, so ask the other side before repeating it.
     *
     * @template T
     * @param callable(bool): T $do its result must be something that JSON can hold
     * @return T
     */
    public function once(string $step, callable $do): mixed
    {
        $job = $this->job ?? throw new LogicException('once() is for the work of a job');
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

    /** The API of an account, with the token that it gave; `isConnected()` says whether it gave one. */
    public function api(int $account): KommoApi
    {
        return Api\Connections::open($account, $this);
    }

    /** Requests to other servers. */
    public function http(): Http
    {
        return $this->http ??= Http::system(Api\ApiAddress::local($this->config));
    }

    /** The same with another way to other servers, as tests have it. */
    public function withHttp(Http $http): self
    {
        $services = clone $this;
        $services->http = $http;

        return $services;
    }

    /** Encrypts what is kept of other people's secrets. */
    public function vault(): Vault
    {
        return Vault::of($this->config->required('KOMMO_KEY'));
    }

    /** Who a signed token speaks for; the endpoint says by which algorithm it is signed. */
    public function token(#[\SensitiveParameter] string $jwt, string $algorithm = Token::WIDGET): Token
    {
        $token = Token::verify($jwt, $algorithm, $this->secretOf(...), time());
        // An integration of the account's own has a redirect URI of its own, or none.
        if ($algorithm === Token::WIDGET && ($this->known($token->accountId)?->secret ?? '') === '') {
            $token->mustBeFor($this->config->get('KOMMO_REDIRECT_URI'));
        }

        return $token;
    }

    /** The accounts that use the widget, and what is kept for each of them. */
    public function accounts(): Accounts
    {
        return new Accounts($this->db(), $this->vault());
    }

    /**
     * The secret that signs what an account sends: its own integration's, else the one in KOMMO_CLIENT_SECRET.
     *
     * @return string|null null where the account is none of ours
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
        // With a table, every account may have an integration of its own, and whoever is not in it is a stranger.
        $isOptional = $this->config->get('KOMMO_KEY') !== '';

        return $shared !== '' || !$isOptional ? $this->config->required('KOMMO_CLIENT_SECRET') : null;
    }

    /** An account in the table; without a key there is none, and none is needed: one integration, one secret. */
    private function known(int $account): ?Account
    {
        return $this->config->get('KOMMO_KEY') === '' ? null : $this->accounts()->find($account);
    }
}
