# SPDX-License-Identifier: MIT
"""Recall of a cement lot: from a part of its number to every patient who got it.

Lot numbers stay in the record: they are answered to whoever asks, and written nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peewee import JOIN, Select

from models.errors import LogbookError
from models.partial_date import PartialDate
from models.schema import CaseRow, Procedure
from models.speech import say
from models.vocabulary import Level

if TYPE_CHECKING:
    from models.logbook import Logbook

FEWEST_LETTERS = 2
"""A shorter part of a lot number would find nearly everybody."""

MOST_LISTED = 1_000
"""Cases that are listed one by one; of more only the number is told."""

_SEPARATOR = "|"
_LOOK_ALIKE = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class LotUse:
    """One procedure in which the lot was used.

    Attributes:
        lot: as it was written down; "" where only the identifier is.
        udi: unique device identifier of the cement, which holds the lot.
        in_bin: the case was put into the bin; the patient may have got the cement all the same.
    """

    case_id: str
    patient_code: str
    performed_on: PartialDate | None
    operator: str
    levels: tuple[Level, ...]
    product: str
    lot: str
    udi: str
    expiry: PartialDate | None
    in_bin: bool

    @property
    def written(self) -> str:
        """The lot as it was written down, or the identifier in its place."""
        return self.lot or self.udi


@dataclass(frozen=True, slots=True)
class Recall:
    """Who got a lot.

    Attributes:
        asked: what was asked for.
        uses: procedures, the latest first, up to ``MOST_LISTED``.
        n_cases: all of them.
        n_patients: patients they are of.
        lots: the lots that were found, as they were written, with the number of procedures.
        n_without: procedures of the logbook without a lot and without an identifier, which no
            recall can find; the bin is not among them.
    """

    asked: str
    uses: tuple[LotUse, ...]
    n_cases: int
    n_patients: int
    lots: tuple[tuple[str, int], ...]
    n_without: int


def recall(logbook: Logbook, asked: str) -> Recall:
    """Find a lot by a part of its number: letter case, spaces, hyphens and dots do not matter.

    Nor does an O for a 0, or an I or L for a 1: a recall would rather find one patient too many,
    and tells each lot as it was written. All cases are looked at, also those in the bin. Two
    statements; call it inside ``logbook.session()``.

    Raises:
        LogbookError: fewer than ``FEWEST_LETTERS`` letters or digits are asked for.
    """
    wanted = _plain(asked)
    if len(wanted) < FEWEST_LETTERS:
        raise LogbookError(
            say("A lot is looked for by at least two letters or digits."),
            say("Type more of its number."),
        )
    uses: list[LotUse] = []
    patients: set[str] = set()
    n_known = 0
    for patient, use in map(_use, logbook.database.execute(_query())):
        has_any = bool(_plain(use.lot) or _plain(use.udi))
        n_known += has_any and not use.in_bin
        if any(wanted in _plain(text) for text in (use.lot, use.udi)):
            patients.add(patient)
            uses.append(use)
    in_list = CaseRow.deleted == False  # noqa: E712 - an expression, not a comparison
    n_cases = int(CaseRow.select().where(in_list).count(logbook.database))
    lots = Counter(use.written for use in uses)
    return Recall(
        asked=asked.strip(),
        uses=tuple(uses[:MOST_LISTED]),
        n_cases=len(uses),
        n_patients=len(patients),
        lots=tuple(sorted(lots.items(), key=lambda lot: (-lot[1], lot[0]))),
        n_without=n_cases - n_known,
    )


def _query() -> Select:
    row, case = Procedure, CaseRow
    query: Select = (
        row.select(
            case.patient_id,
            row.id,
            case.patient_code,
            case.performed_on,
            case.operator,
            case.levels,
            row.cement_product,
            row.cement_lot,
            row.cement_udi,
            row.cement_expiry,
            case.deleted,
        )
        .join(case, JOIN.INNER, on=(case.case_id == row.id))
        .where(row.cement_lot.is_null(False) | row.cement_udi.is_null(False))
        .order_by(case.performed_on.desc(), case.number.desc())
    )
    return query


def _use(told: tuple[str, ...]) -> tuple[str, LotUse]:
    """The patient, and what he got."""
    patient, case_id, code, on, operator, levels, product, lot, udi, expiry, in_bin = told
    return patient, LotUse(
        case_id=case_id,
        patient_code=code or "",
        performed_on=PartialDate(on) if on else None,
        operator=operator or "",
        levels=tuple(Level(one) for one in levels.split(_SEPARATOR) if one),
        product=product or "",
        lot=lot or "",
        udi=udi or "",
        expiry=PartialDate(expiry) if expiry else None,
        in_bin=bool(in_bin),
    )


def _plain(text: str) -> str:
    """Letters and digits alone, in one case and one width, those that look alike as one."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LOOK_ALIKE)
    return "".join(letter for letter in folded if letter.isalnum())
