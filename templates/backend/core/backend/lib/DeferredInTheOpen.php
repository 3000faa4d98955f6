<?php

declare(strict_types=1);

namespace Backend;

/** Work whose job may stand in PHP's error log as a whole where it failed: nothing in it is anybody's secret. */
interface DeferredInTheOpen extends Deferred
{
}
