<?php

declare(strict_types=1);

namespace Backend;

/** Work whose whole payload may be written to PHP's error log when it fails: it contains no secrets. */
interface LoggableDeferred extends Deferred
{
}
