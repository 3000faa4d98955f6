<?php

declare(strict_types=1);

// Tests handlers/mobile.php: change both together.

use Backend\MobileRequest;

return [
    'the page names the card' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/mobile.php';
        $page = $handler(new MobileRequest(1, 2, 'leads', 5, 'android'), services());
        same(true, str_contains($page, '<dd>leads 5</dd>'));
    },
    'everything from outside is escaped' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/mobile.php';
        $page = $handler(new MobileRequest(1, null, '<b>', 5, '<i>'), services());
        same(false, str_contains($page, '<b>') || str_contains($page, '<i>'));
    },
];
