# SPDX-License-Identifier: MIT
"""The summary of one case on one page: what was treated, where, and how the patient did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from models.case import Case, load_case
from models.caselist import Score
from models.casescores import in_order, is_said, reported_pain
from models.errors import LogbookError
from models.fields import ClinicalField
from models.heights import height_gain
from models.history import History, read_history
from models.identity import Named, names_of
from models.images import store
from models.logbook import Logbook
from models.patient_course import patient_course
from models.reports.content import (
    Beside,
    Block,
    Circumstances,
    Column,
    CurveFigure,
    Facts,
    Figure,
    Gallery,
    Heading,
    Paragraph,
    PhotoFigure,
    Report,
    SpineFigure,
    Table,
    synthetic_sentence,
)
from models.reports.patient_table import approach_of, gain_of, leakage_of, score_as_reported
from models.reports.reading import LevelTold
from models.reports.wording import NOT_RECORDED, begun, labels, small
from models.schema import (
    AdverseEvent,
    Assessment,
    Image,
    Patient,
    PatientIdentity,
    Procedure,
    TreatedLevel,
)
from models.signing_off import amendments_in
from models.speech import lowered, say, say_n
from models.vocabulary import Level, Sex, YesNo

TITLE = say("Case summary")
FOOTER = say("Patient data. Keep it as you keep the logbook.")
FOOTER_OF_NAME = say("Patient data with a name. Hand it to nobody who does not treat the patient.")
MOST_IMAGES = 6

_LEVEL_COLUMNS = (
    Column(say("Level"), 0.5),
    Column(say("Diagnosis"), 1.3),
    Column(say("Technique"), 1.1),
    Column(say("Approach"), 1.2),
    Column(say("Cement, mL"), 0.65, is_right=True),
    Column(say("Leakage"), 1.3),
    Column(say("Height gain, mm"), 0.9, is_right=True),
)
_CASE_FACTS = (
    *("performed_on", "operator", "supervisor", "anesthesia", "guidance", "minutes"),
    *("fluoro_time_s", "kap_gycm2", "technical_success", "discharge", "lung_cement"),
)
_SCORES = ("odi_pct", "rmdq", "eq5d_index", "eq5d_vas", "analgesic_level", "mobility")
_WORDS = ("global_outcome", "work", "new_fracture", "retreatment", "missing_reason")


def case_summary(
    logbook: Logbook, case_id: str, around: Circumstances, *, with_name: bool = False
) -> Report:
    """The summary of one case; a name stands on it only where that is asked for.

    Raises:
        LogbookError: there is no such case, or a name is wanted and the clinic stores none.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        case = load_case(logbook, case_id)
        history = read_history(logbook, case_id) if case.version else None
        patient_id = str(case.patient.id)
        course = patient_course(logbook, patient_id, without=case.id)
        named = names_of(logbook, [patient_id]).get(patient_id) if with_name else None
        shown = case.images[:MOST_IMAGES]
        thumbnails = store.thumbnails(logbook, [row.content_id for row in shown])
    said = synthetic_sentence(int(case.procedure.synthetic), 1)
    levels = _told(case)
    blocks: list[Block] = [
        Beside(
            (Facts(tuple(_facts(case, named))), Heading(say("Treated levels"), 2), _levels(levels)),
            (Figure(SpineFigure(case, course), width_mm=34),),
            0.8,
        ),
        *_afterwards(case),
        *_signed(case, history),
        *_images(case, shown, thumbnails),
    ]
    footer = FOOTER_OF_NAME if with_name else FOOTER
    return Report(
        title=TITLE,
        subtitle=tuple(filter(None, (_headline(case), said, around.sentence()))),
        blocks=tuple(blocks),
        footer=" ".join(filter(None, (footer, said))),
        file_stem=say("Case {patient_code}", patient_code=case.patient.patient_code or case.id),
        n_cases=1,
        n_synthetic=int(case.procedure.synthetic),
        on_one_page=True,
        names_person=with_name,
    )


def _signed(case: Case, history: History | None) -> Iterator[Block]:
    """Who signed the case off and when, and every amendment with its reason."""
    amendments = amendments_in(history) if history is not None else []
    if case.procedure.signed_at:
        at = datetime.fromisoformat(str(case.procedure.signed_at)).astimezone()
        yield Paragraph(
            say(
                "Signed off by {signed_by} on {at:%Y-%m-%d}.",
                signed_by=case.procedure.signed_by,
                at=at,
            ),
            is_note=True,
        )
    for one in amendments:
        fields = ", ".join(dict.fromkeys(line.label for line in one.lines))
        said = say(
            "Amended on {at:%Y-%m-%d} by {user}: {fields}. {reason}",
            at=one.at.astimezone(),
            user=one.user,
            fields=fields,
            reason=one.reason,
        )
        yield Paragraph(said, is_note=True)


