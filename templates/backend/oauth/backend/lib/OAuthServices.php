<?php

declare(strict_types=1);

namespace Backend;

/** The parts of OAuth, made from the settings: KOMMO_CLIENT_ID, KOMMO_CLIENT_SECRET, KOMMO_REDIRECT_URI, KOMMO_KEY. */
final class OAuthServices
{
    private function __construct(
        public readonly Vault $vault,
        public readonly TokenStore $store,
        public readonly OAuthClient $client,
        private readonly Storage $storage,
        private readonly Clock $clock,
    ) {
    }

    /** @throws Refusal where a setting is missing */
    public static function of(Services $services): self
    {
        $config = $services->config;
        $vault = Vault::of($config->required('KOMMO_KEY'));

        return new self(
            $vault,
            new TokenStore($services->db(), $vault),
            new OAuthClient(
                $services->http(),
                $config->required('KOMMO_CLIENT_ID'),
                $config->required('KOMMO_CLIENT_SECRET'),
                $config->required('KOMMO_REDIRECT_URI'),
                new SystemClock(),
                ApiAddress::local($config),
            ),
            $services->storage(),
            new SystemClock(),
        );
    }

    /** The tokens of an account that installed the widget. */
    public function tokens(int $account): OAuthTokens
    {
        return new OAuthTokens(
            $account,
            $this->store,
            $this->client,
            $this->storage->path("refresh-$account.lock"),
            $this->clock,
        );
    }
}
