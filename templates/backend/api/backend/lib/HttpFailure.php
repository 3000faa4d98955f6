<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** No answer, or half of one: whether the other side did what was asked is not known. */
final class HttpFailure extends RuntimeException
{
}
