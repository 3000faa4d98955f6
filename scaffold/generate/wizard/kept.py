"""The answers of a wizard that was stopped, kept for a week: the next run can continue from them."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.files.cache import cache_dir
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.kinds.lines import Url
from scaffold.generate.answers.registry import BY_KEY, TEMPLATE_ANSWERS
from scaffold.text import quoted, reason

_TEMPLATE = BY_KEY[TEMPLATE_ANSWERS].block
_FORMAT = 1
_MAX_AGE_S = 7 * 24 * 3600
_MAX_BYTES = 1_000_000
_MAY_BE_PRIVATE = "?#@"
"""Characters of an address that may come before or after a key or a password."""


class Begun(NamedTuple):
    """The state of a wizard that was stopped."""

    answers: Mapping[str, Any]
    """Key of a question -> plain value."""
    passed: list[str]
    customised: bool


class Kept:
    """The file for one destination; it belongs to the user, and nobody else can read it."""

    def __init__(self, dest: str, now: Callable[[], float] = time.time) -> None:
        """`dest` is the project's absolute path, or its parent's with a final slash if it has no name yet."""
        self._dest = dest
        self._now = now
        folder = cache_dir("drafts")
        name = hashlib.sha256(dest.encode("utf-8", "surrogateescape")).hexdigest()[:32]
        self._path = folder / f"{name}.json" if folder else None

    def load(self) -> tuple[Begun | None, str]:
        """Return what was kept, if anything, and one line on why a file that exists cannot be used."""
        if self._path is None:
            return None, ""
        self._sweep(self._path.parent)
        try:
            return _begun(_private_text(self._path), self._dest), ""
        except FileNotFoundError:
            return None, ""
        except (OSError, ValueError, RecursionError) as error:
            return None, f"ignored the answers kept in {quoted(str(self._path))}: {reason(error)}"

    def save(self, draft: Draft, passed: list[str], customised: bool) -> None:
        """Store what may be stored; a cache that cannot be written is not an error."""
        if self._path is None or not passed:
            return
        answers = {key: value for key, value in draft.items() if _may_be_kept(key, value)}
        left_out = {key for key in draft if key not in answers}
        document = {
            "format": _FORMAT,
            "destination": self._dest,
            "customised": customised,
            "passed": [step for step in passed if not _is_about(step, left_out)],
            "answers": answers,
        }
        beside = self._path.with_suffix(f".{os.getpid()}")
        try:
            number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(number, "w", encoding="utf-8") as file:
                json.dump(document, file)
            beside.replace(self._path)
        except (OSError, ValueError, TypeError):
            beside.unlink(missing_ok=True)

    @property
    def exists(self) -> bool:
        """Whether anything is stored."""
        return self._path is not None and self._path.exists()

    def drop(self) -> None:
        """Delete the file."""
        if self._path is not None:
            try:
                self._path.unlink(missing_ok=True)
            except OSError:
                return

    def _sweep(self, folder: Path) -> None:
        """Delete the files of all destinations that are older than a week."""
        for path in folder.iterdir():
            try:
                if self._now() - path.lstat().st_mtime > _MAX_AGE_S:
                    path.unlink()
            except OSError:
                continue


def _private_text(path: Path) -> str:
    """Return the text of a file. Raises ValueError if anybody but the user could have written it."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(number, "rb") as file:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            raise ValueError("not written by kommo-widget")
        if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o077):
            raise ValueError("other users can read or write it")
        return file.read(_MAX_BYTES).decode()


def _begun(text: str, dest: str) -> Begun:
    """Return the parsed file; raises ValueError if it has another format or is for another destination."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise ValueError("of another version")
    if document.get("destination") != dest:
        raise ValueError("for another destination")
    answers, passed = document.get("answers"), document.get("passed")
    if not isinstance(answers, dict) or not isinstance(passed, list):
        raise ValueError("of another version")
    good = {key: value for key, value in answers.items() if _is_good(key, value, answers)}
    steps = [
        step
        for step in passed
        if isinstance(step, str) and step.partition("@")[0] not in answers.keys() - good
    ]
    return Begun(good, steps, document.get("customised") is True)


def _is_good(key: str, value: Any, answers: Mapping[str, Any]) -> bool:
    """Return whether an answer is still valid: rules may have changed, or the file may have been edited."""
    if key not in BY_KEY or not _may_be_kept(key, value):
        return False
    draft = Draft()
    for about in ("platform", "locales", "areas"):
        if about in answers:
            draft = draft.answer(about, answers[about])
    return BY_KEY[key].fault_of(value, draft) is None


def _is_about(step: str, keys: Container[str]) -> bool:
    """Return whether a step asks one of `keys`, or a template's own question, which is never stored."""
    return step.partition("@")[0] in keys or step.startswith(f"{_TEMPLATE}.")


def _may_be_kept(key: str, value: Any) -> bool:
    """Return whether an answer has no secret; an address with a key and a template's answers may have one."""
    question = BY_KEY[key]
    kind = question.kind.kind if isinstance(question.kind, OrLater) else question.kind
    if question.block == _TEMPLATE:
        return False
    return not (
        isinstance(kind, Url) and isinstance(value, str) and any(mark in value for mark in _MAY_BE_PRIVATE)
    )
