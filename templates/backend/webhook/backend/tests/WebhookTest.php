<?php

declare(strict_types=1);

use Backend\Fields;
use Backend\WebhookEvent;

$read = static fn (array $form): array => WebhookEvent::all(new Fields($form));

return [
    'the sample' => static function () use ($read): void {
        $form = sample('webhook');
        $events = $read($form);
        same((int) $form['account']['id'], $events[0]->accountId);
        same($events[0]->toArray(), WebhookEvent::fromArray($events[0]->toArray())->toArray());
        $handler = require dirname(__DIR__) . '/handlers/webhook.php';
        same(true, str_starts_with($handler($events[0], services()), $events[0]->entity));
    },
    'several events in one request' => static function () use ($read): void {
        $events = $read([
            'leads' => [
                'update' => [['id' => '1', 'name' => 'A'], ['id' => '2']],
                'note' => [['note' => ['id' => '3']]],
            ],
            'task' => ['add' => [['id' => '4']]],
            'account' => ['id' => '5', 'subdomain' => 'x'],
        ]);
        $shown = static fn (WebhookEvent $event): string => "$event->entity $event->action {$event->id()} {$event->value('name')}";
        $expected = ['leads update 1 A', 'leads update 2 ', 'leads note  ', 'task add 4 '];
        same($expected, array_map($shown, $events));
    },
    'a body without events, and one without an account' => static function () use ($read): void {
        same([], $read(['account' => ['id' => '5'], 'leads' => 'x', 'contacts' => ['add' => 'x'], 'y' => ['z' => []]]));
        refused(400, 'no account.id', static fn () => $read(['leads' => ['add' => [['id' => '1']]]]));
    },
];
