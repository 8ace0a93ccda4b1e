# SPDX-License-Identifier: MIT
"""What is said of who was followed and who was lost. Plain text, no Qt, nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.analysis.between import FEWEST_IN_GROUP
from models.speech import numerals, say
from ui.charts import number_words, sentences

if TYPE_CHECKING:
    from models.analysis.followed import Balance, Followed

NOTEWORTHY = 0.1
"""A standardized difference from here on is taken for an imbalance (Austin 2009)."""

LEGEND = say(
    "Answered minus lost. Shaded: less than 0.1, which is taken for alike (Austin "
    "2009). Orange: 0.1 or more."
)


def row_name(row: Balance) -> str:
    """As in "Age, years" and "Sex: Female"."""
    return f"{row.label}: {row.category}" if row.category else row.label


def visit(found: Followed) -> str:
    """The follow-up that is asked for, as in "any follow-up" and "12 months"."""
    to = found.question.to
    return say("any follow-up") if to is None else to.label


def answered_in_words(found: Followed) -> str:
    """As in "An answer at 12 months: 64 of 71 whose visit is over (90 %, 95 % CI 81 to 95 %)."""
    share = found.answered
    if share.ci95 is None:
        return say("No visit is over yet.")
    limits = number_words.percent_interval(share.ci95)
    return say(
        "An answer at {visit}: {k:,} of {n:,} whose visit is over ({percent}, 95 % CI {limits} %).",
        visit=visit(found),
        k=share.k,
        n=share.n,
        percent=number_words.percent(share.rate),
        limits=limits,
    )


def not_counted(found: Followed) -> list[str]:
    """Who is neither followed nor lost."""
    counted = (
        (found.n_not_due, say("visit not over yet")),
        (found.n_died, say("died before")),
        (found.n_no_day, say("no day of the procedure")),
    )
    said = " · ".join(numerals("{n:,} {why}", n=n, why=why) for n, why in counted if n)
    return [say("Neither followed nor lost: {said}.", said=said)] if said else []


def too_few(found: Followed) -> str:
    """Why no differences are told; "" where there are enough on both sides."""
    if not found.n_lost:
        return say("Nobody was lost.")
    if min(found.n_lost, found.answered.k) < FEWEST_IN_GROUP:
        return say(
            "{k:,} answered and {n_lost:,} lost: with fewer than {fewest_in_group} on "
            "either side no difference is told.",
            k=found.answered.k,
            n_lost=found.n_lost,
            fewest_in_group=FEWEST_IN_GROUP,
        )
    return ""


def balance_caption(found: Followed) -> str:
    """What stands below the figure on paper, and what a screen reader says."""
    far = [row for row in found.balance if abs(row.difference or 0.0) >= NOTEWORTHY]
    told = ", ".join(
        f"{row_name(row)} {number_words.fixed(row.difference or 0.0, 2)}" for row in far
    )
    said = [
        say(
            "Standardized differences of what was known before, those with an answer minus "
            "those lost."
        ),
        *sentences.cases(found.question),
        answered_in_words(found),
        *not_counted(found),
        too_few(found)
        or (
            say("From {noteworthy:g} on: {told}.", noteworthy=NOTEWORTHY, told=told)
            if told
            else say("None is {noteworthy:g} or more.", noteworthy=NOTEWORTHY)
        ),
        *sentences.synthetic(found.n_synthetic, found.n_cases),
    ]
    return " ".join(said)
