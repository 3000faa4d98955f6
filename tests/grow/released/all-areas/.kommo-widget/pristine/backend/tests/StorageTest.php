<?php

declare(strict_types=1);

use Backend\Fields;
use Backend\PipelineEvent;
use Backend\Storage;

return [
    'events.log gives every setting back' => static fn () => in_folder(static function (string $folder): void {
        $settings = ['message' => "'\"\\\r\n\u{2028}<?php </script> {{ 7*7 }} \u{1F600}", '7' => 'seven'];
        $event = PipelineEvent::from(new Fields(sample_with('action.settings.widget.settings', $settings)));
        Storage::open("$folder/new", "$folder/public")->logHandled($event, "first\nsecond");

        $lines = file("$folder/new/events.log");
        same(1, count($lines));
        $entry = json_decode($lines[0], true);
        same([$settings, "first\nsecond", 123123], [$entry['settings'], $entry['done'], $entry['entity_id']]);
    }),
    'a folder that cannot be' => static fn () => in_folder(static function (string $folder): void {
        file_put_contents("$folder/file", '');
        refused(503, 'not available', static fn () => Storage::open("$folder/file/storage", $folder));
    }),
    'a folder that the web could read' => static fn () => in_folder(static function (string $folder): void {
        mkdir("$folder/public");
        refused(503, 'not available', static fn () => Storage::open("$folder/public/storage", "$folder/public"));
    }),
];
