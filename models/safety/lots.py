# SPDX-License-Identifier: MIT
"""Recall of a cement lot: from a part of its number to every patient who got it.

Lot numbers stay in the record: they are answered to whoever asks, and written nowhere else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from peewee import JOIN

from models.errors import LogbookError
from models.partial_date import PartialDate
from models.schema import CaseRow, Procedure
from models.vocabulary import Level

if TYPE_CHECKING:
    from models.logbook import Logbook

FEWEST_LETTERS = 2
"""A shorter part of a lot number would find nearly everybody."""

MOST_LISTED = 1_000
"""Cases that are listed one by one; of more only the number is told."""

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class LotUse:
    """One procedure in which the lot was used.

    Attributes:
        lot: as it was written down.
        found_in: "lot", or "udi" where only the device identifier holds what was asked for.
        in_bin: the case was put into the bin; the patient may have got the cement all the same.
    """

    case_id: str
    patient_code: str
    performed_on: PartialDate | None
    operator: str
    levels: tuple[Level, ...]
    product: str
    lot: str
    expiry: PartialDate | None
    found_in: str
    in_bin: bool


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

    All cases are looked at, also those in the bin. Two statements; call it inside
    ``logbook.session()``.

    Raises:
        LogbookError: fewer than ``FEWEST_LETTERS`` letters or digits are asked for.
    """
    wanted = _plain(asked)
    if len(wanted) < FEWEST_LETTERS:
        raise LogbookError(
            "A lot is looked for by at least two letters or digits.", "Type more of its number."
        )
    row, case = Procedure, CaseRow
    query = (
        row.select(
            row.id,
            row.cement_lot,
            row.cement_udi,
            row.cement_product,
            row.cement_expiry,
            case.patient_id,
            case.patient_code,
            case.performed_on,
            case.operator,
            case.levels,
            case.deleted,
        )
        .join(case, JOIN.INNER, on=(case.case_id == row.id))
        .where(row.cement_lot.is_null(False) | row.cement_udi.is_null(False))
        .order_by(case.performed_on.desc(), case.number.desc())
    )
    uses: list[LotUse] = []
    patients: set[str] = set()
    lots: dict[str, int] = {}
    n_known = 0
    for case_id, lot, udi, product, expiry, patient, *told in logbook.database.execute(query):
        code, performed_on, operator, levels, in_bin = told
        has_any = bool(_plain(lot or "") or _plain(udi or ""))
        n_known += has_any and not in_bin
        found_in = next(
            (place for place, text in (("lot", lot), ("udi", udi)) if wanted in _plain(text or "")),
            None,
        )
        if found_in is None:
            continue
        patients.add(patient)
        written = lot or udi
        lots[written] = lots.get(written, 0) + 1
        uses.append(
            LotUse(
                case_id=case_id,
                patient_code=code or "",
                performed_on=PartialDate(performed_on) if performed_on else None,
                operator=operator or "",
                levels=tuple(Level(one) for one in levels.split(_SEPARATOR) if one),
                product=product or "",
                lot=written,
                expiry=PartialDate(expiry) if expiry else None,
                found_in=found_in,
                in_bin=bool(in_bin),
            )
        )
    in_list = case.deleted == False  # noqa: E712 - an expression, not a comparison
    n_cases = int(case.select().where(in_list).count(logbook.database))
    return Recall(
        asked=asked.strip(),
        uses=tuple(uses[:MOST_LISTED]),
        n_cases=len(uses),
        n_patients=len(patients),
        lots=tuple(sorted(lots.items(), key=lambda lot: (-lot[1], lot[0]))),
        n_without=n_cases - n_known,
    )


def _plain(text: str) -> str:
    """Letters and digits alone, in one case and one width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
