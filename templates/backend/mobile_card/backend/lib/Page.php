<?php

declare(strict_types=1);

namespace Backend;

/** A page for phones, in a light or dark scheme; it runs no scripts and loads nothing. */
final class Page
{
    private const HEADERS = [
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'",
        'Referrer-Policy: no-referrer',
    ];

    private const STYLE = <<<'CSS'
        :root { color-scheme: light dark; --line: #d5d8db; --quiet: #5f6771; }
        @media (prefers-color-scheme: dark) { :root { --line: #3d4650; --quiet: #a7b0ba; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 40rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { margin: 0 0 1rem; font-size: 1.25rem; }
        dl { margin: 0; }
        dt { color: var(--quiet); font-size: .875rem; }
        dd { margin: 0 0 .75rem; padding-bottom: .75rem; border-bottom: 1px solid var(--line); }
        CSS;

    /** Escapes a text for HTML. */
    public static function escape(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
    }

    /**
     * A whole page.
     *
     * @param string $title text; it is escaped here
     * @param string $content HTML; escape every text in it
     */
    public static function of(string $title, string $content): string
    {
        $title = self::escape($title);
        $style = self::STYLE;

        return <<<HTML
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>$title</title>
            <style>
            $style
            </style>
            </head>
            <body>
            <h1>$title</h1>
            $content
            </body>
            </html>

            HTML;
    }

    /** @param array<string, string> $facts text by label; both are escaped here */
    public static function facts(array $facts): string
    {
        $rows = '';
        foreach ($facts as $label => $text) {
            $rows .= '<dt>' . self::escape((string) $label) . '</dt><dd>' . self::escape($text) . "</dd>\n";
        }

        return "<dl>\n$rows</dl>";
    }

    public static function reply(string $page, int $status = 200): Reply
    {
        return Reply::html($page, $status)->with(...self::HEADERS);
    }
}
