<?php

declare(strict_types=1);

namespace Backend;

/** The kind of entity, `event[data][element_type]`. */
final class EntityType
{
    /** A type that cannot be read. */
    public const UNKNOWN = 0;
    public const LEAD = 2;
    public const CUSTOMER = 12;

    public const NAMES = [
        self::LEAD => 'lead',
        self::CUSTOMER => 'customer',
    ];

    /** Their paths in the API, as in `leads/123`. */
    public const PATHS = [
        self::LEAD => 'leads',
        self::CUSTOMER => 'customers',
    ];

    public static function name(int $type): string
    {
        return self::NAMES[$type] ?? "type-$type entity";
    }
}
