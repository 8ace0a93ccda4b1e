# SPDX-License-Identifier: MIT
"""What a widget writes, letter for letter, and where: painted, and never guessed.

It paints onto a device that keeps words and their places instead of dots. So what Qt shortens by
itself, and what a delegate shortens, is found as well as what stands out of its box.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPixmap,
    QRegion,
    QTextItem,
)
from PySide6.QtWidgets import QWidget


class Word(NamedTuple):
    """A piece of text in one font and one line, in pixels of the widget.

    Attributes:
        text: what is written.
        ink: what its letters take.
        within: what the painter keeps to; None where that is the whole widget.
    """

    text: str
    ink: QRectF
    within: QRectF | None


def words_of(widget: QWidget) -> list[Word]:
    """What the widget itself writes, without its children."""
    notes = _Notes()
    device = _Slate(widget, notes)
    widget.render(device, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return notes.words


class _Notes(QPaintEngine):
    """Keeps words, and paints nothing."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[Word] = []

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: object) -> None:  # noqa: N802 - as Qt declares it
        """The painter is asked when something is written."""

    def drawPixmap(  # noqa: N802 - as Qt declares it
        self, _room: QRectF | QRect, _pixmap: QPixmap | QImage, _part: QRectF | QRect
    ) -> None:
        """Pictures say nothing."""

    def _pass(self, *_given: object) -> None:
        """Lines and grounds say nothing."""

    drawImage = _pass  # type: ignore[assignment]  # noqa: N815
    drawTiledPixmap = drawPath = drawPolygon = _pass  # noqa: N815
    drawRects = drawLines = drawEllipse = drawPoints = _pass  # noqa: N815

    def drawTextItem(self, at: object, item: QTextItem) -> None:  # noqa: N802 - as Qt declares it
        painter, letters = self.painter(), item.text().strip()
        if not letters or not painter.pen().color().alpha():
            return
        assert isinstance(at, QPointF | QPoint)
        metrics = QFontMetricsF(item.font())
        text = item.text()
        before = metrics.horizontalAdvance(text[: len(text) - len(text.lstrip())])
        ink = metrics.tightBoundingRect(letters).translated(QPointF(at) + QPointF(before, 0))
        to_widget = painter.combinedTransform()
        within = to_widget.mapRect(painter.clipBoundingRect()) if painter.hasClipping() else None
        self.words.append(Word(text, to_widget.mapRect(ink), within))


class _Slate(QPaintDevice):
    """As large as the widget that paints on it."""

    def __init__(self, widget: QWidget, notes: _Notes) -> None:
        super().__init__()
        self._widget, self._notes = widget, notes

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - as Qt declares it
        return self._notes

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        return {
            kinds.PdmWidth: self._widget.width(),
            kinds.PdmHeight: self._widget.height(),
            kinds.PdmDevicePixelRatio: 1,
            kinds.PdmDevicePixelRatioScaled: 0x10000,
            kinds.PdmDepth: 32,
            kinds.PdmNumColors: 1 << 24,
        }.get(metric, self._widget.logicalDpiX())
