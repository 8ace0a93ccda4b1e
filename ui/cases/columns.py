# SPDX-License-Identifier: MIT
"""The columns of the list: which there are, how they are headed, and how wide they want to be."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from models.caselist import CaseLine, SortBy
from models.fields import ClinicalField
from models.quick import dataclass
from models.schema import Assessment, Patient, Procedure, TreatedLevel
from models.speech import lowered, say, say_in, shown_day
from models.vocabulary import Diagnosis, GlobalOutcome, LeakLocation, Technique
from ui.cases import cells, followup_cell
from ui.cases.cells import tr
from ui.cases.runs import Runs


class Key(StrEnum):
    """Name of a column, whatever its heading says; in the order in which they usually stand."""

    DATE = "date"
    PATIENT = "patient"
    AGE_SEX = "age_sex"
    LEVELS = "levels"
    DIAGNOSIS = "diagnosis"
    TECHNIQUE = "technique"
    OPERATOR = "operator"
    CEMENT = "cement"
    LEAKAGE = "leakage"
    HEIGHT = "height"
    PAIN = "pain"
    COURSE = "course"
    FOLLOW_UP = "follow_up"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        header: its heading; a line break parts what would be too wide in one line.
        brief: the same where room is scarce, in two lines or a shorter word.
        runs: what a cell shows; () where it is drawn.
        spoken: the same in full words, for tool tips, screen readers and the clipboard.
        widest: a text as long as most are; longer ones are cut short.
        narrowest: what has to fit in any case; "" for a column that shrinks to its heading.
        gives: its turn where there is too little room, 1 the first; 0 never gives way.
        folds: shrinks to its narrowest at once, because nothing between is of use.
        right: numbers stand at the right.
        is_bare: its heading goes where it has no room.
        is_told: holds what somebody typed in words, of which the tool tip says what was cut short.
        free: says what somebody typed, which must not run as a formula elsewhere.
        sort: what a click on the heading sorts by.
    """

    key: Key
    header: str
    runs: Callable[[CaseLine], Runs]
    spoken: Callable[[CaseLine], str]
    widest: str
    sort: SortBy
    brief: str = ""
    narrowest: str = ""
    right: bool = False
    gives: int = 0
    folds: bool = False
    is_bare: bool = False
    is_told: bool = False
    free: bool = False

    @property
    def name(self) -> str:
        """The heading in one line."""
        return self.header.replace("\n", " ")

    def text(self, line: CaseLine) -> str:
        """What a cell shows, as plain text."""
        return "".join(run.text for run in self.runs(line))


