<?php

declare(strict_types=1);

namespace Backend;

use LogicException;

/**
 * What a Salesbot goes on with: values that its next steps read, and what it says first.
 *
 * The block's steps compare `{{json.status}}` with the codes of its exits, so the answer names one of them.
 * https://developers.kommo.com/reference/salesbot-widget-block-execution-confirmation
 */
final class BotReply
{
    /** Characters of one message; a longer text becomes several. */
    public const MAX_TEXT = 80;

    public const MAX_HANDLERS = 10;

    public const MAX_BUTTONS = 25;

    /**
     * @param array<string, string|int|float|bool> $data
     * @param list<array<string, mixed>> $handlers
     */
    private function __construct(private readonly array $data, private readonly array $handlers = [])
    {
    }

    /**
     * Leaves the block by one of its exits.
     *
     * @param array<string, string|int|float|bool> $data for later steps, as `{{json.NAME}}`
     */
    public static function exit(string $code, array $data = []): self
    {
        return new self(['status' => $code] + $data);
    }

    /** Says something before that; a text longer than the platform takes goes out in pieces. */
    public function say(string $text): self
    {
        $say = static fn (string $piece): array => [
            'handler' => 'show',
            'params' => ['type' => 'text', 'value' => $piece],
        ];

        return $this->adding(array_map($say, self::pieces($text)));
    }

    /**
     * Asks something with buttons.
     *
     * @param list<string> $buttons
     */
    public function ask(string $text, array $buttons): self
    {
        if ($buttons === [] || count($buttons) > self::MAX_BUTTONS) {
            throw new LogicException('from 1 to ' . self::MAX_BUTTONS . ' buttons');
        }
        $pieces = self::pieces($text);
        $last = array_pop($pieces) ?? '';
        $buttons = ['type' => 'buttons', 'value' => $last, 'buttons' => $buttons];

        return $this->say(implode(' ', $pieces))->adding([['handler' => 'show', 'params' => $buttons]]);
    }

    /** @return array<string, mixed> the body of the call that lets the bot go on */
    public function toArray(): array
    {
        return ['data' => $this->data] + ($this->handlers === [] ? [] : ['execute_handlers' => $this->handlers]);
    }

    /**
     * A text in pieces of at most 80 characters, broken at blanks where there are any, never inside a character.
     *
     * @return list<string>
     */
    public static function pieces(string $text): array
    {
        $pieces = [];
        // One line of the text after the other; each piece as long as it can be, up to a blank or its end.
        $end = self::MAX_TEXT;
        $rest = trim($text);
        while ($rest !== '') {
            $whole = "/\A.{1,$end}\z/su";
            $atBlank = "/\A(.{1,$end})\s+/su";
            if (preg_match($whole, $rest) === 1) {
                $pieces[] = $rest;
                break;
            }
            $piece = preg_match($atBlank, $rest, $found) === 1 ? $found[1] : self::characters($rest);
            if ($piece === '') {
                throw new LogicException('the text is not valid UTF-8');
            }
            $pieces[] = rtrim($piece);
            $rest = ltrim(substr($rest, strlen($piece)));
        }

        return $pieces;
    }

    /** As many whole characters as fit: an emoji of several code points stays in one piece. */
    private static function characters(string $text): string
    {
        preg_match_all('/\X/u', substr($text, 0, self::MAX_TEXT * 16), $found);
        [$piece, $length] = ['', 0];
        foreach ($found[0] as $character) {
            $length += (int) preg_match_all('/./su', $character);
            if ($length > self::MAX_TEXT) {
                break;
            }
            $piece .= $character;
        }
        // A single character that is longer than a piece: nothing is left but to cut it.
        if ($piece === '' && preg_match('/\A.{1,' . self::MAX_TEXT . '}/su', $text, $cut) === 1) {
            return $cut[0];
        }

        return $piece;
    }

    /** @param list<array<string, mixed>> $handlers */
    private function adding(array $handlers): self
    {
        $all = [...$this->handlers, ...$handlers];
        if (count($all) > self::MAX_HANDLERS) {
            throw new LogicException('a bot takes at most ' . self::MAX_HANDLERS . ' messages at once');
        }

        return new self($this->data, $all);
    }
}
