<?php

declare(strict_types=1);

namespace Backend;

/**
 * How a lead moved, `event[data][direction_of_movement]`. Without `dp.action_multiple` it is always the first.
 */
final class Direction
{
    public const WENT_TO_TRIGGER = 'went_to_trigger';
    public const WENT_IN_TRIGGER = 'went_in_trigger';
    public const WENT_FROM_TRIGGER = 'went_from_trigger';
}
