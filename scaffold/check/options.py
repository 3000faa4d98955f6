"""What a user asks of a check; from the command line down to the engine."""

from typing import NamedTuple


class CheckOptions(NamedTuple):
    """The options of a check."""

    profile: str | None = None
    """None: as the project's record says."""
    platform: str | None = None
    """None: as the project's record says."""
    select: tuple[str, ...] = ()
    """Beginnings of codes; empty: all."""
    ignore: tuple[str, ...] = ()
    """Beginnings of codes; wins over `select`."""
    with_waivers: bool = True
    """Whether what a team accepts is taken out."""

    def wants(self, code: str) -> bool:
        """Return whether findings of a rule are to be reported."""
        is_ignored = bool(self.ignore) and code.startswith(self.ignore)
        return code.startswith(self.select or ("",)) and not is_ignored

    def may_want(self, family: str) -> bool:
        """Return whether findings of some rule of a family, given by its letter, may be wanted."""
        return family not in self.ignore and (
            not self.select or any(code.startswith(family) for code in self.select)
        )
