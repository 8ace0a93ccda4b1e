# SPDX-License-Identifier: MIT
"""Shows a recovery key, this once, prints it, and asks for a part of it from the paper."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.access.parts import fit, layout_of, sentence, trouble
from ui.access.recovery_page import RecoverySheet
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, below, explain

_KEY_PX = 17


class RecoveryDialog(QDialog):
    """Is left only by typing a group of the key, while the key is out of sight.

    Attributes:
        sheet: what is printed.
        key_box: shows the key; it can be copied.
        asked: the number of the group that is asked for, from 1.
        group_box: where it is typed.
        print_button, written, back, go_on: the buttons.
        trouble: that it was another.
        outlasts_lock: when the logbook is locked it is hidden, and comes back for the same user.
    """

    outlasts_lock = True

    def __init__(self, theme: Theme, sheet: RecoverySheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(ENCRYPTION, "What if I forget my password?"))
        self.setWindowTitle(self.tr("Recovery key"))
        self.sheet = sheet
        self._theme = theme
        self.asked = secrets.randbelow(len(sheet.groups)) + 1
        about = self.tr(
            "It opens {logbook} when a password is forgotten, and makes whoever has it "
            "an administrator. Print it or write it down, and keep it away from this "
            "computer. It is shown this once. Without it and without a password nobody "
            "can open the logbook, not even the makers of Kypholog."
        ).format(logbook=sheet.logbook)
        layout = layout_of(self, theme, self.tr("Recovery key"), about)
        gap(theme, layout, 8)
        self._shown, self._asking = self._make_showing(), self._make_asking()
        for step in (self._shown, self._asking):
            layout.addWidget(step)
        self._show_step(asks=False)

    def reject(self) -> None:
        """Escape closes nothing that is shown only once."""

    # the two steps

    def _make_showing(self) -> QWidget:
        page, layout = _page(self._theme, self)
        self.key_box = QLineEdit(self.sheet.key, page)
        self.key_box.setReadOnly(True)
        self.key_box.setAccessibleName(self.tr("Recovery key"))
        self.key_box.setFont(_large(self._theme))
        needed = self.key_box.fontMetrics().horizontalAdvance(self.sheet.key)
        self.key_box.setMinimumWidth(needed + 4 * self.fontMetrics().height())
        self.print_button = QPushButton(self.tr("&Print…"), page)
        self.written = QPushButton(self.tr("It is &on paper"), page)
        self.print_button.clicked.connect(lambda _on=False: self._print())
        self.written.clicked.connect(lambda _on=False: self._show_step(asks=True))
        set_kind(self.written, "primary")
        layout.addWidget(self.key_box)
        gap(self._theme, layout, 8)
        layout.addLayout(_row(self._theme, self.print_button, self.written))
        return page

    def _make_asking(self) -> QWidget:
        page, layout = _page(self._theme, self)
        asks = self.tr("Type &group {n} of the key from your paper:").format(n=self.asked)
        label = QLabel(asks, page)
        label.setWordWrap(True)
        self.group_box = QLineEdit(page)
        self.group_box.setAccessibleName(asks.replace("&", ""))
        self.group_box.setFont(_large(self._theme))
        label.setBuddy(self.group_box)
        self.trouble = trouble(page)
        self.back = QPushButton(self.tr("&Show the key again"), page)
        self.go_on = QPushButton(self.tr("Go on"), page)
        set_kind(self.go_on, "primary")
        self.back.clicked.connect(lambda _on=False: self._show_step(asks=False))
        self.go_on.clicked.connect(lambda _on=False: self._check())
        self.group_box.textEdited.connect(lambda _text: self.trouble.hide())
        layout.addWidget(label)
        layout.addWidget(self.group_box)
        layout.addWidget(self.trouble)
        said = self.tr("So that nobody finds out on a bad day that it was never written down.")
        layout.addWidget(sentence(said, page))
        gap(self._theme, layout, 8)
        layout.addLayout(_row(self._theme, self.back, self.go_on))
        return page

    def _show_step(self, *, asks: bool) -> None:
        self._shown.setVisible(not asks)
        self._asking.setVisible(asks)
        self.go_on.setDefault(asks)
        self.written.setDefault(not asks)
        (self.group_box if asks else self.key_box).setFocus()
        self._fit()

    def _fit(self) -> None:
        for step in (self._shown, self._asking):
            if (layout := step.layout()) is not None:
                layout.activate()
        fit(self)

    def _check(self) -> None:
        from models.access.recovery import as_typed

        if as_typed(self.group_box.text()) == self.sheet.groups[self.asked - 1]:
            self.accept()
            return
        said = self.tr("This is not group {n}. Count the groups from the left.")
        self.trouble.setText(said.format(n=self.asked))
        self.trouble.show()
        self.group_box.selectAll()
        self.group_box.setFocus()
        self._fit()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        ask = QPrintDialog(printer, self)
        print_page: Callable[[], None] = lambda: self.sheet.print_on(printer)  # noqa: E731
        ask.accepted.connect(print_page)
        ask.setModal(True)
        ask.show()


def _page(theme: Theme, parent: QWidget) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget(parent)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    keep(theme, layout.setSpacing, 8)
    return page, layout


def _row(theme: Theme, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    keep(theme, row.setSpacing, 8)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def _large(theme: Theme) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.px(_KEY_PX))
    font.setWeight(QFont.Weight.DemiBold)
    return font
