<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** There was no complete reply: nobody knows whether the request took effect. */
final class HttpFailure extends RuntimeException
{
}
