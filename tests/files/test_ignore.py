"""Which files do not belong in the archive, and why."""

import pytest

from scaffold.files.ignore import IgnoreReason, ignore_reason

LEFT = [
    "script.js.orig", "style.css.ORIG", "script.js.rej", "script.js.bak", "script.js~", ".script.js.swp",
    "a.swo", "a.tmp", "debug.log", "script.js.map", "old.zip", "a.rar", "a.7z", "a.tar", "a.tar.gz",
    "logo.psd", "lib/a.pyc", "__MACOSX/a.png", "._script.js", ".DS_Store", "images/Thumbs.db", "desktop.ini",
    "ehthumbs.db",
]  # fmt: skip

PRIVATE = [
    ".git/config", ".env", "lib/.eslintrc", "node_modules/a/index.js", "__pycache__/a.py",
    "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "acme.code-workspace", "acme.iml", "widget.zip",
]  # fmt: skip

BELONGS = [
    "script.js", "manifest.json", "original.js", "lib/orig", "lib/orig.js", "lib/map.js", "logs/a.js",
    "images/logo.png", "a.b.js", "zip.js", "lib/bak/a.js", "package.json", "lib/node_modules.js",
]  # fmt: skip


@pytest.mark.parametrize("path", LEFT)
def test_leftovers_of_systems_and_tools_are_ignored(path: str) -> None:
    assert ignore_reason(path) is IgnoreReason.LEFTOVER
    assert ignore_reason(f"lib/{path}") is IgnoreReason.LEFTOVER


@pytest.mark.parametrize("path", PRIVATE)
def test_private_working_files_are_ignored(path: str) -> None:
    assert ignore_reason(path) is IgnoreReason.PRIVATE


@pytest.mark.parametrize("path", BELONGS)
def test_files_of_a_widget_are_not_ignored(path: str) -> None:
    assert ignore_reason(path) is None
