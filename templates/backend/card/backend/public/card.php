<?php

declare(strict_types=1);

// Answers the script's `ask(method, action, data)`; see ../handlers/card.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('card');
