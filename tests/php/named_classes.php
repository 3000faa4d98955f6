<?php

// php named_classes.php BACKEND: prints the classes that the back end's files name and that are nowhere, as JSON.

declare(strict_types=1);

$backend = $argv[1];
require "$backend/lib/bootstrap.php";
require "$backend/tests/support.php";
foreach (glob("$backend/tests/support/*.php") as $file) {
    require $file;
}

/** Classes named in a place where only a class can stand: by `new`, `::`, `instanceof`, `catch`, `extends`, as a type. */
$named = static function (string $code): array {
    $tokens = array_values(array_filter(
        PhpToken::tokenize($code),
        static fn (PhpToken $token): bool => !$token->isIgnorable(),
    ));
    $names = [];
    foreach ($tokens as $n => $token) {
        if (!$token->is([T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED])) {
            continue;
        }
        [$before, $after] = [$tokens[$n - 1] ?? null, $tokens[$n + 1] ?? null];
        $isMember = $before?->is([T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_CONST]);
        $isClass = $before?->is([T_NEW, T_INSTANCEOF, T_EXTENDS, T_IMPLEMENTS, T_USE])
            || $after?->is([T_DOUBLE_COLON, T_VARIABLE])
            || $token->is([T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED]) && $after?->text !== '(';
        if (!$isMember && $isClass && !$before?->is([T_NAMESPACE])) {
            $names[$token->text] = true;
        }
    }

    return array_keys($names);
};

$missing = [];
$files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator($backend, FilesystemIterator::SKIP_DOTS));
foreach ($files as $file) {
    if ($file->getExtension() !== 'php') {
        continue;
    }
    $code = (string) file_get_contents((string) $file);
    $namespace = preg_match('/^namespace ([\w\\\\]+);/m', $code, $found) === 1 ? $found[1] . '\\' : '';
    preg_match_all('/^use ([\w\\\\]+);/m', $code, $uses);
    $imported = [];
    foreach ($uses[1] as $use) {
        $imported[substr($use, (int) strrpos("\\$use", '\\'))] = $use;
    }
    foreach ($named($code) as $name) {
        if (in_array(strtolower($name), ['self', 'static', 'parent', 'int', 'string', 'array', 'bool', 'mixed', 'callable', 'float', 'iterable'], true)) {
            continue;
        }
        $full = $imported[$name] ?? ($name[0] === '\\' ? ltrim($name, '\\') : $namespace . $name);
        // What a `use` names is absolute, what code names starts at the file's namespace.
        $candidates = [$full, ltrim($name, '\\')];
        if (array_filter($candidates, static fn (string $at): bool => class_exists($at) || interface_exists($at)) === []) {
            $missing[] = basename((string) $file) . ": $full";
        }
    }
    foreach ($imported as $short => $use) {
        if (preg_match('/\b' . preg_quote($short) . '\b/', preg_replace('/^use .*$/m', '', $code)) !== 1) {
            $missing[] = basename((string) $file) . ": $use is not used";
        }
    }
}
echo json_encode($missing, JSON_UNESCAPED_SLASHES);
