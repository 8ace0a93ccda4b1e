# SPDX-License-Identifier: MIT
"""The table of patients of a case series: one row a case, everything as it was reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models.caselist import CaseLine, Score
from models.fields import ClinicalField
from models.numbers import show_number, show_reported
from models.partial_date import PartialDate
from models.reports.content import Column, Table
from models.reports.reading import CaseTold, LevelTold
from models.reports.wording import NOT_RECORDED, begun, labels, small
from models.schema import AdverseEvent, Procedure, Record, TreatedLevel
from models.speech import in_quotes, lowered, say, say_in, say_n
from models.vocabulary import Approach, Leakage, Sex, TimePoint, YesNo

MOST_LISTED = 5_000
"""Cases up to which each has a row; a table of more would fill hundreds of pages."""

COLUMNS = (
    Column(say("No."), 0.35, is_right=True),
    Column(say("Patient"), 0.85),
    Column(say("Age, sex"), 0.5),
    Column(say("Level"), 0.5),
    Column(say("Diagnosis"), 1.15),
    Column(say("Technique"), 1.0),
    Column(say("Approach"), 1.1),
    Column(say("Cement, mL"), 0.65),
    Column(say("Leakage"), 1.1),
    Column(say("Height gain, mm"), 0.85),
    Column(say("Pain before"), 0.75),
    Column(say("Pain after"), 0.85),
    Column(say("Follow-up"), 0.85),
    Column(say("Complications"), 1.05),
)

_NOTE = say(
    "Pain as it was reported, with its scale: a range stays a range, and words in "
    "quotation marks are no score. Pain after: the last score with a date, or else the "
    "last one. Follow-up: when that score was given. Height gain: the better of "
    "anterior and middle wall where heights were measured, else the gain as it was "
    "reported. Values of several levels stand from head to tail."
)


def patient_table(cases: Sequence[CaseTold], caption: str) -> Table:
    """The table; rows are numbered in the order of the cases."""
    rows = tuple(patient_row(number, case) for number, case in enumerate(cases, 1))
    return Table(COLUMNS, rows, caption, _NOTE)


def patient_row(number: int, case: CaseTold) -> tuple[str, ...]:
    """The cells of one case."""
    line = case.line
    return (
        f"{number}",
        code_of(line),
        _age_and_sex(case),
        ", ".join(level.label for level in line.levels) or NOT_RECORDED,
        by_level(case.levels, _diagnosis),
        by_level(case.levels, _technique),
        by_level(case.levels, approach_of),
        by_level(case.levels, _cement),
        by_level(case.levels, leakage_of),
        by_level(case.levels, gain_of),
        score_as_reported(case.before),
        score_as_reported(case.latest),
        followed(line.performed_on, case.latest),
        complications(case),
    )


def code_of(line: CaseLine) -> str:
    """The code of the patient, and whether the case is made up."""
    code = line.patient_code or say("no code")
    return say("{code} (synthetic)", code=code) if line.synthetic else code


def by_level(levels: Sequence[LevelTold], say: Callable[[LevelTold], str]) -> str:
    """What is said of every level: once where it is the same at all of them."""
    said = [say(level) for level in levels]
    if len(set(said)) <= 1:
        return said[0] if said else NOT_RECORDED
    names = [level.row.level.label if level.row.level else "?" for level in levels]
    return "; ".join(f"{name}: {words}" for name, words in zip(names, said, strict=True))


def reason_of(row: Record, field: ClinicalField) -> str:
    """Why a field holds nothing, e.g. "not recorded"."""
    why = (row.missing or {}).get(field.name)
    return lowered(why.label) if why is not None else NOT_RECORDED


def approach_of(level: LevelTold) -> str:
    """The way of the needle with its side, as in "right transpedicular"."""
    row = level.row
    side = small(row.side.label) if row.side is not None else ""
    if row.approach_other:
        way = row.approach_other
    elif row.approach in (None, Approach.NOT_STATED):
        way = (
            say("not stated") if row.approach is not None else reason_of(row, TreatedLevel.approach)
        )
        return say("{side}, way {way}", side=side, way=way) if side else way
    else:
        way = small(row.approach.label)
    return f"{side} {way}" if side else way


def leakage_of(level: LevelTold) -> str:
    """None, where it went, or why that is not known; and how it was looked for."""
    row = level.row
    if row.leakage is None:
        why = (row.missing or {}).get("leakage")
        return lowered(why.label) if why is not None else say("not answered")
    if row.leakage is Leakage.NOT_ASSESSED:
        return say("not assessed")
    how = small(labels(row.leak_assessed_by or ())) or say(
        "way of looking {not_recorded}", not_recorded=NOT_RECORDED
    )
    where = [leak for leak in level.leaks if leak.location is not None]
    if row.leakage is Leakage.NONE or not where:
        return f"{small(row.leakage.label)} ({how})"
    told = ", ".join(
        say("{location} (symptomatic)", location=small(leak.location.label))
        if leak.symptomatic is YesNo.YES
        else small(leak.location.label)
        for leak in where
    )
    return f"{told} ({how})"


def gain_of(level: LevelTold) -> str:
    """The gain in height, and whether it was measured or only reported."""
    if level.gain is None:
        return reason_of(level.row, TreatedLevel.height_gain_low_mm)
    low, high, measured = level.gain
    told = show_number(low) if low == high else f"{show_number(low)}–{show_number(high)}"
    return told if measured else say("{told} (reported)", told=told)


def score_as_reported(score: Score | None) -> str:
    """A score with its scale, words in quotation marks; why there is none is told elsewhere."""
    if score is None:
        return NOT_RECORDED
    if score.reported.low is None:
        return in_quotes(score.reported.words)
    scale = score.scale.label if score.scale else say("scale not stated")
    return f"{show_reported(score.reported)} ({scale})"


def followed(performed_on: PartialDate | None, score: Score | None) -> str:
    """When the last score was given, after the procedure where both days are known."""
    if score is None:
        return say("no score after")
    point = score.time_point
    planned = "" if point in (None, TimePoint.UNDATED) else small(point.short)
    if score.assessed_on is None:
        return (
            say("{planned}, date not stated", planned=planned)
            if planned
            else say("date not stated")
        )
    if performed_on is None or performed_on.exact is None or score.assessed_on.exact is None:
        return f"{planned}, {score.assessed_on.shown}" if planned else score.assessed_on.shown
    days = (score.assessed_on.exact - performed_on.exact).days
    told = say_n("{n:,} day", "{n:,} days", days)
    return f"{planned} ({told})" if planned else told


def complications(case: CaseTold) -> str:
    """The adverse events, an explicit none, or that nobody answered."""
    if case.events:
        return "; ".join(map(event_in_words, case.events))
    answer = case.procedure.any_complication
    if answer is YesNo.NO:
        return say_in("Complications", "none")
    if answer is None:
        return reason_of(case.procedure, Procedure.any_complication)
    return say("yes, not named") if answer is YesNo.YES else small(answer.label)


def event_in_words(event: AdverseEvent) -> str:
    """As in "new fracture, adjacent (L1)"."""
    kind = small(event.kind.label) if event.kind else say("not named")
    return f"{kind} ({event.level.label})" if event.level else kind


def _age_and_sex(case: CaseTold) -> str:
    age = "?" if case.line.age is None else str(case.line.age)
    letters = {Sex.FEMALE: say_in("Sex", "F"), Sex.MALE: say_in("Sex", "M"), None: "?"}
    sex = letters.get(case.line.sex, say_in("Sex", "other"))
    return f"{age}, {sex}"


def _diagnosis(level: LevelTold) -> str:
    said = labels(level.row.diagnosis or ())
    return begun(said) if said else reason_of(level.row, TreatedLevel.diagnosis)


def _technique(level: LevelTold) -> str:
    row = level.row
    return row.technique.label if row.technique else reason_of(row, TreatedLevel.technique)


def _cement(level: LevelTold) -> str:
    row = level.row
    if row.cement_ml is None:
        return reason_of(row, TreatedLevel.cement_ml)
    return str(TreatedLevel.cement_ml.show(row.cement_ml))
