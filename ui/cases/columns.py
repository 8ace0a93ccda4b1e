# SPDX-License-Identifier: MIT
"""The columns of the list: what each says of a case, how it looks, and how wide it wants to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from models.caselist import CaseLine, Score, SortBy
from models.fields import ClinicalField
from models.numbers import Reported, show_number, show_reported
from models.schema import Assessment, Patient, Procedure, TreatedLevel
from models.vocabulary import GlobalOutcome, Leakage, LeakLocation, Level, Technique, Vocabulary
from ui.cases.runs import Ink, Run, Runs

NOTHING = "—"
"""Nothing of the kind was there, or nothing was recorded; the tool tip says which."""
MISSING = "–"
"""Stands for one missing part beside another that is known."""
UNANSWERED = "?"


class Key(StrEnum):
    """Name of a column, whatever its heading says."""

    DATE = "date"
    PATIENT = "patient"
    AGE_SEX = "age_sex"
    LEVELS = "levels"
    TECHNIQUE = "technique"
    CEMENT = "cement"
    LEAKAGE = "leakage"
    HEIGHT = "height"
    PAIN = "pain"
    COURSE = "course"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        header: its heading; a line break parts what would be too wide in one line.
        runs: what a cell shows; () where it is drawn.
        spoken: the same in full words, for tool tips, screen readers and the clipboard.
        widest: a text as long as most are; longer ones are cut short.
        narrowest: what has to fit in any case; "" for a column that shrinks to its heading.
        gives: its turn where there is too little room, 1 the first; 0 never gives way.
        folds: shrinks to its narrowest at once, because nothing between is of use.
        right: numbers stand at the right.
        sort: what a click on the heading sorts by.
    """

    key: Key
    header: str
    runs: Callable[[CaseLine], Runs]
    spoken: Callable[[CaseLine], str]
    widest: str
    sort: SortBy
    narrowest: str = ""
    right: bool = False
    gives: int = 0
    folds: bool = False

    def text(self, line: CaseLine) -> str:
        """What a cell shows, as plain text."""
        return "".join(run.text for run in self.runs(line))


def make_columns() -> tuple[Column, ...]:
    """The columns in their order, with headings in the user's language."""
    return (
        Column(
            Key.DATE,
            Procedure.performed_on.label,
            _date,
            lambda line: line.performed_on or _tr("No date"),
            "2026-11-23",
            sort=SortBy.DATE,
        ),
        Column(
            Key.PATIENT,
            _in_two_lines(Patient.patient_code.label),
            lambda line: (Run(line.patient_code),) if line.patient_code else (_none(),),
            lambda line: line.patient_code or _tr("No patient code"),
            "SYN-1-000268",
            sort=SortBy.PATIENT,
        ),
        Column(
            Key.AGE_SEX,
            _tr("Age,\n{sex}").format(sex=Patient.sex.label.lower()),
            _age_sex,
            _age_sex_spoken,
            "88 M",
            right=True,
            sort=SortBy.AGE,
        ),
        Column(
            Key.LEVELS,
            _tr("Levels"),
            _levels,
            _levels_spoken,
            "T11, T12",
            narrowest="T11–T12",
            gives=5,
            sort=SortBy.LEVEL,
        ),
        Column(
            Key.TECHNIQUE,
            TreatedLevel.technique.label,
            lambda line: (terms_run(line.techniques),) if line.techniques else (_none(),),
            lambda line: _labels(line.techniques) or _tr("No technique"),
            Technique.BALLOON_KYPHOPLASTY.label,
            narrowest=max((term.short for term in Technique), key=len),
            gives=4,
            sort=SortBy.TECHNIQUE,
        ),
        Column(
            Key.CEMENT,
            _with_unit(TreatedLevel.cement_ml.label, TreatedLevel.cement_ml),
            _cement,
            _cement_spoken,
            "10.5",
            right=True,
            sort=SortBy.CEMENT,
        ),
        Column(
            Key.LEAKAGE,
            TreatedLevel.leakage.label,
            _leakage,
            _leakage_spoken,
            LeakLocation.PARAVERTEBRAL_VEIN.label,
            narrowest=LeakLocation.PARAVERTEBRAL_TISSUE.short,
            gives=3,
            sort=SortBy.LEAKAGE,
        ),
        Column(
            Key.HEIGHT,
            _with_unit(_tr("Height"), TreatedLevel.height_gain_low_mm),
            _gain,
            _gain_spoken,
            "+3–5",
            right=True,
            sort=SortBy.GAIN,
        ),
        Column(
            Key.PAIN,
            Assessment.pain_low.label,
            pain_runs,
            _pain_spoken,
            "10 → resolved",
            narrowest=f"8 → {max((term.label for term in GlobalOutcome), key=len).lower()}",
            right=True,
            gives=5,
            sort=SortBy.PAIN_LATEST,
        ),
        Column(
            Key.COURSE,
            _tr("Course"),
            lambda line: (),
            _course_spoken,
            "0" * 8,
            narrowest="0" * 5,
            gives=1,
            sort=SortBy.PAIN_CHANGE,
        ),
        Column(
            Key.STATUS,
            _tr("Status"),
            _status,
            _status_spoken,
            "●  Incomplete",
            gives=2,
            folds=True,
            sort=SortBy.COMPLETE,
        ),
    )


