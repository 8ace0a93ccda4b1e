# SPDX-License-Identifier: MIT
"""Shows the recovery key of a logbook, this once, and prints it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtGui import QFont, QFontDatabase, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ui.access.parts import layout_of
from ui.measures import gap, give_room
from ui.theme import Theme, set_kind

_KEY_PX = 17


class RecoveryDialog(QDialog):
    """Is left only by saying that the key was written down or printed.

    Attributes:
        key_box: shows the key; it can be copied.
        kept: the tick that it is kept somewhere.
        go_on: leaves the dialog.
    """

    def __init__(
        self, theme: Theme, logbook_name: str, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery key"))
        self._name, self._key = logbook_name, key
        about = self.tr(
            "It opens {logbook} when a password is forgotten, and makes whoever has it an "
            "administrator. Write it down or print it, and keep it away from this computer. It "
            "is shown this once. Without it and without a password nobody can open the logbook, "
            "the makers of Kypholog neither."
        ).format(logbook=logbook_name)
        layout = layout_of(self, theme, self.tr("Recovery key"), about)
        gap(theme, layout, 8)
        self.key_box = QLineEdit(key, self)
        self.key_box.setReadOnly(True)
        self.key_box.setAccessibleName(self.tr("Recovery key"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(theme.px(_KEY_PX))
        font.setWeight(QFont.Weight.DemiBold)
        self.key_box.setFont(font)
        self.key_box.setMinimumWidth(
            self.key_box.fontMetrics().horizontalAdvance(key) + 4 * self.fontMetrics().height()
        )
        layout.addWidget(self.key_box)
        self.kept = QCheckBox(self.tr("I have &written it down or printed it"), self)
        layout.addWidget(self.kept)
        gap(theme, layout, 8)
        buttons = QDialogButtonBox(self)
        paper = QPushButton(self.tr("&Print…"), self)
        self.go_on = QPushButton(self.tr("Go on"), self)
        set_kind(self.go_on, "primary")
        self.go_on.setEnabled(False)
        buttons.addButton(paper, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.ActionRole)
        paper.clicked.connect(self._print)
        self.go_on.clicked.connect(self.accept)
        self.kept.toggled.connect(self.go_on.setEnabled)
        layout.addWidget(buttons)
        give_room(self)

    def page(self) -> QTextDocument:
        """The page to be printed."""
        document = QTextDocument(self)
        groups = "&nbsp;&nbsp; ".join(escape(group) for group in self._key.split("-"))
        title = self.tr("Recovery key of {logbook}").format(logbook=self._name)
        about = self.tr(
            "Whoever has this page can open the logbook and change everything in it. Keep it "
            "locked away, not beside the computer. To use it: open the logbook, choose “Use the "
            "recovery key instead”, and type the seven groups. Small letters will do, and hyphens "
            "and blanks do not matter."
        )
        document.setHtml(
            f"<h2>{escape(title)}</h2>"
            f'<p style="font-family: monospace; font-size: 17pt">{groups}</p>'
            f"<p>{escape(about)}</p>"
        )
        return document

    def reject(self) -> None:
        """Escape closes nothing that is shown only once."""
        if self.kept.isChecked():
            self.accept()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        ask = QPrintDialog(printer, self)
        print_page: Callable[[], None] = lambda: self.page().print_(printer)  # noqa: E731
        ask.accepted.connect(print_page)
        ask.setModal(True)
        ask.show()
