# SPDX-License-Identifier: MIT
"""What the detail pane says of a case, as plain values. Worked out off the UI thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models import checks
from models.case import Case
from models.numbers import show_number
from models.partial_date import PartialDate
from models.patient_course import NOTHING_KNOWN, PatientCourse
from models.schema import Patient, Procedure, TreatedLevel
from models.speech import begun, lowered, say, shown_day
from models.vocabulary import Anesthesia, Leakage, Level, Sex
from ui.cases.detail_history import Recent
from ui.cases.detail_level import (
    LevelPart,
    describe_level,
    labels,
    sentence,
    small,
    with_unit,
)
from ui.widgets.case_marks import marks_of, variants_of
from ui.widgets.image_entry import ImageEntry, entries_of
from ui.widgets.pain_curves import Curve, curves
from ui.widgets.spine_marks import LevelMark

_ADULT = 18
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading with paragraphs below it."""

    title: str
    paragraphs: tuple[str, ...]
    state: str = ""


@dataclass(frozen=True, slots=True)
class OpenPart:
    """Core fields that are open: of a level, or of the whole case where ``where`` is ""."""

    where: str
    fields: tuple[str, ...]

    @property
    def said(self) -> str:
        """All of them in a line."""
        named = ", ".join(self.fields)
        return f"{self.where}: {named}" if self.where else named


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that the pane shows of one case; ``thumbnails`` by the contents of images."""

    case_id: str
    heading: str
    subtitle: str
    procedure: str
    small_print: str
    marks: dict[Level, LevelMark]
    levels: tuple[LevelPart, ...]
    curves: tuple[Curve, ...]
    texts: tuple[TextPart, ...]
    open_fields: tuple[OpenPart, ...]
    synthetic: bool
    images: tuple[ImageEntry, ...] = ()
    thumbnails: Mapping[str, bytes] | None = None
    recent: tuple[Recent, ...] = ()
    variants: frozenset[Level] = frozenset()


def describe(case: Case, course: PatientCourse = NOTHING_KNOWN) -> Detail:
    """Say what there is to say of the case; the spine shows what other cases left before it."""
    levels = sorted(case.levels, key=lambda row: row.level.rank if row.level else len(Level))
    return Detail(
        case_id=case.id,
        heading=_heading(case, levels),
        subtitle=_subtitle(case),
        procedure=_procedure(case.procedure, levels),
        small_print=_SEPARATOR.join(_who_and_how_long(case.procedure)),
        marks=marks_of(case, course),
        levels=tuple(describe_level(case, row) for row in levels),
        curves=tuple(curves(case.assessments)),
        texts=tuple(part for part in _texts(case, levels) if part.paragraphs),
        open_fields=tuple(_open_fields(case, levels)),
        synthetic=case.procedure.synthetic,
        images=entries_of(case.images),
        variants=variants_of(case),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)


def _heading(case: Case, levels: Sequence[TreatedLevel]) -> str:
    code = case.patient.patient_code or _tr("No patient code")
    named = labels(row.level for row in levels if row.level)
    return _SEPARATOR.join(part for part in (code, named) if part)


def _subtitle(case: Case) -> str:
    age, sex = case.procedure.age_at_procedure, case.patient.sex
    if age is None:
        person = _tr("{sex}, age not recorded").format(sex=begun(_person(sex, adult=True)))
    else:
        person = say("{age}-year-old {person}", age=age, person=_person(sex, adult=age >= _ADULT))
    day = shown_day(case.procedure.performed_on or _tr("no date"))
    locked = [_tr("locked")] if case.procedure.signed_at else []
    return _SEPARATOR.join((person, day, *locked))


def _person(sex: Sex | None, *, adult: bool) -> str:
    if adult and sex is Sex.FEMALE:
        return _tr("woman")
    if adult and sex is Sex.MALE:
        return _tr("man")
    if sex is Sex.FEMALE:
        return _tr("girl")
    if sex is Sex.MALE:
        return _tr("boy")
    return _tr("patient") if sex is None else f"{_tr('patient')}, {lowered(sex.label)}"


def _procedure(procedure: Procedure, levels: Sequence[TreatedLevel]) -> str:
    techniques = dict.fromkeys(row.technique.label for row in levels if row.technique)
    guidance = (term.label for term in procedure.guidance or ())
    said = sentence([*techniques, _anesthesia(procedure), *guidance])
    return said or _tr("Not recorded")


def _anesthesia(procedure: Procedure) -> str:
    """As in "local anesthesia with sedation", in the order of words of each language."""
    return _ANESTHESIA[procedure.anesthesia] if procedure.anesthesia is not None else ""


_ANESTHESIA = {
    Anesthesia.LOCAL: say("Local anesthesia"),
    Anesthesia.LOCAL_SEDATION: say("Local anesthesia with sedation"),
    Anesthesia.REGIONAL: say("Regional anesthesia"),
    Anesthesia.GENERAL: say("General anesthesia"),
}


def _who_and_how_long(procedure: Procedure) -> Iterator[str]:
    if procedure.operator:
        yield procedure.operator
    if procedure.minutes is not None:
        yield with_unit(Procedure.minutes, procedure.minutes)
    if procedure.fluoro_time_s is not None:
        time = with_unit(Procedure.fluoro_time_s, procedure.fluoro_time_s)
        yield f"{small(Procedure.fluoro_time_s.label)} {time}"
    if procedure.discharged_on or procedure.discharge:
        yield _discharge(procedure)


def _discharge(procedure: Procedure) -> str:
    """E.g. "discharge: admitted, 2026-03-06 14:30"."""
    how = small(procedure.discharge.label) if procedure.discharge else ""
    when = " ".join(filter(None, (_day(procedure.discharged_on), procedure.discharged_at)))
    told = ", ".join(filter(None, (how, when)))
    return f"{small(Procedure.discharge.label)}: {told}"


def _day(day: PartialDate | None) -> str:
    return day.shown if day is not None else ""


def _texts(case: Case, levels: Sequence[TreatedLevel]) -> Iterator[TextPart]:
    yield TextPart(_tr("Adverse events"), tuple(_events(case)), "warning")
    yield _lungs(case.procedure)
    yield TextPart(TreatedLevel.lesion_description.label, tuple(_lesions(levels)))
    yield TextPart(Procedure.any_prior_treatment.label, tuple(_prior(case)))
    yield TextPart(_tr("Together with"), tuple(_adjuncts(case)))
    for row, field in (
        (case.procedure, Procedure.pain_description),
        (case.procedure, Procedure.history),
        (case.procedure, Procedure.notes),
        (case.patient, Patient.patient_notes),
    ):
        words = getattr(row, field.name)
        yield TextPart(field.label, (words,) if words else ())


def _events(case: Case) -> Iterator[str]:
    for row in case.adverse_events:
        kind = row.kind.label if row.kind else _tr("Not named")
        phase = small(row.phase.label) if row.phase else ""
        grade = f"{type(row).sir_2017.label}: {row.sir_2017.label}" if row.sir_2017 else ""
        yield ", ".join(filter(None, (kind, phase, _day(row.onset_on), grade, row.detail)))


def _lungs(procedure: Procedure) -> TextPart:
    field, answer = Procedure.lung_cement, procedure.lung_cement
    if answer is None:
        return TextPart(field.label, ())
    how = ", ".join(small(means.label) for means in procedure.lung_cement_assessed_by or ())
    sought = _tr("looked for by {means}").format(means=how) if how else ""
    state = "warning" if answer is Leakage.PRESENT else ""
    return TextPart(field.label, (", ".join(filter(None, (answer.label, sought))),), state)


def _lesions(levels: Sequence[TreatedLevel]) -> Iterator[str]:
    for row in levels:
        if row.lesion_description:
            several = len(levels) > 1 and row.level is not None
            where = f"{row.level.label}: " if several else ""
            yield f"{where}{row.lesion_description}"


def _prior(case: Case) -> Iterator[str]:
    for row in case.prior_treatments:
        kind = row.kind.label if row.kind else _tr("Not named")
        dose = with_unit(type(row).dose_gy, row.dose_gy) if row.dose_gy is not None else ""
        known = ", ".join(filter(None, (kind, dose, _day(row.treated_on))))
        yield f"{known}: {row.detail}" if row.detail else known


def _adjuncts(case: Case) -> Iterator[str]:
    for row in case.adjuncts:
        kind = row.kind.label if row.kind else _tr("Not named")
        amounts = [
            with_unit(field, getattr(row, field.name))
            for field in (type(row).volume_ml, type(row).dose_gy)
            if getattr(row, field.name) is not None
        ]
        yield ", ".join(filter(None, (kind, *amounts, row.detail)))


def _open_fields(case: Case, levels: Sequence[TreatedLevel]) -> Iterator[OpenPart]:
    """What belongs to the case first, then level by level where there are several."""
    several = len(levels) > 1
    names = {str(row.id): row.level.label for row in levels if row.level and several}
    found: dict[str, list[str]] = {where: [] for where in ("", *names.values())}
    for finding in checks.open_fields(case):
        what = finding.label or finding.message.rstrip(".")
        found[names.get(finding.row_id, "")].append(what)
    for where, fields in found.items():
        if fields:
            yield OpenPart(where, tuple(fields))


def open_fields_title(count: int) -> str:
    """How many core fields are open, as a heading."""
    if count == 1:
        return _tr("1 core field open")
    return _tr("{count} core fields open").format(count=show_number(count, 0))
