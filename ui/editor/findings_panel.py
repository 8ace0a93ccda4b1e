# SPDX-License-Identifier: MIT
"""What to check before saving: errors, what is unusual, what is open, and what was explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.findings import Finding, Severity
from ui.editor.finding_entry import FindingEntry
from ui.measures import keep
from ui.theme import Theme, set_kind

_FOLDED = (Severity.OPEN, Severity.EXPLAINED)
_GAP = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the list: a finding, or the head of a group, which ``folds`` it out or not."""

    text: str = ""
    finding: Finding | None = None
    folds: Severity | None = None


class FindingsPanel(QWidget):
    """Lists findings by their weight. What is open and what is explained is a line that folds out.

    Signals:
        chosen: (finding) the user wants to see where it is.
        explained: (finding, words) the user says why it stands; "" takes the words away.
    """

    chosen = Signal(object)
    explained = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: list[Finding] = []
        self._lines: list[_Line] = []
        self._unfolded: set[Severity] = set()
        self._entries: list[FindingEntry] = []
        self._waits = False
        title = QLabel(self.tr("Check before saving"), self)
        title.setWordWrap(True)
        set_kind(title, "heading")
        title.setToolTip(self.tr("F8 goes to the next finding, Shift+F8 to the one before."))
        self._inner = QWidget(self)
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._nothing = QLabel(self.tr("Nothing to check."), self._inner)
        set_kind(self._nothing, "small")
        keep(theme, self._nothing.setIndent, 7)
        self._list.addWidget(self._nothing)
        self._list.addStretch()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inner)
        self._title = title
        self._inner.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, _GAP)
        keep(theme, title.setIndent, 7)
        layout.addWidget(title)
        layout.addWidget(self._area, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().eventFilter(watched, event)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings; at once, or when the explanation being typed is done."""
        if list(findings) == self._findings:
            return
        self._findings = list(findings)
        if any(entry.is_open for entry in self._entries):
            self._waits = True
        else:
            self._fill()

    def go_to_top(self) -> None:
        """Show the first lines, as of another case."""
        self._area.verticalScrollBar().setValue(0)

    def focus_boxes(self) -> list[QWidget]:
        """The controls that Tab goes through here."""
        stops: list[QWidget] = []
        for entry in self._entries:
            if not entry.isHidden():
                stops.append(entry.button)
                stops += [entry.line] if entry.is_open else []
        return stops

    def commit(self) -> None:
        """Keep the explanation that is being typed, as Enter does."""
        for entry in self._entries:
            entry.commit()

    def explain(self, row_id: str, field: str) -> bool:
        """Let the user explain what is unusual about a field; False if nothing is."""
        for finding in self._findings:
            at = finding.row_id, finding.field
            if at == (row_id, field) and finding.severity in (
                Severity.WARNING,
                Severity.EXPLAINED,
            ):
                self._bring_up(finding)
                return True
        return False

    def _bring_up(self, finding: Finding) -> None:
        if finding.severity in _FOLDED and finding.severity not in self._unfolded:
            self._unfolded.add(finding.severity)
            self._fill()
        for entry in self._entries:
            if not entry.isHidden() and entry.finding == finding:
                entry.open_line()
                return

    def _fill(self) -> None:
        self._waits = False
        self._lines = self._make_lines()
        while len(self._entries) < len(self._lines):
            self._add_entry()
        for place, entry in enumerate(self._entries):
            entry.setVisible(place < len(self._lines))
            if place < len(self._lines):
                line = self._lines[place]
                if line.finding is not None:
                    entry.show_finding(line.finding)
                else:
                    entry.show_line(line.text, is_open=line.folds in self._unfolded)
        self._nothing.setVisible(not self._lines)

    def _fit(self) -> None:
        """Take no more height than the lines need, and leave the rest to the spine."""
        wide = self._area.viewport().width()
        lines = self._list.totalHeightForWidth(wide) if self._list.hasHeightForWidth() else 0
        title = self._title.heightForWidth(self.width()) + self._theme.px(_GAP)
        needed = max(lines, self._list.sizeHint().height())
        # A few lines are lower than what Qt wants for a bar, and the title would give way to that.
        are_few = needed < self._area.minimumSizeHint().height()
        self._area.setMinimumHeight(needed if are_few else 0)
        self.setMaximumHeight(title + needed)

    def _make_lines(self) -> list[_Line]:
        lines: list[_Line] = []
        for weight in Severity:
            found = [finding for finding in self._findings if finding.severity is weight]
            if found and weight in _FOLDED:
                lines.append(_Line(self._head(weight, len(found)), folds=weight))
                found = found if weight in self._unfolded else []
            lines += [_Line(finding=finding) for finding in found]
        return lines

    def _head(self, weight: Severity, number: int) -> str:
        if weight is Severity.EXPLAINED:
            said = self.tr("{n} explained")
        else:
            said = self.tr("1 core field open") if number == 1 else self.tr("{n} core fields open")
        return said.format(n=number)

    def _add_entry(self) -> None:
        entry = FindingEntry(self._theme, self._inner)
        entry.pressed.connect(lambda: self._press(entry))
        entry.explained.connect(lambda words: self.explained.emit(entry.finding, words))
        entry.opened.connect(lambda: self._reveal(entry))
        entry.closed.connect(self._on_closed)
        self._list.insertWidget(self._list.count() - 1, entry)
        self._entries.append(entry)

    def _reveal(self, entry: FindingEntry) -> None:
        # The list finds its places only when it is laid out, with the line that has just come.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._list.activate()
        self._area.ensureWidgetVisible(entry, 0, 0)
        # By its foot: for a widget Qt is content with the place of the cursor.
        foot = entry.line.mapTo(self._inner, entry.line.rect().bottomLeft())
        self._area.ensureVisible(foot.x(), foot.y(), 0, self._theme.px(4))

    def _on_closed(self) -> None:
        if self._waits:
            self._fill()

    def _press(self, entry: FindingEntry) -> None:
        line = self._lines[self._entries.index(entry)]
        if line.finding is not None:
            self.chosen.emit(line.finding)
        elif line.folds is not None:
            self._unfolded ^= {line.folds}
            self._fill()
