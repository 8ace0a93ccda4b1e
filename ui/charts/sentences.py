# SPDX-License-Identifier: MIT
"""What is told of numbers: with n, interval, and what is missing. Plain text, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.analysis.instruments import Center
from models.analysis.responders import has_points, needed_points
from models.numbers import show_number, show_reported
from models.speech import in_quotes, numeral, numerals, say, say_n
from models.vocabulary import TimePoint
from ui.charts.number_words import change, fixed, interval, mean, number, p_value

if TYPE_CHECKING:
    from models.analysis.apart import CaseApart
    from models.analysis.outcome import CoursePoint, Group, PairedNumbers, PairedOutcome
    from models.analysis.pairing import Missing
    from models.analysis.question import Question
    from models.analysis.responders import Responders
    from models.analysis.statistics import SignedRank
    from models.numbers import Reported

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


def share(responders: Responders) -> str:
    """As in "59 of 64 · 95 % CI 83 to 97 %"; why there is no share where there is none."""
    result = responders.result
    if result.ci95 is None:
        return (
            say("not defined for any pair") if responders.n_undefined else say("no complete pair")
        )
    low, high = (numeral(100 * limit, ".0f") for limit in result.ci95)
    return say(
        "{k:,} of {n:,} · 95 % CI {low} to {high}\xa0%", k=result.k, n=result.n, low=low, high=high
    )


def test_method(test: SignedRank) -> str:
    """How the test was done, as in "exact" or "normal approximation, ..., 2 zeros dropped"."""
    if not test.n_zero:
        return test.method
    return say_n(
        "{method}, {n:,} zero dropped",
        "{method}, {n:,} zeros dropped",
        test.n_zero,
        method=test.method,
    )


def on_scale(outcome: PairedOutcome) -> str:
    """The scale of the numbers, as in "NRS 0–10"."""
    return outcome.scale.label if outcome.scale else say("no scale stated")


def missing(counted: Sequence[tuple[Missing, int]], *, of_levels: bool = False) -> str:
    """Why cases have no pair, as in "5 with no follow-up score · 2 with only words before".

    The most frequent reasons, and how many cases have another. ``of_levels``: what is missing is
    no score but a level, such as that of analgesics.
    """
    most = _REASONS if len(counted) > _REASONS + 1 else len(counted)
    said = [
        say("{n:,} with {reason}", n=n, reason=reason.of_level if of_levels else reason.label)
        for reason, n in counted[:most]
    ]
    if others := sum(n for _, n in counted[most:]):
        said.append(say("{others:,} for other reasons", others=others))
    return " · ".join(said)


def missing_in_short(numbers: PairedNumbers) -> str:
    """The two most frequent reasons, and how many cases have another."""
    said = [
        numerals("{n:,} {reason}", n=n, reason=reason.label)
        for reason, n in numbers.missing[:_REASONS_IN_SHORT]
    ]
    if others := sum(n for _, n in numbers.missing[_REASONS_IN_SHORT:]):
        said.append(say("{others:,} for other reasons", others=others))
    return " · ".join(said)


def pair_count(numbers: PairedNumbers) -> str:
    """As in "64 pairs, 7 without a pair: 7 with no follow-up score"."""
    said = pairs(numbers.n_pairs) if numbers.n_pairs else say("No complete pair")
    if not numbers.n_missing:
        return say("{said}, none missing.", said=said)
    return say(
        "{said}, {n_missing:,} without a pair: {missing}.",
        said=said,
        n_missing=numbers.n_missing,
        missing=missing(numbers.missing),
    )


def pairs(n: int) -> str:
    """As in "1 pair" and "64 pairs"."""
    return say_n("{n:,} pair", "{n:,} pairs", n)


def score(reported: Reported) -> str:
    """A score as it was reported; words stand in quotation marks."""
    if reported.low is None:
        return in_quotes(reported.words) if reported.words else ""
    return show_reported(reported)


def score_on_scale(reported: Reported, scale: str) -> str:
    """The same with its scale, as in "7 on NRS 0–10"."""
    said = score(reported)
    return say("{said} on {scale}", said=said, scale=scale) if said and scale else said


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
    parts = [say("{before} before", before=before) if before else say("no score before")]
    if after:
        parts.append(
            say("after: {after}{value}", after=after, value="" if case.dated else say(", no date"))
        )
    else:
        parts.append(say("no follow-up score"))
    return f"{case.patient_code or say('Without a code')}: {', '.join(parts)}"


def cases_in_words(outcome: PairedOutcome) -> list[str]:
    """A sentence of each case that is told by itself."""
    usual = outcome.scale.label if outcome.scale else ""
    return [f"{case_in_words(case, usual)}." for case in named_cases(outcome)]


def course_point(outcome: PairedOutcome, point: CoursePoint) -> str:
    """As in "24 hours: 3.1 (95 % CI 2.7 to 3.4), n 58"."""
    scores, decimals = point.scores, outcome.instrument.decimals
    ranges = say(" and {n_range} as a range", n_range=point.n_range) if point.n_range else ""
    middle, ci95 = outcome.middle(scores, point.spread)
    if middle is None:
        return f"{point.point.label}: n 0{ranges}"
    limits = f" ({interval(ci95, decimals)})" if ci95 else ""
    return numerals(
        "{point}: {fixed}{limits}, n {n:,}{ranges}",
        point=point.point.label,
        fixed=fixed(middle, decimals),
        limits=limits,
        n=scores.n,
        ranges=ranges,
    )


def short_label(point: TimePoint) -> str:
    """A time point as it stands on an axis, such as "24 h" and "1 wk"."""
    return {TimePoint.LATER: say("Later"), TimePoint.UNDATED: say("Undated")}.get(
        point, point.short
    )


def draws_middle(outcome: PairedOutcome) -> bool:
    """Whether the paired figure has a line for the middle: not over the only line of the cases."""
    are_alike = bool((outcome.pairs == outcome.pairs[:, :1]).all())
    return outcome.center is not Center.NONE and not are_alike


def paired_legend(outcome: PairedOutcome) -> str:
    """What lines and colors of the paired figure mean."""
    if not outcome.numbers.n_pairs:
        return say("Nothing can be joined with a line yet.")
    relief = needed_points(outcome.scale, outcome.thresholds)
    legend = say("A line for each case.")
    if draws_middle(outcome):
        legend = say("Bold line: {center}.", center=outcome.center.shown)
    elif outcome.center is not Center.NONE:
        several = outcome.numbers.n_pairs > 1
        legend = (
            say("One line: all cases are alike.") if several else say("The line is the one case.")
        )
    if has_points(outcome.scale):
        legend += say(" Orange: improved by less than {points}.", points=points(relief))
    if outcome.numbers.n_pairs > MOST_LINES:
        return say(
            "{legend} Shaded by how many pass there; colors mix by their numbers.", legend=legend
        )
    if outcome.numbers.n_pairs > FEW_PAIRS:
        return say("{legend} Thicker: more cases.", legend=legend)
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
            say(
                "Wilcoxon signed rank {p_value} ({test_method}).",
                p_value=p_value(numbers.test.p),
                test_method=test_method(numbers.test),
            )
        )
    return " ".join([*said, *_set_apart(outcome), *synthetic(outcome.n_synthetic, numbers.n_cases)])


def _change_in_words(outcome: PairedOutcome) -> list[str]:
    numbers, decimals = outcome.numbers, outcome.instrument.decimals
    if numbers.change.mean is None or outcome.center is Center.NONE:
        return []
    if outcome.center is Center.MEDIAN:
        before, after, moved = (
            say(
                "{number} ({number2} to {number3})",
                number=number(one.median, decimals),
                number2=number(one.q1, decimals),
                number3=number(one.q3, decimals),
            )
            for one in (numbers.before_spread, numbers.after_spread, numbers.spread)
        )
        return [
            say(
                "Median (quartiles) {before} before, {after} after; median change {moved}.",
                before=before,
                after=after,
                moved=moved,
            )
        ]
    sd = numbers.change.sd
    spread = [say("SD {fixed}", fixed=fixed(sd, decimals))] if sd is not None else []
    spread.append(interval(numbers.change.ci95, decimals, signed=True))
    return [
        say(
            "Mean {mean} before, {mean2} after; mean change {change} ({spread}).",
            mean=mean(numbers.before, decimals),
            mean2=mean(numbers.after, decimals),
            change=change(numbers.change.mean, decimals),
            spread=", ".join(spread),
        )
    ]


def course_caption(outcome: PairedOutcome) -> str:
    """What stands below the course of pain on paper, and what a screen reader says."""
    said = [
        say(
            "{outcome}: {center} with 95 % CI by time point, {on_scale}; exact scores with a "
            "date, of every case that has one then.",
            outcome=outcome.name,
            center=outcome.center.shown,
            on_scale=on_scale(outcome),
        ),
        *cases(outcome.question),
    ]
    for label, numbers in courses(outcome):
        told = [course_point(outcome, point) for point in numbers.course]
        points = "; ".join(told) or say("no exact score with a date")
        said.append(f"{label}: {points}." if label else f"{points}.")
    said += [courses_left_out(outcome)]
    said += synthetic(outcome.n_synthetic, outcome.numbers.n_cases)
    return " ".join(filter(None, said))


def courses(outcome: PairedOutcome) -> list[tuple[str, PairedNumbers]]:
    """The courses that are drawn: of the largest groups where there are some, else of all."""
    drawn = [(group.label, group.numbers) for group in drawn_groups(outcome)]
    return drawn or [("", outcome.numbers)]


def drawn_groups(outcome: PairedOutcome) -> list[Group]:
    """The groups whose course is drawn, in their order; none where all cases are one course."""
    by_size = sorted(outcome.groups, key=lambda group: -group.numbers.n_cases)
    largest = {group.code for group in by_size[:MOST_COURSES]}
    return [group for group in outcome.groups if group.code in largest]


def courses_left_out(outcome: PairedOutcome) -> str:
    """That not every group is drawn; "" if all are."""
    n = len(outcome.groups)
    return (
        ""
        if n <= MOST_COURSES
        else say("The {most_courses} largest of {n:,} groups.", most_courses=MOST_COURSES, n=n)
    )


def from_to(question: Question) -> str:
    """As in "before and at the latest follow-up"."""
    is_before = question.start is TimePoint.BASELINE
    start = question.start.label
    if question.to is None:
        return (
            say("before and at the latest follow-up")
            if is_before
            else say("at {start} and at the latest follow-up", start=start)
        )
    end = question.to.label
    return (
        say("before and at {end}", end=end)
        if is_before
        else say("at {start} and at {end}", start=start, end=end)
    )


def cases(question: Question) -> list[str]:
    """Which cases count, where not all do."""
    words = question.cases_in_words
    return [say("Cases: {words}.", words=words)] if words else []


def about(question: Question, n_synthetic: int, n_cases: int) -> list[str]:
    """Which cases count where not all do, and how many of them are synthetic."""
    return [*cases(question), *synthetic(n_synthetic, n_cases)]


def _set_apart(outcome: PairedOutcome) -> list[str]:
    counted = [
        (outcome.n_ranges, say("as a range")),
        (outcome.n_words, say("in words")),
        (outcome.n_undated, say("without a date")),
    ]
    said = ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in counted if n)
    apart = [say("Shown and not averaged: {said}.", said=said)] if said else []
    return [*apart, *filter(None, [outcome.later_words])]


def synthetic(n: int, of: int) -> list[str]:
    """That ``n`` of the cases are synthetic; nothing where none is."""
    if not n:
        return []
    if n == of:
        return [say("Synthetic data.")]
    return [say_n("{n:,} case is synthetic.", "{n:,} cases are synthetic.", n)]


def points(value: float) -> str:
    """As in "2 points"."""
    shown = show_number(value)
    return say("{value} point", value=shown) if value == 1 else say("{value} points", value=shown)
