# SPDX-License-Identifier: MIT
"""How complete the follow-up is: for each time point a bar, a percentage, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.analysis.statistics import Proportion
from models.followup.states import CaseState
from models.followup.tally import Completeness, Counts, Tally
from models.speech import begun_small, numeral
from models.visits import Mark
from ui.followup import words
from ui.followup.words import tr
from ui.theme import Theme
from ui.widgets.in_lines import in_lines

_EDGE = 16
_LEAST = 110
_BETWEEN = 14
_BAR = 5
_LINE = 16
_HEAD = 24
_FOOT = 10
_REASON_LINES = range(2, 8)
"""How many lines of reasons there are: at least so many that a save seldom moves the list, and at
most so many that it keeps its room."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was counted, with the rates worked out off the UI thread; () where nobody looks."""

    counts: Counts
    points: tuple[tuple[Completeness, Proportion], ...]

    @classmethod
    def of(cls, found: Tally, *, with_rates: bool) -> SoFar:
        """The counts of a tally, and how complete each time point is.

        The first rate loads a large library, so it is not asked for before the page is.
        """
        completeness = found.completeness() if with_rates else []
        return cls(found.counts(), tuple((point, point.rate) for point in completeness))


def percent_of(rate: Proportion) -> str:
    """Such as "81 %"; a dash where nothing was due."""
    return "–" if rate.rate is None else tr("{n} %").format(n=f"{rate.rate:.0%}".rstrip("%"))


def interval_of(rate: Proportion) -> str:
    """Such as "(74–87)"; "" where there is none."""
    if rate.ci95 is None:
        return ""
    low, high = (numeral(100 * end, ".0f") for end in rate.ci95)
    return f"({low}–{high})"


def reasons_of(point: Completeness) -> list[str]:
    """Why scores are missing, the most frequent first: "9 lost to follow-up"."""
    told = [
        tr("{n} {reason}").format(n=numeral(n, ","), reason=begun_small(mark.label))
        for mark, n in point.missing.items()
    ]
    if point.n_pending:
        told.append(tr("{n} still to be asked").format(n=numeral(point.n_pending, ",")))
    return told


def reasons_in_brief(point: Completeness) -> list[tuple[int, str]]:
    """How many scores each reason counts, and the same in few words, for the strip: "9 lost"."""
    brief = {
        Mark.OPEN: tr("no reason"),
        Mark.LAPSED: tr("lapsed"),
        Mark.COGNITIVE: tr("unable"),
        Mark.LOST: tr("lost"),
        Mark.MOVED: tr("moved"),
        Mark.UNDATED: tr("no day"),
    }
    told = []
    for mark, n in point.missing.items():
        reason = brief.get(mark, begun_small(mark.label))
        told.append((n, tr("{n} {reason}").format(n=numeral(n, ","), reason=reason)))
    if point.n_pending:
        n = point.n_pending
        told.append((n, tr("{n} to ask").format(n=numeral(n, ","))))
    return told


def lines_of_reasons(
    point: Completeness, room: float, width_of: Callable[[str], float]
) -> list[str]:
    """These in lines that have room; where that are too many, the last one counts the rest.

    ``width_of`` tells how wide a text is, in the unit of ``room``.
    """
    told = reasons_in_brief(point)
    lines: list[str] = []
    for kept in range(len(told), -1, -1):
        said = [words for _, words in told[:kept]]
        if rest := sum(n for n, _ in told[kept:]):
            said.append(tr("{n} more").format(n=numeral(rest, ",")))
        lines = in_lines(said, room, width_of, " · ")
        if len(lines) < _REASON_LINES.stop:
            break
    return lines


def in_full(point: Completeness, rate: Proportion) -> str:
    """All that is known of a time point, in lines."""
    said = tr("{visit}: {k} of {n} that were due have a score").format(
        visit=point.time_point.label, k=numeral(rate.k, ","), n=numeral(rate.n, ",")
    )
    lines = [
        said if rate.n else tr("{visit}: nothing was due").format(visit=point.time_point.label)
    ]
    if rate.rate is not None:
        interval = tr("{p}, 95 % interval {ci}").format(
            p=percent_of(rate), ci=interval_of(rate).strip("()")
        )
        lines.append(interval)
    opened = tr("Window open or over: {n}, with a score {k}").format(
        n=numeral(point.n_eligible, ","), k=numeral(point.n_measured, ",")
    )
    lines += [opened, *reasons_of(point)]
    if point.n_died:
        lines.append(tr("Not counted, died before: {n}").format(n=numeral(point.n_died, ",")))
    return "\n".join(lines)


