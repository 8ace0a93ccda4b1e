# SPDX-License-Identifier: MIT
"""Leakage and adverse events in a report, and published rates beside the own ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.analysis.statistics import Interval, Proportion
from models.literature import Published, own_rates, published_beside, shipped_rates
from models.literature.rate import PublishedRate
from models.logbook import Logbook
from models.query import Filter
from models.reports.content import Column, Table
from models.reports.wording import FEW, fixed, with_interval
from models.safety.beside import asked_of
from models.safety.events import EventNumbers, KindOfEvent, event_numbers
from models.safety.leakage import LeakageNumbers, Part, leakage_numbers
from models.safety.reading import read_safety
from models.safety.record import SafetyRecord
from models.speech import lowered, numeral, numerals, say, say_n
from models.vocabulary import CountUnit, Leakage, Measure, Technique

if TYPE_CHECKING:
    from models.safety.rates import LevelRate

_MOST_TECHNIQUES = 2
MOST_PUBLISHED = 6
"""Published rates that are laid beside an own one: those most alike."""
_NONE_ASSESSED, _NONE_ANSWERED = say("none assessed"), say("none answered")

_LEAKAGE = (
    Column(say("Cement leakage"), 1.6),
    Column(say("Levels"), 2.0),
    Column(say("Patients"), 2.0),
)
_EVENTS = (
    Column(say("Adverse event"), 1.6),
    Column(say("Events"), 0.6, is_right=True),
    Column(say("Procedures with one"), 1.8),
    Column(say("Grades"), 1.8),
)
BESIDE_COLUMNS = (
    Column(say("Source"), 1.7),
    Column(say("Counted, of"), 0.9),
    Column(say("Rate, 95 % CI"), 1.1),
    Column(say("Not alike"), 2.0),
)


@dataclass(frozen=True, slots=True)
class SafetyTold:
    """What went wrong in some cases, and the record that it rests on."""

    record: SafetyRecord
    leakage: LeakageNumbers
    events: EventNumbers


def safety_of(logbook: Logbook, asked: Filter) -> SafetyTold:
    """Work it out. Call it inside ``logbook.session()``."""
    record = read_safety(logbook, asked)
    return SafetyTold(record, leakage_numbers(record), event_numbers(record))


def leakage_table(numbers: LeakageNumbers, caption: str) -> Table:
    """Leakage of levels and of patients, and its parts by place, technique and way of looking."""
    rows: list[tuple[str, ...]] = [
        (
            say("Any leak"),
            _levels(numbers.per_level),
            with_interval(numbers.per_patient, _NONE_ASSESSED),
        ),
        (
            say("Symptomatic leak"),
            _levels(numbers.symptomatic),
            with_interval(numbers.symptomatic_patients, _NONE_ASSESSED),
        ),
    ]
    opened: set[int] = set()
    for title, parts in (
        (say("By how it was looked for"), numbers.by_detection),
        (say("By technique"), numbers.by_technique),
        (say("By place; a level can have several"), numbers.by_location),
    ):
        if parts:
            opened.add(len(rows))
            rows += [(title, "", ""), *map(_part, parts)]
    return Table(_LEAKAGE, tuple(rows), caption, _leak_note(numbers), frozenset(opened))


def events_table(numbers: EventNumbers, caption: str) -> Table:
    """Adverse events by kind, with their grades as they were given."""
    rows = [
        (
            say("Any"),
            numeral(numbers.n_events, ","),
            with_interval(numbers.any_event, _NONE_ANSWERED),
            "",
        ),
        *map(_kind, numbers.kinds),
    ]
    note = [say("Of the procedures for which it was answered. 95 % CI by Wilson.")]
    if n := numbers.n_not_answered:
        note.append(
            say_n(
                "{n:,} procedure neither lists an event nor says that there was none.",
                "{n:,} procedures neither list an event nor say that there was none.",
                n,
            )
        )
    if n := numbers.n_said_only:
        note.append(
            say_n(
                "{n:,} procedure says that there was one and lists none; it counts as any.",
                "{n:,} procedures say that there was one and list none; they count as any.",
                n,
            )
        )
    if n := numbers.n_leaks_unlisted:
        note.append(
            say_n(
                "{n:,} procedure has a symptomatic leak and no event listed.",
                "{n:,} procedures have a symptomatic leak and no event listed.",
                n,
            )
        )
    return Table(_EVENTS, tuple(rows), caption, " ".join(note))


def literature_tables(logbook: Logbook, told: SafetyTold) -> Iterator[Table]:
    """Own rates, each with published ones below it: leakage by technique, and symptomatic leaks.

    Captions have no number yet. Call it inside ``logbook.session()``: its own published rates
    count as well.
    """
    known = [*shipped_rates(), *(kept.rate for kept in own_rates(logbook))]
    levels = told.record.levels
    parts = sorted(told.leakage.by_technique, key=lambda part: -part.levels.n)
    for part in parts[:_MOST_TECHNIQUES]:
        technique = Technique.meant_by(part.code)
        if technique is None or part.levels.n_patients < FEW:
            continue
        rows = levels.assessed & (levels.technique == technique.rank)
        asked = asked_of(levels, rows, Measure.LEAKAGE, CountUnit.LEVEL)
        yield from _beside(
            say(
                "Leakage with {technique}, beside published rates.",
                technique=lowered(technique.label),
            ),
            (say("This logbook"), *_parted(part.levels, part.levels.n_patients, CountUnit.LEVEL)),
            published_beside(known, asked),
        )
    asked = asked_of(levels, levels.assessed, Measure.LEAKAGE_SYMPTOMATIC, CountUnit.PATIENT)
    patients = told.leakage.symptomatic_patients
    yield from _beside(
        say("Symptomatic leaks, beside published rates."),
        (
            say("This logbook"),
            *_parted(patients, patients.n, CountUnit.PATIENT),
        ),
        published_beside(known, asked),
    )


def safety_methods(numbers: SafetyTold) -> str:
    """How the rates were worked out."""
    if not numbers.record.cases.n:
        return ""
    return say(
        "A level counts for leakage where it was looked for and answered; what was not "
        "assessed is no “none”. Levels belong to patients, so that their interval is "
        "that of a ratio over patients (Cochran 1977); patients and procedures have "
        "Wilson's interval. With fewer than {few} patients or procedures only counts "
        "are given.",
        few=FEW,
    )


def _beside(caption: str, own: tuple[str, str, str], found: Sequence[Published]) -> Iterator[Table]:
    if not found:
        return
    shown = found[:MOST_PUBLISHED]
    rows = [(*own, ""), *map(published_row, shown)]
    note = say(
        "The published rates that are most alike come first. Not alike: in what they differ."
    )
    if left := len(found) - len(shown):
        note += say(
            " {left} on the Literature page.",
            left=say_n("{n:,} more rate", "{n:,} more rates", left),
        )
    yield Table(BESIDE_COLUMNS, tuple(rows), caption, note, frozenset({0}))


def _parted(own: LevelRate | Proportion, n_apart: int, unit: CountUnit) -> tuple[str, str]:
    """Counts with their unit, and the rate with its interval apart.

    ``n_apart`` is how many there are that do not belong together; no rate is given of few.
    """
    if not own.n:
        return _NONE_ASSESSED, "–"
    counts = say("{k:,} of {n:,}{unit}", k=own.k, n=own.n, unit=f" {lowered(unit.label)}")
    if own.rate is None or own.ci95 is None or n_apart < FEW:
        return counts, "–"
    return counts, _told_rate(own.rate, own.ci95)


def published_row(one: Published) -> tuple[str, ...]:
    """A published rate as a row, with in what it is not alike."""
    rate = one.rate
    return (
        rate.source,
        _counts(rate),
        _rate(one.result) or rate.reported or "–",
        "; ".join(one.unlike) or say("alike"),
    )


def _counts(rate: PublishedRate) -> str:
    if rate.counts is None:
        return say("not stated")
    k, n = rate.counts
    unit = f" {lowered(rate.unit.label)}" if rate.unit else ""
    return say("{k:,} of {n:,}{unit}", k=k, n=n, unit=unit)


def _rate(found: Proportion | None) -> str:
    if found is None or found.rate is None or found.ci95 is None:
        return ""
    return _told_rate(found.rate, found.ci95)


def _told_rate(rate: float, limits: Interval) -> str:
    low, high = (fixed(100 * limit) for limit in limits)
    return say("{fixed} % ({low} to {high} %)", fixed=fixed(100 * rate), low=low, high=high)


def _levels(rate: LevelRate) -> str:
    """As in "8 of 18 (44.4 %, 95 % CI 15.6 to 73.3 %)"; counts alone of few patients."""
    if not rate.n:
        return _NONE_ASSESSED
    if rate.rate is None or rate.ci95 is None or rate.n_patients < FEW:
        return say("{k:,} of {n:,}", k=rate.k, n=rate.n)
    low, high = (fixed(100 * limit) for limit in rate.ci95)
    return say(
        "{k:,} of {n:,} ({fixed} %, 95 % CI {low} to {high} %)",
        k=rate.k,
        n=rate.n,
        fixed=fixed(100 * rate.rate),
        low=low,
        high=high,
    )


def _part(part: Part) -> tuple[str, ...]:
    return part.label, _levels(part.levels), with_interval(part.patients, _NONE_ASSESSED)


def _leak_note(numbers: LeakageNumbers) -> str:
    left_out = (
        (numbers.n_not_assessed, f"{lowered(Leakage.NOT_ASSESSED.label)}"),
        (numbers.n_not_answered, say("not answered")),
        (
            numbers.n_symptoms_unknown,
            say("with a leak of unknown symptoms, left out of that line only"),
        ),
    )
    told = ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in left_out if n)
    left = say("Levels left out: {told}.", told=told) if told else ""
    return " ".join(filter(None, (left, numbers.remark)))


def _kind(kind: KindOfEvent) -> tuple[str, ...]:
    grades = "; ".join(
        f"{scale}: "
        + ", ".join(
            numerals("{label} {n:,}", label=label or say("not stated"), n=n) for label, n in tally
        )
        for scale, tally in kind.grades
    )
    ungraded = (
        say("{n_ungraded:,} not graded", n_ungraded=kind.n_ungraded) if kind.n_ungraded else ""
    )
    return (
        kind.kind.label,
        numeral(kind.n_events, ","),
        with_interval(kind.procedures, _NONE_ANSWERED),
        "; ".join(filter(None, (grades, ungraded))),
    )
