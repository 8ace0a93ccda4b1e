# SPDX-License-Identifier: MIT
"""What a filter means, said as plainly as can be: the SQL is tested against it, case by case."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from models import caserow, casescores
from models.case import LISTS, Case
from models.heights import height_gain
from models.partial_date import PartialDate
from models.query import Filter, Kind, Op, QueryField, Term, field_of, folded
from models.schema import Assessment, Patient, Procedure, Record, Row
from models.vocabulary import Leakage, PainScale, TimePoint

OF_TEN = (PainScale.NRS, PainScale.VAS_10)
OF_HUNDRED = (PainScale.VAS_100,)

Span = tuple[float, float]
"""The least and the greatest number that a value can be."""


def holds(
    asked: Filter, case: Case, *, today: date, follow_up: str = "", names: bool = False
) -> bool:
    """Whether the case, with its derived values worked out, meets every condition.

    Args:
        asked: the conditions.
        case: as it is stored.
        today: what "today" and spans such as 30d are counted from.
        follow_up: how the case stands in the visit plan, which somebody else works out.
        names: whether the patient's name and record number are searched too.
    """
    return all(
        _is_met(term, case, today, follow_up, names) is not term.negated for term in asked.terms
    )


def _is_met(term: Term, case: Case, today: date, follow_up: str, names: bool) -> bool:
    if not term.field:
        return all(_is_found(word, case, names) for word in _words(term.values[0]))
    field = field_of(term.field)
    if field.kind is Kind.FIELDS:
        return any(_has(field_of(name), case) is (field.name == "has") for name in term.values)
    if field.kind is Kind.NUMBER:
        return any(_compares(term, span) for span in _spans(field, case))
    if field.kind is Kind.DATE:
        days = [value for value in _values(field, case) if isinstance(value, PartialDate)]
        return any(_lies_within(term, day, today) for day in days)
    if field.kind is Kind.WORDS:
        return any(_reads(term, str(value)) for value in _values(field, case))
    if field.name == "followup":
        is_due = follow_up in ("overdue", "in_window")
        return follow_up in term.values or ("due" in term.values and is_due)
    return any(str(code) in term.values for code in _codes(field, case))


# what the case holds


def _rows(table: type[Record], case: Case) -> Sequence[Record]:
    if table is Patient:
        return [case.patient]
    if table is Procedure:
        return [case.procedure]
    rows: list[Row] = getattr(case, next(name for row, name in LISTS.items() if row is table))
    return rows


def _values(field: QueryField, case: Case) -> list[object]:
    """What the rows of the case hold in the field of the record; nothing for what is missing."""
    assert field.source is not None
    held: list[object] = []
    for row in _rows(field.source.model, case):
        value = getattr(row, field.source.name)
        held += value if isinstance(value, tuple) else [value]
    return [value for value in held if value is not None and value != ""]


def _codes(field: QueryField, case: Case) -> list[object]:
    if field.source is not None:
        return _values(field, case)
    said: dict[str, Callable[[], list[object]]] = {
        "leak": lambda: [_leakage(case) or "unanswered"],
        "region": lambda: [row.level.region for row in case.levels if row.level],
        "complete": lambda: ["yes" if case.procedure.complete else "no"],
        "synthetic": lambda: ["yes" if case.procedure.synthetic else "no"],
        "images": lambda: ["yes" if case.images else "no"],
        "locked": lambda: ["yes" if case.procedure.signed_at else "no"],
    }
    return said[field.name]()


def _leakage(case: Case) -> str:
    answers = [row.leakage for row in case.levels]
    if Leakage.PRESENT in answers:
        return "present"
    if not answers or None in answers:
        return ""
    return "not_assessed" if Leakage.NOT_ASSESSED in answers else "none"


def _spans(field: QueryField, case: Case) -> list[Span]:
    if field.source is not None:
        return [(value, value) for value in _values(field, case) if isinstance(value, int | float)]
    before, latest = pain_before(case), pain_latest(case)
    said: dict[str, Callable[[], list[Span]]] = {
        "levels": lambda: [(len(case.levels), len(case.levels))],
        "cement": lambda: _cement(case),
        "gain": lambda: _gain(case),
        "pain": lambda: _score(before, OF_TEN),
        "pain_mm": lambda: _score(before, OF_HUNDRED),
        "latest": lambda: _score(latest, OF_TEN),
        "latest_mm": lambda: _score(latest, OF_HUNDRED),
        "change": lambda: _change(before, latest, OF_TEN),
        "change_mm": lambda: _change(before, latest, OF_HUNDRED),
        # No case alone tells whether it was imported.
        "import": list,
    }
    return said[field.name]()


def _cement(case: Case) -> list[Span]:
    known = [row.cement_ml for row in case.levels if row.cement_ml is not None]
    total = round(sum(known), 1)
    return [(total, total)] if known else []


def _gain(case: Case) -> list[Span]:
    """The gain of the level that gained most; of levels without a name nobody knows which."""
    gains = [
        gain
        for row in sorted((row for row in case.levels if row.level), key=lambda row: row.level.rank)
        if (
            gain := height_gain(
                (row.anterior_before_mm, row.anterior_after_mm),
                (row.middle_before_mm, row.middle_after_mm),
                (row.height_gain_low_mm, row.height_gain_high_mm),
            )
        )
    ]
    if not gains:
        return []
    best = max(gains, key=lambda gain: gain.high)
    return [(best.low, best.high)]


def pain_before(case: Case) -> Assessment | None:
    """The score before that stands for the case: the chosen one, else the first that was said."""
    baselines = [row for row in case.assessments if row.time_point is TimePoint.BASELINE]
    chosen = [row for row in baselines if row.chosen]
    if chosen:
        return max(chosen, key=lambda row: row.assessed_on or "")
    return next((row for row in baselines if _is_said(row)), None)


def pain_latest(case: Case) -> Assessment | None:
    """The score of the last day that is known, else the one of the latest time point."""
    after = [
        row
        for row in casescores.in_order(case.assessments)
        if row.time_point is not TimePoint.BASELINE and _is_said(row)
    ]
    dated = [row for row in after if row.assessed_on and row.assessed_on.exact]
    if dated:
        return max(dated, key=lambda row: str(row.assessed_on))
    return after[-1] if after else None


def _is_said(row: Assessment) -> bool:
    return row.pain_low is not None or bool(row.pain_words) or row.global_outcome is not None


def _score(row: Assessment | None, scales: tuple[PainScale, ...]) -> list[Span]:
    if row is None or row.pain_scale not in scales or None in (row.pain_low, row.pain_high):
        return []
    return [(row.pain_low, row.pain_high)]


def _change(
    before: Assessment | None, latest: Assessment | None, scales: tuple[PainScale, ...]
) -> list[Span]:
    first, last = _score(before, scales), _score(latest, scales)
    if not first or not last or before is None or latest is None:
        return []
    if before.pain_scale is not latest.pain_scale:
        return []
    # Binary noise is no change: 2.3 - 1.1 is 1.2.
    return [(round(last[0][0] - first[0][1], 1), round(last[0][1] - first[0][0], 1))]


def _has(field: QueryField, case: Case) -> bool:
    before, latest = pain_before(case), pain_latest(case)
    if field.name == "pain":
        return before is not None and _is_said(before)
    if field.name == "latest":
        return latest is not None
    if field.name == "change":
        return bool(_change(before, latest, OF_TEN) or _change(before, latest, OF_HUNDRED))
    if field.name == "leak":
        return bool(_leakage(case))
    if field.source is None:
        return bool(_spans(field, case))
    return bool(_values(field, case))


# how it is compared


def _compares(term: Term, span: Span) -> bool:
    """Whether every number that the value can be meets the condition."""
    low, high = span
    first, last = float(term.values[0]), float(term.values[-1])
    return {
        Op.IS: low == high == first,
        Op.LESS: high < first,
        Op.AT_MOST: high <= first,
        Op.MORE: low > first,
        Op.AT_LEAST: low >= first,
        Op.RANGE: first <= low and high <= last,
    }[term.op]


def _lies_within(term: Term, day: PartialDate, today: date) -> bool:
    """Whether every day that the date can mean meets the condition."""
    first, last = term.values[0], term.values[-1]
    if found := re.fullmatch(r"(\d+)([dwmy])", first):
        return _begin_of(today, int(found[1]), found[2]) <= day.earliest and day.latest <= today
    begins = today if first == "today" else PartialDate(first).earliest
    ends = today if last == "today" else PartialDate(last).latest
    return {
        Op.IS: begins <= day.earliest and day.latest <= ends,
        Op.LESS: day.latest < begins,
        Op.AT_MOST: day.latest <= ends,
        Op.MORE: day.earliest > ends,
        Op.AT_LEAST: day.earliest >= begins,
        Op.RANGE: begins <= day.earliest and day.latest <= ends,
    }[term.op]


def _begin_of(today: date, count: int, unit: str) -> date:
    """The first day of a span up to today: the same day of the month where months are counted."""
    if unit in "dw":
        return date.fromordinal(today.toordinal() - count * {"d": 1, "w": 7}[unit])
    year, month = today.year, today.month
    for _ in range(count * {"m": 1, "y": 12}[unit]):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return min(PartialDate(f"{year:04}-{month:02}").latest, _on(year, month, today.day))


def _on(year: int, month: int, day: int) -> date:
    last = PartialDate(f"{year:04}-{month:02}").latest
    return last.replace(day=min(day, last.day))


def _reads(term: Term, stored: str) -> bool:
    if term.op is Op.EXACTLY:
        return any(folded(value) == folded(stored) for value in term.values)
    return any(folded(value) in folded(stored) for value in term.values)


def _is_found(word: str, case: Case, names: bool) -> bool:
    """Whether a word of the case begins with ``word``."""
    said = caserow.words_of(case)
    if names and case.identity is not None:
        said += f" {case.identity.full_name or ''} {case.identity.record_number or ''}"
    return any(other.startswith(word) for other in _words(said))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", folded(text))
