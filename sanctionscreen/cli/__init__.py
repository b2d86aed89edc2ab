"""The command line: parse, call, print. One command a module; everything it says, the library says.

Exit codes are for scripts: 0 nothing found, 1 something found, 2 something failed or could not be screened. Results go
to standard output, and everything else to standard error, a failure in one line (one a fault, for list files). An
interrupt from the keyboard is a failure.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys


def main() -> None:
    """Run the command line on `sys.argv` and leave with its exit code."""
    # All this before anything else is loaded, which is most of a short command.
    gc.set_threshold(1_000_000, 20, 20)  # what modules, tables and lists leave to collect is next to nothing
    atexit.register(gc.freeze)  # as it leaves, Python collects once more: a tenth of a short command, for nothing
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts a thread a core as it loads; none has work here
    try:
        from sanctionscreen.cli.commands import app_for
        from sanctionscreen.cli.console import running

        running(app_for(sys.argv[1:2]))
    except BaseException as error:
        if not _interrupted(error):
            raise
        if sys.stderr is not None:
            sys.stderr.write("sanctionscreen: interrupted: no file was left half written\n")
        sys.exit(2)


def _interrupted(error: BaseException) -> bool:
    """Whether an error is an interrupt, or what Python 3.11 makes of one that comes while a class is being made."""
    return isinstance(error, KeyboardInterrupt) or isinstance(error.__cause__, KeyboardInterrupt)