def make_columns() -> tuple[Column, ...]:
    """The columns in their order, with headings in the user's language."""
    return (
        Column(
            Key.DATE,
            Procedure.performed_on.label,
            cells.date_runs,
            lambda line: shown_day(line.performed_on or tr("No date")),
            "2026-11-23",
            sort=SortBy.DATE,
        ),
        Column(
            Key.PATIENT,
            _in_two_lines(Patient.patient_code.label),
            cells.patient_runs,
            cells.patient_spoken,
            "SYN-1-000268",
            brief=say_in("Heading", "Patient\ncode"),
            free=True,
            sort=SortBy.PATIENT,
        ),
        Column(
            Key.AGE_SEX,
            tr("Age,\n{sex}").format(sex=lowered(Patient.sex.label)),
            cells.age_sex_runs,
            cells.age_sex_spoken,
            "88 M",
            brief=say_in("Heading", "Age,\nsex"),
            right=True,
            sort=SortBy.AGE,
        ),
        Column(
            Key.LEVELS,
            tr("Levels"),
            cells.levels_runs,
            cells.levels_spoken,
            "T11, T12",
            narrowest="T11–T12",
            gives=5,
            sort=SortBy.LEVEL,
        ),
        Column(
            Key.DIAGNOSIS,
            TreatedLevel.diagnosis.label,
            cells.diagnoses_runs,
            lambda line: cells.labels(line.diagnoses) or tr("No diagnosis"),
            Diagnosis.HEMANGIOMA.label,
            brief=say_in("Heading", "Diag-\nnosis"),
            narrowest=Diagnosis.HEMANGIOMA.short,
            gives=3,
            sort=SortBy.DIAGNOSIS,
        ),
        Column(
            Key.TECHNIQUE,
            TreatedLevel.technique.label,
            cells.techniques_runs,
            lambda line: cells.labels(line.techniques) or tr("No technique"),
            Technique.BALLOON_KYPHOPLASTY.label,
            brief=say_in("Heading", "Tech-\nnique"),
            narrowest=max((term.short for term in Technique), key=len),
            gives=4,
            sort=SortBy.TECHNIQUE,
        ),
        Column(
            Key.OPERATOR,
            Procedure.operator.label,
            cells.operator_runs,
            lambda line: line.operator or tr("No operator"),
            say("Dr A. Operator"),
            narrowest="Dr A. Operator",
            gives=3,
            free=True,
            is_told=True,
            sort=SortBy.OPERATOR,
        ),
        Column(
            Key.CEMENT,
            _with_unit(TreatedLevel.cement_ml.label, TreatedLevel.cement_ml),
            cells.cement_runs,
            cells.cement_spoken,
            "10.5",
            brief=_with_unit(say_in("Heading", "Cem."), TreatedLevel.cement_ml),
            right=True,
            sort=SortBy.CEMENT,
        ),
        Column(
            Key.LEAKAGE,
            TreatedLevel.leakage.label,
            cells.leakage_runs,
            cells.leakage_spoken,
            LeakLocation.PARAVERTEBRAL_VEIN.label,
            brief=say_in("Heading", "Leak-\nage"),
            narrowest=LeakLocation.PARAVERTEBRAL_TISSUE.short,
            gives=3,
            sort=SortBy.LEAKAGE,
        ),
        Column(
            Key.HEIGHT,
            _with_unit(tr("Height"), TreatedLevel.height_gain_low_mm),
            cells.gain_runs,
            cells.gain_spoken,
            "+3–5",
            brief=_with_unit(say_in("Heading", "Height"), TreatedLevel.height_gain_low_mm),
            right=True,
            sort=SortBy.GAIN,
        ),
        Column(
            Key.PAIN,
            Assessment.pain_low.label,
            cells.pain_runs,
            cells.pain_spoken,
            say("10 → resolved"),
            narrowest=max(
                f"8 → {lowered(max((term.label for term in GlobalOutcome), key=len))}",
                say("10 → resolved"),
                key=len,
            ),
            right=True,
            gives=5,
            free=True,
            sort=SortBy.PAIN_LATEST,
        ),
        Column(
            Key.COURSE,
            tr("Course"),
            lambda line: (),
            cells.course_spoken,
            "0" * 8,
            brief=say_in("Heading", "Course"),
            narrowest="0" * 4,
            gives=1,
            sort=SortBy.PAIN_CHANGE,
        ),
        Column(
            Key.FOLLOW_UP,
            tr("Follow-up"),
            followup_cell.runs,
            followup_cell.spoken,
            say("12 mo, 30 d left"),
            brief=say_in("Heading", "Follow-\nup"),
            narrowest=max(
                (said.format(n=188) for said in (tr("{n} d late"), tr("{n} d left"))), key=len
            ),
            gives=2,
            sort=SortBy.FOLLOW_UP,
        ),
        Column(
            Key.STATUS,
            tr("Record"),
            cells.status_runs,
            cells.status_spoken,
            say("●  Incomplete"),
            gives=2,
            folds=True,
            is_bare=True,
            sort=SortBy.COMPLETE,
        ),
    )


def _in_two_lines(label: str) -> str:
    return label.replace(" ", "\n", 1)


def _with_unit(label: str, field: ClinicalField) -> str:
    return f"{label},\n{field.shown_unit}"
