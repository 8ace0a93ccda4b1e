# SPDX-License-Identifier: MIT
"""The versions of a case, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QItemSelectionModel,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.history import Version
from ui.theme import Theme
from ui.widgets.in_lines import in_lines
from ui.widgets.items_model import Index, ItemsModel
from ui.widgets.version_text import moment, moment_utc, tr, what

_VERSION = Qt.ItemDataRole.UserRole


class VersionsModel(ItemsModel):
    """One row a version."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        version = self.items[index.row()]
        if role == _VERSION:
            return version
        if role == Qt.ItemDataRole.DisplayRole:
            return moment(version.at)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (moment_utc(version.at), version.reason)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (named(version), moment(version.at), version.user, what(version))
            return ", ".join(filter(None, (*parts, version.reason)))
        return None


def named(version: Version) -> str:
    """The number of the version, as people say it."""
    return tr("Version {n}").format(n=version.version)


class _Painter(QStyledItemDelegate):
    """Date and version, below it who did what, below that why."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        version: Version = index.data(_VERSION)
        count = 1 + len(self._who_and_what(version)) + bool(version.reason)
        return QSize(0, count * self._line() + 2 * self._theme.space(2))

    def _who_and_what(self, version: Version) -> list[str]:
        """In one line, or in several where the list is too narrow."""
        joined, view = f"{version.user} · {what(version)}", self.parent()
        assert isinstance(view, QListView)
        room = view.viewport().width() - 2 * self._theme.space(3)
        small = self._theme.font("label")
        if self._width(joined, small) <= room:
            return [joined]
        return [
            version.user,
            *in_lines(what(version).split(), room, partial(self._width, font=small)),
        ]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, version = self._theme, index.data(_VERSION)
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(option.rect, theme.color("selection"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("focus"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        edge, line = theme.space(3), self._line()
        spot = QRect(option.rect).adjusted(edge, theme.space(2), -edge, 0)
        spot.setHeight(line)
        strong = theme.font("body", QFont.Weight.DemiBold)
        small = theme.font("label")
        ink = "selection_text" if is_chosen else "text"
        number = named(version)
        if self._width(number, small) + self._width(moment(version.at), strong) > spot.width():
            number = str(version.version)
        room = self._width(number, small)
        self._write(painter, spot, number, small, "text_muted", Qt.AlignmentFlag.AlignRight)
        first = spot.adjusted(0, 0, -room - theme.space(2), 0)
        self._write(painter, first, moment(version.at), strong, ink)
        for told in self._who_and_what(version):
            spot.translate(0, line)
            self._write(painter, spot, told, small, ink)
        if version.reason:
            spot.translate(0, line)
            self._write(painter, spot, version.reason, small, "text_muted")
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        spot: QRect,
        text: str,
        font: QFont,
        ink: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(ink))
        whole = " ".join(text.split())
        shown = QFontMetrics(font).elidedText(whole, Qt.TextElideMode.ElideRight, spot.width())
        painter.drawText(spot, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _width(self, text: str, font: QFont) -> int:
        return QFontMetrics(font).horizontalAdvance(text) + self._theme.space(1)

    def _line(self) -> int:
        return self._theme.px(19)


class VersionsList(QListView):
    """The list; one version is always chosen.

    Signals:
        chosen: (Version)
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = VersionsModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(theme, self))
        self.setAccessibleName(tr("Versions"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.follow(self.scheduleDelayedItemsLayout)

    def show_versions(self, versions: Sequence[Version], number: int = 0) -> None:
        """Show these, and choose the one of this number, or else the first."""
        self._model.show(versions)
        numbers = [version.number for version in versions]
        row = numbers.index(number) if number in numbers else 0
        index = self._model.index(row, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    @property
    def version(self) -> Version | None:
        """The one that is chosen."""
        index = self.currentIndex()
        return self._model.items[index.row()] if index.isValid() else None

    def _tell(self) -> None:
        if (version := self.version) is not None:
            self.chosen.emit(version)
