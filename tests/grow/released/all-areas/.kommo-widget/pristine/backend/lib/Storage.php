<?php

declare(strict_types=1);

namespace Backend;

/** The folder KOMMO_STORAGE: events.log and the memory against duplicates. */
final class Storage
{
    private function __construct(private readonly string $folder)
    {
    }

    /** @param string $webRoot where it must not lie: events.log holds other people's data */
    public static function open(string $folder, string $webRoot): self
    {
        if (!is_dir($folder)) {
            @mkdir($folder, 0700, true); // a parallel call may be faster
        }
        $real = realpath($folder);
        if ($real === false || !is_dir($real) || !is_writable($real)) {
            throw Refusal::unavailable("KOMMO_STORAGE is not a writable folder: $folder");
        }
        $root = realpath($webRoot);
        if ($root !== false && str_starts_with($real . DIRECTORY_SEPARATOR, $root . DIRECTORY_SEPARATOR)) {
            throw Refusal::unavailable("KOMMO_STORAGE lies inside the web root: $folder");
        }

        return new self($real);
    }

    public function duplicates(): Duplicates
    {
        return extension_loaded('pdo_sqlite')
            ? new SqliteDuplicates("$this->folder/duplicates.sqlite")
            : new FileDuplicates("$this->folder/duplicates");
    }

    /** Adds one line of JSON to events.log; JSON has no raw line breaks, so a line is an event whatever it holds. */
    public function logHandled(PipelineEvent $event, string $done): void
    {
        $entry = ['handled_at' => date(DATE_ATOM), 'done' => $done] + $event->toArray();
        // A field code of digits only would turn the settings into a JSON list.
        $entry['settings'] = (object) $entry['settings'];
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        file_put_contents("$this->folder/events.log", json_encode($entry, $flags) . "\n", FILE_APPEND | LOCK_EX);
    }
}
