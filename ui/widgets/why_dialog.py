# SPDX-License-Identifier: MIT
"""Asks why something is done, and offers the reasons that were given lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from models.logbook import Logbook
from models.reasons import recent_reasons
from ui.dressing import lay_out_anew
from ui.jobs import Jobs
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import AUDIT, below, explain

_WIDTH = 440


class WhyDialog(QDialog):
    """One question; where a reason is needed, nothing is done without one.

    Attributes:
        extra_box: what is done besides; hidden until it is offered.
        reason_box: where the reason is typed or chosen.
        accept_button: does it.

    Args:
        title: the question.
        about: what comes of it; "" for nothing.
        button: what the button says.
        needs_reason: whether it is done with a reason only.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        about: str,
        button: str,
        parent: QWidget | None = None,
        *,
        needs_reason: bool = True,
    ) -> None:
        super().__init__(parent)
        explain(self, below(AUDIT, "Why"))
        self._needs_reason = needs_reason
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # No patient stands in a window title.
        self.setWindowTitle(self.tr("Reason"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        heading, text = QLabel(title, self), QLabel(about, self)
        set_kind(heading, "heading")
        set_kind(text, "muted")
        for label in (heading, text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        text.setVisible(bool(about))
        self.extra_box = QCheckBox(self)
        self.extra_box.hide()
        self.reason_box = QComboBox(self)
        self.reason_box.setEditable(True)
        self.reason_box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.reason_box.setAccessibleName(self.tr("Reason"))
        self.reason_box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        hint = self.tr("Why?") if needs_reason else self.tr("Why? (optional)")
        line = QLineEdit(self.reason_box)
        self.reason_box.setLineEdit(line)
        self.reason_box.setCompleter(self._completer())
        line.setPlaceholderText(hint)
        line.setAccessibleName(self.tr("Reason"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = buttons.addButton(button, QDialogButtonBox.ButtonRole.AcceptRole)
        set_kind(self.accept_button, "primary")
        self.accept_button.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.reason_box.editTextChanged.connect(lambda _text: self._allow())
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, *(24,) * 4)
        keep(theme, layout.setSpacing, 8)
        for widget in (heading, text, self.extra_box, self.reason_box):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        layout.addWidget(buttons)
        self.reason_box.setFocus()
        self._allow()

    def offer_recent(self, jobs: Jobs, logbook: Logbook) -> None:
        """Offer the reasons that were given lately, once they are read."""

        def offer(reasons: list[str]) -> None:
            if isValid(self):
                self.offer(reasons)

        # Not to know them keeps nobody from typing one.
        jobs.run(logbook, lambda: recent_reasons(logbook), offer, lambda _error: None)

    def offer(self, reasons: Sequence[str]) -> None:
        """Offer these to choose from; what is typed already stays."""
        typed = self.reason_box.currentText()
        self.reason_box.clear()
        self.reason_box.addItems(list(reasons))
        self.reason_box.setCurrentIndex(-1)
        self.reason_box.setEditText(typed)

    def offer_extra(self, text: str, *, checked: bool) -> None:
        """Ask whether something is done besides, before the reason."""
        self.extra_box.setText(text)
        self.extra_box.setChecked(checked)
        self.extra_box.show()

    @property
    def with_extra(self) -> bool:
        """Whether it is."""
        return not self.extra_box.isHidden() and self.extra_box.isChecked()

    @property
    def reason(self) -> str:
        """What was given as the reason."""
        return self.reason_box.currentText().strip()

    def _completer(self) -> QCompleter:
        # Completed within the line, a reason would stand there that nobody gave.
        completer = QCompleter(self.reason_box.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        if (offers := completer.popup()) is not None:
            lay_out_anew(offers)
        return completer

    def _allow(self) -> None:
        self.accept_button.setEnabled(bool(self.reason) or not self._needs_reason)
