# SPDX-License-Identifier: MIT
"""Pain before and after in the sentences of a report, guarded where there are few pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.numbers import show_number, show_reported
from models.reports.content import Column, Table
from models.reports.wording import (
    FEW,
    fixed,
    interval,
    p_value,
    with_interval,
)
from models.speech import in_quotes, lowered, numeral, numerals, say, say_n
from models.vocabulary import TimePoint

if TYPE_CHECKING:
    from models.analysis.apart import CaseApart
    from models.analysis.at_random import AtRandom
    from models.analysis.outcome import CoursePoint, PairedNumbers, PairedOutcome
    from models.numbers import Reported

MOST_NAMED = 6
"""Cases without a pair that are told one by one."""

_COURSE_COLUMNS = (
    Column(say("Time point"), 1.2),
    Column("n", 0.5, is_right=True),
    Column(say("Mean (SD)"), 1.0, is_right=True),
    Column(say("95 % CI of the mean"), 1.2, is_right=True),
    Column(say("Median (quartiles)"), 1.2, is_right=True),
    Column(say("As a range"), 0.8, is_right=True),
)


def scale_of(outcome: PairedOutcome) -> str:
    """The scale of the numbers, as in "NRS 0–10"."""
    return outcome.scale.label if outcome.scale else say("no scale stated")


def pain_sentences(outcome: PairedOutcome) -> Iterator[str]:
    """How many pairs there are, what they show, and what was left out of them."""
    yield outcome.message
    numbers = outcome.numbers
    if numbers.n_pairs >= FEW:
        yield from _change(outcome)
        yield from _responders(outcome)
    elif numbers.n_pairs:
        yield (
            say(
                "With {n_pairs} no mean is given and nothing is tested; the change was "
                "{changes} points.",
                n_pairs=say_n("{n:,} complete pair", "{n:,} complete pairs", numbers.n_pairs),
                changes=_changes(outcome),
            )
        )
    if outcome.n_apart and outcome.n_apart <= MOST_NAMED:
        yield from map(_case, outcome.apart)
    yield from _apart(outcome)


def at_random_sentences(found: AtRandom) -> Iterator[str]:
    """What the mean change would be had no score been missing; nothing where n does not allow."""
    if found.change is None or found.to is None or found.pairs.mean is None:
        return
    yield say(
        "If scores are missing at random, the mean change to {to} is {change} points ({interval}; "
        "mixed model, {n_cases:,} cases, {n_scores:,} scores); in the {n_pairs:,} complete pairs "
        "then it is {paired} points ({interval_paired}).",
        to=lowered(found.to.label),
        change=fixed(found.change.mean),
        interval=interval(found.change.ci95),
        n_cases=found.n_cases,
        n_scores=found.n_scores,
        n_pairs=found.pairs.n,
        paired=fixed(found.pairs.mean),
        interval_paired=interval(found.pairs.ci95),
    )


def course_table(outcome: PairedOutcome) -> Table | None:
    """Pain by time point; None where no time point has more than a few numbers.

    It would hold nothing but dashes then, and a list of patients tells each score.
    """
    points = [point for point in outcome.numbers.course if point.scores.n or point.n_range]
    if all(point.scores.n + point.n_range < FEW for point in points):
        return None
    note = say(
        "Exact scores with a date, of every case that has one at the time point; the "
        "score before needs no date. With fewer than {few} scores no mean is given.",
        few=FEW,
    )
    return Table(_COURSE_COLUMNS, tuple(map(_course_row, points)), note=note)


def _course_row(point: CoursePoint) -> tuple[str, ...]:
    scores, spread = point.scores, point.spread
    ranges = numeral(point.n_range, ",")
    if scores.n < FEW or scores.mean is None or scores.sd is None or spread.median is None:
        return point.point.label, numeral(scores.n, ","), "–", "–", "–", ranges
    assert spread.q1 is not None
    assert spread.q3 is not None
    limits = scores.ci95
    return (
        point.point.label,
        numeral(scores.n, ","),
        f"{fixed(scores.mean)} ({fixed(scores.sd)})",
        say("{fixed} to {fixed2}", fixed=fixed(limits.low), fixed2=fixed(limits.high))
        if limits
        else "–",
        say(
            "{median} ({q1} to {q3})",
            median=show_number(spread.median),
            q1=show_number(spread.q1),
            q3=show_number(spread.q3),
        ),
        ranges,
    )


def _change(outcome: PairedOutcome) -> Iterator[str]:
    numbers = outcome.numbers
    change = numbers.change
    if change.mean is None or numbers.before.mean is None or numbers.after.mean is None:
        return
    spread = [say("SD {fixed}", fixed=fixed(change.sd))] if change.sd is not None else []
    spread.append(interval(change.ci95))
    yield (
        say(
            "Mean pain on {scale_of} was {fixed} before and {fixed2} after (n {n:,}); mean "
            "change {fixed3} points ({spread}).",
            scale_of=scale_of(outcome),
            fixed=fixed(numbers.before.mean),
            fixed2=fixed(numbers.after.mean),
            n=change.n,
            fixed3=fixed(change.mean),
            spread=", ".join(spread),
        )
    )
    if tests := ", ".join(_tests(numbers)):
        yield f"{tests}."
    if numbers.why_untested:
        yield numbers.why_untested
    if numbers.shift.estimate is not None:
        told = {
            "fixed": fixed(numbers.shift.estimate),
            "interval": interval(numbers.shift.ci95),
        }
        yield (
            say(
                "Hodges-Lehmann estimate of the change, equal pairs included, {fixed} points "
                "({interval}).",
                **told,
            )
            if numbers.test.n_zero
            else say("Hodges-Lehmann estimate of the change {fixed} points ({interval}).", **told)
        )
    yield say(
        "Pain was worse after than before in {n_worse:,} of {n:,} pairs.",
        n_worse=numbers.n_worse,
        n=change.n,
    )


def _tests(numbers: PairedNumbers) -> Iterator[str]:
    change, test = numbers.change, numbers.test
    if change.p is not None and change.t is not None:
        yield say(
            "Paired t test t {fixed}, df {df}, {p_value}",
            fixed=fixed(change.t, 2),
            df=change.df,
            p_value=p_value(change.p),
        )
    if test.p is not None:
        zeros = (
            numerals(", {zeros}: {n_zero:,}", zeros=test.zeros, n_zero=test.n_zero)
            if test.n_zero
            else ""
        )
        yield say(
            "Wilcoxon signed-rank test {p_value} ({method}{zeros})",
            p_value=p_value(test.p),
            method=test.method,
            zeros=zeros,
        )


def _responders(outcome: PairedOutcome) -> Iterator[str]:
    found = [responders for responders in outcome.numbers.responders if responders.result.n]
    if found:
        told = "; ".join(
            f"{responders.label} {with_interval(responders.result)}"
            + (f", {responders.remark}" if responders.remark else "")
            for responders in found
        )
        yield say("Reached: {told}.", told=told)


def _changes(outcome: PairedOutcome) -> str:
    before, after = outcome.in_points(outcome.pairs)
    return ", ".join(fixed(change) for change in sorted((after - before).tolist()))


def _case(case: CaseApart) -> str:
    before = _score(case.before, case.before_scale)
    after = _score(case.after, case.after_scale)
    told = {
        "patient_code": case.patient_code or say("Without a code"),
        "before": before or say("no score"),
        "after": after or say("no score"),
    }
    if after and not case.dated:
        return say("{patient_code}: {before} before, {after} after, date not stated.", **told)
    return say("{patient_code}: {before} before, {after} after.", **told)


def _score(reported: Reported, scale: str) -> str:
    if reported.low is None:
        return in_quotes(reported.words) if reported.words else ""
    score = show_reported(reported)
    if not scale:
        return score
    return say("{score} on {scale}", score=score, scale=scale)


def _apart(outcome: PairedOutcome) -> Iterator[str]:
    apart = (
        (outcome.n_ranges, say("as a range")),
        (outcome.n_words, say("in words")),
        (outcome.n_undated, say("without a date")),
    )
    if told := ", ".join(numerals("{n:,} {how}", n=n, how=how) for n, how in apart if n):
        yield say("Scores kept as they were reported and not averaged: {told}.", told=told)
    if outcome.later_words:
        yield outcome.later_words
    if outcome.other_scales:
        told = ", ".join(
            f"{scale.label.replace('-', '–')} ({say_n('{n:,} pair', '{n:,} pairs', n)})"
            for scale, n in outcome.other_scales
        )
        yield say("Scales that were left out of these numbers: {told}.", told=told)
    if outcome.n_flagged:
        yield (
            say(
                "{n_flagged} after came after a new fracture or another treatment, and counted.",
                n_flagged=say_n("{n:,} score", "{n:,} scores", outcome.n_flagged),
            )
        )


def methods_of_pain(outcome: PairedOutcome) -> Iterator[str]:
    """How the numbers about pain were worked out; tests only where one was done."""
    question = outcome.question
    start = (
        say("before the procedure")
        if question.start is TimePoint.BASELINE
        else question.start.label
    )
    end = (
        say("the last score with a date")
        if question.to is None
        else say("the one at {to}", to=question.to.label)
    )
    yield (
        say(
            "Pain was compared within cases: the score {start} against {end}. Only exact "
            "scores of a known time on the same scale form a pair; ranges, words and "
            "scores without a date are shown as reported and enter no number. Scales are "
            "never mixed.",
            start=start,
            end=end,
        )
    )
    if question.to is None:
        yield (
            say(
                "The last score is the last number; a later answer in words only does not "
                "replace it, a later range leaves the case without a pair."
            )
        )
    if outcome.numbers.n_pairs >= FEW:
        yield (
            say(
                "Change is after minus before. Its mean has a 95 % confidence interval by "
                "Student's t; it was tested by the paired t test and by Wilcoxon's "
                "signed-rank test, and estimated by Hodges and Lehmann. Shares have "
                "Wilson's interval. P values are two-sided and not adjusted for several "
                "tests."
            )
        )
        criteria = "; ".join(
            f"{responders.label} ({responders.source})" for responders in outcome.numbers.responders
        )
        yield say("Thresholds: {criteria}.", criteria=criteria)
    else:
        yield say(
            "With fewer than {few} complete pairs no mean is given and nothing is tested.", few=FEW
        )
