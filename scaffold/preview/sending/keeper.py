"""Runs a program until the other end of this process's standard input is closed.

    python keeper.py FOLDER PROGRAM ARGUMENT...

The preview starts PHP through it: however the preview ends, even if it is killed, its end of the pipe closes;
then PHP is terminated and FOLDER, a temporary folder of the preview, is removed. It is run as a file and uses
only the standard library.
"""

import os
import shutil
import subprocess
import sys
import threading

GRACE_S = 3
"""How long a terminated program may take before it is killed."""


def main(folder: str, *command: str) -> None:
    """Run the command until it exits or standard input closes; exit with its code."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - the preview passes it

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
