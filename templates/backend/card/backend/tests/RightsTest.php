<?php

declare(strict_types=1);

use Backend\Rights;

$lead = static fn (array $changed = []): array => $changed + [
    'responsible_user_id' => 1, 'group_id' => 10, 'pipeline_id' => 5, 'status_id' => 6,
];
$of = static fn (array $rights): Rights => Rights::from(7, $rights + ['is_active' => true, 'group_id' => 20]);
$view = static fn (string $right, array $more = []): Rights => $of(['leads' => ['view' => $right]] + $more);

return [
    'what each right allows to see' => static function () use ($lead, $view): void {
        $cases = [
            'A' => [true, true, true], 'G' => [false, true, true], 'M' => [false, false, true],
            'D' => [false, false, false], 'X' => [false, false, false],
        ];
        foreach ($cases as $right => $expected) {
            same($expected, [
                $view($right)->maySee('leads', $lead()),
                $view($right)->maySee('leads', $lead(['group_id' => 20])),
                $view($right)->maySee('leads', $lead(['responsible_user_id' => 7])),
            ]);
        }
    },
    'administrators see everything, inactive users nothing' => static function () use ($lead, $of): void {
        same(true, $of(['is_admin' => true])->maySee('leads', $lead()));
        same(false, $of(['is_admin' => true, 'is_active' => false])->maySee('leads', $lead()));
        same(false, $of(['is_admin' => true, 'is_active' => false])->isAdmin());
        same([false, false], [$of([])->isAdmin(), $of([])->maySee('leads', $lead())]);
        same(false, $of(['is_admin' => 'yes'])->isAdmin());
    },
    'a missing group matches nobody' => static function () use ($lead, $view): void {
        same(false, $view('G', ['group_id' => null])->maySee('leads', $lead(['group_id' => null])));
    },
    'the right on a stage overrides the right on leads' => static function () use ($lead, $view): void {
        $stage = ['entity_type' => 'leads', 'pipeline_id' => 5, 'status_id' => 6, 'rights' => ['view' => 'A']];
        same(true, $view('D', ['status_rights' => [$stage]])->maySee('leads', $lead()));
        same(false, $view('D', ['status_rights' => [$stage]])->maySee('leads', $lead(['status_id' => 8])));
        same(false, $view('D', ['status_rights' => [$stage]])->maySee('contacts', $lead()));
    },
];
