"""What a check found, written for people and for programs."""

from collections.abc import Sequence

from scaffold.check.report.run import Run

FORMATS: tuple[str, ...] = ("text", "json", "github", "sarif")


def write(runs: Sequence[Run], form: str = "text", colour: bool = False) -> str:
    """Return the report on `runs` in one of `FORMATS`, ending in a line break."""
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

    return "\n".join(text_report.write(run, colour) for run in runs)
