# SPDX-License-Identifier: MIT
"""Which of our own exports can come in again, by what had been taken out of them.

An identified export has the ids of the logbook. A limited one with its real dates has random ids,
so its patients come in as new ones: that is how clinics pool cases, and its own clinic must not do
it. So nobody new of it comes in unless somebody says that they are others than ours. What has
shifted dates, or none, would put false days into a record, and is refused.
"""

from __future__ import annotations

from models.errors import LogbookError
from models.exchange.deidentify import Dates, Kind
from models.importing.recognizing import UnreadableTable
from models.speech import say

AS_NEW = say("de-identified (limited): its patients come in as new ones")


class NotSaidToBeOthers(LogbookError):
    """Persons of a limited data set would come in as new ones, and nobody says that they are."""

    def __init__(self, name: str) -> None:
        super().__init__(
            say(
                "{name} is a limited data set: its patient codes are random, so each "
                "patient in it would come in as a new one, also one whom this logbook has. "
                "Nothing was written.",
                name=name,
            ),
            say(
                "Say that they are other patients than those here (--new-patients), or "
                "import an export that is not de-identified."
            ),
        )


def refuse_altered(name: str, persons: str, dates: str) -> None:
    """Refuse what is no record any more.

    Raises:
        UnreadableTable: it is de-identified by Safe Harbor, its dates are shifted, or it is of a
            kind that is not known.
    """
    if persons not in list(Kind) or dates not in list(Dates):
        raise UnreadableTable(
            say("{name} is de-identified in a way that is not known here.", name=name),
            say("Update Kypholog on this computer, then import it again."),
        )
    if persons != Kind.NONE and dates != Dates.KEPT:
        lost = say("are shifted") if dates == Dates.SHIFTED else say("are gone")
        raise UnreadableTable(
            say(
                "{name} is de-identified ({persons}): its dates {lost}, so its cases "
                "cannot be told from those that the logbook has.",
                name=name,
                persons=persons,
                lost=lost,
            ),
            say("Import an export that is not de-identified, or a limited one with its dates."),
        )


def is_as_new(persons: str) -> bool:
    """Whether ids and codes are random, so that nobody in it is known to any logbook."""
    return persons != Kind.NONE
