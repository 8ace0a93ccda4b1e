# SPDX-License-Identifier: MIT
"""The small arrow before a line that folds out what is under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.theme import Theme


def paint_fold_mark(painter: QPainter, theme: Theme, middle: QPointF, *, is_open: bool) -> None:
    """Point down where something is folded out, and to the right where it is not."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color("text_muted"), 1.3)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.translate(middle)
    painter.scale(theme.scale, theme.scale)
    painter.rotate(90 if is_open else 0)
    painter.drawPolyline((QPointF(-1.5, -3.0), QPointF(1.5, 0.0), QPointF(-1.5, 3.0)))
    painter.restore()
