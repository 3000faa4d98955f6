"""The reports of `check`: text for people, and formats for programs.

- `run`: what every report is written from
- `text_report`, `json_report`, `github` and `sarif`: one module per format
- `explain`: what `check --explain` prints
"""

from collections.abc import Sequence

from scaffold.check.report.run import Run


def write(runs: Sequence[Run], form: str = "text", colour: bool = False) -> str:
    """Return the report on `runs` in one of `options.FORMATS`, ending in a line break."""
    if form == "json":
        from scaffold.check.report import json_report

        return json_report.write(runs)
    if form == "github":
        from scaffold.check.report import github

        return github.write(runs)
    if form == "sarif":
        from scaffold.check.report import sarif

        return sarif.write(runs)
    from scaffold.check.report import text_report

    return text_report.write(runs, colour)
