<?php

declare(strict_types=1);

use Backend\BotReply;

$length = static fn (string $text): int => (int) preg_match_all('/./su', $text);

return [
    'an exit, and values for later steps' => static function (): void {
        same(['data' => ['status' => 'done', 'price' => 5]], BotReply::exit('done', ['price' => 5])->toArray());
    },
    'a short text is one message' => static function (): void {
        $show = ['handler' => 'show', 'params' => ['type' => 'text', 'value' => str_repeat('ü', 80)]];
        same([$show], BotReply::exit('done')->say(str_repeat('ü', 80))->toArray()['execute_handlers']);
    },
    'a long text is split at spaces, with nothing lost' => static function () use ($length): void {
        $texts = [
            str_repeat('word ', 60), str_repeat('слово ', 60), str_repeat("👩🏽‍🚀", 100), str_repeat('x', 500),
            "first line\nsecond " . str_repeat('long', 30), str_repeat("e\u{301}", 300), '   ', '',
        ];
        foreach ($texts as $text) {
            $pieces = BotReply::pieces($text);
            same(preg_replace('/\s+/', '', $text), preg_replace('/\s+/', '', implode('', $pieces)));
            foreach ($pieces as $piece) {
                same(true, $length($piece) <= BotReply::MAX_TEXT);
                same(1, preg_match('/\A\X/u', $piece, $first));
                same(false, str_starts_with($piece, "\u{301}") || str_starts_with($piece, "\u{200D}"));
            }
        }
        same(['word', str_repeat('y', 79)], BotReply::pieces('word ' . str_repeat('y', 79)));
    },
    'too many messages are refused' => static function (): void {
        $tooLong = false;
        try {
            BotReply::exit('done')->say(str_repeat('x', 80 * 11));
        } catch (LogicException) {
            $tooLong = true;
        }
        same(true, $tooLong);
    },
    'buttons' => static function (): void {
        $handlers = BotReply::exit('done')->ask('Which one?', ['A', 'B'])->toArray()['execute_handlers'];
        $params = ['type' => 'buttons', 'value' => 'Which one?', 'buttons' => ['A', 'B']];
        same([['handler' => 'show', 'params' => $params]], $handlers);
    },
];
