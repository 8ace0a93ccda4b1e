# SPDX-License-Identifier: MIT
"""Who counts as improved: a bar for each criterion with its interval, k of n, and the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.speech import numeral, say
from ui.charts import number_words, sentences
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.paragraph import paragraph

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome
    from models.analysis.responders import Responders

_ROW = 22


class ResponderBars(QWidget):
    """One row a criterion: label, bar with the 95 % interval as a line, rate and k of n."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._responders: tuple[Responders, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Responders"))
        theme.follow(self._dress)

    def set_responders(self, responders: tuple[Responders, ...]) -> None:
        """Show these criteria."""
        self._responders = responders
        said = (f"{one.label}: {sentences.share(one)}" for one in responders)
        self.setAccessibleDescription("; ".join(said))
        self._dress()

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._responders))
        return QSize(self._theme.px(420), self._theme.px(_ROW) * rows)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(340), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font())
        cells = [_cells(responders) for responders in self._responders]
        metrics, gap = painter.fontMetrics(), self._theme.space(3)
        widths = [
            max(metrics.horizontalAdvance(text) for text in column)
            for column in zip(*cells, strict=True)
        ]
        height = self._theme.px(_ROW)
        for row, responders in enumerate(self._responders):
            box = QRectF(0, row * height, self.width(), height)
            track = box.adjusted(widths[0] + gap, 0, -(sum(widths[1:]) + 3 * gap), 0)
            self._paint_bar(painter, track, responders)
            self._paint_cells(painter, box, track.right() + gap, cells[row], widths, gap)
        painter.end()

    def _paint_cells(
        self,
        painter: QPainter,
        box: QRectF,
        after_bar: float,
        cells: tuple[str, ...],
        widths: list[int],
        gap: int,
    ) -> None:
        label, *numbers = cells
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, label)
        left = after_bar
        for text, width, color in zip(
            numbers, widths[1:], ("text", "text_muted", "text_muted"), strict=True
        ):
            painter.setPen(self._theme.color(color))
            place = QRectF(left, box.top(), width, box.height())
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, text)
            left += width + gap

    def _paint_bar(self, painter: QPainter, row: QRectF, responders: Responders) -> None:
        result, radius, half = responders.result, self._theme.px(3), self._theme.px(6)
        middle = row.center().y()
        track = QRectF(row.left(), middle - half, row.width(), 2 * half)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("badge"))
        painter.drawRoundedRect(track, radius, radius)
        if result.rate is None or result.ci95 is None:
            return
        painter.setBrush(self._theme.color("after"))
        bar = QRectF(track)
        bar.setWidth(max(track.width() * result.rate, 0.0))
        painter.drawRoundedRect(bar, radius, radius)
        low, high = (track.left() + track.width() * limit for limit in result.ci95)
        y, cap = track.center().y(), self._theme.px(3)
        ends = (
            (QPointF(low, y), QPointF(high, y)),
            (QPointF(low, y - cap), QPointF(low, y + cap)),
            (QPointF(high, y - cap), QPointF(high, y + cap)),
        )
        for color, width in (("surface", 3.6), ("text", 1.4)):
            painter.setPen(QPen(self._theme.color(color), width * self._theme.scale))
            for start, end in ends:
                painter.drawLine(start, end)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()


def _cells(responders: Responders) -> tuple[str, ...]:
    """Label, rate, interval, and k of n."""
    result = responders.result
    limits = number_words.percent_interval(result.ci95)
    return (
        responders.label,
        number_words.percent(result.rate),
        f"({limits})" if limits else "",
        say("{k:,} of {n:,}", k=result.k, n=result.n) if result.n else number_words.NONE,
    )


class RespondersCard(Card):
    """The bars, and below them where the thresholds come from."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.set_title(self.tr("Responders"), self.tr("Line: 95 % interval (Wilson)."))
        self.bars = ResponderBars(theme, self)
        self._sources = paragraph(self)
        self.body.addWidget(self.bars)
        self.body.addWidget(self._sources)
        self.body.addStretch(1)

    def show_outcome(self, outcome: PairedOutcome) -> None:
        """Show who counts as improved among the pairs."""
        responders = outcome.numbers.responders
        self.bars.set_responders(responders)
        self.bars.setVisible(bool(responders))
        self._sources.setText(self._remarks(outcome))

    def _remarks(self, outcome: PairedOutcome) -> str:
        numbers = outcome.numbers
        if not numbers.responders:
            text = self.tr("No threshold is established for {score}.")
            return " ".join([text.format(score=outcome.instrument.label), *self._worse(outcome)])
        by_source: dict[str, list[str]] = {}
        for one in numbers.responders:
            by_source.setdefault(one.source, []).append(one.label)
        said = [f"{', '.join(labels)}: {source}." for source, labels in by_source.items()]
        said += [f"{one.label}: {one.remark}." for one in numbers.responders if one.remark]
        return " ".join([*said, *self._worse(outcome)])

    def _worse(self, outcome: PairedOutcome) -> list[str]:
        numbers = outcome.numbers
        if not numbers.n_worse:
            return []
        text = (
            self.tr("{n} of {pairs} has {worse} than before.")
            if numbers.n_worse == 1
            else self.tr("{n} of {pairs} have {worse} than before.")
        )
        return [
            text.format(
                n=numeral(numbers.n_worse, ","),
                pairs=numeral(numbers.n_pairs, ","),
                worse=outcome.instrument.worse,
            )
        ]
