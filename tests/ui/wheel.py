# SPDX-License-Identifier: MIT
"""Turns the wheel of the mouse over a control."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def turn_wheel(control: QWidget) -> None:
    """One notch, towards oneself."""
    middle = QPointF(control.rect().center())
    turned = QWheelEvent(
        *(middle, control.mapToGlobal(middle), QPoint(), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(control, turned)
