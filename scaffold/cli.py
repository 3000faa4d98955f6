"""The click group, which loads commands on use, and the one place where errors become exit codes."""

import errno
import json
import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from itertools import pairwise

import click

from scaffold import streams
from scaffold.errors import ElsewhereError, Interrupted, ScaffoldError
from scaffold.text import did_you_mean, printable, quoted, reason, shell_command

COMMANDS: dict[str, str] = {
    "new": "Create a widget, interactively or from an answers file.",
    "areas": "List the areas of a widget and what each one requires.",
    "presets": "List the presets of `new --preset`.",
    "schema": "Print the JSON Schema of the answers file.",
    "check": "Check a widget before it is uploaded.",
    "pack": "Build the upload archive; fails on errors.",
    "preview": "Run a widget in each of its areas, in a browser, without an account.",
    "add": "Add areas or locales to a project; keeps your edits.",
    "remove": "Remove areas or locales from a project; keeps your edits.",
    "adopt": "Turn an existing widget into a project.",
    "update": "Update a project to this version's templates; keeps your edits.",
    "template": "Create your own template for `new --template`.",
    "completion": "Print the completion script of a shell.",
    "help": "Print a page of the reference.",
}
"""Name -> line of `--help`. The click command is `command` in the module `scaffold.commands.<name>`."""


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    """Success; `check` found no error."""
    WIDGET = 1
    """The widget has errors, or a merge has conflicts."""
    REQUEST = 2
    """The request cannot be carried out."""
    BUG = 3
    """A bug in kommo-widget."""
    INTERRUPTED = 130
    """Stopped by the user."""


def load(name: str) -> click.Command:
    """Import the module of a command of `COMMANDS` and return the command."""
    command: click.Command = import_module(f"scaffold.commands.{name}").command
    return command


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(f"no such command {quoted(args[0])}{did_you_mean(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        # from the table, so that --help loads no command
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Generate, check, preview and pack Kommo (amoCRM) widgets.",
)
@click.option("--debug", is_flag=True, help="Show a traceback on errors.")
@click.version_option(package_name="kommo-widget", prog_name="kommo-widget", message="%(prog)s %(version)s")
def group(debug: bool) -> None:
    """Group the commands; `run` reads `--debug`."""


def run(argv: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code; never raises."""
    streams.prepare()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except streams.OutputError as error:
        _print_error(error, as_json=False)
        return Exit.REQUEST
    return code


def _run(argv: Sequence[str]) -> int:
    try:
        code = group.main(list(argv), prog_name="kommo-widget", standalone_mode=False) or Exit.DONE
        sys.stdout.flush()
        return int(code)
    except streams.OutputError:
        raise
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return Exit.REQUEST
    except (ScaffoldError, click.ClickException) as error:
        if "--debug" in argv:
            _trace()
        if isinstance(error, ElsewhereError):
            error.hint = f"did you mean: kommo-widget {shell_command([argv[0], error.instead])}"
        _print_error(error, as_json=_wants_json(argv))
        return Exit.REQUEST
    except (Interrupted, KeyboardInterrupt, click.Abort):
        print("interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except Exception as error:  # the last line of defence
        refusal = _refusal(error)
        if refusal is None or "--debug" in argv:
            _trace()
        bug = f"this is a bug: {type(error).__name__}: {error}"
        shown = refusal or ScaffoldError(bug, "please report it, with the traceback")
        _print_error(shown, as_json=_wants_json(argv))
        return Exit.REQUEST if refusal else Exit.BUG


_REFUSALS = frozenset({
    errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE,
    errno.ENAMETOOLONG, errno.ELOOP, errno.ESTALE, errno.EFBIG, errno.ENOMEM,
})  # fmt: skip
"""Refusals by the system, such as a full disk. They can happen anywhere and are not bugs."""


def _refusal(error: Exception) -> ScaffoldError | None:
    """Return the error to report if the system refused something; None for a bug."""
    if _current_folder_is_gone():
        return ScaffoldError("the current folder is gone", "change to another folder, or use absolute paths")
    if not isinstance(error, OSError) or error.errno not in _REFUSALS:
        return None
    place = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "a file"
    return ScaffoldError(
        f"cannot use {place}: {reason(error)}", "check its permissions and the free disk space"
    )


def _current_folder_is_gone() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _wants_json(argv: Sequence[str]) -> bool:
    return "--json" in argv or "--format=json" in argv or ("--format", "json") in pairwise(argv)


def _trace() -> None:
    import traceback

    traceback.print_exc()


def _print_error(error: ScaffoldError | click.ClickException, *, as_json: bool) -> None:
    message, hint, details = _parts(error)
    if as_json:
        document = {"error": {"message": message, "hint": hint, "details": details}}
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return
    lines = [printable(line) for line in (f"error: {message}", *details)]
    if sys.stderr.isatty() and (excerpts := getattr(error, "excerpts", ())):  # already escaped
        lines[1:] = excerpts
    for line in (*lines, *([f"hint: {printable(hint)}"] if hint else [])):
        click.echo(line, err=True)


def _parts(error: ScaffoldError | click.ClickException) -> tuple[str, str, list[str]]:
    if isinstance(error, ScaffoldError):
        return error.message, error.hint, list(error.details)
    command = getattr(getattr(error, "ctx", None), "command_path", "kommo-widget")
    hint = f"see `{command} --help`"
    if isinstance(error, click.NoSuchOption):
        options = [name for one in error.ctx.command.params for name in one.opts] if error.ctx else []
        near = did_you_mean(error.option_name, options)
        return f"no such option {quoted(error.option_name)}{near}", hint, []
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}", hint, []