def pain_runs(line: CaseLine) -> Runs:
    """Pain before and latest: an arrow only between scores that may be compared."""
    if not _said(line.before) and not _said(line.latest):
        return (_none(),)
    both = line.before.low is not None and line.latest.low is not None
    joint = " | " if both and line.pain_scale is None else " → "
    return _reported(line.before), Run(joint, Ink.MUTED), _reported(line.latest)


def say_score(score: Score) -> str:
    """When, on which scale and what, in words."""
    when = score.time_point.label if score.time_point else _tr("Time not stated")
    if score.assessed_on:
        when = f"{when} ({score.assessed_on})"
    if not _said(score.reported):
        return _tr("{when}: no score").format(when=when)
    if score.reported.low is None:
        return f"{when}: “{score.reported.words}”"
    scale = score.scale.label if score.scale else _tr("scale not stated")
    return f"{when}: {show_reported(score.reported)} ({scale})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)


def _none() -> Run:
    return Run(NOTHING, Ink.MUTED)


def _in_two_lines(label: str) -> str:
    return label.replace(" ", "\n", 1)


def _with_unit(label: str, field: ClinicalField) -> str:
    return f"{label},\n{field.unit}"


def _labels(terms: Sequence[Vocabulary]) -> str:
    return ", ".join(term.label for term in terms)


def terms_run(terms: Sequence[Vocabulary], ink: Ink = Ink.TEXT) -> Run:
    """Terms by commas; where there is too little room the first ones, and how many more."""
    labels, shorts = ([term.label for term in terms], [term.short for term in terms])
    fewer = [
        (", ".join(words[:shown]), f" +{len(terms) - shown}")
        for shown in range(len(terms) - 1, 0, -1)
        for words in (labels, shorts)
    ]
    return Run(", ".join(labels), ink, short=", ".join(shorts), fewer=tuple(fewer))


def _said(reported: Reported) -> bool:
    return reported.low is not None or bool(reported.words)


def _date(line: CaseLine) -> Runs:
    return (Run(line.performed_on),) if line.performed_on else (Run(_tr("No date"), Ink.MUTED),)


def _age_sex(line: CaseLine) -> Runs:
    if line.age is None and line.sex is None:
        return (_none(),)
    age = Run(MISSING, Ink.MUTED) if line.age is None else Run(str(line.age))
    sex = Run(MISSING, Ink.MUTED) if line.sex is None else Run(line.sex.label[0])
    return age, Run(" "), sex


def _age_sex_spoken(line: CaseLine) -> str:
    years = Procedure.age_at_procedure.unit
    age = _tr("Age not known") if line.age is None else f"{line.age} {years}"
    return f"{age}, {line.sex.label.lower() if line.sex else _tr('sex not recorded')}"


def _levels(line: CaseLine) -> Runs:
    if not line.levels:
        return (_none(),)
    return (Run(_labels(line.levels), bold=True, whole=True, short=few_levels(line.levels)),)


