# SPDX-License-Identifier: MIT
"""Changes of the keys on a disk that is full at one place after the other.

Run as a process of its own, because it forks and lowers what the process may write: ``python -m
tests.models.accounts.filling WHAT FOLDER``. It prints one JSON document.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
from collections import Counter
from pathlib import Path

from models.errors import LogbookError
from models.logbook import DATABASE_NAME
from tests.models.accounts import dying

PARTS = (0, 0.01, 0.3, 0.9, 1.0, 1.01, 2.0)
"""The greatest file that the disk takes, as a part of the database."""


def try_with(what: str, folder: Path, most: int, writing: int) -> None:
    """Do the work with files of at most so many bytes, and say how it ended."""

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    try:
        dying.WORK[what](folder, fill)
        said = "done"
    except LogbookError as error:
        said = type(error).__name__
    os.write(writing, said.encode())


def main(what: str, place: Path) -> None:
    """Look after each whether the logbook opens with everything in it."""
    template, folder = place / "Template.kypholog", place / "Clinic.kypholog"
    recovery = dying.prepare(what, template)
    size = (template / DATABASE_NAME).stat().st_size
    found: Counter[str] = Counter()
    for part in PARTS:
        shutil.copytree(template, folder)
        reading, writing = os.pipe()
        if os.fork() == 0:
            try_with(what, folder, int(size * part), writing)
            os._exit(0)
        os.wait()
        os.close(writing)
        found[os.read(reading, 1000).decode()] += 1
        os.close(reading)
        dying.state(folder, recovery)
        shutil.rmtree(folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
