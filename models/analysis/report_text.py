# SPDX-License-Identifier: MIT
"""Outcomes as a few lines of text, for whoever reads them in a terminal."""

from __future__ import annotations

from models.analysis.asking import question_of
from models.analysis.at_random import AtRandom
from models.analysis.gains import height_gains
from models.analysis.instruments import FUNCTION, LADDERS
from models.analysis.kept_heights import kept_heights
from models.analysis.outcome import PairedNumbers, share_of_cases
from models.analysis.paired import pain_outcome, paired_outcome
from models.analysis.question import Question
from models.analysis.repeated import repeated_measures
from models.analysis.responders import Responders
from models.analysis.shifts import shift_of
from models.analysis.statistics import Interval
from models.heights import Formula, Wall
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, words_of
from models.speech import numerals, say


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
        sections = [
            *_at_random_text(repeated_measures(logbook, question)),
            *_sections_text(logbook, question),
        ]
    lines = [
        say(
            "Pain, {start} to {end_label}", start=question.start.label, end_label=question.end_label
        )
    ]
    if asked.terms:
        lines.append(say("Cases: {words_of}.", words_of=words_of(asked)))
    lines.append(outcome.message)
    lines += [*_means_text(outcome.numbers), *_responders_text(outcome.numbers)]
    apart = (
        (outcome.n_ranges, say("as a range")),
        (outcome.n_words, say("in words")),
        (outcome.n_undated, say("without a date")),
    )
    if said := ", ".join(numerals("{n:,} {how}", n=n, how=how) for n, how in apart if n):
        lines.append(say("Kept as they are and not averaged: {said}.", said=said))
    if outcome.later_words:
        lines.append(outcome.later_words)
    if outcome.n_synthetic:
        lines.append(say("Synthetic cases: {n_synthetic:,}.", n_synthetic=outcome.n_synthetic))
    for group in outcome.groups:
        lines += [
            "",
            say(
                "{group}: {share_of_cases} both scores",
                group=group.label,
                share_of_cases=share_of_cases(group.numbers),
            ),
        ]
        lines += _means_text(group.numbers)
    lines += [*sections, "", say("Thresholds: {in_words}.", in_words=outcome.thresholds.in_words())]
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
            ways = (
                (say("better"), moved.better),
                (say("same"), moved.same),
                (say("worse"), moved.worse),
            )
            told = ", ".join(numerals("{name} {k:,}", name=name, k=way.k) for name, way in ways)
            lines += [
                "",
                say(
                    "{capitalize}: {told} of {n_pairs:,}",
                    capitalize=ladder.label.capitalize(),
                    told=told,
                    n_pairs=moved.n_pairs,
                ),
            ]
    return [*lines, *_heights_text(logbook, question)]


def _at_random_text(found: AtRandom) -> list[str]:
    """The change of complete cases and of the model, which is told with what it assumes."""
    if not found.n_all:
        return []
    if found.change is None or found.to is None:
        return ["", found.refusal]
    pairs, change = found.pairs, found.change
    return [
        "",
        say("Mean change of pain to {to}, if scores are missing at random", to=found.to.label),
        say(
            "  complete cases {mean:+z.1f}{limits}, n {n:,}",
            mean=pairs.mean,
            limits=_interval_text(pairs.ci95),
            n=pairs.n,
        ),
        say(
            "  mixed model {mean:+z.1f}{limits}, {n_cases:,} cases, {n_scores:,} scores",
            mean=change.mean,
            limits=_interval_text(change.ci95),
            n_cases=found.n_cases,
            n_scores=found.n_scores,
        ),
        *(f"  {said}" for said in _about(found) if said),
    ]


def _about(found: AtRandom) -> tuple[str, ...]:
    return (
        found.assumed_in_words,
        found.chosen_in_words,
        found.left_out_in_words,
        found.unused_in_words,
        found.flagged_in_words,
        found.methods,
    )


