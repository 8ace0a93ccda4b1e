# SPDX-License-Identifier: MIT
"""What the page says where there is nobody to ask: why, and what to do. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from models.followup.duelist import DueLine
from models.followup.spans import Which
from models.followup.tally import Counts
from models.speech import lowered, numeral
from ui.followup import words
from ui.followup.so_far import undated_in_words
from ui.followup.words import tr


class Cure(Enum):
    """What the button of the empty page does."""

    NONE = "none"
    NEW_CASE = "new_case"
    OTHER_LIST = "other_list"


@dataclass(frozen=True, slots=True)
class Nobody:
    """A title, a hint, and a button.

    Attributes:
        which: the list that the button shows, where it shows one.
    """

    title: str
    hint: str = ""
    button: str = ""
    cure: Cure = Cure.NONE
    which: Which = Which.ALL


def nobody_in(
    which: Which, counts: Counts | None, following: DueLine | None, today: date
) -> Nobody:
    """What is said of a list with nobody in it.

    Args:
        which: the list.
        counts: of all lists; None where nothing is counted yet.
        following: who is asked next of all, if there is somebody.
        today: the day.
    """
    if counts is None:
        return Nobody(tr("Nobody to ask"))
    if not counts.total:
        return Nobody(
            tr("No cases yet"),
            tr("Enter a case with the day of its procedure. Its visits then come here."),
            tr("New case"),
            Cure.NEW_CASE,
        )
    if following is None:
        said = undated_in_words(counts) or tr("Every visit of the plan was answered or closed.")
        return Nobody(tr("No visits to come"), said)
    title = {
        Which.OVERDUE: tr("Nobody is overdue"),
        Which.WEEK: tr("Nobody is due this week"),
        Which.MONTH: tr("Nobody is due this month"),
    }.get(which, tr("Nobody to ask"))
    wider = next(
        (one for one in _BY_WIDTH if one is not which and counts[one]),
        Which.ALL,
    )
    button = tr("Show {list} ({n})").format(
        list=lowered(words.list_name(wider)), n=numeral(counts[wider], ",")
    )
    return Nobody(title, words.who_is_next(following, today), button, Cure.OTHER_LIST, wider)


_BY_WIDTH = (Which.OVERDUE, Which.WEEK, Which.MONTH, Which.ALL)
