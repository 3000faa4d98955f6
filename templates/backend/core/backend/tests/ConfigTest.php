<?php

declare(strict_types=1);

use Backend\Config;

$config = static fn (array $values): Config => Config::from($values, '/project/backend');

return [
    'your own settings' => static function () use ($config): void {
        same(['value', ''], [$config(['MY_NAME' => ' value '])->get('MY_NAME'), $config([])->get('MY_NAME')]);
        same(['a', 'b'], $config(['MY_LIST' => 'a, b,'])->words('MY_LIST'));
        refused(503, 'not available', static fn () => $config([])->required('MY_NAME'));
    },
    'names of request headers are refused' => static function () use ($config): void {
        foreach (['HTTP_HOST', 'http_host', 'A B', '', '1A'] as $name) {
            $isRefused = false;
            try {
                $config([$name => 'x'])->get($name);
            } catch (LogicException) {
                $isRefused = true;
            }
            same(true, $isRefused);
        }
    },
    'the storage folder' => static function () use ($config): void {
        same('/project/backend/storage', $config([])->storage());
        same('/project/backend/../data', $config(['KOMMO_STORAGE' => '../data'])->storage());
        foreach (['/var/data', 'C:\\data', 'C:/data', '\\\\server\\data'] as $absolute) {
            same($absolute, $config(['KOMMO_STORAGE' => $absolute])->storage());
        }
    },
    'an unreadable config.php is reported' => static fn () => in_folder(static function (string $folder): void {
        if (function_exists('posix_getuid') && posix_getuid() !== 0) { // root reads everything
            file_put_contents("$folder/config.php", '<?php return [];');
            chmod("$folder/config.php", 0);
            refused(503, 'not available', static fn () => Config::load($folder));
        }
    }),
    'a config.php that returns no settings counts as empty' => static fn () => in_folder(
        static function (string $folder): void {
            file_put_contents("$folder/config.php", '<?php // nothing yet');
            same('', Config::load($folder)->get('MY_NAME'));
        }
    ),
];
