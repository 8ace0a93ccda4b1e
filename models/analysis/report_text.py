# SPDX-License-Identifier: MIT
"""Outcomes as a few lines of text, for whoever reads them in a terminal."""

from __future__ import annotations

from dataclasses import replace

from models.analysis.outcome import PairedNumbers, share_of_cases
from models.analysis.paired import pain_outcome
from models.analysis.question import Question
from models.analysis.responders import Responders
from models.analysis.statistics import Interval
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, words_of


def outcomes_text(
    logbook: Logbook, start: str, to: str, by: str | None, asked: Filter = EVERYTHING
) -> str:
    """The numbers of the JSON document that matter most, in a few lines.

    Raises:
        LogbookError: a word of the question is none that is known.
    """
    question = replace(Question.read(start, to, by), filter=asked)
    with logbook.session():
        outcome = pain_outcome(logbook, question)
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
    if outcome.n_synthetic:
        lines.append(f"Synthetic cases: {outcome.n_synthetic:,}.")
    for group in outcome.groups:
        lines += ["", f"{group.label}: {share_of_cases(group.numbers)} both scores"]
        lines += _means_text(group.numbers)
    return "\n".join(lines)


def _means_text(numbers: PairedNumbers) -> list[str]:
    change = numbers.change
    if change.mean is None:
        return []
    return [
        f"  mean before {numbers.before.mean:.1f}, after {numbers.after.mean:.1f}",
        f"  mean change {change.mean:+z.1f}{_interval_text(change.ci95)}, n {change.n:,}",
    ]


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
