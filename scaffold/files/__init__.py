"""Files in memory and on disk: trees, folders, zips, and writing all files or none."""