def _heights_text(logbook: Logbook, question: Question) -> list[str]:
    heights, _by_group = height_gains(logbook, question)
    if not heights.n_measured:
        return []
    lines = [
        "",
        say(
            "Height gain, {n_measured:,} of {n_levels:,} levels measured",
            n_measured=heights.n_measured,
            n_levels=heights.n_levels,
        ),
    ]
    for wall in Wall:
        values = heights.gain(wall, Formula.GAIN).values
        if values.mean is not None:
            limits = _interval_text(values.ci95)
            lines.append(
                say(
                    "  {wall}: mean {mean:+z.1f} mm{limits}, n {n:,}",
                    wall=wall.shown,
                    mean=values.mean,
                    limits=limits,
                    n=values.n,
                )
            )
    return [*lines, *_kept_text(logbook, question)]


def _kept_text(logbook: Logbook, question: Question) -> list[str]:
    kept = kept_heights(logbook, question)
    if not kept.n_measured:
        return []
    lines = [
        say(
            "Lost since, {n_measured:,} of {n_after:,} levels measured again",
            n_measured=kept.n_measured,
            n_after=kept.n_after,
        )
    ]
    for wall in kept.walls:
        lost, limits = wall.lost, _interval_text(wall.lost.ci95)
        if lost.mean is not None:
            lines.append(
                say(
                    "  {wall}: mean {mean:+z.1f} mm{limits}, n {n:,}",
                    wall=wall.wall.shown,
                    mean=lost.mean,
                    limits=limits,
                    n=lost.n,
                )
            )
    return lines


def _means_text(numbers: PairedNumbers, decimals: int = 1) -> list[str]:
    change = numbers.change
    if change.mean is None:
        return []
    return [
        say(
            "  mean before {mean:.{decimals}f}, after {mean2:.{decimals}f}",
            decimals=decimals,
            mean=numbers.before.mean,
            mean2=numbers.after.mean,
        ),
        say(
            "  mean change {mean:+z.{decimals}f}{interval_text}, n {n:,}",
            decimals=decimals,
            mean=change.mean,
            interval_text=_interval_text(change.ci95, f"z.{decimals}f"),
            n=change.n,
        ),
        *_tests_text(numbers, decimals),
    ]


def _tests_text(numbers: PairedNumbers, decimals: int) -> list[str]:
    """Both tests and the robust partner of the mean, of as many pairs as are tested."""
    change, test, shift = numbers.change, numbers.test, numbers.shift
    lines = []
    if shift.estimate is not None and shift.ci95 is not None:
        limits = _interval_text(shift.ci95, f"z.{decimals}f").removesuffix(")")
        lines.append(
            say(
                "  Hodges-Lehmann estimate {estimate:+z.{decimals}f}{limits}, {method})",
                decimals=decimals,
                estimate=shift.estimate,
                limits=limits,
                method=shift.method,
            )
        )
    tests = []
    if change.p is not None and change.t is not None:
        tests.append(
            say(
                "paired t {t:.2f}, df {df}, {p_text}",
                t=change.t,
                df=change.df,
                p_text=_p_text(change.p),
            )
        )
    if test.p is not None:
        zeros = (
            numerals(", {zeros}: {n_zero:,}", zeros=test.zeros, n_zero=test.n_zero)
            if test.n_zero
            else ""
        )
        tests.append(
            say(
                "Wilcoxon signed-rank {p_text} ({method}{zeros})",
                p_text=_p_text(test.p),
                method=test.method,
                zeros=zeros,
            )
        )
    if numbers.why_untested:
        tests.append(numbers.why_untested)
    return [*lines, f"  {'; '.join(tests)}"] if tests else lines


def _p_text(p: float) -> str:
    if p < 0.001:
        return numerals("p < {limit:.3f}", limit=0.001)
    return numerals("p = {p:.3f}", p=p)


def _responders_text(numbers: PairedNumbers) -> list[str]:
    if not numbers.n_pairs:
        return []
    return [f"  {found.label}: {_share_text(found)}" for found in numbers.responders]


def _share_text(found: Responders) -> str:
    result, remark = found.result, f"; {found.remark}" if found.remark else ""
    if result.rate is None:
        return say("not defined for any pair")
    share = say("{k:,} of {n:,}, {rate:.1%}", k=result.k, n=result.n, rate=result.rate)
    return f"{share}{_interval_text(result.ci95, '.1%')}{remark}"


def _interval_text(interval: Interval | None, form: str = "z.1f") -> str:
    if interval is None:
        return say(", no interval")
    return say(
        " (95 % CI {low:{form}} to {high:{form}})", form=form, low=interval.low, high=interval.high
    )