def undated_in_words(counts: Counts) -> str:
    """What is said of cases that are in none of it; "" where there are none."""
    n = counts[CaseState.UNDATED]
    if not n:
        return ""
    return tr("Not counted: {cases} without the day of the procedure").format(cases=words.cases(n))


class SoFarStrip(QWidget):
    """The strip below the list."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: SoFar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Follow-up so far"))
        theme.follow(self._fit)
        self._fit()

    def show_found(self, found: SoFar | None) -> None:
        """Show what was counted; None for nothing yet."""
        self._found = found
        self.setAccessibleDescription(self.told)
        self._fit()
        self.update()

    @property
    def told(self) -> str:
        """The whole of it in words, for screen readers."""
        if self._found is None:
            return ""
        lines = [in_full(point, rate) for point, rate in self._found.points]
        undated = undated_in_words(self._found.counts)
        return "\n\n".join([*lines, *([undated] if undated else [])])

    def give_way_in(self, page: QWidget) -> None:
        """Go where the page is too low for all that stands above, as with a notice in large text.

        Outcomes tells how complete the follow-up is, too.
        """
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            page = self.parentWidget()
            layout = page.layout() if page is not None and watched is page else None
            if page is not None and layout is not None:
                needed = layout.totalMinimumHeightForWidth(page.width())
                needed += self.height() if self.isHidden() else 0
                self.setHidden(needed > page.height())
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """What the tool tip says at a place."""
        if self._found is None:
            return ""
        for box, (point, rate) in zip(self._boxes(), self._found.points, strict=False):
            if box.contains(place):
                return in_full(point, rate)
        return undated_in_words(self._found.counts)

    # inside

    @property
    def _points(self) -> Sequence[tuple[Completeness, Proportion]]:
        return self._found.points if self._found is not None else ()

    def _columns(self) -> int:
        """How many time points stand beside each other: all, or else half of them, or fewer."""
        n = max(1, len(self._points))
        room = self.width() - 2 * self._theme.px(_EDGE)
        head, between = self._widest_head(), self._theme.px(_BETWEEN)
        if n * max(self._theme.px(_LEAST), head) + (n - 1) * between <= room:
            return n
        return max(1, min(-(-n // 2), int((room + between) // (head + between))))

    def _widest_head(self) -> float:
        """What the name of a time point and its percentage take."""
        name = QFontMetricsF(self._theme.font("label", QFont.Weight.DemiBold)).horizontalAdvance
        percent = QFontMetricsF(self._theme.font("label")).horizontalAdvance
        heads = (
            name(point.time_point.short) + self._theme.px(6) + percent(percent_of(rate)) + 1
            for point, rate in self._points
        )
        return max(heads, default=0.0)

    def _is_full(self) -> bool:
        """Whether there is room for the numbers and reasons too."""
        return self._columns() == max(1, len(self._points))

    def _cell_height(self) -> float:
        lines = 1 + self._lines_below() if self._is_full() else 1
        return self._theme.px(_LINE) * lines + self._theme.px(_BAR + 8 if lines > 1 else _BAR + 3)

    def _cell_width(self) -> float:
        px, columns = self._theme.px, self._columns()
        return (self.width() - 2 * px(_EDGE) - (columns - 1) * px(_BETWEEN)) / columns

    def _lines_below(self) -> int:
        """How many lines stand below the bar that has the most below it."""
        most = max((len(self._below(*one)) for one in self._points), default=0)
        return max(1 + _REASON_LINES.start, most)

    def _below(self, point: Completeness, rate: Proportion) -> list[str]:
        """What stands below the bar of a time point, in lines."""
        metrics, wide = QFontMetricsF(self._theme.font("small")), self._cell_width()
        due = tr("{k} of {n} due").format(k=numeral(rate.k, ","), n=numeral(rate.n, ","))
        told = [due if rate.n else tr("nothing due")]
        if rate.n and not self._has_room_beside(point, rate):
            joined = f"{due} {interval_of(rate)}"
            fits = metrics.horizontalAdvance(joined) <= wide
            told = [joined] if fits else [due, interval_of(rate)]
        return [*told, *lines_of_reasons(point, wide, metrics.horizontalAdvance)]

    def _has_room_beside(self, point: Completeness, rate: Proportion) -> bool:
        """Whether the interval has room beside the percentage."""
        px = self._theme.px
        name, percent, interval = (
            QFontMetricsF(font).horizontalAdvance(text)
            for font, text in (
                (self._theme.font("label", QFont.Weight.DemiBold), point.time_point.short),
                (self._theme.font("label"), percent_of(rate)),
                (self._theme.font("small"), interval_of(rate)),
            )
        )
        return name + px(6) + percent + px(4) + interval <= self._cell_width()

    def _fit(self) -> None:
        rows = -(-len(self._points) // self._columns()) if self._points else 1
        px = self._theme.px
        high = px(_HEAD) + rows * self._cell_height() + (rows - 1) * px(8) + px(_FOOT)
        if round(high) != self.height():
            self.setFixedHeight(round(high))

    def _boxes(self) -> list[QRectF]:
        px, columns = self._theme.px, self._columns()
        wide, high = self._cell_width(), self._cell_height()
        return [
            QRectF(
                px(_EDGE) + (place % columns) * (wide + px(_BETWEEN)),
                px(_HEAD) + (place // columns) * (high + px(8)),
                wide,
                high,
            )
            for place in range(len(self._points))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._theme.color("border"))
        self._paint_head(painter)
        for box, (point, rate) in zip(self._boxes(), self._points, strict=False):
            self._paint_point(painter, box, point, rate)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        px = self._theme.px
        box = QRectF(px(_EDGE), px(5), self.width() - 2 * px(_EDGE), px(_LINE))
        bold = self._theme.font("label", QFont.Weight.DemiBold)
        told = tr("Follow-up so far")
        self._write(painter, box, told, bold, "text")
        used = QFontMetricsF(bold).horizontalAdvance(told) + px(10)
        plain = self._theme.font("small")
        what = tr("scores of visits that were due, with the 95 % interval")
        parts = [what] if self._is_full() else []
        if self._found is not None and (undated := undated_in_words(self._found.counts)):
            parts.append(undated)
        rest = box.adjusted(used, 0, 0, 0)
        metrics = QFontMetricsF(plain)
        while parts and metrics.horizontalAdvance(" · ".join(parts)) > rest.width():
            # What is told of every strip goes first; the tool tip has all of it.
            parts.pop(0)
        self._write(painter, rest, " · ".join(parts), plain, "text_muted")

    def _paint_point(
        self, painter: QPainter, box: QRectF, point: Completeness, rate: Proportion
    ) -> None:
        px = self._theme.px
        line = QRectF(box.left(), box.top(), box.width(), px(_LINE))
        name = self._theme.font("label", QFont.Weight.DemiBold)
        plain = self._theme.font("small")
        left = self._write(painter, line, point.time_point.short, name, "text")
        rest = line.adjusted(left + px(6), 0, 0, 0)
        left = self._write(painter, rest, percent_of(rate), self._theme.font("label"), "text")
        rest = rest.adjusted(left + px(4), 0, 0, 0)
        if self._is_full() and self._has_room_beside(point, rate):
            self._write(painter, rest, interval_of(rate), plain, "text_muted")
        bar = QRectF(box.left(), line.bottom() + px(3), box.width(), px(_BAR))
        self._paint_bar(painter, bar, point)
        if not self._is_full():
            return
        below = QRectF(box.left(), bar.bottom() + px(4), box.width(), px(_LINE))
        for told in self._below(point, rate):
            self._write(painter, below, told, plain, "text_muted")
            below.translate(0, px(_LINE))

    def _paint_bar(self, painter: QPainter, bar: QRectF, point: Completeness) -> None:
        """Measured, still to be asked, and missing, of all whose window has opened."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("badge"))
        radius = bar.height() / 2
        painter.drawRoundedRect(bar, radius, radius)
        if not point.n_eligible:
            return
        left = bar.left()
        missing = point.n_eligible - point.n_measured - point.n_pending
        parts = ((point.n_measured, "accent"), (missing, "text_disabled"))
        painter.save()
        painter.setClipRect(bar)
        for n, token in parts:
            wide = bar.width() * n / point.n_eligible
            painter.setBrush(self._theme.color(token))
            painter.drawRect(QRectF(left, bar.top(), wide, bar.height()))
            left += wide
        painter.restore()

    def _write(self, painter: QPainter, box: QRectF, text: str, font: QFont, token: str) -> float:
        """Write a line; how wide it is. What has no room is cut short."""
        metrics = QFontMetricsF(font)
        wide = metrics.horizontalAdvance(text)
        if wide > box.width() + 0.5:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return wide
