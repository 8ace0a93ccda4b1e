# SPDX-License-Identifier: MIT
"""Outcomes as a few lines of text, for whoever reads them in a terminal."""

from __future__ import annotations

from models.analysis.asking import question_of
from models.analysis.gains import height_gains
from models.analysis.instruments import FUNCTION, LADDERS
from models.analysis.kept_heights import kept_heights
from models.analysis.outcome import PairedNumbers, share_of_cases
from models.analysis.paired import pain_outcome, paired_outcome
from models.analysis.question import Question
from models.analysis.responders import Responders
from models.analysis.shifts import shift_of
from models.analysis.statistics import Interval
from models.heights import Formula, Wall
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, words_of


def outcomes_text(
    logbook: Logbook, start: str, to: str, by: str | None, asked: Filter = EVERYTHING
) -> str:
    """The numbers of the JSON document that matter most, in a few lines.

    Raises:
        LogbookError: a word of the question is none that is known.
    """
    with logbook.session():
        question = question_of(logbook, start, to, by, asked)
        outcome = pain_outcome(logbook, question)
        sections = _sections_text(logbook, question)
    lines = [f"Pain, {question.start.label} to {question.end_label}"]
    if asked.terms:
        lines.append(f"Cases: {words_of(asked)}.")
    lines.append(outcome.message)
    lines += [*_means_text(outcome.numbers), *_responders_text(outcome.numbers)]
    apart = (
        (outcome.n_ranges, "as a range"),
        (outcome.n_words, "in words"),
        (outcome.n_undated, "without a date"),
    )
    if said := ", ".join(f"{n:,} {how}" for n, how in apart if n):
        lines.append(f"Kept as they are and not averaged: {said}.")
    if outcome.later_words:
        lines.append(outcome.later_words)
    if outcome.n_synthetic:
        lines.append(f"Synthetic cases: {outcome.n_synthetic:,}.")
    for group in outcome.groups:
        lines += ["", f"{group.label}: {share_of_cases(group.numbers)} both scores"]
        lines += _means_text(group.numbers)
    lines += [*sections, "", f"Thresholds: {outcome.thresholds.in_words()}."]
    return "\n".join(lines)


def _sections_text(logbook: Logbook, question: Question) -> list[str]:
    """A few lines of each section in which there is something to tell."""
    lines: list[str] = []
    for instrument in FUNCTION:
        outcome = paired_outcome(logbook, instrument, question)
        if outcome.numbers.n_pairs and outcome.scale:
            lines += ["", outcome.scale.label, *_means_text(outcome.numbers, instrument.decimals)]
            lines += _responders_text(outcome.numbers)
    for ladder in LADDERS:
        moved = shift_of(logbook, ladder, question).numbers
        if moved.n_pairs:
            ways = (("better", moved.better), ("same", moved.same), ("worse", moved.worse))
            told = ", ".join(f"{name} {way.k:,}" for name, way in ways)
            lines += ["", f"{ladder.label.capitalize()}: {told} of {moved.n_pairs:,}"]
    return [*lines, *_heights_text(logbook, question)]


def _heights_text(logbook: Logbook, question: Question) -> list[str]:
    heights, _by_group = height_gains(logbook, question)
    if not heights.n_measured:
        return []
    lines = ["", f"Height gain, {heights.n_measured:,} of {heights.n_levels:,} levels measured"]
    for wall in Wall:
        values = heights.gain(wall, Formula.GAIN).values
        if values.mean is not None:
            limits = _interval_text(values.ci95)
            lines.append(f"  {wall.value}: mean {values.mean:+z.1f} mm{limits}, n {values.n:,}")
    return [*lines, *_kept_text(logbook, question)]


def _kept_text(logbook: Logbook, question: Question) -> list[str]:
    kept = kept_heights(logbook, question)
    if not kept.n_measured:
        return []
    lines = [f"Lost since, {kept.n_measured:,} of {kept.n_after:,} levels measured again"]
    for wall in kept.walls:
        lost, limits = wall.lost, _interval_text(wall.lost.ci95)
        if lost.mean is not None:
            lines.append(f"  {wall.wall.value}: mean {lost.mean:+z.1f} mm{limits}, n {lost.n:,}")
    return lines


def _means_text(numbers: PairedNumbers, decimals: int = 1) -> list[str]:
    change = numbers.change
    if change.mean is None:
        return []
    return [
        f"  mean before {numbers.before.mean:.{decimals}f}, "
        f"after {numbers.after.mean:.{decimals}f}",
        f"  mean change {change.mean:+z.{decimals}f}"
        f"{_interval_text(change.ci95, f'z.{decimals}f')}, n {change.n:,}",
        *_tests_text(numbers, decimals),
    ]


def _tests_text(numbers: PairedNumbers, decimals: int) -> list[str]:
    """Both tests and the robust partner of the mean, of as many pairs as are tested."""
    change, test, shift = numbers.change, numbers.test, numbers.shift
    lines = []
    if shift.estimate is not None and shift.ci95 is not None:
        limits = _interval_text(shift.ci95, f"z.{decimals}f").removesuffix(")")
        lines.append(
            f"  Hodges-Lehmann estimate {shift.estimate:+z.{decimals}f}{limits}, {shift.method})"
        )
    tests = []
    if change.p is not None and change.t is not None:
        tests.append(f"paired t {change.t:.2f}, df {change.df}, {_p_text(change.p)}")
    if test.p is not None:
        zeros = f", {test.zeros}: {test.n_zero:,}" if test.n_zero else ""
        tests.append(f"Wilcoxon signed-rank {_p_text(test.p)} ({test.method}{zeros})")
    if numbers.why_untested:
        tests.append(numbers.why_untested)
    return [*lines, f"  {'; '.join(tests)}"] if tests else lines


def _p_text(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _responders_text(numbers: PairedNumbers) -> list[str]:
    if not numbers.n_pairs:
        return []
    return [f"  {found.label}: {_share_text(found)}" for found in numbers.responders]


def _share_text(found: Responders) -> str:
    result, remark = found.result, f"; {found.remark}" if found.remark else ""
    if result.rate is None:
        return "not defined for any pair"
    share = f"{result.k:,} of {result.n:,}, {result.rate:.1%}"
    return f"{share}{_interval_text(result.ci95, '.1%')}{remark}"


def _interval_text(interval: Interval | None, form: str = "z.1f") -> str:
    if interval is None:
        return ", no interval"
    return f" (95 % CI {interval.low:{form}} to {interval.high:{form}})"
