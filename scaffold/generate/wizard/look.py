"""The wizard's colours: dim is done, bold is asked, red is wrong, one accent; never colour alone."""

from prompt_toolkit.styles import Style

_ACCENT = "fg:ansimagenta"
"""One of the sixteen colours of every terminal that is readable on both dark and light backgrounds.

Cyan, the usual choice, is almost invisible on the white of xterm and of macOS.
"""

STYLE = Style(
    [
        ("mark", f"{_ACCENT} bold"),
        ("asked", "bold"),
        ("typed", _ACCENT),
        ("keys", "dim"),
        ("done", "dim"),
        ("fault", "fg:ansired bold"),
        ("group", "bold"),
        ("focused", f"{_ACCENT} bold"),
        ("ticked", _ACCENT),
        ("status", "dim"),
        # the same under questionary's names
        ("qmark", f"{_ACCENT} bold"),
        ("question", "bold"),
        ("instruction", "dim"),
        ("pointer", f"{_ACCENT} bold"),
        ("highlighted", f"{_ACCENT} bold"),
        ("selected", "noreverse"),
        ("answer", "noinherit"),
    ]
)
