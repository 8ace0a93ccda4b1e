# SPDX-License-Identifier: MIT
"""Says that something unexpected happened, and offers a report that holds nothing of a patient."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.measures import give_room, keep
from ui.theme import Theme, set_kind
from ui.topics import PROMISES, explain
from ui.widgets.flowing import FlowingLine

_WIDTH, _REPORT, _LETTERS = 560, 160, 12


class BugDialog(QDialog):
    """What happened, what of one's work is kept, and the report.

    Args:
        heading: what happened.
        about: what became of what was entered.
        report: for those who build the program.
        may_restart: whether there is something to start anew.

    Signals:
        save_wanted: the report is to be kept in a file.
        restart_wanted: the program is to be closed and started again.

    Attributes:
        show_button: folds the report out.
        report_box: the report.
    """

    save_wanted = Signal()
    restart_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        heading: str,
        about: str,
        report: str,
        parent: QWidget | None = None,
        *,
        may_restart: bool = True,
    ) -> None:
        super().__init__(parent)
        explain(self, PROMISES)
        self._theme = theme
        self._times = 1
        self.setWindowTitle("Kypholog")
        keep(theme, self.setMinimumWidth, _WIDTH)
        title, self._about, self._count = QLabel(heading, self), QLabel(about, self), QLabel(self)
        set_kind(title, "heading")
        for label in (self._about, self._count):
            set_kind(label, "muted")
        for label in (title, self._about, self._count):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._count.hide()
        self.report_box = QPlainTextEdit(report, self)
        self.report_box.setReadOnly(True)
        self.report_box.setAccessibleName(self.tr("Report"))
        keep(theme, self.set_report_size, _LETTERS)
        self.report_box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        keep(theme, self.report_box.setMinimumHeight, _REPORT)
        self.report_box.hide()
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(24,) * 4)
        keep(theme, layout.setSpacing, 12)
        for widget in (title, self._about, self._count, self.report_box):
            layout.addWidget(widget)
        layout.addLayout(self._buttons(may_restart=may_restart))
        give_room(self)

    def _buttons(self, *, may_restart: bool) -> QHBoxLayout:
        self.show_button = QPushButton(self.tr("Show report"), self)
        self.copy_button = QPushButton(self.tr("Copy report"), self)
        self.save_button = QPushButton(self.tr("Save report…"), self)
        self.restart_button = QPushButton(self.tr("Restart"), self)
        self.go_on_button = QPushButton(self.tr("Go on"), self)
        self.show_button.clicked.connect(lambda _checked=False: self._turn())
        self.copy_button.clicked.connect(lambda _checked=False: self._copy())
        self.save_button.clicked.connect(lambda _checked=False: self.save_wanted.emit())
        self.restart_button.clicked.connect(lambda _checked=False: self.restart_wanted.emit())
        self.go_on_button.clicked.connect(lambda _checked=False: self.accept())
        self.restart_button.setVisible(may_restart)
        set_kind(self.go_on_button, "primary")
        self.go_on_button.setDefault(True)
        self.go_on_button.setFocus()
        about = self.show_button, self.copy_button, self.save_button
        row = QHBoxLayout()
        keep(self._theme, row.setSpacing, 8)
        row.addWidget(FlowingLine(self._theme, *about), 1)
        for button in (self.restart_button, self.go_on_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    @property
    def report(self) -> str:
        """What is copied and saved."""
        return self.report_box.toPlainText()

    def set_report_size(self, pixels: int) -> None:
        """Set the report in letters of this height, each of the same width."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(pixels)
        self.report_box.setFont(font)

    def say(self, sentence: str) -> None:
        """Tell how saving or starting again went."""
        self._count.setText(sentence)
        self._count.show()
        give_room(self)

    def add(self, report: str) -> None:
        """It happened once more while this is in sight; only another report is added."""
        self._times += 1
        if report not in self.report:
            self.report_box.appendPlainText(f"\n{report}")
        self.say(self.tr("It happened {times} times.").format(times=self._times))

    def _turn(self) -> None:
        is_shown = self.report_box.isHidden()
        self.report_box.setVisible(is_shown)
        self.show_button.setText(self.tr("Hide report") if is_shown else self.tr("Show report"))
        give_room(self)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.say(self.tr("Copied. It holds no word of what was entered."))
