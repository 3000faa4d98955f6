<?php

declare(strict_types=1);

namespace Backend;

/** An endpoint with a periodic task, which bin/work.php runs. */
interface Periodic
{
    public function tick(Services $services): void;
}
