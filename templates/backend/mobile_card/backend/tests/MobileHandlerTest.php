<?php

declare(strict_types=1);

// Belongs to handlers/mobile.php: change it together with what you write there.

use Backend\MobileRequest;

return [
    'names the card' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/mobile.php';
        $page = $handler(new MobileRequest(1, 2, 'leads', 5, 'android'), services());
        same(true, str_contains($page, '<dd>leads 5</dd>'));
    },
    'shows nothing from outside as markup' => static function (): void {
        $handler = require dirname(__DIR__) . '/handlers/mobile.php';
        $page = $handler(new MobileRequest(1, null, '<b>', 5, '<i>'), services());
        same(false, str_contains($page, '<b>') || str_contains($page, '<i>'));
    },
];
