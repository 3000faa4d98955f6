<?php

declare(strict_types=1);

namespace Backend;

/** What one file of public/ serves. */
interface Endpoint
{
    /**
     * Checks a request and says what to answer; what takes longer goes into the reply's `then`.
     *
     * @throws Refusal where the request is turned away
     */
    public function answer(Request $request, Services $services): Reply;
}