def find_case(logbook: Logbook, code: str) -> str:
    """The id of the case that is meant by a patient code or by its own id.

    Raises:
        LogbookError: no case is meant, or more than one.
    """
    with logbook.session():
        query = (
            Procedure.select(Procedure.id, Procedure.performed_on)
            .join(Patient)
            .where(
                (Patient.patient_code == code) | (Procedure.id == code),
                Procedure.deleted_at.is_null(),
            )
            .order_by(Procedure.performed_on, Procedure.id)
        )
        found = list(query.tuples().execute(logbook.database))
    if not found:
        raise LogbookError(
            say("There is no case of a patient {code} in this logbook.", code=code),
            say("Name the patient code as it is written there, or the id of the case."),
        )
    if len(found) > 1:
        known = ", ".join(f"{case_id} ({day or say('no date')})" for case_id, day in found)
        raise LogbookError(
            say("Patient {code} has {n} cases.", code=code, n=len(found)),
            say("Name one by its id: {known}.", known=known),
        )
    return str(found[0][0])


def _told(case: Case) -> list[LevelTold]:
    rows = sorted(case.levels, key=lambda row: row.level.rank if row.level else len(Level))
    return [
        LevelTold(
            row,
            tuple(case.leaks_of(row)),
            height_gain(
                (row.anterior_before_mm, row.anterior_after_mm),
                (row.middle_before_mm, row.middle_after_mm),
                (row.height_gain_low_mm, row.height_gain_high_mm),
            ),
        )
        for row in rows
    ]


def _headline(case: Case) -> str:
    named = [row.level for row in case.levels if row.level is not None]
    levels = ", ".join(level.label for level in sorted(named, key=lambda level: level.rank))
    age, sex = case.procedure.age_at_procedure, case.patient.sex
    is_known = sex in (Sex.FEMALE, Sex.MALE)
    person = lowered(sex.label) if sex and is_known else say("sex not recorded")
    years = (
        say_n("{n:,} year", "{n:,} years", age)
        if age is not None
        else say("age {not_recorded}", not_recorded=NOT_RECORDED)
    )
    return " · ".join(
        filter(
            None,
            (case.patient.patient_code or say("no patient code"), levels, f"{years}, {person}"),
        )
    )


def _facts(case: Case, named: Named | None) -> Iterator[tuple[str, str]]:
    if named is not None:
        yield PatientIdentity.full_name.label, named.full_name or NOT_RECORDED
        yield PatientIdentity.record_number.label, named.record_number or NOT_RECORDED
    procedure = case.procedure
    for name in _CASE_FACTS:
        field = Procedure._meta.fields[name]
        value = getattr(procedure, name)
        if value not in (None, "", ()):
            yield field.label, _shown(field, value)
        elif field.core:
            yield field.label, NOT_RECORDED
    if procedure.pain_duration is not None:
        yield Procedure.pain_duration.label, _duration(procedure)
    prior = labels(row.kind for row in case.prior_treatments if row.kind)
    if prior:
        yield Procedure.any_prior_treatment.label, prior
    adjuncts = labels(row.kind for row in case.adjuncts if row.kind)
    if adjuncts:
        yield Procedure.any_adjunct.label, adjuncts


def _duration(procedure: Procedure) -> str:
    """As in "1 month" and "3.5 weeks"."""
    unit = small(procedure.pain_duration_unit.label) if procedure.pain_duration_unit else ""
    told = str(Procedure.pain_duration.show(procedure.pain_duration))
    return f"{told} {unit.removesuffix('s') if told == '1' else unit}".strip()


def _shown(field: ClinicalField, value: object) -> str:
    return f"{field.show(value)} {field.shown_unit}".strip()


def _levels(levels: Sequence[LevelTold]) -> Block:
    if not levels:
        return Paragraph(say("No treated level is recorded."))
    return Table(
        _LEVEL_COLUMNS,
        tuple(
            (
                level.row.level.label if level.row.level else say("not named"),
                _diagnosis(level.row),
                level.row.technique.label if level.row.technique else NOT_RECORDED,
                approach_of(level),
                NOT_RECORDED
                if level.row.cement_ml is None
                else str(TreatedLevel.cement_ml.show(level.row.cement_ml)),
                leakage_of(level),
                gain_of(level),
            )
            for level in levels
        ),
    )


