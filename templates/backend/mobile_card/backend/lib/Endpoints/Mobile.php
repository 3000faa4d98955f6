<?php

declare(strict_types=1);

namespace Backend\Endpoints;

use Backend\Endpoint;
use Backend\MobileRequest;
use Backend\Page;
use Backend\Refusal;
use Backend\Reply;
use Backend\Request;
use Backend\Services;
use Throwable;

/** The page of the mobile card, which the app opens with a signed token in the URL. */
final class Mobile implements Endpoint
{
    private const NAME = 'mobile';

    public function answer(Request $request, Services $services): Reply
    {
        try {
            $request->mustBe('GET', 'HEAD');
            $mobileRequest = self::read($request, $services);
            $page = $services->handler(self::NAME)($mobileRequest, $services);
        } catch (Throwable $error) {
            return self::refusal($error);
        }

        return Page::reply($page);
    }

    private static function read(Request $request, Services $services): MobileRequest
    {
        $token = $services->token($request->parameter('token'));
        $from = $request->parameter('from');

        return new MobileRequest(
            $token->accountId,
            $token->userId,
            $token->entityType,
            $token->entityId,
            preg_match('/\A\w{0,32}\z/', $from) === 1 ? $from : '',
        );
    }

    /** A page instead of JSON, since a person sees it. */
    private static function refusal(Throwable $error): Reply
    {
        $refusal = Reply::refusal($error, self::NAME);
        $text = match (true) {
            $refusal->status === 401 => 'This page is no longer valid. Close it and open it again from the card.',
            $error instanceof Refusal && $refusal->status < 500 => ucfirst($error->reason),
            default => 'This page is not available right now.',
        };
        $allow = $error instanceof Refusal ? $error->headers : [];

        return Page::reply(Page::of($text, ''), $refusal->status)->with(...$allow);
    }
}
