# SPDX-License-Identifier: MIT
"""A user who drops files, or copies them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_ACTION = Qt.DropAction.CopyAction
_BUTTON, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(paths: Iterable[Path]) -> QMimeData:
    """What a file manager hands over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(target: QWidget, *paths: Path) -> bool:
    """Drag files over a widget and let go; whether they were taken."""
    data = files(paths)
    middle = target.rect().center()
    enter = QDragEnterEvent(QPoint(middle), _ACTION, data, _BUTTON, _NO_KEY)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    over = QDropEvent(middle.toPointF(), _ACTION, data, _BUTTON, _NO_KEY)
    QApplication.sendEvent(target, over)
    return over.isAccepted()
