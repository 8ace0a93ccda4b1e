# SPDX-License-Identifier: MIT
"""A list of patients to choose from: who each is, and in a second line why it is offered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.patients import Similar
from models.speech import shown_day
from ui.theme import Theme
from ui.widgets.items_model import Index, ItemsModel

_EDGE = 8
_GAP = 2


def who_is(patient: Similar) -> str:
    """Code, name if it is stored, sex, age or birth date, and number of cases."""
    tr = QCoreApplication.translate
    parts = [patient.code or tr("patients", "No code"), patient.name]
    parts.append(patient.sex.label if patient.sex else "")
    if patient.birth_date:
        parts.append(tr("patients", "born {date}").format(date=shown_day(patient.birth_date)))
    elif patient.age is not None:
        years = tr("patients", "1 year") if patient.age == 1 else tr("patients", "{n} years")
        parts.append(years.format(n=patient.age))
    many = tr("patients", "{n} cases").format(n=patient.cases)
    parts.append(tr("patients", "1 case") if patient.cases == 1 else many)
    return " · ".join(part for part in parts if part)


def why_offered(patient: Similar) -> str:
    """The likenesses, the strongest first."""
    said = ", ".join(QCoreApplication.translate("patients", why.label) for why in patient.why)
    return said[:1].upper() + said[1:]


class PatientList(QListView):
    """Patients, two lines each.

    Signals:
        chosen: (Similar) clicked, or Enter was pressed on it.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patients = _Patients(self)
        self.setModel(self._patients)
        self._delegate = _TwoLines(theme, self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Similar patients"))
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self.chosen.emit(self._patients.items[index.row()]))

    @property
    def patients(self) -> list[Similar]:
        """Who is listed."""
        return list(self._patients.items)

    @property
    def current(self) -> Similar | None:
        """The highlighted patient, if one is."""
        index = self.currentIndex()
        return self._patients.items[index.row()] if index.isValid() else None

    def show_patients(self, patients: Sequence[Similar]) -> None:
        """List these; nobody is highlighted that was not asked for."""
        self._patients.show(patients)
        self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Move the highlight; up from the first there is none."""
        there = self.currentIndex().row() + by
        count = self._patients.rowCount()
        row = min(there, count - 1)
        self.setCurrentIndex(self._patients.index(row, 0) if row >= 0 else QModelIndex())

    def full_height(self) -> int:
        """As high as all rows need."""
        return self._patients.rowCount() * max(self.sizeHintForRow(0), 0) + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.chosen.emit(self.current)
            return
        super().keyPressEvent(event)


class _Patients(ItemsModel):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        patient: Similar = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return who_is(patient)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{who_is(patient)}. {why_offered(patient)}."
        if role == Qt.ItemDataRole.UserRole:
            return why_offered(patient)
        return None


class _TwoLines(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = sum(font.pixelSize() * 1.35 for font in self._fonts())
        edges = 2 * self._theme.px(5) + self._theme.px(_GAP)
        return QSize(self._theme.px(120), round(lines) + edges)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        place: QRect = option.rect
        painter.save()
        if selected or hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selection" if selected else "hover"))
            painter.drawRoundedRect(place, self._theme.px(4), self._theme.px(4))
        text = "selection_text" if selected else "text"
        muted = "selection_text" if selected else "text_muted"
        edge = self._theme.px(_EDGE)
        room = place.adjusted(edge, self._theme.px(5), -edge, -self._theme.px(5))
        top = round(self._fonts()[0].pixelSize() * 1.35)
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole)
        first = QRect(room.left(), room.top(), room.width(), top)
        second = room.adjusted(0, top + self._theme.px(_GAP), 0, 0)
        for role, font, color, line in zip(
            roles, self._fonts(), (text, muted), (first, second), strict=True
        ):
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            said = painter.fontMetrics().elidedText(
                str(index.data(role)), Qt.TextElideMode.ElideRight, line.width()
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)
        painter.restore()

    def _fonts(self) -> tuple[QFont, QFont]:
        return self._theme.font("body", QFont.Weight.Medium), self._theme.font("label")
