<?php

declare(strict_types=1);

namespace Backend;

/** An endpoint with something to do now and then, whether it is called or not: bin/work.php sees to it. */
interface Periodic
{
    public function tick(Services $services): void;
}
