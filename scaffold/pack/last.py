"""Records what a project packed last, to warn if the content changes but the version does not."""

import hashlib
import os
from pathlib import Path

from scaffold.pack.versions import version_in
from scaffold.project import layout, reading, state


def recorded(folder: Path, manifest: bytes, packed: bytes) -> tuple[str, dict[Path, bytes]]:
    """Return a warning (may be empty), and path -> content of the project's state with the new archive.

    Both are empty if `folder` is not in a project, or the state does not exist or cannot be written: even a
    read-only checkout can be packed to another folder. A link is never written through.
    """
    project = reading.project_of(folder)
    place = project / layout.STATE if project else None
    version = version_in(manifest)
    if place is None or not version or not place.is_file() or not _is_writable(place.parent):
        return "", {}
    before = state.read(place.parent.parent)
    now = state.Packed(version, hashlib.sha256(packed).hexdigest())
    if before.packed == now:
        return "", {}
    is_same = before.packed is not None and before.packed.version == version
    hint = "increase it with --bump, or browsers keep the old files"
    warning = f"version {version} was packed before with other content: {hint}" if is_same else ""
    return warning, {place: before._replace(packed=now).dump()}


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and not folder.is_symlink()
