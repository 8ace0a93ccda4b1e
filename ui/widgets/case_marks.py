# SPDX-License-Identifier: MIT
"""What the spine shows of a case: its levels and leaks, and what earlier cases left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from models import checks
from models.case import Case
from models.patient_course import (
    NEW_FRACTURES,
    NOTHING_KNOWN,
    NewFracture,
    PatientCourse,
    Treatment,
    is_fractured,
)
from models.schema import TreatedLevel
from models.speech import begun_small, lowered, shown_day
from models.vocabulary import LeakLocation, Level, YesNo
from ui.widgets.spine_marks import NO_MARK, LevelMark


def marks_of(
    case: Case,
    course: PatientCourse = NOTHING_KNOWN,
    *,
    chosen: TreatedLevel | None = None,
    warned: Mapping[str, str] | None = None,
) -> dict[Level, LevelMark]:
    """The marks of a case.

    Args:
        case: what was done now.
        course: the other cases of the patient; only what lies before this case is shown.
        chosen: the level that the form is about.
        warned: a sentence for levels to look at, by the id of their row.
    """
    before = course.before(case.procedure.performed_on)
    marks = _earlier_marks(before)
    for row in case.levels:
        if row.level is not None:
            earlier = marks.get(row.level, NO_MARK)
            warning = (warned or {}).get(str(row.id), "")
            marks[row.level] = _treated(case, row, earlier, warning, is_chosen=row is chosen)
    for event in case.adverse_events:
        if event.level is not None and event.kind in NEW_FRACTURES:
            marks[event.level] = replace(marks.get(event.level, NO_MARK), new_fracture=True)
    for gap, _ in checks.left_between(case, before.spine()):
        mark = marks.get(gap.level, NO_MARK)
        marks[gap.level] = replace(mark, between=True, warning=gap.sentence)
    return marks


def marks_of_course(course: PatientCourse, case_id: str) -> dict[Level, LevelMark]:
    """Every level that was ever treated or broke, whenever it was.

    The levels of one case stand out as treated; what belongs to the others is told by date.
    """
    own = [t for t in course.treatments if t.case_id == case_id]
    others = tuple(t for t in course.treatments if t.case_id != case_id)
    marks = _earlier_marks(replace(course, treatments=others))
    for treatment in own:
        locations = (leak.location for leak in treatment.leaks)
        felt = (leak.location for leak in treatment.leaks if leak.symptomatic)
        marks[treatment.level] = replace(
            marks.get(treatment.level, NO_MARK),
            treated=True,
            fracture=treatment.fractured,
            leaks=_distinct(locations),
            symptomatic=_distinct(felt),
            cement_ml=treatment.cement_ml,
            note=_told_treatment(treatment),
        )
    for fracture in course.fractures:
        mark = marks[fracture.level]
        marks[fracture.level] = replace(mark, new_fracture=True, old_fracture=False)
    return marks


def variants_of(case: Case) -> frozenset[Level]:
    """T13 and L6, where the patient has them."""
    return frozenset(extra.level for extra in case.patient.extra_vertebrae or ())


def _treated(
    case: Case, row: TreatedLevel, earlier: LevelMark, warning: str, *, is_chosen: bool
) -> LevelMark:
    leaks = [leak for leak in case.leaks_of(row) if leak.location]
    field = TreatedLevel.cement_ml
    volume = row.cement_ml
    return replace(
        earlier,
        treated=True,
        selected=is_chosen,
        fracture=is_fractured(row.diagnosis),
        leaks=_distinct(leak.location for leak in leaks),
        symptomatic=_distinct(leak.location for leak in leaks if leak.symptomatic is YesNo.YES),
        cement_ml=volume,
        warning=warning,
        note="" if volume is None else f"{field.show(volume)} {field.shown_unit}",
    )


def _earlier_marks(course: PatientCourse) -> dict[Level, LevelMark]:
    treatments: dict[Level, list[Treatment]] = defaultdict(list)
    fractures: dict[Level, list[NewFracture]] = defaultdict(list)
    for treatment in course.treatments:
        treatments[treatment.level].append(treatment)
    for fracture in course.fractures:
        fractures[fracture.level].append(fracture)
    return {
        level: _earlier(treatments[level], fractures[level]) for level in sorted(course.levels())
    }


def _earlier(treatments: list[Treatment], fractures: list[NewFracture]) -> LevelMark:
    volumes = [t.cement_ml for t in treatments if t.cemented and t.cement_ml is not None]
    return LevelMark(
        earlier=any(t.cemented for t in treatments),
        earlier_ml=sum(volumes) if volumes else None,
        earlier_leaks=_distinct(leak.location for t in treatments for leak in t.leaks),
        old_fracture=bool(fractures) or any(t.fractured for t in treatments),
        history=(*map(_told_treatment, treatments), *map(_told_fracture, fractures)),
    )


def _told_treatment(treatment: Treatment) -> str:
    """E.g. "2024-05-01: vertebroplasty, 4.0 mL, fracture, leak: disc above"."""
    return f"{shown_day(treatment.performed_on or _tr('no date'))}: {', '.join(_parts(treatment))}"


def _parts(treatment: Treatment) -> Iterator[str]:
    technique = treatment.technique
    yield lowered(technique.label) if technique else _tr("treated earlier")
    field = TreatedLevel.cement_ml
    if treatment.cement_ml is not None:
        yield f"{field.show(treatment.cement_ml)} {field.shown_unit}"
    elif not treatment.cemented:
        yield _tr("no cement")
    if treatment.fractured:
        yield _tr("fracture")
    for leak in treatment.leaks:
        felt = f" ({_tr('symptomatic')})" if leak.symptomatic else ""
        yield _tr("leak: {location}").format(location=lowered(leak.location.label)) + felt


def _told_fracture(fracture: NewFracture) -> str:
    on = fracture.onset_on
    day = shown_day(on) if on else _tr("no date")
    return f"{day}: {begun_small(fracture.kind.label)}"


def _distinct(locations: Iterator[LeakLocation]) -> tuple[LeakLocation, ...]:
    return tuple(dict.fromkeys(locations))


def _tr(text: str) -> str:
    return QCoreApplication.translate("spine", text)
