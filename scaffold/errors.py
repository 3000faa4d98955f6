"""The errors that a user can fix; anything else that escapes is a bug of ours."""


class ScaffoldError(Exception):
    """A request that cannot be done: what is wrong, and what to do about it.

    `message` is one lower-case line without a full stop, `hint` one command or edit (may be empty),
    `details` one line per single fault where there are several.
    """

    def __init__(self, message: str, hint: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class ElsewhereError(ScaffoldError):
    """What a path was meant to be lies at another path, with which the same command would work."""

    def __init__(self, message: str, instead: str) -> None:
        super().__init__(message, f"did you mean {instead}?")
        self.instead = instead


class Interrupted(Exception):  # noqa: N818 - a wish of the user's, not an error
    """The user ended the run; nothing was written."""
