<?php

declare(strict_types=1);

namespace Backend;

/** Whom it happened to: `event[data][element_type]`. */
final class EntityType
{
    public const LEAD = 2;
    public const CUSTOMER = 12;

    public const NAMES = [
        self::LEAD => 'lead',
        self::CUSTOMER => 'customer',
    ];

    public static function name(int $type): string
    {
        return self::NAMES[$type] ?? "type-$type entity";
    }
}
