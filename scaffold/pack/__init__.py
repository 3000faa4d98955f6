"""The archive for the upload: where it goes, its version, and the loader for development."""
