# SPDX-License-Identifier: MIT
"""How cases are put into groups that can be compared."""

from __future__ import annotations

from dataclasses import dataclass

import peewee
from peewee import fn

from models.query import Filter
from models.schema import CaseRow, Patient, Procedure, TreatedLevel
from models.speech import say
from models.vocabulary import REGIONS, Diagnosis, Level, Sex, Technique, Vocabulary

WITHIN, OUTSIDE = "in_filter", "others"
"""Codes of the two groups into which a filter parts the cases."""

NOT_STATED = "not_stated"
"""Code of the group of cases that do not say what they are grouped by."""

_SEPARATOR = "|"
_REGIONS = tuple(dict.fromkeys(level.region for level in Level))


class CompareBy(Vocabulary):
    """What cases can be grouped by. Every case is in one group; two terms make one of their own."""

    TECHNIQUE = "technique", TreatedLevel._meta.fields["technique"].label
    OPERATOR = "operator", Procedure._meta.fields["operator"].label
    SEX = "sex", Patient._meta.fields["sex"].label
    YEAR = "year", "Year"
    DIAGNOSIS = "diagnosis", TreatedLevel._meta.fields["diagnosis"].label
    REGION = "region", "Region"

    @property
    def column(self) -> peewee.ColumnBase:
        """Where ``CaseRow`` tells the group."""
        return _COLUMNS[self]

    def code_of(self, stated: str | None) -> str:
        """The group of what that column holds: codes, joined where there are several."""
        if not stated:
            return NOT_STATED
        if self is CompareBy.REGION:
            regions = {Level(level).region for level in stated.split(_SEPARATOR)}
            return _SEPARATOR.join(sorted(regions, key=_REGIONS.index))
        if self not in _TERMS:
            return stated
        vocabulary = _TERMS[self]
        known = set(stated.split(_SEPARATOR))
        return _SEPARATOR.join(term for term in vocabulary if term.value in known)

    def label_of(self, code: str) -> str:
        """A group as people read it."""
        if code == NOT_STATED:
            return say("Not stated")
        if self in _TERMS:
            return " + ".join(_TERMS[self](term).label for term in code.split(_SEPARATOR))
        if self is CompareBy.REGION:
            shown = " + ".join(REGIONS[region] for region in code.split(_SEPARATOR))
            return f"{shown[:1].upper()}{shown[1:]}"
        return code

    def order_of(self, code: str) -> tuple[object, ...]:
        """Sorts groups: as their vocabulary, several terms after single ones, not stated last."""
        if code == NOT_STATED:
            return (True,)
        parts = code.split(_SEPARATOR)
        if self in _TERMS:
            return (False, len(parts), *(_TERMS[self](part).rank for part in parts))
        if self is CompareBy.REGION:
            return (False, len(parts), *(_REGIONS.index(part) for part in parts))
        return (False, code.casefold(), code)


@dataclass(frozen=True, slots=True)
class FilterGroups:
    """Cases that meet a filter against all others that count.

    Attributes:
        name: what the filter is called, fit for print.
        filter: what it asks for.
    """

    name: str
    filter: Filter

    @property
    def codes(self) -> tuple[str, str]:
        """The codes of both groups, in their order."""
        return WITHIN, OUTSIDE

    @property
    def label(self) -> str:
        """What the cases are parted by, as people read it."""
        return say("Filter {name}", name=self.name)

    @property
    def value(self) -> str:
        """The same for scripts."""
        return f"@{self.name}"

    def label_of(self, code: str) -> str:
        """A group as people read it."""
        return self.name if code == WITHIN else say("All others")


_TERMS: dict[CompareBy, type[Vocabulary]] = {
    CompareBy.TECHNIQUE: Technique,
    CompareBy.SEX: Sex,
    CompareBy.DIAGNOSIS: Diagnosis,
}

_COLUMNS: dict[CompareBy, peewee.ColumnBase] = {
    CompareBy.TECHNIQUE: CaseRow.techniques,
    CompareBy.OPERATOR: CaseRow.operator,
    CompareBy.SEX: CaseRow.sex,
    CompareBy.YEAR: fn.substr(CaseRow.performed_on, 1, 4),
    CompareBy.DIAGNOSIS: CaseRow.diagnoses,
    CompareBy.REGION: CaseRow.levels,
}
