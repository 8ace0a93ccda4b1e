# SPDX-License-Identifier: MIT
"""What the cells of the list say of a case, in brief and in full words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from models.caselist import CaseLine, Score
from models.numbers import Reported, show_number, show_reported
from models.schema import Procedure, TreatedLevel
from models.speech import in_quotes, lowered, numeral, shown_day
from models.vocabulary import GlobalOutcome, Leakage, Level, Vocabulary
from ui.cases.runs import Ink, Run, Runs

_KEPT = 2_000  # texts that are worked out once for many cases

NOTHING = "—"
"""Nothing of the kind was there, or nothing was recorded; the tool tip says which."""
MISSING = "–"
"""Stands for one missing part beside another that is known."""
UNANSWERED = "?"


def pain_runs(line: CaseLine) -> Runs:
    """Pain before and latest: an arrow only between scores that may be compared."""
    if not _said(line.before) and not _said(line.latest):
        return (none_run(),)
    both = line.before.low is not None and line.latest.low is not None
    joint = " | " if both and line.pain_scale is None else " → "
    return _reported(line.before), Run(joint, Ink.MUTED), _reported(line.latest)


def say_score(score: Score) -> str:
    """When, on which scale and what, in words."""
    when = score.time_point.label if score.time_point else tr("Time not stated")
    if score.assessed_on:
        when = f"{when} ({shown_day(score.assessed_on)})"
    if not _said(score.reported):
        return tr("{when}: no score").format(when=when)
    if score.reported.low is None:
        return f"{when}: {in_quotes(score.reported.words)}"
    scale = score.scale.label if score.scale else tr("scale not stated")
    return f"{when}: {show_reported(score.reported)} ({scale})"


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("cases", text)


def none_run() -> Run:
    """Nothing of the kind was recorded."""
    return Run(NOTHING, Ink.MUTED)


def labels(terms: Sequence[Vocabulary]) -> str:
    """Terms by commas."""
    return ", ".join(term.label for term in terms)


@lru_cache(maxsize=_KEPT)
def terms_run(terms: tuple[Vocabulary, ...], ink: Ink = Ink.TEXT) -> Run:
    """Terms by commas; where there is too little room in brief, or the first and how many more."""
    labels, shorts = ([term.label for term in terms], [term.short for term in terms])
    brief = [term.abbreviated for term in terms]
    fewer = [
        (", ".join(words[:shown]), f" +{len(terms) - shown}")
        for shown in range(len(terms) - 1, 0, -1)
        for words in (labels, shorts, brief)
    ]
    whole, short, briefest = map(", ".join, (labels, shorts, brief))
    return Run(whole, ink, short=short, abbreviated=briefest, fewer=tuple(fewer))


def _said(reported: Reported) -> bool:
    return reported.low is not None or bool(reported.words)


def patient_runs(line: CaseLine) -> Runs:
    """The code of the patient."""
    return (Run(line.patient_code),) if line.patient_code else (none_run(),)


def patient_spoken(line: CaseLine) -> str:
    """The same, and that the case is synthetic."""
    code = line.patient_code or tr("No patient code")
    return f"{code} ({synthetic_mark()})" if line.synthetic else code


def operator_runs(line: CaseLine) -> Runs:
    """Who operated."""
    return (Run(line.operator),) if line.operator else (none_run(),)


def techniques_runs(line: CaseLine) -> Runs:
    """Every technique of the case."""
    return (terms_run(line.techniques),) if line.techniques else (none_run(),)


def diagnoses_runs(line: CaseLine) -> Runs:
    """What was treated."""
    return (terms_run(line.diagnoses),) if line.diagnoses else (none_run(),)


def date_runs(line: CaseLine) -> Runs:
    """The day of the procedure, as well as it is known."""
    return (
        (Run(shown_day(line.performed_on)),)
        if line.performed_on
        else (Run(tr("No date"), Ink.MUTED, short=NOTHING),)
    )


def age_sex_runs(line: CaseLine) -> Runs:
    """Such as "75 F"."""
    if line.age is None and line.sex is None:
        return (none_run(),)
    age = Run(MISSING, Ink.MUTED) if line.age is None else Run(str(line.age))
    sex = Run(MISSING, Ink.MUTED) if line.sex is None else Run(line.sex.label[0])
    return age, Run(" "), sex


def age_sex_spoken(line: CaseLine) -> str:
    """The same in words."""
    years = Procedure.age_at_procedure.shown_unit
    age = tr("Age not known") if line.age is None else f"{line.age} {years}"
    return f"{age}, {(lowered(line.sex.label) if line.sex else tr('sex not recorded'))}"


def levels_runs(line: CaseLine) -> Runs:
    """Every level, and where there is too little room how many."""
    return (_levels_run(line.levels) if line.levels else none_run(),)


@lru_cache(maxsize=_KEPT)
def _levels_run(levels: tuple[Level, ...]) -> Run:
    return Run(labels(levels), bold=True, whole=True, short=few_levels(levels))


def few_levels(levels: Sequence[Level]) -> str:
    """From which to which where none between is left out, or else how many more there are."""
    first, last = levels[0], levels[-1]
    between = [level for level in Level if first.rank <= level.rank <= last.rank]
    if all(level in levels or level.is_variant for level in between):
        return f"{first.label}–{last.label}" if first is not last else first.label
    return tr("{level} + {count}").format(level=first.label, count=len(levels) - 1)


def levels_spoken(line: CaseLine) -> str:
    """Every level, and how many have no name."""
    unnamed = line.level_count - len(line.levels)
    said = labels(line.levels) or tr("No level")
    return f"{said} + {unnamed} {UNANSWERED}" if unnamed and line.levels else said


def cement_runs(line: CaseLine) -> Runs:
    """The volume of all levels together, in mL."""
    if line.cement_ml is None:
        return (none_run(),)
    return (Run(numeral(line.cement_ml, f".{TreatedLevel.cement_ml.decimals}f"), whole=True),)


def cement_spoken(line: CaseLine) -> str:
    """The same with its unit."""
    if line.cement_ml is None:
        return tr("Not recorded")
    total = f"{show_number(line.cement_ml)} {TreatedLevel.cement_ml.shown_unit}"
    return tr("{total} in all").format(total=total) if line.level_count > 1 else total


def leakage_runs(line: CaseLine) -> Runs:
    """Where cement leaked to, or what else was answered."""
    if line.leakage is None:
        return (Run(UNANSWERED, Ink.MUTED),)
    if line.leakage is Leakage.NONE:
        return (none_run(),)
    if line.leakage is Leakage.NOT_ASSESSED:
        return (Run(line.leakage.label, Ink.MUTED),)
    if not line.leak_locations:
        return (Run(line.leakage.label, Ink.WARNING),)
    return (terms_run(line.leak_locations, Ink.WARNING),)


def leakage_spoken(line: CaseLine) -> str:
    """The same in words."""
    if line.leakage is None:
        return tr("Not answered")
    where = labels(line.leak_locations)
    return f"{line.leakage.label}: {where}" if where else line.leakage.label


def gain_runs(line: CaseLine) -> Runs:
    """The greatest gain in height, in mm."""
    return (Run(signed(line.gain), whole=True),) if line.gain.low is not None else (none_run(),)


def signed(gain: Reported) -> str:
    """A change with its sign: +2.5, +3–5, −1, or "−1 to +2" where a range goes through zero."""
    low, high = gain.low, gain.high
    if low is None or high is None:
        return gain.words
    if low == high or low >= 0:
        return f"{'+' if high > 0 else ''}{show_reported(gain)}"
    return tr("{low} to {high}").format(
        low=show_number(low), high=f"{'+' if high > 0 else ''}{show_number(high)}"
    )


def gain_spoken(line: CaseLine) -> str:
    """The same with its unit."""
    if line.gain.low is None:
        return tr("Not recorded")
    gain = f"{signed(line.gain)} {TreatedLevel.height_gain_low_mm.unit}"
    return tr("Greatest gain {gain}").format(gain=gain) if line.level_count > 1 else gain


@lru_cache(maxsize=_KEPT)
def _reported(score: Reported) -> Run:
    if score.low is not None:
        return Run(show_reported(score), whole=True)
    if not score.words:
        return Run(MISSING, Ink.MUTED)
    term = GlobalOutcome.meant_by(score.words)
    if term is None:
        return Run(score.words, italic=True)
    return Run(lowered(term.label), italic=True, abbreviated=lowered(term.abbreviation))


def pain_spoken(line: CaseLine) -> str:
    """Every score on a line of its own."""
    scales = {score.scale for score in line.course if score.reported.low is not None}
    mixed = [tr("Scores on different scales, not to be compared.")] if len(scales) > 1 else []
    return "\n".join([*(say_score(score) for score in line.course), *mixed]) or tr("No score")


def course_spoken(line: CaseLine) -> str:
    """Every score in one line."""
    return "; ".join(say_score(score) for score in line.course) or tr("No score")


def status_runs(line: CaseLine) -> Runs:
    """Whether every core field is answered, and whether the case is synthetic."""
    word = tr("Complete") if line.complete else tr("Incomplete")
    # Whether it is complete is told by the dot as well.
    state = Run(tr("Locked") if line.signed else word, Ink.SUCCESS if line.complete else Ink.MUTED)
    return (state, Run(f", {synthetic_mark()}", Ink.MUTED)) if line.synthetic else (state,)


def status_spoken(line: CaseLine) -> str:
    """The same in a sentence."""
    core = tr("every core field is answered") if line.complete else tr("core fields are open")
    locked = f"{tr('signed off')}, " if line.signed else ""
    state = f"{status_runs(line)[0].text}: {locked}{core}."
    return f"{tr('Synthetic case.')} {state}" if line.synthetic else state


def synthetic_mark() -> str:
    """What a synthetic case is marked by."""
    return tr("synthetic")
