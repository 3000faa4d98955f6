"""Files in memory, path -> bytes: what `new` renders and `check` reads."""

from collections.abc import Iterator, Mapping


class Tree(Mapping[str, bytes]):
    """Files by relative path, with forward slashes, sorted and immutable."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(sorted(files.items()))

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def text(self, path: str) -> str:
        """Return a file as UTF-8 text. Raises KeyError and UnicodeDecodeError."""
        return self._files[path].decode()

    def below(self, folder: str) -> "Tree":
        """Return the files below `folder`, with paths relative to it."""
        prefix = folder.rstrip("/") + "/"
        return Tree({p.removeprefix(prefix): data for p, data in self.items() if p.startswith(prefix)})

    def __or__(self, other: Mapping[str, bytes]) -> "Tree":
        return Tree({**self._files, **other})
