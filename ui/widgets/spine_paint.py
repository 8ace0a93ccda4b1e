# SPDX-License-Identifier: MIT
"""Paints a spine and its marks: discs, bone, then what was done, then what is pointed at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QTransform,
)

from models.vocabulary import LeakLocation, Level
from ui.palette import Palette, blend
from ui.theme import Theme
from ui.widgets.spine_geometry import Spine, Vertebra
from ui.widgets.spine_labels import Label
from ui.widgets.spine_leaks import IN_FRONT, LEAST_LEAK, leak_outline, star_outline
from ui.widgets.spine_marks import (
    CEMENT_SCALES,
    LEAST_DIAMOND,
    NO_MARK,
    LevelMark,
    cement_outline,
    cement_scale,
    crack,
    diamond,
)

LABEL_GAP = 7.0  # pixels between a vertebra and its warning, where it has no name
_MIDDLE = Qt.AlignmentFlag.AlignCenter


class Pointing(NamedTuple):
    """What the mouse is over and where the keyboard is; None for nowhere."""

    hovered: Level | None = None
    current: Level | None = None


def _before(vertebra: Vertebra, mark: LevelMark, place: QTransform) -> QPointF:
    """The place in front of a vertebra, in widget coordinates, and of a leak that lies there."""
    gap = LABEL_GAP
    if any(location in IN_FRONT for location in (*mark.leaks, *mark.earlier_leaks)):
        gap += 0.3 * vertebra.size.depth_top * place.m11()
    return place.map(vertebra.front) + vertebra.forwards * gap


class SpinePainter:
    """Paints one spine with one set of marks.

    Args:
        painter: an active painter in widget coordinates; its state is left as it was.
        spine: what to paint, in its own units.
        place: from those units to the widget.
        palette: the colors.
        marks: what is to be seen at which level.
        line: how wide lines are, 1 for a spine that is as high as a window.
    """

    def __init__(
        self,
        painter: QPainter,
        spine: Spine,
        place: QTransform,
        palette: Palette,
        marks: Mapping[Level, LevelMark],
        *,
        line: float = 1.0,
    ) -> None:
        self._painter = painter
        self._spine = spine
        self._place = place
        self._colors = palette
        self._marks = marks
        self._line = line
        # Also of a place that turns the drawing.
        self._scale = math.sqrt(abs(place.determinant()))

    def paint(self, pointing: Pointing) -> None:
        """Paint everything but the names."""
        painter = self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._place, True)
        self._paint_bone()
        for level, vertebra in self._spine.vertebrae.items():
            self._paint_mark(vertebra, self._mark(level), hovered=level is pointing.hovered)
        for level, vertebra in self._spine.vertebrae.items():
            mark = self._mark(level)
            for location in mark.earlier_leaks:
                self._paint_leak(vertebra, location, self._colors.cement_earlier_edge)
            for location in mark.leaks:
                self._paint_leak(vertebra, location, self._colors.leak)
            for location in mark.symptomatic:
                self._paint_star(vertebra, location)
        if pointing.current is not None:
            self._paint_ring(self._spine.vertebrae[pointing.current].body)
        painter.restore()

    def paint_labels(self, labels: Iterable[Label], pointing: Pointing) -> None:
        """Paint names that have found their places."""
        painter = self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for label in labels:
            is_pointed_at = label.level in (pointing.hovered, pointing.current)
            self._paint_label(label, is_pointed_at=is_pointed_at)
        painter.restore()

    def paint_warnings(self) -> None:
        """Paint only the warnings in front of the bodies, where there is no room for labels."""
        painter = self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for level, vertebra in self._spine.vertebrae.items():
            if self._mark(level).warning:
                end = _before(vertebra, self._mark(level), self._place)
                self._paint_warning(end, LABEL_GAP)
        painter.restore()

    def _mark(self, level: Level) -> LevelMark:
        return self._marks.get(level, NO_MARK)

    def _paint_bone(self) -> None:
        painter, colors = self._painter, self._colors
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.disc))
        for disc in self._spine.discs.values():
            painter.drawPath(disc)
        painter.setPen(self._pen(colors.bone_edge, 0.9))
        painter.setBrush(QColor(colors.bone_shade))
        for segment in self._spine.coccyx:
            painter.drawPath(segment)
        painter.drawPath(self._spine.dens)
        column = self._spine.vertebrae.values()
        # What has grown together shows only a faint line where it once was apart.
        fused = self._pen(blend(colors.bone_edge, colors.bone_shade, 0.6), 0.8)
        edges = {
            vertebra.level: fused
            if vertebra.level.region == "sacral"
            else self._pen(colors.bone_edge, 1.0)
            for vertebra in column
        }
        for vertebra in column:
            painter.setPen(edges[vertebra.level])
            painter.setBrush(QColor(colors.bone_shade))
            painter.drawPath(vertebra.arch)
        for vertebra in column:
            painter.setPen(edges[vertebra.level])
            painter.setBrush(self._bone(vertebra))
            painter.drawPath(vertebra.body)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(self._spine.sacrum, self._pen(colors.bone_edge, 1.0))
        painter.setPen(self._pen(blend(colors.bone_edge, colors.bone_shade, 0.45), 0.8))
        for vertebra in column:
            painter.drawPath(vertebra.details)
        painter.setPen(self._pen(blend(colors.bone_edge, colors.bone, 0.6), 0.7))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._spine.dens.intersected(self._spine.vertebrae[Level.C1].body))

    def _bone(self, vertebra: Vertebra) -> QBrush:
        """Light falls on the front of a body, so that it looks round."""
        size, frame = vertebra.size, vertebra.frame
        shade = QLinearGradient(
            frame.at(-size.depth_top / 2, 0.0), frame.at(size.depth_top / 2, 0.0)
        )
        shade.setColorAt(0.0, QColor(blend(self._colors.bone, self._colors.bone_shade, 0.25)))
        shade.setColorAt(0.35, QColor(self._colors.bone_light))
        shade.setColorAt(1.0, QColor(blend(self._colors.bone, self._colors.bone_shade, 0.55)))
        return QBrush(shade)

    def _paint_mark(self, vertebra: Vertebra, mark: LevelMark, *, hovered: bool) -> None:
        painter, colors = self._painter, self._colors
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.selected:
            painter.strokePath(vertebra.body, self._pen(colors.accent, 7.0, alpha=75))
        if mark.heat is not None:
            painter.setPen(self._pen(colors.bone_edge, 1.0))
            painter.setBrush(QColor(blend(colors.heat_low, colors.heat_high, mark.heat)))
            painter.drawPath(vertebra.body)
        if mark.treated:
            painter.fillPath(vertebra.body, QColor(colors.treated_soft))
        if hovered:
            tint = QColor(colors.accent)
            tint.setAlpha(60)
            painter.fillPath(vertebra.body, tint)
        if mark.earlier:
            self._paint_earlier_cement(vertebra, mark)
        if mark.treated:
            painter.setPen(self._pen(colors.cement_edge, 0.9))
            painter.setBrush(QColor(colors.cement))
            scale = cement_scale(vertebra.level, mark.cement_ml)
            painter.drawPath(cement_outline(vertebra, scale))
        if mark.is_broken:
            self._paint_fracture(vertebra, mark)
        self._outline(vertebra, mark, hovered=hovered)
        if mark.new_fracture:
            self._paint_new_fracture(vertebra)

    def _outline(self, vertebra: Vertebra, mark: LevelMark, *, hovered: bool) -> None:
        colors = self._colors
        if mark.treated:
            self._painter.strokePath(vertebra.body, self._pen(colors.treated, 2.1))
        elif mark.selected or hovered:
            self._painter.strokePath(vertebra.body, self._pen(colors.accent, 1.6))
        elif mark.between:
            # On a ground of its own, because the dashes are as bright as dark bone is.
            self._painter.strokePath(vertebra.body, self._pen(colors.surface, 3.2))
            pen = self._pen(colors.warning, 1.9)
            pen.setDashPattern([2.2, 2.0])
            self._painter.strokePath(vertebra.body, pen)

    def _paint_earlier_cement(self, vertebra: Vertebra, mark: LevelMark) -> None:
        """Of another color and with a broken edge; around the cement of today where both are."""
        scale = cement_scale(vertebra.level, mark.earlier_ml)
        if mark.treated:
            scale = max(scale, cement_scale(vertebra.level, mark.cement_ml)) * 1.15
        pen = self._pen(self._colors.cement_earlier_edge, 1.0)
        pen.setDashPattern([2.0, 1.8])
        self._painter.setPen(pen)
        self._painter.setBrush(QColor(self._colors.cement_earlier))
        self._painter.drawPath(cement_outline(vertebra, min(scale, CEMENT_SCALES[1])))

    def _paint_fracture(self, vertebra: Vertebra, mark: LevelMark) -> None:
        colors = self._colors
        if mark.fracture or mark.new_fracture:
            self._painter.strokePath(crack(vertebra), self._pen(colors.fracture, 1.7))
        else:
            pen = self._pen(blend(colors.fracture, colors.bone_edge, 0.5), 1.3)
            pen.setDashPattern([2.4, 1.8])
            self._painter.strokePath(crack(vertebra), pen)

    def _paint_new_fracture(self, vertebra: Vertebra) -> None:
        shape = diamond(vertebra, LEAST_DIAMOND * self._line / self._scale)
        self._painter.strokePath(shape, self._pen(self._colors.surface, 1.8))
        self._painter.fillPath(shape, QColor(self._colors.fracture))

    def _paint_leak(self, vertebra: Vertebra, location: LeakLocation, color: str) -> None:
        # A rim in the color of the page keeps the mark apart from bone and cement.
        outline = leak_outline(vertebra, location, self._least_leak())
        self._painter.strokePath(outline, self._pen(self._colors.surface, 1.6))
        self._painter.fillPath(outline, QColor(color))

    def _paint_star(self, vertebra: Vertebra, location: LeakLocation) -> None:
        star = star_outline(vertebra, location, self._least_leak())
        self._painter.strokePath(star, self._pen(self._colors.surface, 2.0))
        self._painter.setPen(self._pen(self._colors.text, 0.9))
        self._painter.setBrush(QColor(self._colors.leak))
        self._painter.drawPath(star)

    def _least_leak(self) -> float:
        return LEAST_LEAK * self._line / self._scale

    def _paint_ring(self, body: QPainterPath) -> None:
        unit = 1 / self._scale
        stroker = QPainterPathStroker()
        stroker.setWidth(7.0 * self._line * unit)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        ring = stroker.createStroke(body).united(body).simplified()
        self._painter.strokePath(ring, self._pen(self._colors.focus, 1.7))

    def _paint_label(self, label: Label, *, is_pointed_at: bool) -> None:
        painter, colors = self._painter, self._colors
        if label.is_moved:
            line = QColor(colors.text_muted)
            line.setAlpha(130)
            painter.setPen(QPen(line, self._line))
            painter.drawLine(QPointF(label.box.right() - 1.0, label.box.center().y()), label.anchor)
        if is_pointed_at:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_soft))
            painter.drawRoundedRect(label.box, 4, 4)
        color = colors.accent if label.strong else colors.text_muted
        if not label.sign.isEmpty():
            color = colors.warning
            self._paint_warning(label.sign.center(), label.sign.height())
        painter.setFont(label.font)
        painter.setPen(QColor(color))
        painter.drawText(label.box, _MIDDLE | Qt.TextFlag.TextDontClip, label.level.label)

    def _paint_warning(self, middle: QPointF, size: float) -> None:
        """A small triangle: a warning is told apart by its shape too."""
        half = size / 2
        triangle = QPainterPath(middle + QPointF(0.0, -half))
        triangle.lineTo(middle + QPointF(half * 1.1, half * 0.9))
        triangle.lineTo(middle + QPointF(-half * 1.1, half * 0.9))
        triangle.closeSubpath()
        pen = QPen(QColor(self._colors.warning), 1.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        self._painter.setBrush(QColor(self._colors.warning))
        self._painter.drawPath(triangle)

    def _pen(self, color: str, width: float, alpha: int = 255) -> QPen:
        """A pen as wide as said on the screen, whatever the size of the spine."""
        shown = QColor(color)
        shown.setAlpha(alpha)
        # Not a cosmetic pen: that would be half as wide where a pixel of the window is two.
        pen = QPen(shown, width * self._line / self._scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen


def paint_typed(painter: QPainter, theme: Theme, text: str) -> None:
    """Show what was typed while it could still become another level."""
    px = theme.px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font("body", QFont.Weight.DemiBold))
    box = painter.fontMetrics().boundingRect(text)
    pill = QRectF(px(6), px(6), box.width() + px(16), box.height() + px(8))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("tooltip"))
    painter.drawRoundedRect(pill, px(6), px(6))
    painter.setPen(theme.color("tooltip_text"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
