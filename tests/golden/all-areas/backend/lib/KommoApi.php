<?php

declare(strict_types=1);

namespace Backend;

use Backend\Api\ApiConnection;
use Backend\Api\ReturnUrl;

/**
 * The CRM's REST API for one account.
 *
 *     $lead = $api->get('leads/123');
 *     foreach ($api->pages('leads', ['filter' => ['pipeline_id' => 5]]) as $lead) { ... }
 *     $api->patch('leads', [['id' => 123, 'price' => 5000]]);
 *
 * It throws a `Retry` if a later attempt may succeed, so that the queue repeats the job, and an `ApiError` for any
 * other refusal. After a 504, which means that a batch was too large, it sends the batch again in halves.
 */
final class KommoApi
{
    /** The largest page of a list. https://developers.kommo.com/docs/limitations */
    public const PAGE = 250;

    /** Items to add or change in one request: the recommended number of the 250 allowed (same page). */
    public const BATCH = 50;

    /** @param ApiConnection|null $connection null if the account has given no token */
    public function __construct(private readonly int $account, private readonly ?ApiConnection $connection)
    {
    }

    /** Whether the account has given a token. */
    public function isConnected(): bool
    {
        return $this->connection !== null;
    }

    /**
     * @param string $path below /api/v4/, such as `leads/123`
     * @param array<string, mixed> $query
     * @return array<mixed> empty if the API returns nothing (204)
     */
    public function get(string $path, array $query = []): array
    {
        return $this->call('GET', $path, $query);
    }

    /**
     * Adds entities; a list is sent in batches, and their `_embedded` is merged into one.
     *
     * @param array<mixed> $body
     * @return array<mixed>
     */
    public function post(string $path, array $body): array
    {
        return $this->inBatches('POST', $path, $body);
    }

    /**
     * Changes entities; a list is sent in batches, as in post().
     *
     * @param array<mixed> $body
     * @return array<mixed>
     */
    public function patch(string $path, array $body): array
    {
        return $this->inBatches('PATCH', $path, $body);
    }

    /**
     * Removes what the body names; the API supports it for webhooks, links and a few others.
     *
     * @param array<mixed> $body
     */
    public function delete(string $path, array $body = []): void
    {
        $this->connection()->call('DELETE', $path, [], $body === [] ? null : $body);
    }

    /**
     * Every item of a list; pages are fetched as they are needed.
     *
     * @param array<string, mixed> $query
     * @return iterable<array<mixed>>
     */
    public function pages(string $path, array $query = []): iterable
    {
        $size = min(self::PAGE, Fields::positive($query['limit'] ?? null) ?? self::PAGE);
        $read = 0;
        while (true) {
            try {
                $place = ['page' => intdiv($read, $size) + 1, 'limit' => $size];
                $page = $this->connection()->call('GET', $path, $place + $query);
            } catch (ApiError $error) {
                if ($error->status !== 504 || $size === 1) {
                    throw self::retryIfTimeout($error);
                }
                $size = self::smallerPage($size, $read);
                continue;
            }
            foreach (self::items($page) as $item) {
                yield $item;
            }
            if (!isset($page['_links']['next'])) {
                return;
            }
            $read += $size;
        }
    }

    /**
     * Adds a note to an entity.
     *
     * @param string $entity `leads`, `contacts`, `companies` or `customers`
     * @param string $service the name of the service that adds it, as the vendor asks of pipeline widgets
     */
    public function note(string $entity, int $id, string $text, string $service = ''): void
    {
        $this->post("$entity/$id/notes", [$service === ''
            ? ['note_type' => 'common', 'params' => ['text' => $text]]
            : ['note_type' => 'extended_service_message', 'params' => ['text' => $text, 'service' => $service]]]);
    }

    /**
     * Lets a waiting Salesbot go on.
     *
     * @param mixed $returnUrl from the request
     * @param array<string, mixed> $answer `data`, `execute_handlers`
     */
    public function continueBot(mixed $returnUrl, array $answer): void
    {
        $path = $this->returnPath($returnUrl) ?? throw Refusal::malformed('return_url is not an address of this account');
        $this->call('POST', $path, [], $answer);
    }

    /** The path of a return URL of this account; null for any other address. */
    public function returnPath(mixed $returnUrl): ?string
    {
        return ReturnUrl::path($returnUrl, $this->connection()->host->address(), $this->connection()->address);
    }

    /**
     * A valid access token, for another library to call the API with.
     *
     * @throws ApiError|Retry if there is none
     */
    public function accessToken(): string
    {
        return $this->connection()->accessToken();
    }

    /** The account's host, such as acme.kommo.com. */
    public function host(): string
    {
        return $this->connection()->host->name;
    }

    private function connection(): ApiConnection
    {
        return $this->connection ?? throw new ApiError(401, "account $this->account has given no token");
    }

    /**
     * @param array<string, mixed> $query
     * @param array<mixed>|null $body
     * @return array<mixed>
     */
    private function call(string $method, string $path, array $query = [], ?array $body = null): array
    {
        try {
            return $this->connection()->call($method, $path, $query, $body);
        } catch (ApiError $error) {
            throw self::retryIfTimeout($error);
        }
    }

    /** A 504 with nothing to halve: the API was too slow and may be faster next time. */
    private static function retryIfTimeout(ApiError $error): ApiError|Retry
    {
        return $error->status === 504 ? new Retry($error->getMessage()) : $error;
    }

    /**
     * @param array<mixed> $body
     * @return array<mixed>
     */
    private function inBatches(string $method, string $path, array $body): array
    {
        if ($body === [] || !array_is_list($body)) {
            return $this->call($method, $path, [], $body);
        }
        $answer = [];
        foreach (array_chunk($body, self::BATCH) as $batch) {
            $answer = self::merged($answer, $this->batch($method, $path, $batch));
        }

        return $answer;
    }

    /**
     * @param list<mixed> $batch
     * @return array<mixed>
     */
    private function batch(string $method, string $path, array $batch): array
    {
        try {
            return $this->connection()->call($method, $path, [], $batch);
        } catch (ApiError $error) {
            if ($error->status !== 504 || count($batch) === 1) {
                throw self::retryIfTimeout($error);
            }
        }
        [$first, $second] = array_chunk($batch, intdiv(count($batch) + 1, 2));

        return self::merged($this->batch($method, $path, $first), $this->batch($method, $path, $second));
    }

    /**
     * @param array<mixed> $first
     * @param array<mixed> $second
     * @return array<mixed>
     */
    private static function merged(array $first, array $second): array
    {
        $lists = $first['_embedded'] ?? [];
        foreach ($second['_embedded'] ?? [] as $name => $items) {
            $lists[$name] = [...($lists[$name] ?? []), ...$items];
        }

        return ($lists === [] ? [] : ['_embedded' => $lists]) + $second + $first;
    }

    /**
     * @param array<mixed> $page
     * @return array<mixed> the list in its `_embedded`, which has the entity's name
     */
    private static function items(array $page): array
    {
        $lists = is_array($page['_embedded'] ?? null) ? $page['_embedded'] : [];
        $items = reset($lists);

        return is_array($items) ? $items : [];
    }

    /** At most half of the page size, such that the items read so far are whole pages. */
    private static function smallerPage(int $size, int $read): int
    {
        for ($half = intdiv($size, 2); $read % $half !== 0; $half--);

        return $half;
    }
}
