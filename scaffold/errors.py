"""The errors that a user can fix; any other exception that escapes is a bug."""


class ScaffoldError(Exception):
    """A request that cannot be carried out: what is wrong, and what to do about it.

    `message` is one lower-case line without a full stop, `hint` is one command or edit (may be empty),
    `details` has one line for each fault if there are several.
    """

    def __init__(self, message: str, hint: str = "", details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class ElsewhereError(ScaffoldError):
    """A path is wrong, and the same command would work with another one, `instead`."""

    def __init__(self, message: str, instead: str) -> None:
        super().__init__(message, f"did you mean {instead}?")
        self.instead = instead


class Interrupted(Exception):  # noqa: N818 - the user's decision, not an error
    """The user ended the run; nothing was written."""
