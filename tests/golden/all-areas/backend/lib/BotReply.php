<?php

declare(strict_types=1);

namespace Backend;

use LogicException;

/**
 * The answer to a Salesbot: the exit it leaves by, values for its next steps, and messages to send first.
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

    /** Sends a message first; a text that is too long is sent in pieces. */
    public function say(string $text): self
    {
        $say = static fn (string $piece): array => [
            'handler' => 'show',
            'params' => ['type' => 'text', 'value' => $piece],
        ];

        return $this->adding(array_map($say, self::pieces($text)));
    }

    /**
     * Sends a message with buttons first.
     *
     * @param list<string> $buttons
     */
    public function ask(string $text, array $buttons): self
    {
        if ($buttons === [] || count($buttons) > self::MAX_BUTTONS) {
            throw new LogicException('a message has 1 to ' . self::MAX_BUTTONS . ' buttons');
        }
        $pieces = self::pieces($text);
        $last = array_pop($pieces) ?? '';
        $buttons = ['type' => 'buttons', 'value' => $last, 'buttons' => $buttons];

        return $this->say(implode(' ', $pieces))->adding([['handler' => 'show', 'params' => $buttons]]);
    }

    /** @return array<string, mixed> the body of the request that lets the bot go on */
    public function toArray(): array
    {
        return ['data' => $this->data] + ($this->handlers === [] ? [] : ['execute_handlers' => $this->handlers]);
    }

    /**
     * Splits a text into pieces of at most 80 characters, at spaces if possible, and never inside a character.
     *
     * @return list<string>
     */
    public static function pieces(string $text): array
    {
        $pieces = [];
        // Each piece is as long as possible, up to a space or the end.
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

    /** As many whole characters as fit; an emoji of several code points stays whole. */
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
        // A single character that is longer than a piece has to be cut.
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
