# SPDX-License-Identifier: MIT
"""Where the bundled program starts: as ``main.py``, or as a process of its own for one module.

A bundle has no Python to hand, so it takes ``-m MODULE`` for the modules that need it, as Python
would.
"""

from __future__ import annotations

import os
import runpy
import sys

from resources.bundle import stand_ins
from resources.bundle.parts import OWN_PROCESSES


def start() -> int:
    """Run what the arguments ask for; the exit code."""
    _give_back_the_library_path()
    _let_own_processes_begin_anew()
    stand_ins.begin()
    if len(sys.argv) > 2 and sys.argv[1] == "-m" and sys.argv[2] in OWN_PROCESSES:
        module = sys.argv[2]
        del sys.argv[1:3]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return 0
    from main import main

    return main()


def _give_back_the_library_path() -> None:
    """What the program starts, such as a browser, is to find its own libraries and not ours."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    elif sys.platform.startswith("linux"):
        os.environ.pop("LD_LIBRARY_PATH", None)


def _let_own_processes_begin_anew() -> None:
    """Else a process that the program starts of itself takes the library path for set.

    It would then find the libraries of the folder only where the system has them as well.
    """
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


if __name__ == "__main__":
    raise SystemExit(start())
