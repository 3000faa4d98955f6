<?php

declare(strict_types=1);

// Fill in this file: it returns the page that Kommo's mobile app shows in a card.
//
// Pass everything that comes from outside through Page::escape() or Page::facts().

use Backend\MobileRequest;
use Backend\Page;
use Backend\Services;

return static function (MobileRequest $request, Services $services): string {
    $facts = [
        'Card' => $request->entityType === null ? 'none' : "$request->entityType $request->entityId",
        'User' => (string) ($request->userId ?? 'unknown'),
        'App' => $request->from === '' ? 'unknown' : $request->from,
    ];

    return Page::of('Acme leads', Page::facts($facts));
};
