# SPDX-License-Identifier: MIT
"""A day in the window of an encrypted logbook, in a process that is killed at its end.

Run with the folder, the file with the password, a picture, and a folder for an export. It prints
one JSON document: what was seen to work, and the title of every window that there was.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget

from models.caselist import counts
from models.drafts import drafts
from tests.encrypted import ADMIN, SECRETS
from tests.pictures.record import Shown
from tests.pictures.stage import Stage
from ui import application
from ui.access.sign_in_dialog import SignInDialog
from ui.application import Application
from ui.audit.window import AuditWindow
from ui.data.export_choice import ExportChoice, Scope
from ui.data.export_dialog import ExportDialog
from ui.editor.image_intake import ImageIntake
from ui.history.dialog import HistoryDialog
from ui.printing.dialog import PrintDialog
from ui.reports.dialog import ReportDialog

PLANTED = ("Zebulon", "Quagmire", "MRN-778899", "whispered", "xylophone", "Balthazar")
_DRAFT_MS = 1_500


class Titles(QObject):
    """Notes what stands in the title of every window, and so in the task bar."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: set[str] = set()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Show, QEvent.Type.WindowTitleChange) and isinstance(
            watched, QWidget
        ):
            self.seen.add(watched.windowTitle())
        return False


class Day:
    """What somebody does; each step says that it came about."""

    def __init__(self, kypholog: Application, image: Path, out: Path) -> None:
        self._stage = Stage(kypholog, Shown("", "", ("", ""), ""))
        self._kypholog, self._image, self._out = kypholog, image, out
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._titles = Titles(app)
        self._done: list[str] = []

    def work(self) -> None:
        """The whole of it."""
        try:
            self._work()
        except BaseException:  # noqa: BLE001 - the parent reads it
            # The program would tell it in a window and go on.
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)

    def _work(self) -> None:
        self._stage.until(lambda: self._kypholog.session.logbook)
        self._stage.settle()
        for step in (
            *(self._enter, self._add_image, self._leave_draft, self._search, self._history),
            *(self._copy, self._audit),
            *(self._export, self._print, self._report, self._crash, self._lock),
        ):
            step()
            self._done.append(step.__name__.strip("_"))
        print(json.dumps({"done": self._done, "titles": sorted(self._titles.seen)}), flush=True)
        # Before anything is tidied up that only a proper end would tidy up.
        os.kill(os.getpid(), signal.SIGKILL)

    def _enter(self) -> None:
        stage = self._stage
        stage.new()
        stage.enter(patient_code="Quagmire-7", full_name="Zebulon", record_number="MRN-778899")
        stage.enter(notes="whispered")
        stage.action("save_case")
        stage.until(lambda: self._cases() == 1)
        stage.settle()

    def _add_image(self) -> None:
        stage = self._stage
        editor = stage.window.editor
        assert editor is not None
        intake = editor.findChild(ImageIntake)
        assert intake is not None
        intake.add_files([self._image])
        intake.wait()
        logbook = self._kypholog.session.logbook
        assert logbook is not None

        def is_there() -> bool:
            with logbook.session():
                sql = "SELECT COUNT(*) FROM image_content"
                return bool(logbook.database.execute_sql(sql).fetchone()[0])

        stage.until(is_there)
        stage.action("save_case")
        stage.settle()
        QTest.qWait(_DRAFT_MS)

    def _leave_draft(self) -> None:
        stage = self._stage
        stage.window.new_case()
        stage.settle()
        stage.type("patient_code", "Zebulon-2").commit()
        logbook = self._kypholog.session.logbook
        assert logbook is not None
        stage.until(lambda: "Zebulon-2" in [one.patient_code for one in drafts(logbook)])
        editor = stage.window.editor
        assert editor is not None
        assert editor.put_aside()
        stage.window.show_page("cases")
        stage.settle()

    def _search(self) -> None:
        stage = self._stage
        stage.window.cases.focus_search()
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, "xylophone Quagmire")
        QTest.keyClick(line, Qt.Key.Key_Return)
        stage.settle()
        stage.window.cases.bar.filters.clear()
        stage.settle()

    def _history(self) -> None:
        stage = self._stage
        stage.window.cases.select_row(0)
        stage.settle()
        stage.action("case_history")
        dialog = stage.dialog(HistoryDialog)
        stage.until(lambda: dialog.history is not None)
        dialog.close()
        stage.settle()

    def _copy(self) -> None:
        """Rows go to the clipboard, which is no file."""
        clipboard = QApplication.clipboard()
        clipboard.clear()
        self._stage.window.cases.select_row(0)
        self._stage.settle()
        self._stage.window.cases.table.copy()
        self._stage.until(lambda: "Quagmire-7" in clipboard.text())
        self._stage.settle()

    def _audit(self) -> None:
        stage = self._stage
        stage.action("audit_trail")
        window = stage.dialog(AuditWindow)
        window.bar.words.setText("Quagmire")
        stage.until(lambda: len(window.model.entries) == 1)
        window.close()
        stage.settle()

    def _export(self) -> None:
        kypholog, stage = self._kypholog, self._stage
        logbook = kypholog.session.logbook
        assert logbook is not None
        scope = Scope(1, [])
        given = (kypholog.jobs, kypholog.theme, kypholog.events, logbook, self._out, scope)
        dialog = ExportDialog(*given, parent=stage.window)
        dialog.open()
        stage.until(lambda: dialog.preview.held.text() and not kypholog.jobs.is_busy)
        dialog.reject()
        stage.window.tasks.run_export(logbook, ExportChoice(self._out / "cases.csv", None))
        # The job waits for its thread, which has hardly begun.
        press = next(
            one
            for one in stage.window.statusBar().findChildren(QPushButton)
            if one.text() == "Cancel" and one.isVisible()
        )
        press.click()
        stage.settle()

    def _print(self) -> None:
        stage = self._stage
        stage.action("print")
        dialog = stage.dialog(PrintDialog)
        stage.until(lambda: dialog.preview.page and not dialog.is_busy)
        dialog.reject()
        stage.settle()

    def _report(self) -> None:
        stage = self._stage
        stage.action("report")
        stage.dialog(ReportDialog).reject()
        stage.settle()

    def _crash(self) -> None:
        """A bug in a job, and one in the window, each with a name in its message."""

        def fail() -> None:
            raise ValueError("Zebulon Quagmire")

        self._kypholog.jobs.run(None, fail, lambda _: None)
        box = self._stage.dialog(QMessageBox)
        assert "Zebulon" not in box.text() + box.informativeText() + box.detailedText()
        box.accept()
        QTimer.singleShot(0, fail)
        self._stage.settle()
        self._stage.dialog(QMessageBox).accept()
        self._stage.settle()

    def _lock(self) -> None:
        stage = self._stage
        stage.window.cases.select_row(0)
        stage.action("lock")
        dialog = stage.dialog(SignInDialog)
        dialog.secret_box.setText(SECRETS[ADMIN])
        dialog.wanted.emit(dialog.credential())
        stage.until(lambda: self._kypholog.session.logbook)
        stage.settle()
        stage.leave()

    def _cases(self) -> int:
        logbook = self._kypholog.session.logbook
        assert logbook is not None
        return counts(logbook).cases


def main(folder: str, password: str, image: str, out: str) -> int:
    """Run the program as from the command line, and have it driven."""
    import main as program

    start = application.Application.start

    def begin(self: Application, place: str | None, options: object = None) -> None:
        start(self, place, options)  # type: ignore[arg-type]
        day = Day(self, Path(image), Path(out))
        QTimer.singleShot(0, day.work)

    application.Application.start = begin  # type: ignore[method-assign]
    return program.main(["--logbook", folder, "--password-file", password])


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:5]))
