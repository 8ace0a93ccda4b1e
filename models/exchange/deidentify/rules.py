# SPDX-License-Identifier: MIT
"""Which kind of data set is wanted, and what becomes of its dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.errors import LogbookError
from models.speech import say


class Kind(StrEnum):
    """How much an export says of persons."""

    NONE = "none"
    LIMITED = "limited"
    SAFE_HARBOR = "safe-harbor"


class Dates(StrEnum):
    """What becomes of dates."""

    KEPT = "keep"
    SHIFTED = "shift"
    YEAR = "year"
    DAYS = "days"


_ALLOWED = {
    Kind.NONE: (Dates.KEPT,),
    Kind.LIMITED: (Dates.KEPT, Dates.SHIFTED),
    Kind.SAFE_HARBOR: (Dates.YEAR, Dates.DAYS),
}

_KINDS_TOLD = {
    Kind.NONE: say(
        "Identified: everything that is recorded is in it, also names, birth dates, notes "
        "and lot numbers. Treat the file as patient data."
    ),
    Kind.LIMITED: say(
        "A limited data set, not Safe Harbor: random codes instead of patient codes, no "
        "free text about patients, no images."
    ),
    Kind.SAFE_HARBOR: say(
        "De-identified by the Safe Harbor list: random codes, no free text, no images, "
        "ages above 89 as 90+."
    ),
}
_CHOSEN_TOLD = say(
    "Identified: the chosen columns hold what is recorded. Treat the file as patient data."
)
_DATES_TOLD = {
    Dates.KEPT: say("Dates are as they are."),
    Dates.SHIFTED: say("All dates of a patient are moved back by the same random number of days."),
    Dates.YEAR: say("Of dates only the year is left, and none that shows an age above 89."),
    Dates.DAYS: say(
        "Of the procedure's date only the year is left; other dates are days from the "
        "procedure. Those not known to the day are left out, and those that show an age above 89."
    ),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What is taken out.

    Raises:
        LogbookError: dates cannot be treated so in that kind of data set.
    """

    kind: Kind = Kind.NONE
    dates: Dates = Dates.KEPT

    def __post_init__(self) -> None:
        """Refuse what would not be what it is called."""
        allowed = _ALLOWED[self.kind]
        if self.dates not in allowed:
            ways = say(" or ").join(allowed)
            raise LogbookError(
                say(
                    "In an export of the kind {kind}, dates cannot be treated as {dates}.",
                    kind=self.kind,
                    dates=self.dates,
                ),
                say("Choose {ways}.", ways=ways),
            )

    @classmethod
    def of(cls, kind: Kind, dates: Dates | None = None) -> Rules:
        """The rules of a kind, with the first way of treating dates that it allows."""
        return cls(kind, dates or _ALLOWED[kind][0])

    @property
    def changes_anything(self) -> bool:
        """Whether codes are random and columns are taken out."""
        return self.kind is not Kind.NONE

    def told(self, *, whole: bool) -> str:
        """What is taken out, in sentences; ``whole`` says that no columns were chosen."""
        if self.kind is Kind.NONE:
            return _KINDS_TOLD[self.kind] if whole else _CHOSEN_TOLD
        return f"{_KINDS_TOLD[self.kind]} {_DATES_TOLD[self.dates]}"

    @property
    def in_audit(self) -> str:
        """A few words for the audit."""
        return f"{self.kind}, dates: {self.dates}" if self.changes_anything else "identified"


def ways_of(kind: Kind) -> tuple[Dates, ...]:
    """How dates can be treated in a kind of data set, the usual way first."""
    return _ALLOWED[kind]
