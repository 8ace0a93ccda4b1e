# SPDX-License-Identifier: MIT
"""Numbers as people read them: with n, interval, and what is missing. Plain text, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.analysis.instruments import Center
from models.analysis.responders import has_points, needed_points
from models.numbers import show_number, show_reported
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.apart import CaseApart
    from models.analysis.outcome import CoursePoint, PairedNumbers, PairedOutcome
    from models.analysis.pairing import Missing
    from models.analysis.question import Question
    from models.analysis.responders import Responders
    from models.analysis.statistics import Interval, Mean, SignedRank
    from models.numbers import Reported

NONE = "–"
"""Stands where there is no number."""

MOST_NAMED = 4
"""Cases without a pair that are told one by one, and scores that are written beside their mark."""

MOST_COURSES = 5
"""Groups whose course is drawn; of more the largest."""

_REASONS_IN_SHORT = 2
_REASONS = 4

MOST_LINES = 1_000
"""Pairs that are drawn as lines; of more their density is drawn."""

FEW_PAIRS = 80
"""Up to as many pairs, dots are all of one size."""


def fixed(value: float, decimals: int = 1) -> str:
    """A number that keeps its decimals, with a true minus sign; never "−0.0"."""
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def mean(values: Mean, decimals: int = 1) -> str:
    """As in "8.1"; a dash where there is none."""
    return number(values.mean, decimals)


def number(value: float | None, decimals: int = 1) -> str:
    """As in "8.1"; a dash where there is none."""
    return NONE if value is None else fixed(value, decimals)


def change(value: float | None, decimals: int = 1) -> str:
    """A change with its sign, as in "−6.0" and "+0.4"."""
    if value is None:
        return NONE
    shown = fixed(value, decimals)
    return f"+{shown}" if value > 0 and shown != fixed(0, decimals) else shown


def interval(limits: Interval | None, decimals: int = 1, *, signed: bool = False) -> str:
    """As in "95 % CI −6.5 to −5.5"; "no interval" where there is none."""
    if limits is None:
        return "no interval"
    show = change if signed else fixed
    return f"95 % CI {show(limits.low, decimals)} to {show(limits.high, decimals)}"


def in_brackets(limits: Interval | None, decimals: int = 1, *, signed: bool = False) -> str:
    """As in "(−6.5 to −5.5)"; "" where there is none."""
    if limits is None:
        return ""
    show = change if signed else fixed
    return f"({show(limits.low, decimals)} to {show(limits.high, decimals)})"


def p_value(p: float | None) -> str:
    """As in "p < 0.001" and "p = 0.04"."""
    if p is None:
        return NONE
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def percent(rate: float | None) -> str:
    """As in "92 %"; only none is 0 % and only all is 100 %."""
    if rate is None:
        return NONE
    whole = round(100 * rate)
    if whole == 0 and rate > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and rate < 1 else f"{whole} %"


def percent_interval(limits: Interval | None) -> str:
    """As in "83–97"."""
    if limits is None:
        return ""
    return f"{100 * limits.low:.0f}–{100 * limits.high:.0f}"


def share(responders: Responders) -> str:
    """As in "59 of 64 · 95 % CI 83 to 97 %"; why there is no share where there is none."""
    result = responders.result
    if result.ci95 is None:
        return "not defined for any pair" if responders.n_undefined else "no complete pair"
    low, high = (f"{100 * limit:.0f}" for limit in result.ci95)
    return f"{result.k:,} of {result.n:,} · 95 % CI {low} to {high}\N{NO-BREAK SPACE}%"


def test_method(test: SignedRank) -> str:
    """How the test was done, as in "exact" or "normal approximation, ..., 2 zeros dropped"."""
    if not test.n_zero:
        return test.method
    zeros = "zero" if test.n_zero == 1 else "zeros"
    return f"{test.method}, {test.n_zero:,} {zeros} dropped"


def on_scale(outcome: PairedOutcome) -> str:
    """The scale of the numbers, as in "NRS 0–10"."""
    return outcome.scale.label.replace("-", "–") if outcome.scale else "no scale stated"


def missing(counted: Sequence[tuple[Missing, int]], noun: str = "score") -> str:
    """Why cases have no pair, as in "5 with no follow-up score · 2 with only words before".

    The most frequent reasons, and how many cases have another. ``noun`` is what is missing.
    """
    most = _REASONS if len(counted) > _REASONS + 1 else len(counted)
    said = [f"{n:,} with {reason.label.replace('score', noun)}" for reason, n in counted[:most]]
    if others := sum(n for _, n in counted[most:]):
        said.append(f"{others:,} for other reasons")
    return " · ".join(said)


def missing_in_short(numbers: PairedNumbers) -> str:
    """The two most frequent reasons, and how many cases have another."""
    said = [f"{n:,} {reason.label}" for reason, n in numbers.missing[:_REASONS_IN_SHORT]]
    if others := sum(n for _, n in numbers.missing[_REASONS_IN_SHORT:]):
        said.append(f"{others:,} for other reasons")
    return " · ".join(said)


def pair_count(numbers: PairedNumbers) -> str:
    """As in "64 pairs, 7 without a pair: 7 with no follow-up score"."""
    said = pairs(numbers.n_pairs) if numbers.n_pairs else "No complete pair"
    if not numbers.n_missing:
        return f"{said}, none missing."
    return f"{said}, {numbers.n_missing:,} without a pair: {missing(numbers.missing)}."


def pairs(n: int) -> str:
    """As in "1 pair" and "64 pairs"."""
    return f"{n:,} pair" if n == 1 else f"{n:,} pairs"


def score(reported: Reported) -> str:
    """A score as it was reported; words stand in quotation marks."""
    if reported.low is None:
        return f"“{reported.words}”" if reported.words else ""
    return show_reported(reported)


def score_on_scale(reported: Reported, scale: str) -> str:
    """The same with its scale, as in "7 on NRS 0–10"."""
    said = score(reported)
    return f"{said} on {scale.replace('-', '–')}" if said and scale else said


def named_cases(outcome: PairedOutcome) -> tuple[CaseApart, ...]:
    """The cases that are told one by one, where they are few."""
    return outcome.apart if outcome.n_apart <= MOST_NAMED else ()


def case_in_words(case: CaseApart, usual: str = "") -> str:
    """What a case without a pair tells, as in "P-7: 10 before, after: “resolved”, no date".

    ``usual`` is the label of the scale that needs no saying, because the figure is on it.
    """
    before, after = (
        score_on_scale(told, "" if scale == usual else scale)
        for told, scale in ((case.before, case.before_scale), (case.after, case.after_scale))
    )
    parts = [f"{before} before" if before else "no score before"]
    if after:
        parts.append(f"after: {after}{'' if case.dated else ', no date'}")
    else:
        parts.append("no follow-up score")
    return f"{case.patient_code or 'Without a code'}: {', '.join(parts)}"


def cases_in_words(outcome: PairedOutcome) -> list[str]:
    """A sentence of each case that is told by itself."""
    usual = outcome.scale.label if outcome.scale else ""
    return [f"{case_in_words(case, usual)}." for case in named_cases(outcome)]


def course_point(outcome: PairedOutcome, point: CoursePoint) -> str:
    """As in "24 hours: 3.1 (95 % CI 2.7 to 3.4), n 58"."""
    scores, decimals = point.scores, outcome.instrument.decimals
    ranges = f" and {point.n_range} as a range" if point.n_range else ""
    middle, ci95 = outcome.middle(scores, point.spread)
    if middle is None:
        return f"{point.point.label}: n 0{ranges}"
    limits = f" ({interval(ci95, decimals)})" if ci95 else ""
    return f"{point.point.label}: {fixed(middle, decimals)}{limits}, n {scores.n:,}{ranges}"


def short_label(point: TimePoint) -> str:
    """A time point as it stands on an axis, such as "24 h" and "1 wk"."""
    if point is TimePoint.BASELINE or not point.synonyms:
        return point.label.partition(" ")[0]
    return point.synonyms[0]


def draws_middle(outcome: PairedOutcome) -> bool:
    """Whether the paired figure has a line for the middle: not over the only line of the cases."""
    are_alike = bool((outcome.pairs == outcome.pairs[:, :1]).all())
    return outcome.center is not Center.NONE and not are_alike


def paired_legend(outcome: PairedOutcome) -> str:
    """What lines and colors of the paired figure mean."""
    if not outcome.numbers.n_pairs:
        return "Nothing can be joined with a line yet."
    relief = needed_points(outcome.scale, outcome.thresholds)
    legend = "A line for each case."
    if draws_middle(outcome):
        legend = f"Bold line: {outcome.center.value}."
    elif outcome.center is not Center.NONE:
        several = outcome.numbers.n_pairs > 1
        legend = "One line: all cases are alike." if several else "The line is the one case."
    if has_points(outcome.scale):
        legend += f" Orange: improved by less than {points(relief)}."
    if outcome.numbers.n_pairs > MOST_LINES:
        return f"{legend} Shaded by how many pass there; colors mix by their numbers."
    if outcome.numbers.n_pairs > FEW_PAIRS:
        return f"{legend} Thicker: more cases."
    return legend


def paired_description(outcome: PairedOutcome) -> str:
    """The paired figure for those who cannot see it."""
    named = cases_in_words(outcome)
    return " ".join([paired_caption(outcome), pair_count(outcome.numbers), *named])


def paired_caption(outcome: PairedOutcome) -> str:
    """What stands below the paired figure on paper; the figure itself counts the pairs."""
    numbers = outcome.numbers
    said = [f"{outcome.name} {from_to(outcome.question)}, {on_scale(outcome)}."]
    said += [*cases(outcome.question), *_change_in_words(outcome)]
    if numbers.why_untested:
        said.append(numbers.why_untested)
    if numbers.test.p is not None:
        said.append(
            f"Wilcoxon signed rank {p_value(numbers.test.p)} ({test_method(numbers.test)})."
        )
    return " ".join([*said, *_set_apart(outcome), *synthetic(outcome.n_synthetic, numbers.n_cases)])


def _change_in_words(outcome: PairedOutcome) -> list[str]:
    numbers, decimals = outcome.numbers, outcome.instrument.decimals
    if numbers.change.mean is None or outcome.center is Center.NONE:
        return []
    if outcome.center is Center.MEDIAN:
        before, after, moved = (
            f"{number(one.median, decimals)} ({number(one.q1, decimals)} to "
            f"{number(one.q3, decimals)})"
            for one in (numbers.before_spread, numbers.after_spread, numbers.spread)
        )
        return [f"Median (quartiles) {before} before, {after} after; median change {moved}."]
    sd = numbers.change.sd
    spread = f"SD {fixed(sd, decimals)}, " if sd is not None else ""
    return [
        f"Mean {mean(numbers.before, decimals)} before, {mean(numbers.after, decimals)} after; "
        f"mean change {change(numbers.change.mean, decimals)} "
        f"({spread}{interval(numbers.change.ci95, decimals, signed=True)})."
    ]


def course_caption(outcome: PairedOutcome) -> str:
    """What stands below the course of pain on paper, and what a screen reader says."""
    said = [
        f"{outcome.center.value.capitalize()} {outcome.instrument.label} with 95 % CI by time "
        f"point, {on_scale(outcome)}; exact scores with a date, of every case that has one then.",
        *cases(outcome.question),
    ]
    for label, numbers in courses(outcome):
        told = [course_point(outcome, point) for point in numbers.course]
        points = "; ".join(told) or "no exact score with a date"
        said.append(f"{label}: {points}." if label else f"{points}.")
    said += [courses_left_out(outcome)]
    said += synthetic(outcome.n_synthetic, outcome.numbers.n_cases)
    return " ".join(filter(None, said))


def courses(outcome: PairedOutcome) -> list[tuple[str, PairedNumbers]]:
    """The courses that are drawn: of the largest groups where there are some, else of all."""
    if not outcome.groups:
        return [("", outcome.numbers)]
    by_size = sorted(outcome.groups, key=lambda group: -group.numbers.n_cases)
    largest = {group.code for group in by_size[:MOST_COURSES]}
    return [(group.label, group.numbers) for group in outcome.groups if group.code in largest]


def courses_left_out(outcome: PairedOutcome) -> str:
    """That not every group is drawn; "" if all are."""
    n = len(outcome.groups)
    return "" if n <= MOST_COURSES else f"The {MOST_COURSES} largest of {n:,} groups."


def from_to(question: Question) -> str:
    """As in "before and at the latest follow-up"."""
    start = "before" if question.start is TimePoint.BASELINE else f"at {question.start.label}"
    end = "the latest follow-up" if question.to is None else question.to.label
    return f"{start} and at {end}"


def cases(question: Question) -> list[str]:
    """Which cases count, where not all do."""
    words = question.cases_in_words
    return [f"Cases: {words}."] if words else []


def about(question: Question, n_synthetic: int, n_cases: int) -> list[str]:
    """Which cases count where not all do, and how many of them are synthetic."""
    return [*cases(question), *synthetic(n_synthetic, n_cases)]


def _set_apart(outcome: PairedOutcome) -> list[str]:
    counted = [
        (outcome.n_ranges, "as a range"),
        (outcome.n_words, "in words"),
        (outcome.n_undated, "without a date"),
    ]
    said = ", ".join(f"{n:,} {what}" for n, what in counted if n)
    apart = [f"Shown and not averaged: {said}."] if said else []
    return [*apart, *filter(None, [outcome.later_words])]


def synthetic(n: int, of: int) -> list[str]:
    """That ``n`` of the cases are synthetic; nothing where none is."""
    if not n:
        return []
    if n == of:
        return ["Synthetic data."]
    return [f"{n:,} {'case is' if n == 1 else 'cases are'} synthetic."]


def points(value: float) -> str:
    """As in "2 points"."""
    return f"{show_number(value)} point" + ("" if value == 1 else "s")
