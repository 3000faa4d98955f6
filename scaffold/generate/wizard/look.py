"""How the wizard looks: dim is done, bright is asked, red is wrong, one accent; never colour alone."""

from prompt_toolkit.styles import Style

_ACCENT = "fg:ansimagenta"
"""Of the sixteen colours that every terminal has, one that can be read on dark and on light grounds alike.

Cyan, which is usual, is next to invisible on the white of xterm and of macOS.
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
        # what questionary calls the same
        ("qmark", f"{_ACCENT} bold"),
        ("question", "bold"),
        ("instruction", "dim"),
        ("pointer", f"{_ACCENT} bold"),
        ("highlighted", f"{_ACCENT} bold"),
        ("selected", "noreverse"),
        ("answer", "noinherit"),
    ]
)