def few_levels(levels: Sequence[Level]) -> str:
    """From which to which where none between is left out, or else how many more there are."""
    first, last = levels[0], levels[-1]
    between = [level for level in Level if first.rank <= level.rank <= last.rank]
    if all(level in levels or level.is_variant for level in between):
        return f"{first.label}–{last.label}" if first is not last else first.label
    return _tr("{level} + {count}").format(level=first.label, count=len(levels) - 1)


def _levels_spoken(line: CaseLine) -> str:
    unnamed = line.level_count - len(line.levels)
    said = _labels(line.levels) or _tr("No level")
    return f"{said} + {unnamed} {UNANSWERED}" if unnamed and line.levels else said


def _cement(line: CaseLine) -> Runs:
    if line.cement_ml is None:
        return (_none(),)
    return (Run(f"{line.cement_ml:.{TreatedLevel.cement_ml.decimals}f}", whole=True),)


def _cement_spoken(line: CaseLine) -> str:
    if line.cement_ml is None:
        return _tr("Not recorded")
    total = f"{show_number(line.cement_ml)} {TreatedLevel.cement_ml.unit}"
    return _tr("{total} in all").format(total=total) if line.level_count > 1 else total


def _leakage(line: CaseLine) -> Runs:
    if line.leakage is None:
        return (Run(UNANSWERED, Ink.MUTED),)
    if line.leakage is Leakage.NONE:
        return (_none(),)
    if line.leakage is Leakage.NOT_ASSESSED:
        return (Run(line.leakage.label, Ink.MUTED),)
    if not line.leak_locations:
        return (Run(line.leakage.label, Ink.WARNING),)
    return (terms_run(line.leak_locations, Ink.WARNING),)


def _leakage_spoken(line: CaseLine) -> str:
    if line.leakage is None:
        return _tr("Not answered")
    where = _labels(line.leak_locations)
    return f"{line.leakage.label}: {where}" if where else line.leakage.label


def _gain(line: CaseLine) -> Runs:
    return (Run(signed(line.gain), whole=True),) if line.gain.low is not None else (_none(),)


def signed(gain: Reported) -> str:
    """A change with its sign: +2.5, +3–5, −1, or "−1 to +2" where a range goes through zero."""
    low, high = gain.low, gain.high
    if low is None or high is None:
        return gain.words
    if low == high or low >= 0:
        return f"{'+' if high > 0 else ''}{show_reported(gain)}"
    return _tr("{low} to {high}").format(
        low=show_number(low), high=f"{'+' if high > 0 else ''}{show_number(high)}"
    )


def _gain_spoken(line: CaseLine) -> str:
    if line.gain.low is None:
        return _tr("Not recorded")
    gain = f"{signed(line.gain)} {TreatedLevel.height_gain_low_mm.unit}"
    return _tr("Greatest gain {gain}").format(gain=gain) if line.level_count > 1 else gain


def _reported(score: Reported) -> Run:
    if score.low is not None:
        return Run(show_reported(score), whole=True)
    if not score.words:
        return Run(MISSING, Ink.MUTED)
    term = GlobalOutcome.meant_by(score.words)
    return Run(term.label.lower() if term else score.words, italic=True)


def _pain_spoken(line: CaseLine) -> str:
    scales = {score.scale for score in line.course if score.reported.low is not None}
    mixed = [_tr("Scores on different scales, not to be compared.")] if len(scales) > 1 else []
    return "\n".join([*(say_score(score) for score in line.course), *mixed]) or _tr("No score")


def _course_spoken(line: CaseLine) -> str:
    return "; ".join(say_score(score) for score in line.course) or _tr("No score")


def _status(line: CaseLine) -> Runs:
    state = (
        Run(_tr("Complete"), Ink.SUCCESS) if line.complete else Run(_tr("Incomplete"), Ink.MUTED)
    )
    return (state, Run(f", {_synthetic()}", Ink.MUTED)) if line.synthetic else (state,)


def _status_spoken(line: CaseLine) -> str:
    core = _tr("every core field is answered") if line.complete else _tr("core fields are open")
    state = f"{_status(line)[0].text}: {core}."
    return f"{_tr('Synthetic case.')} {state}" if line.synthetic else state


def _synthetic() -> str:
    return _tr("synthetic")
