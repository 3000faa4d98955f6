<?php

declare(strict_types=1);

namespace Backend;

/**
 * Typed access to the nested arrays of a body, by path: `event.data.id`.
 *
 * A form sends every value as text, JSON sends numbers: both come out the same. What is absent, empty or null
 * comes out as null or ''; what is there and wrong is refused.
 */
final class Fields
{
    /** @param array<mixed> $values */
    public function __construct(private readonly array $values)
    {
    }

    /** The whole number that a text of digits or an integer stands for, if it is positive and fits; else null. */
    public static function positive(mixed $value): ?int
    {
        if (!is_int($value) && !(is_string($value) && preg_match('/\A[1-9][0-9]*\z/', $value) === 1)) {
            return null;
        }

        $number = filter_var($value, FILTER_VALIDATE_INT);

        return is_int($number) && $number > 0 ? $number : null;
    }

    public function requiredId(string $path): int
    {
        return $this->optionalId($path) ?? throw Refusal::malformed("no $path");
    }

    public function optionalId(string $path): ?int
    {
        $value = $this->at($path);
        if (in_array($value, [null, '', 0, '0'], true)) {
            return null;
        }

        return self::positive($value) ?? throw Refusal::malformed("$path is not a positive whole number");
    }

    /** A text of one line without odd characters, as the codes and names of the protocol are. */
    public function word(string $path): string
    {
        $value = $this->at($path) ?? '';
        $value = is_int($value) ? (string) $value : $value;
        if (!is_string($value) || preg_match('/\A[\w.-]{0,255}\z/', $value) !== 1) {
            throw Refusal::malformed("$path is not a plain word");
        }

        return $value;
    }

    /**
     * Every value as text; one that is an array becomes JSON, so that a handler meets strings only.
     *
     * @return array<array-key, string>
     */
    public function texts(string $path): array
    {
        $values = $this->at($path) ?: [];
        if (!is_array($values)) {
            throw Refusal::malformed("$path is not a set of fields");
        }
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR;

        return array_map(
            static fn (mixed $value): string => is_string($value) ? $value : json_encode($value, $flags),
            self::asForm($values),
        );
    }

    private function at(string $path): mixed
    {
        $value = $this->values;
        foreach (explode('.', $path) as $key) {
            $value = is_array($value) ? ($value[$key] ?? null) : null;
        }

        return $value;
    }

    /**
     * Every scalar as a form would send it: 5 is '5', true is '1', null is ''.
     *
     * @param array<mixed> $values
     * @return array<mixed>
     */
    private static function asForm(array $values): array
    {
        array_walk_recursive($values, static function (mixed &$value): void {
            $value = (string) $value;
        });

        return $values;
    }
}
