# SPDX-License-Identifier: MIT
"""The panel under a box of the patient: similar patients, then the earlier cases of one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.numbers import show_reported
from models.patients import EarlierCase, Similar
from models.speech import shown_day
from ui.theme import Theme, set_kind
from ui.widgets.flowing import FlowingLine
from ui.widgets.patient_list import PatientList, who_is

_WIDTH = 460
_MOST_CASES = 8
_SMALLEST = 120


class SimilarPanel(QFrame):
    """Floats over the form and takes the focus only when somebody goes into it.

    Signals:
        chosen: (Similar) its earlier cases are wanted.
        added: the case belongs to the patient whose cases are shown.
        refused: it is another person.
    """

    chosen = Signal(object)
    added = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._theme = theme
        set_kind(self, "card")
        self.list = PatientList(theme, self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.earlier = EarlierCases(theme, self)
        self._listing = QWidget(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._listing)
        self._stack.addWidget(self.earlier)
        self._shadow = QGraphicsDropShadowEffect(self)
        self.setGraphicsEffect(self._shadow)
        self._arrange()
        self.list.chosen.connect(self.chosen)
        self.earlier.added.connect(self.added)
        self.earlier.refused.connect(self.refused)
        theme.follow(self._fit)
        parent.installEventFilter(self)
        self._fit()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The box stands elsewhere then; whoever types on gets the list again.
        if watched is self._page and event.type() == QEvent.Type.Resize and self.lists:
            self.hide()
        return super().eventFilter(watched, event)

    @property
    def lists(self) -> bool:
        """Whether the list is in sight."""
        return self.isVisible() and self._stack.currentWidget() is self._listing

    @property
    def tells(self) -> bool:
        """Whether the earlier cases of a patient are in sight."""
        return self.isVisible() and self._stack.currentWidget() is self.earlier

    def show_patients(self, patients: Sequence[Similar], box: QWidget) -> None:
        """List these patients under ``box``; nobody, and the panel goes away."""
        self.list.show_patients(patients)
        self._stack.setCurrentWidget(self._listing)
        if not patients:
            self.hide()
            return
        height = self.list.full_height() + self._heading.sizeHint().height()
        self._place(box, lambda _width: height)

    def show_cases(self, patient: Similar, cases: Sequence[EarlierCase], box: QWidget) -> None:
        """Tell of the earlier cases of ``patient``, and put the focus on what to do with it."""
        self.earlier.show_cases(patient, cases)
        self._stack.setCurrentWidget(self.earlier)
        room = self._page.width() - 2 * self._theme.space(2)
        self.earlier.set_wrapped(wrapped=self._width_of_shown() > room)
        self._place(box, lambda width: max(self.earlier.heightForWidth(width), 0), whole=True)
        self.earlier.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(
        self, box: QWidget, height_for: Callable[[int], int], *, whole: bool = False
    ) -> None:
        """Below ``box``; what has to be seen whole goes up as far as the page is too low for it."""
        page = self._page
        edge = self._theme.space(2)
        wanted = max(self._theme.px(_WIDTH), box.width(), self._width_of_shown())
        width = min(wanted, page.width() - 2 * edge)
        corner = box.mapTo(page, QPoint(0, box.height() + self._theme.px(4)))
        left = max(min(corner.x(), page.width() - width - edge), edge)
        height = height_for(width - self._beside()) + edge + 2 * self.frameWidth()
        lowest = page.height() - edge
        top = max(min(corner.y(), lowest - height), edge) if whole else corner.y()
        self.setGeometry(left, top, width, min(height, max(lowest - top, _SMALLEST)))
        self.show()
        self.raise_()

    def _width_of_shown(self) -> int:
        """What the shown page would like to have, with the margins around it."""
        shown = self._stack.currentWidget()
        return (shown.sizeHint().width() if shown is self.earlier else 0) + self._beside()

    def _beside(self) -> int:
        margins = self._layout.contentsMargins()
        return margins.left() + margins.right() + 2 * self.frameWidth()

    def _arrange(self) -> None:
        self._heading = QLabel(self.tr("Similar patients — ↓ and Enter show earlier cases"), self)
        set_kind(self._heading, "small")
        listing = QVBoxLayout(self._listing)
        listing.setContentsMargins(0, 0, 0, 0)
        listing.setSpacing(0)
        listing.addWidget(self._heading)
        listing.addWidget(self.list, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._stack)

    def _fit(self) -> None:
        self._layout.setContentsMargins(*(self._theme.space(1),) * 4)
        self._heading.setContentsMargins(self._theme.space(2), self._theme.px(3), 0, 0)
        self._shadow.setBlurRadius(self._theme.px(18))
        self._shadow.setOffset(0, self._theme.px(3))
        shade = self._theme.color("text")
        shade.setAlpha(0 if self._theme.palette.dark else 60)
        self._shadow.setColor(shade)


class EarlierCases(QWidget):
    """Who a patient is, what was done before, and whether this case belongs to the same person.

    Attributes:
        add_button, refuse_button: the two answers.

    Signals:
        added, refused: the answer.
    """

    added = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._who = QLabel(self)
        self._who.setTextFormat(Qt.TextFormat.PlainText)
        self._who.setWordWrap(True)
        set_kind(self._who, "heading")
        self._table = QGridLayout()
        self.add_button = QPushButton(self)
        self.refuse_button = QPushButton(self.tr("No, another person"), self)
        set_kind(self.add_button, "primary")
        self.add_button.clicked.connect(self.added)
        self.refuse_button.clicked.connect(self.refused)
        layout = QVBoxLayout(self)
        layout.addWidget(self._who)
        layout.addLayout(self._table)
        layout.addWidget(FlowingLine(theme, self.add_button, self.refuse_button))
        self._cells: list[QLabel] = []
        theme.follow(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """Everything that is told."""
        return "\n".join(label.text() for label in (self._who, *self._cells))

    def show_cases(self, patient: Similar, cases: Sequence[EarlierCase]) -> None:
        """Tell of these cases."""
        while self._cells:
            cell = self._cells.pop()
            self._table.removeWidget(cell)
            cell.deleteLater()
        self._who.setText(who_is(patient))
        for row, case in enumerate(cases[:_MOST_CASES]):
            for column, text in enumerate(self._line(case)):
                self._add(text, row, column)
        if len(cases) > _MOST_CASES:
            more = self.tr("and {n} more").format(n=len(cases) - _MOST_CASES)
            self._add(more, _MOST_CASES, 0)
        if not cases:
            self._add(self.tr("No case outside the bin"), 0, 0)
        code = patient.code
        said = self.tr("Add this case to patient {code}").format(code=code)
        self.add_button.setText(said if code else self.tr("Add this case to that patient"))
        self.add_button.setAccessibleDescription(self.text)
        self._table.activate()

    def set_wrapped(self, *, wrapped: bool) -> None:
        """Write what was done in as many lines as it takes, where one is too long."""
        for cell in self._cells:
            cell.setWordWrap(wrapped)
        self._table.activate()

    def focusNextPrevChild(self, forward: bool) -> bool:
        there = self.refuse_button if self.add_button.hasFocus() else self.add_button
        there.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.refused.emit()
            return
        super().keyPressEvent(event)

    def _add(self, text: str, row: int, column: int) -> None:
        cell = QLabel(text, self)
        cell.setTextFormat(Qt.TextFormat.PlainText)
        cell.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        set_kind(cell, "" if column == 1 else "muted")
        self._table.addWidget(cell, row, column)
        # Qt would show it later, and until then there is no room for it.
        cell.show()
        self._cells.append(cell)

    def _line(self, case: EarlierCase) -> tuple[str, str, str, str]:
        levels = " ".join(level.label for level in case.levels)
        techniques = ", ".join(technique.label for technique in case.techniques)
        score = show_reported(case.latest)
        scale = f" ({case.pain_scale.label})" if case.pain_scale and score else ""
        pain = self.tr("pain {score}").format(score=score + scale) if score else ""
        return shown_day(case.performed_on or self.tr("No date")), levels, techniques, pain

    def _fit(self) -> None:
        edge = self._theme.space(2)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(self._theme.space(2))
        self._table.setHorizontalSpacing(self._theme.space(3))
        self._table.setVerticalSpacing(self._theme.px(3))
        self._table.setColumnStretch(3, 1)
