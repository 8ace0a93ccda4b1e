# SPDX-License-Identifier: MIT
"""What is impossible, unusual or still open in a case. Nothing here changes a value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from models.fields import Part
from models.findings import Finding, Severity
from models.numbers import show_number
from models.sandwich import UNKNOWN, EarlierSpine, Sandwich, is_cemented, sandwiches
from models.schema import Assessment, Record, TreatedLevel
from models.timepoints import BASELINE_DAYS
from models.vocabulary import Leakage, PainScale, Side, TimePoint

if TYPE_CHECKING:
    from models.case import Case

MOST_HEIGHT_CHANGE_MM = 15
"""A greater gain or loss of height at one wall is kept and marked."""


def findings(case: Case, earlier: EarlierSpine = UNKNOWN) -> list[Finding]:
    """Everything to be said about the case: errors first, then warnings, then open fields."""
    return [*errors(case), *warnings(case, earlier), *open_fields(case)]


def errors(case: Case) -> list[Finding]:
    """What cannot be. A case with errors is not saved."""
    found = [
        _finding(Severity.ERROR, row, field.name, message, where)
        for row, where in _rows(case)
        for field in row.clinical_fields()
        if (message := field.refusal(getattr(row, field.name)))
    ]
    found.extend(_range_errors(case))
    found.extend(_score_errors(case))
    found.extend(_order_errors(case))
    found.extend(_level_errors(case))
    return found


def warnings(case: Case, earlier: EarlierSpine = UNKNOWN) -> list[Finding]:
    """What is unusual, also in view of what earlier cases left. It is kept and marked."""
    found: list[Finding] = []
    for row, where in _rows(case):
        region = row.level.region if isinstance(row, TreatedLevel) and row.level else ""
        for field in row.clinical_fields():
            if field.part is not Part.HIGH:
                message = field.surprise(getattr(row, field.name), region)
                if message:
                    found.append(_finding(Severity.WARNING, row, field.name, message, where))
    found.extend(_level_warnings(case))
    found.extend(_sandwich_warnings(case, earlier))
    found.extend(_baseline_warnings(case))
    return found


def open_fields(case: Case) -> list[Finding]:
    """Core fields without a value. A case without any is complete."""
    found = [
        _finding(Severity.OPEN, row, field.name, f"{field.label} is open.", where)
        for row, where in _rows(case)
        if not isinstance(row, Assessment)
        for field in row.clinical_fields()
        if field.core and field.applies_to(row) and getattr(row, field.name) in (None, "", ())
    ]
    if not case.levels:
        found.append(_finding(Severity.OPEN, case.procedure, "", "No level yet.", ""))
    if not any(_is_answered_baseline(row) for row in case.assessments):
        found.append(
            _finding(Severity.OPEN, case.procedure, "", "No pain score before the procedure.", "")
        )
    return found


def _is_answered_baseline(row: Assessment) -> bool:
    answered = row.pain_low is not None or row.missing_reason is not None
    return row.time_point is TimePoint.BASELINE and answered


def _rows(case: Case) -> Iterator[tuple[Record, str]]:
    levels = {level.id: level.level.label if level.level else "" for level in case.levels}
    for row in (*case.person_rows(), *case.case_rows()):
        owner = row.__data__.get("treated_level") or row.id
        where = levels.get(owner, "")
        if isinstance(row, Assessment) and row.time_point:
            where = row.time_point.label
        yield row, where


def _range_errors(case: Case) -> Iterator[Finding]:
    for row, where in _rows(case):
        for low_name, high_name in _ranges(type(row)):
            low, high = getattr(row, low_name), getattr(row, high_name)
            if (low is None) != (high is None) or (low is not None and low > high):
                message = "A range needs a lower and an upper end."
                yield _finding(Severity.ERROR, row, low_name, message, where)


@cache
def _ranges(table: type[Record]) -> list[tuple[str, str]]:
    """The columns that hold the two ends of a reported number."""
    ends = {(field.stem, field.part): field.name for field in table.clinical_fields()}
    return [
        (name, ends[stem, Part.HIGH]) for (stem, part), name in ends.items() if part is Part.LOW
    ]


def _score_errors(case: Case) -> Iterator[Finding]:
    for row in case.assessments:
        where = row.time_point.label if row.time_point else ""
        if message := score_problem(row):
            yield _finding(Severity.ERROR, row, "pain_low", message, where)


def score_problem(row: Assessment) -> str:
    """Why the score does not fit its scale, as a sentence; "" when it does.

    A score of 75 on a scale of 10 is refused and never divided.
    """
    scale = row.pain_scale
    if scale is None:
        return ""
    top = scale.maximum if isinstance(scale, PainScale) else None
    if top is None:
        top = row.pain_scale_max
    for value in (row.pain_low, row.pain_high):
        if value is None:
            continue
        if top is not None and value > top:
            return f"Pain {show_number(value)} is above the top of {scale.label}."
        tenths = round(value * 10)
        if scale.step == 1.0 and tenths % 10:
            return f"{scale.label} takes whole numbers, not {show_number(value)}."
    return ""


def _order_errors(case: Case) -> Iterator[Finding]:
    performed, birth = case.procedure.performed_on, case.patient.birth_date
    if performed and birth and birth.earliest > performed.latest:
        yield _finding(
            Severity.ERROR,
            case.procedure,
            "performed_on",
            f"The procedure ({performed}) lies before the birth date ({birth}).",
            "",
        )
    died = case.patient.died_on
    if performed and died and died.latest < performed.earliest:
        message = f"The procedure ({performed}) lies after the death ({died})."
        yield _finding(Severity.ERROR, case.procedure, "performed_on", message, "")
    for row in case.assessments:
        day = row.assessed_on
        if not (performed and day and row.time_point):
            continue
        where = row.time_point.label
        if row.time_point is TimePoint.BASELINE and day.earliest > performed.latest:
            message = f"A score before cannot be dated after the procedure ({day})."
            yield _finding(Severity.ERROR, row, "assessed_on", message, where)
        elif row.time_point is not TimePoint.BASELINE and day.latest < performed.earliest:
            message = f"A follow-up cannot be dated before the procedure ({day})."
            yield _finding(Severity.ERROR, row, "assessed_on", message, where)


def _level_errors(case: Case) -> Iterator[Finding]:
    seen: set[str] = set()
    for row in case.levels:
        where = row.level.label if row.level else ""
        if row.level and row.level in seen:
            yield _finding(Severity.ERROR, row, "level", f"{where} is in this case twice.", where)
        seen.add(row.level)
        if row.approach and row.level and row.level.region not in row.approach.regions:
            message = f"{row.approach.label} is no approach to the {row.level.region} spine."
            yield _finding(Severity.ERROR, row, "approach", message, where)
        if message := _cement_problem(row):
            yield _finding(Severity.ERROR, row, "cement_ml", message, where)
        if row.technique and row.technique.uses_balloon and row.balloon_count == 0:
            message = f"{row.technique.label} needs at least one balloon."
            yield _finding(Severity.ERROR, row, "balloon_count", message, where)


def _cement_problem(row: TreatedLevel) -> str:
    """Why the sides and the total contradict each other; one side alone may be all or a part."""
    sides = [side for side in (row.cement_left_ml, row.cement_right_ml) if side is not None]
    if row.cement_ml is None or not sides:
        return ""
    total, stated = round(sum(sides), 1), round(row.cement_ml, 1)
    if total == stated or (len(sides) == 1 and total < stated):
        return ""
    given = "Left and right make" if len(sides) == 2 else "One side alone has"
    return f"{given} {show_number(total)} mL, not the total given."


def _level_warnings(case: Case) -> Iterator[Finding]:
    for row in case.levels:
        where = row.level.label if row.level else ""
        if row.level and row.level.is_variant and not row.level_counting:
            message = f"{where} is a variant. Note how the levels were counted."
            yield _finding(Severity.WARNING, row, "level_counting", message, where)
        if row.side is Side.BILATERAL and row.needle_count == 1:
            message = "Bilateral with one needle is unusual."
            yield _finding(Severity.WARNING, row, "needle_count", message, where)
        yield from _height_warnings(row, where)
        leaks = case.leaks_of(row)
        if row.leakage is Leakage.PRESENT and not leaks:
            yield _finding(Severity.WARNING, row, "leakage", "Say where the cement went.", where)
        if row.leakage in (Leakage.NONE, Leakage.NOT_ASSESSED) and leaks:
            message = f"Leaks are listed, but leakage says {row.leakage.label.lower()}."
            yield _finding(Severity.WARNING, row, "leakage", message, where)


def left_between(
    case: Case, earlier: EarlierSpine = UNKNOWN
) -> Iterator[tuple[Sandwich, TreatedLevel]]:
    """Levels that this case left between cemented ones, each with its level that closes the gap.

    What earlier cases left on their own is not told again in every later one.
    """
    today = {row.level: row for row in case.levels if row.level and is_cemented(row)}
    named = {row.level for row in case.levels if row.level}
    variants = earlier.variants.union(level for level in named if level.is_variant)
    for gap in sandwiches(earlier.cemented.union(today), variants):
        row = today.get(gap.below) or today.get(gap.above)
        if row is not None and gap.level not in named:
            yield gap, row


def _sandwich_warnings(case: Case, earlier: EarlierSpine) -> Iterator[Finding]:
    for gap, row in left_between(case, earlier):
        yield _finding(Severity.WARNING, row, "level", gap.sentence, "")


def _height_warnings(row: TreatedLevel, where: str) -> Iterator[Finding]:
    for wall in ("anterior", "middle", "posterior"):
        before, after = (getattr(row, f"{wall}_{when}_mm") for when in ("before", "after"))
        if before is None or after is None:
            continue
        change = after - before
        if abs(change) > MOST_HEIGHT_CHANGE_MM:
            message = f"A change of {show_number(change)} mm in height is unusual."
            yield _finding(Severity.WARNING, row, f"{wall}_after_mm", message, where)


def _baseline_warnings(case: Case) -> Iterator[Finding]:
    performed = case.procedure.performed_on
    for row in case.assessments:
        if row.time_point is not TimePoint.BASELINE or not (performed and row.assessed_on):
            continue
        days = (performed.earliest - row.assessed_on.latest).days
        if days > BASELINE_DAYS:
            message = f"The score was asked {days} days before the procedure."
            where = row.time_point.label
            yield _finding(Severity.WARNING, row, "assessed_on", message, where)


def _finding(severity: Severity, row: Record, field: str, message: str, where: str) -> Finding:
    label = row._meta.fields[field].label if field else ""
    place = f"{where}: {message}" if where else message
    return Finding(severity, row._meta.table_name, str(row.id), field, label, place)
