"""The libraries that the CRM offers to a widget, at the versions it states.

npm fetches them on first use, from the lock file beside this module, into the user's cache. They are never
committed and never in the wheel: three of them have published flaws that a preview must share.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.cache import cache_dir

LOCK_FOLDER = Path(__file__).parents[1] / "libs"

FILES: dict[str, str] = {
    "require": "requirejs/require.js",
    "jquery": "jquery/dist/jquery.min.js",
    "underscore": "underscore/underscore-min.js",
    "backbone": "backbone/backbone-min.js",
    "twigjs": "twig/twig.min.js",
    "twig": "twig/twig.min.js",
    "moment": "moment/min/moment.min.js",
}
"""Name under `/_libs/` -> file of the npm package. Versions: <https://developers.kommo.com/docs/modules>."""

NPM_TIMEOUT_S = 300

CHECKSUMS = "checksums.txt"
"""Beside the fetched packages: the files that are served, as npm had verified and unpacked them."""

_ARGUMENTS = (
    "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-bin-links", "--no-update-notifier",
    "--loglevel=error",
)  # fmt: skip


def libraries(say: Callable[[str], None]) -> Path:
    """Return the folder (`node_modules`) that holds every file of FILES; fetch it where it is not there.

    `say` gets a line for each slow step. Raises ScaffoldError where npm is missing or fails.
    """
    base = cache_dir("libraries")
    if base is None:
        raise ScaffoldError(
            "the cache folder cannot be used for the preview's libraries",
            "make ~/.cache/kommo-widget yours alone (chmod 700), or set XDG_CACHE_HOME to a folder of yours",
        )
    ready = base / lock_hash() / "node_modules"
    if not _is_intact(ready):
        say("fetching the libraries that Kommo gives to widgets (once, about 3 MB)")
        _install(base, ready.parent)
    return ready


def lock_hash() -> str:
    """Return the name of the cached folder: another lock file gives another one."""
    data = b"".join((LOCK_FOLDER / name).read_bytes() for name in ("package.json", "package-lock.json"))
    return hashlib.sha256(data).hexdigest()[:16]


def _complete(folder: Path) -> bool:
    return all((folder / file).is_file() for file in FILES.values())


def _is_intact(folder: Path) -> bool:
    """Return whether every file is as it was fetched: a broken library would be blamed on the widget."""
    try:
        kept = (folder.parent / CHECKSUMS).read_text(encoding="utf-8")
        return kept == _checksums(folder)
    except (OSError, ValueError):
        return False


def _checksums(folder: Path) -> str:
    """Return a line for each file: its SHA-256 and its name. Raises OSError."""
    return "".join(
        f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}\n" for file in FILES.values()
    )


def _install(base: Path, ready: Path) -> None:
    """Fetch into a folder of its own and rename it into place: it is there whole or not at all."""
    npm = shutil.which("npm")
    if npm is None:
        raise ScaffoldError(
            "npm is not installed; the preview needs it once, to fetch its libraries",
            "install Node.js, which brings npm, and run `kommo-widget preview` again",
        )
    staging = Path(tempfile.mkdtemp(prefix="fetching-", dir=base))
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(LOCK_FOLDER / name, staging / name)
        _run(npm, staging)
        (staging / CHECKSUMS).write_text(_checksums(staging / "node_modules"), encoding="utf-8")
        _settle(staging, ready)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _run(npm: str, folder: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - npm as found, fixed arguments
            [npm, *_ARGUMENTS], cwd=folder, capture_output=True, text=True, errors="replace",
            timeout=NPM_TIMEOUT_S, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode or not _complete(folder / "node_modules"):
        raise _failed(done.stderr)


def _failed(output: str) -> ScaffoldError:
    lines = tuple(line for line in output.splitlines() if line.strip())[-5:]
    return ScaffoldError(
        "npm could not fetch the preview's libraries",
        "they come from the registry that npm is set to; once fetched, the preview needs no network",
        lines,
    )


def _settle(staging: Path, ready: Path) -> None:
    try:
        os.replace(staging, ready)
    except OSError:
        if _is_intact(ready / "node_modules"):  # another run was quicker
            return
        shutil.rmtree(ready, ignore_errors=True)
        os.replace(staging, ready)
