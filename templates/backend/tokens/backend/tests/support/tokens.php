<?php

declare(strict_types=1);

use Backend\Sample;
use Backend\Token;

const TEST_SECRET = 'a-secret-for-tests-only';

/** A token of one of samples/, made and verified. */
function token(string $name): Token
{
    $sample = Sample::read(dirname(__DIR__, 2), $name);
    $now = time();
    $jwt = $sample->token(TEST_SECRET, $now);

    return Token::verify($jwt, $sample->algorithm(), static fn (): string => TEST_SECRET, $now);
}