def _diagnosis(row: TreatedLevel) -> str:
    proof = small(labels(row.diagnosis_basis or ()))
    said = labels(row.diagnosis or ()) or NOT_RECORDED
    return f"{said} ({proof})" if proof else said


def _afterwards(case: Case) -> Iterator[Block]:
    shown = [row for row in in_order(case.assessments) if _is_told(row)]
    yield Heading(say("Pain and follow-up"), 2)
    if any(is_said(row) for row in shown):
        yield Figure(CurveFigure(tuple(case.assessments)), width_mm=110)
    if shown:
        yield _assessments(shown)
    else:
        yield Paragraph(say("No assessment is recorded."))
    yield Heading(say("Adverse events"), 2)
    yield from (Paragraph(f"{begun(_event(event))}.") for event in case.adverse_events)
    if not case.adverse_events:
        answer = case.procedure.any_complication
        yield Paragraph(
            say("None.")
            if answer is YesNo.NO
            else f"{Procedure.any_complication.label}: {small(answer.label)}."
            if answer is not None
            else say("Whether there was any is not recorded.")
        )


def _is_told(row: Assessment) -> bool:
    names = ("pain_low", "pain_words", *_SCORES, *_WORDS)
    return any(getattr(row, name) not in (None, "") for name in names)


def _assessments(rows: Sequence[Assessment]) -> Table:
    used = [name for name in _SCORES if any(getattr(row, name) is not None for row in rows)]
    columns = (
        Column(say("When"), 1.0),
        Column(say("Date"), 0.9),
        Column(say("Pain"), 1.3),
        *(Column(Assessment._meta.fields[name].label, 0.8) for name in used),
        Column(say("Remarks"), 1.8),
    )
    return Table(columns, tuple(tuple(_assessment(row, used)) for row in rows))


def _assessment(row: Assessment, used: Sequence[str]) -> Iterator[str]:
    yield row.time_point.label if row.time_point else say("not stated")
    yield row.assessed_on.shown if row.assessed_on else say("not stated")
    score = Score(row.time_point, row.assessed_on, row.pain_scale, reported_pain(row))
    yield score_as_reported(score) if is_said(row) else "–"
    for name in used:
        field, value = Assessment._meta.fields[name], getattr(row, name)
        yield "–" if value is None else _shown(field, value)
    yield "; ".join(
        f"{field.label}: {small(field.show(value))}"
        for name in _WORDS
        if (value := getattr(row, (field := Assessment._meta.fields[name]).name)) is not None
    )


def _event(event: AdverseEvent) -> str:
    grades = (AdverseEvent.sir_2017, AdverseEvent.cirse, AdverseEvent.clavien_dindo)
    parts = [
        event.kind.label if event.kind else say("not named"),
        event.level.label if event.level else "",
        small(event.phase.label) if event.phase else "",
        event.onset_on.shown if event.onset_on else "",
        *(
            f"{field.label} {value.label}"
            for field in grades
            if (value := getattr(event, field.name)) is not None
        ),
        say("edition {cirse_version}", cirse_version=event.cirse_version.label)
        if event.cirse_version
        else "",
        say("treatment: {treatment}", treatment=event.treatment) if event.treatment else "",
        say("outcome: {outcome}", outcome=small(event.outcome.label)) if event.outcome else "",
    ]
    return ", ".join(filter(None, parts))


def _images(case: Case, shown: Sequence[Image], found: dict[str, bytes]) -> Iterator[Block]:
    figures = [
        Figure(PhotoFigure(found[row.content_id], _image(row)), caption=_image(row), width_mm=28)
        for row in shown
        if row.content_id in found
    ]
    if not figures:
        return
    yield Heading(say("Images"), 2)
    yield Gallery(tuple(figures))
    if len(case.images) > len(figures):
        yield Paragraph(
            say("The first {n} of {n2} images.", n=len(figures), n2=len(case.images)), is_note=True
        )


def _image(row: Image) -> str:
    parts = [
        row.phase.label if row.phase else "",
        small(row.kind.label) if row.kind else "",
        row.level.label if row.level else "",
    ]
    return ", ".join(filter(None, parts)) or say("Image")
