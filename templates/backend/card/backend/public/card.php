<?php

declare(strict_types=1);

// What the widget's script asks, by `ask(method, action, data)`.
// What to do with it is in ../handlers/card.php.

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\App::boot(dirname(__DIR__))->serve('card');
