# SPDX-License-Identifier: MIT
"""What the detail pane says of a treated level, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from models.case import Case
from models.fields import ClinicalField, Number
from models.heights import height_gain, lost_since
from models.numbers import Reported
from models.schema import LaterMeasure, TreatedLevel
from models.speech import begun_small, in_quotes, lowered, say, shown_day
from models.vocabulary import Approach, Leakage, Level, Side, Vocabulary
from ui.cases.cells import signed
from ui.widgets.leak_view import LeakPicture, leak_picture

_QUOTES = '“”„«»"'


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact.

    Attributes:
        note: small print below the value.
        state: "warning" for what should be seen, "open" for what is not recorded,
            "strong" for what the others are about.
    """

    label: str
    value: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class LevelPart:
    """One treated level; ``level`` is None where it has no name yet, ``picture`` its leaks."""

    level: Level | None
    name: str
    entries: tuple[Entry, ...]
    picture: LeakPicture


def describe_level(case: Case, row: TreatedLevel) -> LevelPart:
    """The facts of a level, in the order in which the work was done."""
    name = row.level.label if row.level else _tr("No level yet")
    entries = [
        Entry(TreatedLevel.level.label, name, state="strong"),
        _approach(row),
        *_balloons(row),
        _cement(row),
        _leakage(case, row),
        _height(row),
        *_angle(row),
        *_later(case, row),
        _diagnosis(row),
    ]
    return LevelPart(row.level, name, tuple(entries), leak_picture(case, row))


def labels(terms: Iterable[Vocabulary]) -> str:
    """Terms in words, parted by commas."""
    return ", ".join(term.label for term in terms)


def sentence(parts: Iterable[str]) -> str:
    """Parts by commas; those after the first begin in small letters."""
    said = [part for part in parts if part]
    return ", ".join([*said[:1], *(small(part) for part in said[1:])])


def small(text: str) -> str:
    """With a small first letter, unless it is an abbreviation such as MRI."""
    return begun_small(text)


def with_unit(field: ClinicalField, value: object) -> str:
    """A value as people read it, with the unit of its field."""
    return f"{field.show(value)} {field.shown_unit}".strip()


def _tr(text: str) -> str:
    return QCoreApplication.translate("cases", text)


def _open(field: ClinicalField) -> Entry:
    return Entry(field.label, _tr("Not recorded"), state="open")


def _approach(row: TreatedLevel) -> Entry:
    field = TreatedLevel.approach
    approach = row.approach_other or (row.approach.label if row.approach else "")
    side = row.side.label if row.side else ""
    if not approach and not side:
        return _open(field)
    if side and row.approach in (None, Approach.NOT_STATED):
        return Entry(field.label, side, _tr("The way of the needle is not stated"))
    return Entry(
        field.label,
        _tr("{side} {approach}").format(side=side, approach=small(approach)) if side else approach,
    )


def _balloons(row: TreatedLevel) -> Iterator[Entry]:
    field, words = TreatedLevel.balloon_count, _quoted(row.balloon_words)
    if row.balloon_count is not None:
        yield Entry(field.label, str(row.balloon_count), words)
    elif words:
        yield Entry(field.label, _tr("Number not recorded"), words, "open")


def _cement(row: TreatedLevel) -> Entry:
    field = TreatedLevel.cement_ml
    kind = row.cement_type.label if row.cement_type else ""
    if row.cement_ml is None:
        return Entry(field.label, kind or _tr("Not recorded"), state="" if kind else "open")
    sides = [
        _tr("{volume} {side}").format(volume=with_unit(side, value), side=lowered(name.label))
        for side, name, value in (
            (TreatedLevel.cement_left_ml, Side.LEFT, row.cement_left_ml),
            (TreatedLevel.cement_right_ml, Side.RIGHT, row.cement_right_ml),
        )
        if value is not None
    ]
    note = ", ".join(part for part in (*sides, kind) if part)
    return Entry(field.label, with_unit(field, row.cement_ml), note)


