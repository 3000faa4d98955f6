<?php

declare(strict_types=1);

namespace Backend;

/**
 * Typed access to the nested arrays of a body by path, such as `event.data.id`.
 *
 * Forms send every value as text and JSON sends numbers; the results are the same. A value that is absent, empty or
 * null becomes null or ''. A value that cannot be read is refused if it is required; otherwise it is left out and
 * listed in `problems`, since an odd detail is no reason to lose an event.
 */
final class Fields
{
    /** Beyond this, a float no longer represents one exact integer. */
    private const MAX_FLOAT = 2 ** 53;

    private const NO_SET = ' is not an object or array';

    /** @var list<string> values that could not be read */
    private array $problems = [];

    /** @param array<mixed> $values */
    public function __construct(private readonly array $values)
    {
    }

    /** The value of a positive integer, or of a text of its digits; null for anything else. */
    public static function positive(mixed $value): ?int
    {
        if (!is_int($value) && !(is_string($value) && preg_match('/\A[1-9][0-9]*\z/', $value) === 1)) {
            return null;
        }

        $number = filter_var($value, FILTER_VALIDATE_INT);

        return is_int($number) && $number > 0 ? $number : null;
    }

    /** @return list<string> values that could not be read, for the log */
    public function problems(): array
    {
        return $this->problems;
    }

    public function requiredId(string $path): int
    {
        $value = $this->at($path);
        if (self::isEmpty($value)) {
            throw Refusal::malformed("no $path");
        }

        return self::positive($value) ?? throw Refusal::malformed("$path is not a positive whole number");
    }

    public function optionalId(string $path): ?int
    {
        $value = $this->at($path);
        if (self::isEmpty($value)) {
            return null;
        }

        return self::positive(is_string($value) ? trim($value) : $value)
            ?? $this->leaveOut("$path is not a positive whole number");
    }

    /** Unix seconds; a fraction of a second is dropped. */
    public function time(string $path): ?int
    {
        $value = $this->at($path);
        if (self::isEmpty($value)) {
            return null;
        }
        $text = is_string($value) ? trim($value) : $value;
        $isNumber = is_int($text) || is_float($text)
            || (is_string($text) && preg_match('/\A[0-9]{1,15}(\.[0-9]{1,15})?\z/', $text) === 1);
        $number = $isNumber ? (float) $text : 0.0;

        return $number >= 1 && $number < self::MAX_FLOAT ? (int) $number : $this->leaveOut("$path is not a time");
    }

    /** A word of letters, digits, `_`, `.` and `-`, as codes and names are; '' for anything else. */
    public function word(string $path): string
    {
        $value = $this->at($path) ?? '';
        $value = is_int($value) ? (string) $value : $value;
        if (is_string($value) && preg_match('/\A[\w.-]{0,255}\z/', trim($value)) === 1) {
            return trim($value);
        }
        $this->leaveOut("$path is not a plain word");

        return '';
    }

    /** A subdomain, which may come as a whole URL: `acme` from `https://acme.kommo.com/leads`. */
    public function subdomain(string $path): string
    {
        $value = $this->at($path);
        $address = '~\Ahttps?://([a-z0-9][a-z0-9-]{0,62})\.[a-z0-9.-]+(:[0-9]+)?(/[^\s@]*)?\z~i';
        if (is_string($value) && preg_match($address, trim($value), $found) === 1) {
            return $found[1];
        }

        return $this->word($path);
    }

    /** A text as it was sent; '' if it is absent. */
    public function text(string $path): string
    {
        $value = $this->at($path) ?? '';
        if (is_array($value)) {
            $this->leaveOut("$path is not a text");

            return '';
        }

        return self::asText($value);
    }

    /**
     * An object or array with every value as text; nested arrays become JSON. The whole may be JSON in a text.
     *
     * @return array<array-key, string>
     */
    public function texts(string $path): array
    {
        $values = self::decoded($this->at($path)) ?: [];
        if (!is_array($values)) {
            $this->leaveOut($path . self::NO_SET);

            return [];
        }
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR;

        return array_map(
            static fn (mixed $value): string => is_string($value) ? $value : json_encode($value, $flags),
            self::asForm($values),
        );
    }

    /**
     * An object or array as it was sent; empty if it is absent or something else.
     *
     * @return array<mixed>
     */
    public function set(string $path): array
    {
        $value = self::decoded($this->at($path));
        if (!is_array($value) && !self::isEmpty($value)) {
            $this->leaveOut($path . self::NO_SET);
        }

        return is_array($value) ? $value : [];
    }

    /** @return array<mixed> everything as it was sent */
    public function all(): array
    {
        return $this->values;
    }

    private function at(string $path): mixed
    {
        $value = $this->values;
        $walked = [];
        foreach (explode('.', $path) as $key) {
            $value = self::decoded($value);
            if (!is_array($value)) {
                return self::isEmpty($value) ? null : $this->leaveOut(implode('.', $walked) . self::NO_SET);
            }
            $value = $value[$key] ?? null;
            $walked[] = $key;
        }

        return $value;
    }

    /** An object may come as JSON in a text, at any depth. */
    private static function decoded(mixed $value): mixed
    {
        $isJson = is_string($value) && str_starts_with(ltrim($value), '{');

        return $isJson ? json_decode($value, true, Body::MAX_DEPTH, JSON_BIGINT_AS_STRING) ?? $value : $value;
    }

    private function leaveOut(string $problem): ?int
    {
        $this->problems[] = $problem;

        return null;
    }

    private static function isEmpty(mixed $value): bool
    {
        return in_array($value, [null, '', 0, '0'], true);
    }

    /** A scalar as a form would send it: 5 is '5', true is '1', null is ''. */
    private static function asText(mixed $value): string
    {
        return is_scalar($value) ? (string) $value : '';
    }

    /**
     * @param array<mixed> $values
     * @return array<mixed>
     */
    private static function asForm(array $values): array
    {
        array_walk_recursive($values, static function (mixed &$value): void {
            $value = self::asText($value);
        });

        return $values;
    }
}
