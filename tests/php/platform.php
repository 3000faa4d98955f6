<?php

// A stand-in of what the platform gives a hosted widget.php: run as
// php platform.php widget.php '\Namespace\Widget' '{"event": ...}'

namespace Helpers {
    final class Route
    {
        public static $params = [];

        public static function param($name)
        {
            return self::$params[$name] ?? null;
        }
    }

    class Widgets
    {
        public function call($endpoint)
        {
            $this->{"endpoint_$endpoint"}();
        }
    }
}

namespace {
    [, $file, $class, $params] = $argv;
    \Helpers\Route::$params = json_decode($params, true);
    require $file;
    (new $class())->call('digital_pipeline');
    fwrite(STDERR, 'status ' . (http_response_code() ?: 200) . "\n");
}