def _leakage(case: Case, row: TreatedLevel) -> Entry:
    field = TreatedLevel.leakage
    if row.leakage is None:
        return Entry(field.label, _tr("Not answered"), row.leakage_words or "", "open")
    how = ", ".join(small(means.label) for means in row.leak_assessed_by or ())
    sought = _tr("Looked for by {means}").format(means=how) if how else ""
    if not how and row.leakage is not Leakage.NOT_ASSESSED:
        sought = _tr("How it was looked for is not recorded")
    note = "\n".join(part for part in (sought, _quoted(row.leakage_words)) if part)
    if row.leakage is not Leakage.PRESENT:
        return Entry(field.label, row.leakage.label, note)
    where = labels(leak.location for leak in case.leaks_of(row) if leak.location)
    return Entry(field.label, where or row.leakage.label, note, "warning")


def _height(row: TreatedLevel) -> Entry:
    label, unit = _tr("Height"), TreatedLevel.height_gain_low_mm.unit
    anterior = row.anterior_before_mm, row.anterior_after_mm
    middle = row.middle_before_mm, row.middle_after_mm
    gain = height_gain(anterior, middle, (row.height_gain_low_mm, row.height_gain_high_mm))
    words = _quoted(row.height_gain_words)
    if gain is None:
        return Entry(label, words or _tr("Not recorded"), state="" if words else "open")
    measured = [
        f"{field.label.split(' ')[0]} {field.show(before)} → {field.show(after)}"
        for field, (before, after) in (
            (TreatedLevel.anterior_before_mm, anterior),
            (TreatedLevel.middle_before_mm, middle),
        )
        if before is not None and after is not None
    ]
    notes = measured or [words]
    return Entry(label, f"{signed(Reported(gain.low, gain.high))} {unit}", "\n".join(notes))


def _angle(row: TreatedLevel) -> Iterator[Entry]:
    for field, was, now in (
        (LaterMeasure.wedge_deg, row.wedge_before_deg, row.wedge_after_deg),
        (LaterMeasure.kyphosis_deg, row.kyphosis_before_deg, row.kyphosis_after_deg),
    ):
        if was is not None and now is not None:
            yield Entry(field.label, f"{field.show(was)} → {field.show(now)}{field.shown_unit}")


def _later(case: Case, row: TreatedLevel) -> Iterator[Entry]:
    """What was measured at follow-ups, and what was lost by the last of them."""
    measures = sorted(case.later_measures_of(row), key=lambda later: later.measured_on or "")
    if not measures:
        return
    lost = lost_since(row, measures[-1])
    told = [
        say("{wall} {signed} mm", wall=wall.shown, signed=signed(Reported(-loss, -loss)))
        for wall, loss in lost.items()
        if loss is not None
    ]
    value = _tr("{walls} since the procedure").format(walls=", ".join(told)) if told else ""
    notes = "\n".join(map(_measure, measures))
    yield Entry(_tr("At follow-up"), value or _tr("Measured"), notes)


def _measure(later: LaterMeasure) -> str:
    """E.g. "2026-06-04: anterior height 19 mm, kyphotic angle 12°"."""
    measured = [
        f"{small(field.label)} {with_unit(field, value).replace(' °', '°')}"
        for field in type(later).clinical_fields()
        if isinstance(field, Number) and (value := getattr(later, field.name)) is not None
    ]
    day = shown_day(str(later.measured_on)) if later.measured_on else _tr("no date")
    return f"{day}: {', '.join(measured) or _tr('nothing')}"


def _diagnosis(row: TreatedLevel) -> Entry:
    field = TreatedLevel.diagnosis
    if not row.diagnosis:
        return _open(field)
    proof = labels(row.diagnosis_basis or ())
    note = f"{TreatedLevel.diagnosis_basis.label}: {proof}" if proof else ""
    return Entry(field.label, sentence(term.label for term in row.diagnosis), note)


def _quoted(words: str | None) -> str:
    if not words or any(mark in words for mark in _QUOTES):
        return words or ""
    return in_quotes(words)
