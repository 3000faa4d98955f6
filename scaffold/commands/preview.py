"""`kommo-widget preview`: the widget in each of its areas, in a browser, without an account."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Options:
    """The command's options, as click names them."""

    port: int
    no_browser: bool
    online: bool
    headless: bool
    areas: str
    as_json: bool
    screenshots: Path | None


@click.command("preview", help="Run a widget in each of its areas, in a browser, without an account.")
@click.argument("path", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one."
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@click.option("--online", is_flag=True, help="Let the widget reach servers beyond this machine.")
@click.option("--run", "headless", is_flag=True, help="Run every area without a window, report and end.")
@click.option("--areas", metavar="LIST", default="", help="With --run: only these areas, by comma.")
@click.option("--json", "as_json", is_flag=True, help="With --run: print one JSON document.")
@click.option(
    "--screenshots",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --run: write a picture of each area.",
)
def command(path: Path, **given: Any) -> int:
    """Serve the preview until Ctrl-C, or run it headless; return the exit code."""
    options = Options(**given)
    if options.headless:
        return _run(path, options)
    if options.areas or options.as_json or options.screenshots:
        raise click.UsageError("--areas, --json and --screenshots need --run")
    return _serve(path, options)


def _serve(path: Path, options: Options) -> int:
    """Print the address, open the browser, answer until Ctrl-C, which is the normal end: exit code 0."""
    from scaffold.preview.server import server

    preview = _preview(path)
    listener = server.bind(options.port)
    url = server.url_of(listener)
    click.echo(url)
    click.echo(f"previewing {preview.state.code}; Ctrl-C ends it", err=True)
    if not options.no_browser:
        _open(url)
    server.serve(preview, listener, options.online)
    return 0


def _run(path: Path, options: Options) -> int:
    """Print the report of a headless run; return 1 where the widget is at fault."""
    from scaffold.preview.run import headless, run_report

    wanted = tuple(name.strip() for name in options.areas.split(",") if name.strip())
    report = headless.run(_preview(path), headless.Request(wanted, options.screenshots, options.online))
    click.echo(run_report.as_json(report) if options.as_json else run_report.as_text(report))
    return 1 if report.failed else 0


def _preview(path: Path) -> Any:
    from scaffold.preview.server.app import preview_of
    from scaffold.preview.server.libs import libraries
    from scaffold.preview.server.widget_source import Source

    def say(line: str) -> None:
        click.echo(line, err=True)

    source = Source(path)
    return preview_of(source, libraries(say), say)


def _open(url: str) -> None:
    """Open the browser without waiting for it: some systems' openers do not return until it ends."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
