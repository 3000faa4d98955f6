"""Writing trees, the cache folder, and files that are ignored or special."""
