<?php

declare(strict_types=1);

namespace Backend;

/** The class behind one file of public/. */
interface Endpoint
{
    /**
     * Checks a request and returns the reply; longer work goes into the reply's `then`.
     *
     * @throws Refusal if the request is refused
     */
    public function answer(Request $request, Services $services): Reply;
}
