<?php

declare(strict_types=1);

namespace Backend\OAuth;

use Backend\Account;
use Backend\Api\ApiAddress;
use Backend\Refusal;
use Backend\Services;
use Backend\SystemClock;
use Backend\Vault;

/**
 * The services of OAuth, from the settings KOMMO_CLIENT_ID, KOMMO_CLIENT_SECRET, KOMMO_REDIRECT_URI and KOMMO_KEY. An
 * account with its own integration (bin/account.php) uses the credentials of that one.
 */
final class OAuthServices
{
    public readonly Vault $vault;
    public readonly TokenStore $store;

    public function __construct(private readonly Services $services)
    {
        $this->vault = $services->vault();
        $this->store = new TokenStore($services->db(), $this->vault);
    }

    /**
     * The client id and secret of the integration that an account uses.
     *
     * @return array{string, string}
     * @throws Refusal if they are not set
     */
    public function credentials(?Account $account): array
    {
        if ($account !== null && $account->secret !== '') {
            return [$account->clientId, $account->secret];
        }
        $config = $this->services->config;

        return [$config->required('KOMMO_CLIENT_ID'), $config->required('KOMMO_CLIENT_SECRET')];
    }

    /** The client of an account's OAuth server; null for an account that is not known yet. */
    public function client(?Account $account): OAuthClient
    {
        $config = $this->services->config;

        return new OAuthClient(
            $this->services->http(),
            ...$this->credentials($account),
            redirectUri: $config->required('KOMMO_REDIRECT_URI'),
            clock: new SystemClock(),
            local: ApiAddress::local($config),
        );
    }

    /** The tokens of an account that has installed the widget. */
    public function tokens(int $account): OAuthTokens
    {
        return new OAuthTokens(
            $account,
            $this->store,
            $this->client($this->services->accounts()->find($account)),
            $this->services->storage()->path("refresh-$account.lock"),
            new SystemClock(),
        );
    }
}
