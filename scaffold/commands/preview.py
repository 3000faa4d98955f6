"""`kommo-widget preview`: runs a widget in each of its areas, in a browser, without an account."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click

from scaffold.commands import completing
from scaffold.commands.settling import settle


class Options(NamedTuple):
    """The options, under the names that click gives them."""

    port: int
    no_browser: bool
    editor: str
    online: bool
    code: str
    data: Path | None
    headless: bool
    areas: str
    as_json: bool
    screenshots: Path | None
    strict: bool
    locales: str
    no_disable: bool
    coverage: bool
    min_coverage: float | None
    php: bool


_PATH = click.Path(path_type=Path)


@click.command("preview", help="Run a widget in each of its areas, in a browser, without an account.")
@click.argument("path", metavar="[DIR]", default=".", type=_PATH)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port on 127.0.0.1; 0 picks a free one (default: 0).",
)
@click.option("--no-browser", is_flag=True, help="Print the address; do not open a browser.")
@click.option(
    "--editor",
    metavar="NAME",
    default="",
    help="Editor that opens the files of findings: vscode, cursor, phpstorm, idea, sublime, ..., none, or a "
    "URL with {file}, {line} and {column} (default: KOMMO_WIDGET_EDITOR, else vscode).",
)
@click.option("--online", is_flag=True, help="Allow requests to other machines.")
@click.option(
    "--code",
    metavar="CODE",
    default="",
    help="Widget code to run under (default: one that differs from the project's).",
)
@click.option(
    "--data",
    metavar="FILE",
    type=_PATH,
    help="File with records, saved settings, user and language (default: .kommo-widget/preview.yml).",
)
@click.option(
    "--run", "headless", is_flag=True, help="Run every area in a headless browser, print a report and exit."
)
@click.option(
    "--areas",
    shell_complete=completing.AREA_LIST,
    metavar="LIST",
    default="",
    help="With --run: run only these areas (comma-separated).",
)
@click.option("--json", "as_json", is_flag=True, help="With --run: print the report as JSON.")
@click.option(
    "--screenshots",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --run: save a screenshot of each area to DIR.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="With --run: fail on uncaught errors, missing files and routes, error messages and refused saves.",
)
@click.option(
    "--locales", metavar="LIST", default="", help="With --run: locales to run in (comma-separated), or `all`."
)
@click.option("--no-disable", is_flag=True, help="With --run: do not disable the widget after the run.")
@click.option(
    "--coverage", is_flag=True, help="With --run: report which callbacks and lines of script.js ran."
)
@click.option(
    "--min-coverage", metavar="PCT", type=click.FloatRange(0, 100),
    help="With --run: fail if line coverage of script.js is below PCT percent.",
)  # fmt: skip
@click.option(
    "--php",
    is_flag=True,
    help="Run the project's back end (backend/public) with PHP; with --run: send it every sample request.",
)
def command(path: Path, **given: Any) -> int:
    """Serve the preview until Ctrl-C, or run it headless; return the exit code."""
    options = Options(**given)
    settle(path)
    if options.headless:
        return _run(path, options)
    if options.areas or options.as_json or options.screenshots:
        raise click.UsageError("--areas, --json and --screenshots need --run")
    if options.strict or options.locales or options.no_disable or options.coverage or options.min_coverage:
        raise click.UsageError("--strict, --locales, --no-disable, --coverage and --min-coverage need --run")
    return _serve(path, options)


def _serve(path: Path, options: Options) -> int:
    """Print the address, open the browser and serve until Ctrl-C, which ends with exit code 0."""
    from scaffold.preview.server import access, server
    from scaffold.text import printable

    preview = _preview(path, options)
    listener = server.bind(options.port)
    url = server.url_of(listener)
    click.echo(access.link(url, preview.keys.token))
    state = preview.state
    click.echo(
        f"previewing {printable(state.own_code)} under the code {state.code}; Ctrl-C stops it",
        err=True,
    )
    if not options.no_browser:
        # every user of the machine sees a browser's command line: what is in it works once
        _open(access.link(url, preview.keys.ticket()))
    server.serve(preview, listener, options.online, options.php)
    return 0


def _run(path: Path, options: Options) -> int:
    """Print the report of a headless run; return 1 if the widget failed."""
    from scaffold.preview.run import headless, run_report, runner

    preview = _preview(path, options)
    request = runner.Request(
        _names(options.areas), options.screenshots, options.online, port=options.port,
        disable=not options.no_disable, locales=_locales(preview, options.locales),
        coverage=options.coverage or options.min_coverage is not None, php=options.php,
    )  # fmt: skip
    report = headless.run(preview, request)
    write = run_report.as_json if options.as_json else run_report.as_text
    click.echo(write(report, options.strict))
    low = report.coverage is not None and report.coverage.percent < (options.min_coverage or 0)
    return 1 if report.failed or low or (options.strict and report.strict_faults) else 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _locales(preview: Any, text: str) -> tuple[str, ...]:
    """Return the locales to run in. Raises ScaffoldError for one that the widget does not have."""
    from scaffold.errors import ScaffoldError

    known = tuple(preview.source.widget.texts)
    chosen = known if text.strip() == "all" else _names(text)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise ScaffoldError(
            f"the widget has no texts in {', '.join(unknown)}", f"its locales: {', '.join(known) or 'none'}"
        )
    return chosen


def _preview(path: Path, options: Options) -> Any:
    from scaffold.preview.server import editor, scenario
    from scaffold.preview.server.libs import libraries
    from scaffold.preview.server.preview import preview_of
    from scaffold.preview.widget_source import Source
    from scaffold.project import layout

    def say(line: str) -> None:
        click.echo(line, err=True)

    chosen = options.editor or os.environ.get(editor.ENVIRONMENT) or editor.USUAL
    template = editor.template_of(chosen)
    source = Source(path)
    own = path / layout.PREVIEW
    file = options.data or (own if own.is_file() else None)
    data = scenario.read(file) if file else scenario.Scenario()
    if options.code:
        if fault := scenario.code_fault(options.code):
            raise click.UsageError(f"--code {fault}")
        data.code = options.code
    return replace(preview_of(source, libraries(say), say, data), options=_given(options), editor=template)


def _given(options: Options) -> tuple[str, ...]:
    """Return the options of a served preview as typed, without the port."""
    return (
        *(("--online",) if options.online else ()),
        *(("--code", options.code) if options.code else ()),
        *(("--data", str(options.data)) if options.data else ()),
        *(("--editor", options.editor) if options.editor else ()),
        *(("--php",) if options.php else ()),
    )


def _open(url: str) -> None:
    """Open the browser without waiting: on some systems the call returns only when the browser ends."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
