# SPDX-License-Identifier: MIT
"""What to check before saving: errors, warnings, and the core fields that are still open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.findings import Finding, Severity
from ui.measures import keep
from ui.theme import Theme, set_kind, set_state


class FindingButton(QPushButton):
    """One finding as a sentence that wraps; pressing it goes there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_kind(self, "finding")
        set_kind(self._label, "small")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        keep(theme, layout.setContentsMargins, 6, 3, 6, 3)
        layout.addWidget(self._label)

    def show_text(self, text: str, state: str = "") -> None:
        """Say something."""
        self._label.setText(text)
        set_state(self._label, state)
        self.setAccessibleName(text)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.heightForWidth(width)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class FindingsPanel(QWidget):
    """Lists findings; errors first. Open core fields are one line that folds out.

    Signals:
        chosen: (finding) the user wants to see where it is.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: list[Finding] = []
        self._shown: list[Finding | None] = []
        self._open_shown = False
        self._buttons: list[FindingButton] = []
        title = QLabel(self.tr("Check before saving"), self)
        title.setWordWrap(True)
        set_kind(title, "heading")
        self._inner = QWidget(self)
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._nothing = QLabel(self.tr("Nothing to check."), self._inner)
        set_kind(self._nothing, "small")
        keep(theme, self._nothing.setIndent, 7)
        self._list.addWidget(self._nothing)
        self._list.addStretch()
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 2)
        keep(theme, title.setIndent, 7)
        layout.addWidget(title)
        layout.addWidget(area, 1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings."""
        if list(findings) != self._findings:
            self._findings = list(findings)
            self._fill()

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        return [button for button in self._buttons if not button.isHidden()]

    def _fill(self) -> None:
        heavy = [f for f in self._findings if f.severity is not Severity.OPEN]
        still_open = [f for f in self._findings if f.severity is Severity.OPEN]
        lines: list[tuple[Finding | None, str, str]] = [
            (finding, finding.message, finding.severity.value) for finding in heavy
        ]
        if still_open:
            lines.append((None, self._count(len(still_open)), ""))
            if self._open_shown:
                lines += [(finding, finding.message, "") for finding in still_open]
        self._shown = [finding for finding, _, _ in lines]
        while len(self._buttons) < len(lines):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(lines))
            if place < len(lines):
                _, text, state = lines[place]
                button.show_text(text, state)
        self._nothing.setVisible(not lines)

    def _count(self, number: int) -> str:
        arrow = "▾" if self._open_shown else "▸"
        said = self.tr("1 core field open") if number == 1 else self.tr("{n} core fields open")
        return f"{arrow} {said.format(n=number)}"

    def _add_button(self) -> None:
        button = FindingButton(self._theme, self._inner)
        place = len(self._buttons)
        button.clicked.connect(lambda _on=False, n=place: self._press(n))
        self._list.insertWidget(self._list.count() - 1, button)
        self._buttons.append(button)

    def _press(self, place: int) -> None:
        finding = self._shown[place]
        if finding is None:
            self._open_shown = not self._open_shown
            self._fill()
        else:
            self.chosen.emit(finding)
