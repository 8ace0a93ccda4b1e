# SPDX-License-Identifier: MIT
"""Nothing dies silently: an error nobody foresaw is told, and what is typed is kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from models.bug_report import place_of, report_of, report_of_crash
from models.errors import LogbookError
from ui.jobs import Jobs
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.crash_file import CrashFile
    from ui.help.bug_dialog import BugDialog

_log = logging.getLogger(__name__)


class BugDesk(QObject):
    """Shows one dialog, however often something goes wrong while it is in sight.

    Args:
        window: what it stands over, unless a dialog is in front.
        keep_entry: keeps what is being typed as a draft; False where that cannot be.
        restart: closes the program and starts it again.

    Signals:
        raised: carries an error, from whichever thread; it is told in the window's.
    """

    raised = Signal(object)

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        jobs: Jobs,
        keep_entry: Callable[[], bool],
        restart: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._jobs = jobs
        self._keep_entry = keep_entry
        self._restart = restart
        self._dialog: BugDialog | None = None
        self._is_telling = False
        self.raised.connect(self.tell)

    def tell(self, error: BaseException) -> None:
        """Say that something unexpected happened, without a word of what was entered."""
        # Whatever goes wrong while this is told must not be told in the same way.
        if self._is_telling:
            return
        self._is_telling = True
        try:
            self._tell(report_of(error, _facts()))
        except Exception as second:  # noqa: BLE001 - the dialog itself is at fault
            _log.error("could not tell of it: %s", place_of(second))
        finally:
            self._is_telling = False

    def tell_of_crashes(self, crashes: CrashFile) -> None:
        """Say that the program ended without warning when it ran last, if it did."""
        self._jobs.run(None, partial(_traces, crashes), self._tell_of_traces)

    def _tell(self, report: str) -> None:
        if self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible():
            self._dialog.add(report)
            return
        self._show(
            self.tr("Something unexpected happened"),
            self.tr(
                "It is a fault of the program. Nothing that was saved is lost, and what you are "
                "typing is still there: you can go on, or start the program again and go on with "
                "the draft. The report tells where in the program it was. It holds nothing that "
                "was entered, and goes nowhere by itself."
            ),
            report,
        )

    def _tell_of_traces(self, traces: list[str]) -> None:
        if not traces:
            return
        reports = "\n".join(report_of_crash(trace, _facts()) for trace in traces)
        self._show(
            self.tr("Kypholog ended without warning when it ran last"),
            self.tr(
                "Nothing that was saved is lost. What was being typed is among the drafts. The "
                "report tells where in the program it was; it holds nothing that was entered, and "
                "goes nowhere by itself."
            ),
            reports,
            may_restart=False,
        )

    def _show(self, heading: str, about: str, report: str, *, may_restart: bool = True) -> None:
        from ui.help.bug_dialog import BugDialog

        over = QApplication.activeModalWidget() or self._window
        dialog = BugDialog(self._theme, heading, about, report, over, may_restart=may_restart)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.save_wanted.connect(self._save)
        dialog.restart_wanted.connect(self._start_again)
        self._dialog = dialog
        dialog.open()

    def _save(self) -> None:
        dialog = self._dialog
        assert dialog is not None
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(
            dialog, self.tr("Save report"), str(Path.home() / "kypholog-report.txt")
        )
        if not name:
            return
        target, report = Path(name), dialog.report

        def told(error: LogbookError | None = None) -> None:
            if isValid(dialog):
                saved = self.tr("Saved as {file}.").format(file=target.name)
                dialog.say(f"{error.message} {error.cure}" if error is not None else saved)

        self._jobs.run(None, partial(_write, target, report), lambda _none: told(), told)

    def _start_again(self) -> None:
        dialog = self._dialog
        assert dialog is not None
        if not self._keep_entry():
            dialog.say(
                self.tr(
                    "What you are typing could not be kept as a draft. Go on, save it or copy it, "
                    "and close the program then."
                )
            )
            return
        dialog.accept()
        self._restart()


def _facts() -> list[str]:
    return [f"Qt {qVersion()}, {QApplication.platformName()}"]


def _traces(crashes: CrashFile) -> list[str]:
    try:
        return crashes.left_behind()
    except OSError as error:
        _log.warning("crash files cannot be read: %s", type(error).__name__)
        return []


def _write(target: Path, report: str) -> None:
    from models.exchange.files import replacing

    with replacing(target) as file:
        file.write(report)
