"""Values made once for all workers of a run: the first worker makes one, the others wait and read it."""

import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

CAN_LOCK = sys.platform != "win32"
if CAN_LOCK:
    import fcntl

Made = TypeVar("Made")


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the workers of this run share; a worker's own if files cannot be locked."""
    own = factory.getbasetemp()
    is_workers = own.name.startswith("popen-")  # not by the environment, which a run within a test inherits
    folder = (own.parent if CAN_LOCK and is_workers else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """Return the value of `make`, called in one worker only, with an empty folder that is kept to the end."""
    root = shared_folder(factory)
    kept = root / f"{name}.pickle"
    with _alone(root / f"{name}.lock"):  # released even if the worker dies
        if not kept.exists():
            folder = factory.mktemp(name)
            kept.write_bytes(pickle.dumps(make(folder)))
        made: Made = pickle.loads(kept.read_bytes())
        return made


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    with place.open("w") as file:
        if CAN_LOCK:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
