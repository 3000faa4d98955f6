"""The command's entry point: answers `--version` and `--help` before anything is imported."""

import sys


def main() -> int:
    """Run `kommo-widget` with the process's arguments and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        from scaffold import __version__

        print(f"kommo-widget {__version__}")
        return 0
    if sys.argv[1:] in ([], ["--help"], ["-h"]):
        # what click would print, written down by tests/docs.py: loading click takes longer than all the rest
        with open(f"{__file__.removesuffix('__main__.py')}help.txt", encoding="utf-8") as text:
            print(text.read(), end="")
        return 0
    import gc

    gc.set_threshold(50_000)  # a short run leaves next to no cycles; looking for them takes a tenth of it
    from scaffold.cli import run

    code = run(sys.argv[1:])
    gc.freeze()  # else the interpreter goes through all there is once more before it ends
    return code


if __name__ == "__main__":
    sys.exit(main())
