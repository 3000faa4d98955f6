"""Files in memory and on disk: trees, folders, zips, and what is written in one act."""
