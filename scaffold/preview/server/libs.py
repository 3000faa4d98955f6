"""The libraries that the CRM offers to widgets, in the versions that it documents.

On first use npm fetches them into the user's cache, by the lock file in `libs/`. They are neither committed
nor in the wheel: three of them have known vulnerabilities, which a preview must reproduce.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.files.cache import cache_dir, cache_hint

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
"""Name under `/_libs/` -> file in `node_modules`. Versions: <https://developers.kommo.com/docs/modules>."""

NPM_TIMEOUT_S = 300

CHECKSUMS = "checksums.txt"
"""SHA-256 of the files that are served, as npm verified and unpacked them; beside `node_modules`."""

_ARGUMENTS = (
    "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-bin-links", "--no-update-notifier",
    "--loglevel=error",
)  # fmt: skip


def libraries(say: Callable[[str], None]) -> Path:
    """Return the folder `node_modules` with every file of FILES; fetch them if they are missing or damaged.

    `say` gets a line before a slow step. Raises ScaffoldError if npm is missing or fails.
    """
    base = cache_dir("libraries")
    if base is None:
        raise ScaffoldError(
            "the cache folder cannot be used for the preview's libraries",
            cache_hint("libraries"),
        )
    ready = base / lock_hash() / "node_modules"
    if not _is_intact(ready):
        say("fetching the libraries that Kommo provides to widgets (once, about 3 MB)")
        _install(base, ready.parent)
    return ready


def lock_hash() -> str:
    """Return the name of the cached folder, which depends on the lock file."""
    data = b"".join((LOCK_FOLDER / name).read_bytes() for name in ("package.json", "package-lock.json"))
    return hashlib.sha256(data).hexdigest()[:16]


def _complete(folder: Path) -> bool:
    return all((folder / file).is_file() for file in FILES.values())


def _is_intact(folder: Path) -> bool:
    """Return whether every file is as it was fetched: a damaged library would be blamed on the widget."""
    try:
        kept = (folder.parent / CHECKSUMS).read_text(encoding="utf-8")
        return kept == _checksums(folder)
    except (OSError, ValueError):
        return False


def _checksums(folder: Path) -> str:
    """Return a line for each file, with its SHA-256 and its name. Raises OSError if one cannot be read."""
    return "".join(
        f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}\n" for file in FILES.values()
    )


def _install(base: Path, ready: Path) -> None:
    """Fetch into a temporary folder and rename it into place, so that it is complete or absent."""
    npm = shutil.which("npm")
    if npm is None:
        raise ScaffoldError(
            "npm is not installed; the preview needs it once, to fetch its libraries",
            "install Node.js, which includes npm, and run `kommo-widget preview` again",
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
            [npm, *_ARGUMENTS], cwd=folder, capture_output=True, encoding="utf-8", errors="replace",
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
        "check npm's registry setting; once they are fetched, the preview needs no network",
        lines,
    )


def _settle(staging: Path, ready: Path) -> None:
    try:
        os.replace(staging, ready)
    except OSError:
        if _is_intact(ready / "node_modules"):  # another process was faster
            return
        shutil.rmtree(ready, ignore_errors=True)
        os.replace(staging, ready)
