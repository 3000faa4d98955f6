<?php

declare(strict_types=1);

use Backend\Page;

return [
    'texts are escaped' => static function (): void {
        $hostile = '<script>alert(1)</script>"\'&' . "\xFF";
        $page = Page::of($hostile, Page::facts([$hostile => $hostile]));
        same(false, str_contains($page, '<script'));
        same(4, substr_count($page, '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&apos;&amp;' . "\u{FFFD}"));
    },
    'the page fits a phone and its color scheme' => static function (): void {
        $page = Page::of('Title', '');
        same(true, str_contains($page, 'width=device-width') && str_contains($page, 'color-scheme: light dark'));
    },
];
