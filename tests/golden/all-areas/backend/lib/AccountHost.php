<?php

declare(strict_types=1);

namespace Backend;

/**
 * The host of an account, `<subdomain>.kommo.com`, and nothing that merely looks like one.
 *
 * Requests to this host carry the client secret and access tokens, and its name comes from outside: from `referer` of
 * an installation, `return_url` of a Salesbot, or `iss` of a token. So the whole text must match: no scheme, user,
 * port, path, trailing dot, capitals or other domain.
 */
final class AccountHost
{
    public const DOMAINS = ['kommo.com'];

    /** Neither `www` nor Punycode: no account has such a subdomain. */
    private const SUBDOMAIN = '(?!www\.|xn--)[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?';

    private function __construct(public readonly string $name)
    {
    }

    /** The host, if the whole text is one; else null. */
    public static function tryFrom(mixed $host): ?self
    {
        return self::among($host, '');
    }

    /** The host of a URL as in `iss` of tokens, exactly https://acme.kommo.com; else null. */
    public static function ofAddress(mixed $address): ?self
    {
        return self::among($address, 'https://');
    }

    public static function ofSubdomain(string $subdomain): ?self
    {
        return self::tryFrom($subdomain . '.' . self::DOMAINS[0]);
    }

    public function address(): string
    {
        return "https://$this->name";
    }

    private static function among(mixed $text, string $before): ?self
    {
        $domains = implode('|', array_map(static fn (string $domain): string => preg_quote($domain), self::DOMAINS));
        $pattern = '#\A' . preg_quote($before, '#') . '(' . self::SUBDOMAIN . "\.(?:$domains))\z#";

        return is_string($text) && preg_match($pattern, $text, $match) === 1 ? new self($match[1]) : null;
    }
}
