<?php

declare(strict_types=1);

use Backend\Storage;

return [
    'events.log keeps everything' => static fn () => in_folder(static function (string $folder): void {
        $settings = ['message' => "'\"\\\r\n\u{2028}<?php </script> {{ 7*7 }} \u{1F600}", '7' => 'seven'];
        Storage::open("$folder/new", $folder)->logHandled(['done' => "first\nsecond", 'settings' => $settings]);

        $lines = file("$folder/new/events.log");
        same(1, count($lines));
        $entry = json_decode($lines[0], true);
        same([$settings, "first\nsecond"], [$entry['settings'], $entry['done']]);
    }),
    'a folder that cannot be created' => static fn () => in_folder(static function (string $folder): void {
        file_put_contents("$folder/file", '');
        refused(503, 'not available', static fn () => Storage::open("$folder/file/storage", $folder));
    }),
    'a folder inside the web root is refused' => static fn () => in_folder(static function (string $folder): void {
        mkdir("$folder/public");
        symlink("$folder/public", "$folder/link");
        foreach (["$folder/public/new", "$folder/link/new", "$folder/link"] as $storage) {
            refused(503, 'not available', static fn () => Storage::open($storage, $folder));
        }
        same(false, is_dir("$folder/public/new"));
    }),
    'a folder inside the document root is refused' => static fn () => in_folder(static function (string $folder): void {
        mkdir("$folder/site");
        foreach ([$folder, "$folder/", '/'] as $root) {
            refused(503, 'not available', static fn () => Storage::open("$folder/storage", "$folder/site", $root));
        }
        Storage::open("$folder/storage", "$folder/site", "$folder/site/public");
        same(true, is_dir("$folder/storage"));
    }),
];
