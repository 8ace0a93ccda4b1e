# SPDX-License-Identifier: MIT
"""With which techniques cases were treated, for rates that are laid beside published ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from peewee import SQL

from models.analysis.members import found_by, not_in_bin
from models.literature import OwnBeside
from models.query import EVERYTHING, Filter
from models.schema import CaseRow
from models.vocabulary import Technique

if TYPE_CHECKING:
    from models.logbook import Logbook

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Treated:
    """The techniques of some cases, and whether others of them state none."""

    techniques: frozenset[Technique] = frozenset()
    is_partly_unstated: bool = False

    def among(self, own: Iterable[OwnBeside]) -> list[OwnBeside]:
        """Own rates of these cases, which from now on are compared by technique too."""
        return [
            replace(
                one,
                asked=replace(
                    one.asked,
                    techniques=self.techniques,
                    techniques_unstated=self.is_partly_unstated,
                ),
            )
            for one in own
        ]


def treated_with(logbook: Logbook, asked: Filter = EVERYTHING) -> Treated:
    """The techniques of the cases that meet the filter and are not in the bin.

    Of all of them, with a pair of scores or without. Call it inside ``logbook.session()``.
    """
    query = CaseRow.select(CaseRow.techniques).where(not_in_bin()).distinct()
    if asked.terms:
        numbers = json.dumps(found_by(logbook, asked).tolist())
        listed = SQL("(SELECT CAST(value AS INTEGER) FROM json_each(?))", [numbers])
        query = query.where(CaseRow.number.in_(listed))
    stated = [techniques or "" for (techniques,) in logbook.database.execute(query)]
    terms = {Technique(term) for one in stated for term in one.split(_SEPARATOR) if term}
    return Treated(frozenset(terms), "" in stated)
