# SPDX-License-Identifier: MIT
"""What is said of each figure: heading, legend, caption, methods, and the data behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from models.analysis.instruments import Center, Instrument
from models.speech import say
from ui.charts import (
    cement_words,
    change_words,
    data,
    followed_words,
    gain_words,
    kept_words,
    methods,
    safety_data,
    safety_methods,
    safety_sentences,
    sentences,
    shift_words,
)
from ui.charts.kinds import FigureKind, NamedFigure, SafetyFigure

if TYPE_CHECKING:
    from models.analysis.outcome import PairedOutcome
    from ui.charts.data import Row


@dataclass(frozen=True, slots=True)
class Telling:
    """How one kind of figure is put into words, each from what it shows.

    Attributes:
        heading: what stands above it.
        legend: what its lines and colors mean; "" where nothing has to be said.
        caption: what stands below it on paper.
        methods: how its numbers were worked out.
        rows: the data behind it, a row of headings first.
        description: the figure for those who cannot see it; the caption where it says all.
        is_named: whether the caption says by itself what the figure is of; else its heading does.
        synthetic: how many synthetic cases are among those that it shows.
    """

    heading: Callable[[Any], str]
    legend: Callable[[Any], str]
    caption: Callable[[Any], str]
    methods: Callable[[Any], str]
    rows: Callable[[Any], Iterable[Row]]
    description: Callable[[Any], str] | None = None
    is_named: bool = True
    synthetic: Callable[[Any], int] = attrgetter("n_synthetic")

    def describe(self, found: object) -> str:
        """The figure for those who cannot see it."""
        return (self.description or self.caption)(found)

    def alone(self, found: object) -> str:
        """The caption as it stands without the figure."""
        caption = self.caption(found)
        return caption if self.is_named else f"{self.heading(found)}. {caption}"


def _always(text: str) -> Callable[[Any], str]:
    return lambda _found: text


def _paired_heading(outcome: PairedOutcome) -> str:
    return (
        FigureKind.PAIRED.heading
        if outcome.instrument is Instrument.PAIN
        else say("{outcome} before and after, each case", outcome=outcome.name)
    )


def _course_heading(outcome: PairedOutcome) -> str:
    center = outcome.center.shown
    if outcome.instrument is Instrument.PAIN:
        return say("Course of pain, {center} with 95 % CI", center=center)
    return say("Course of {of}, {center} with 95 % CI", of=outcome.instrument.label, center=center)


def _course_legend(outcome: PairedOutcome) -> str:
    text = say(
        "Exact scores with a date, and how many there are at each time; {on_scale}.",
        on_scale=sentences.on_scale(outcome),
    )
    middle = "" if outcome.center is Center.MEAN else say("Line: median.")
    return " ".join(filter(None, (middle, text, sentences.courses_left_out(outcome))))


def _change_heading(outcome: PairedOutcome) -> str:
    if outcome.instrument is Instrument.PAIN:
        return say("Change of pain, all pairs")
    return say("Change of {instrument}, all pairs", instrument=outcome.instrument.label)


_PAIRED = Telling(
    _paired_heading,
    sentences.paired_legend,
    sentences.paired_caption,
    methods.of_pairs,
    data.pairs,
    sentences.paired_description,
)
_COURSE = Telling(
    _course_heading, _course_legend, sentences.course_caption, methods.of_course, data.course
)
_CHANGE = Telling(
    _change_heading,
    change_words.change_legend,
    change_words.change_caption,
    methods.of_pairs,
    data.change,
)


def _of_safety(kind: SafetyFigure) -> Telling:
    return Telling(
        _always(kind.heading),
        _always(""),
        partial(safety_sentences.caption, kind),
        partial(safety_methods.methods, kind),
        partial(safety_data.rows_of, kind),
        is_named=False,
    )


TELLINGS: dict[NamedFigure, Telling] = {
    FigureKind.PAIRED: _PAIRED,
    FigureKind.COURSE: _COURSE,
    FigureKind.CHANGE: _CHANGE,
    FigureKind.FUNCTION_PAIRED: _PAIRED,
    FigureKind.FUNCTION_COURSE: _COURSE,
    FigureKind.FUNCTION_CHANGE: _CHANGE,
    FigureKind.ANALGESICS: Telling(
        _always(FigureKind.ANALGESICS.heading),
        _always(shift_words.LEGEND),
        shift_words.analgesics_caption,
        methods.of_shifts,
        data.analgesics,
        synthetic=attrgetter("analgesics.n_synthetic"),
    ),
    FigureKind.MOBILITY: Telling(
        _always(FigureKind.MOBILITY.heading),
        _always(shift_words.LEGEND),
        shift_words.mobility_caption,
        methods.of_shifts,
        data.mobility,
        synthetic=attrgetter("mobility.n_synthetic"),
    ),
    FigureKind.HEIGHT: Telling(
        _always(say("Height gain at three heights, by four formulas")),
        _always(gain_words.LEGEND),
        gain_words.gains_caption,
        methods.of_gains,
        data.gains,
        synthetic=attrgetter("whole.n_synthetic"),
    ),
    FigureKind.KEPT: Telling(
        _always(say("Height gained at the procedure, and kept at the latest follow-up")),
        _always(kept_words.LEGEND),
        kept_words.kept_caption,
        methods.of_kept,
        data.kept,
        synthetic=attrgetter("whole.n_synthetic"),
    ),
    FigureKind.CEMENT: Telling(
        _always(FigureKind.CEMENT.heading),
        cement_words.cement_legend,
        cement_words.cement_caption,
        methods.of_cement,
        data.cement,
    ),
    FigureKind.BALANCE: Telling(
        _always(say("Those with an answer and those lost: how they differed before")),
        _always(followed_words.LEGEND),
        followed_words.balance_caption,
        methods.of_followed,
        data.balance,
    ),
    **{kind: _of_safety(kind) for kind in SafetyFigure},
}
"""Every kind of figure."""
