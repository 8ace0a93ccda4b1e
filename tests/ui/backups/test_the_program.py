# SPDX-License-Identifier: MIT
"""The program as it is started makes the last backup when its window is closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from models.backup import Reason, listing
from models.case import save_case
from tests.builders import a_case
from tests.fresh import new_logbook

ROOT = Path(__file__).parents[3]
_DRIVES = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import main
from ui import application

start = application.Application.start

def begin(self, place, options=None):
    start(self, place, options)
    self.events.opened.connect(lambda: QTimer.singleShot(0, QApplication.closeAllWindows))

application.Application.start = begin
raise SystemExit(main.main(sys.argv[1:]))
"""


def test_closing_the_program_leaves_a_backup(tmp_path: Path) -> None:
    logbook = new_logbook(tmp_path / "Clinic.kypholog", "anna")
    save_case(logbook, a_case("P-1"))
    logbook.close()
    done = subprocess.run(
        [sys.executable, "-c", _DRIVES, "--logbook", str(logbook.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert [(one.reason, one.cases) for one in listing(logbook.folder)] == [(Reason.CLOSING, 1)]
