"""The archive to upload: its path, its version, and the loader script of development archives."""
