"""Compiled templates, kept from run to run in one file of the user's cache folder."""

import marshal
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType

Stamp = tuple[int, int]
"""Of a file: when it was changed, in nanoseconds, and its size in bytes; as Python trusts its byte code."""


class Compiled:
    """The code of templates; a file that is not there, or cannot be read or written, is as good as none."""

    def __init__(self, file: Path | None, compiler: str) -> None:
        """Take `file`, and what was compiled by the module at the path `compiler` as it is now."""
        self._file = file
        self._compiler = _stamp(compiler)
        self._kept = _read(file, self._compiler) if file else {}
        self._has_more = False

    def code(self, template: str, place: str, compiled: Callable[[], CodeType]) -> CodeType:
        """Return the code of the template in the file `place`, from `compiled` where none is kept."""
        stamp = _stamp(place)
        kept, data = self._kept.get(template, (None, b""))
        if kept == stamp:
            code: CodeType = marshal.loads(data)  # noqa: S302 - the folder is the user's own
            return code
        code = compiled()
        self._kept[template] = stamp, marshal.dumps(code)
        self._has_more = True
        return code

    def keep(self) -> None:
        """Write the file, if there is more to keep than it has."""
        if self._file is None or not self._has_more:
            return
        self._has_more = False
        new = f"{self._file}.{os.urandom(4).hex()}"
        with suppress(OSError):
            try:
                Path(new).write_bytes(marshal.dumps((self._compiler, self._kept)))
                os.replace(new, self._file)
            except BaseException:
                with suppress(OSError):
                    os.unlink(new)
                raise


@cache
def kept_in(file: Path | None, compiler: str) -> Compiled:
    """Return what is kept in `file`, read once in a process."""
    return Compiled(file, compiler)


def _stamp(place: str) -> Stamp:
    status = os.stat(place)
    return status.st_mtime_ns, status.st_size


def _read(file: Path, compiler: Stamp) -> dict[str, tuple[Stamp, bytes]]:
    try:
        by, kept = marshal.loads(file.read_bytes())  # noqa: S302 - the folder is the user's own
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return kept if by == compiler else {}
