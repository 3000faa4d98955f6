"""The command's entry point: answers `--version` before anything is imported."""

import sys


def main() -> int:
    """Run `kommo-widget` with the process's arguments and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        from scaffold import __version__

        print(f"kommo-widget {__version__}")
        return 0
    from scaffold.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
