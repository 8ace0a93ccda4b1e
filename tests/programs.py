# SPDX-License-Identifier: MIT
"""Other programs at work on the same logbook: real processes that do as they are told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parents[1]

_BEGIN = """
import sys
from pathlib import Path
from models.case import load_case, save_case, bin_case
from models.logbook import Logbook
from models.vocabulary import Level
from tests.builders import a_case, add_score
logbook = Logbook.open(Path(sys.argv[1]), user=sys.argv[2])
"""


def run_program(folder: Path, code: str, user: str = "Eva") -> str:
    """Let a process do something with a logbook; what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", _BEGIN + code, str(folder), user],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def program(folder: Path, code: str, user: str = "Eva") -> Iterator[subprocess.Popen[str]]:
    """A process that works with a logbook, begun as soon as it printed a line; it is killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", _BEGIN + code, str(folder), user],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    try:
        assert child.stdout.readline(), "it did not begin"
        yield child
    finally:
        child.kill()
        child.communicate()
