"""Runs a program for as long as somebody holds the other end of its standard input, and no longer.

    python keeper.py FOLDER PROGRAM ARGUMENT...

The preview starts PHP through it: however the preview ends, also killed, its end of the pipe closes, and then
PHP is ended and FOLDER, which is the preview's own, removed. It runs as a file, with nothing but the standard
library.
"""

import os
import shutil
import subprocess
import sys
import threading

GRACE_S = 3
"""How long a program may take to end before it is killed."""


def main(folder: str, *command: str) -> None:
    """Run the command; end with its exit code, or when standard input closes."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the preview names it

    def wait() -> None:
        code = program.wait()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(code if code >= 0 else 128 - code)

    threading.Thread(target=wait, daemon=True).start()
    sys.stdin.buffer.read()
    program.terminate()
    try:
        program.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        program.kill()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
