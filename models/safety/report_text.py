# SPDX-License-Identifier: MIT
"""Safety as a page of text, for whoever reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.query import words_of
from models.safety.fractures import DAYS_TOLD

if TYPE_CHECKING:
    from models.analysis.statistics import Interval, Proportion
    from models.safety.events import EventNumbers
    from models.safety.fractures import FractureNumbers
    from models.safety.leakage import LeakageNumbers, Part
    from models.safety.numbers import SafetyNumbers
    from models.safety.radiation import Dose
    from models.safety.rates import LevelRate
    from models.safety.survival import Curve


def safety_text(numbers: SafetyNumbers) -> str:
    """The numbers of the JSON document that matter most."""
    lines = list(_cases(numbers))
    if numbers.n_cases:
        lines += ["", *_leakage(numbers.leakage)]
        lines += ["", *_events(numbers.events)]
        lines += ["", "Radiation", *map(_dose, numbers.doses)]
        lines += ["", *_fractures(numbers.fractures)]
        lines += ["", "CUSUM", *(f"  {sentence}" for sentence in numbers.watched.sentences())]
    return "\n".join(lines)


def _cases(numbers: SafetyNumbers) -> Iterator[str]:
    cases, asked = numbers.record.cases, numbers.question.asked
    yield f"Safety, {_counted(cases.n, 'case')} of {_counted(cases.n_patients, 'patient')}"
    if asked.terms:
        yield f"Cases: {words_of(asked)}."
    if not cases.n:
        yield "No case meets the filter." if asked.terms else "There is no case yet."
    if numbers.n_synthetic:
        yield f"Synthetic cases: {numbers.n_synthetic:,}."


def _leakage(numbers: LeakageNumbers) -> Iterator[str]:
    yield "Cement leakage"
    yield f"  per level: {_rate(numbers.per_level)}"
    yield f"  per patient: {_share(numbers.per_patient)}"
    yield f"  with symptoms, per level: {_rate(numbers.symptomatic)}"
    untold = (
        (numbers.n_not_assessed, "not assessed"),
        (numbers.n_not_answered, "not answered"),
        (numbers.n_symptoms_unknown, "with a leak of unknown symptoms"),
    )
    if said := ", ".join(f"{n:,} {what}" for n, what in untold if n):
        yield f"  levels left out: {said}"
    if numbers.remark:
        yield f"  {numbers.remark}"
    for heading, parts in (
        ("looked for by", numbers.by_detection),
        ("technique", numbers.by_technique),
        ("location", numbers.by_location),
        ("Yeom type", numbers.by_yeom),
    ):
        yield from _parts(heading, parts)


def _parts(heading: str, parts: Sequence[Part]) -> Iterator[str]:
    if parts:
        yield f"  by {heading}, per level" if heading != "looked for by" else f"  {heading}"
    for part in parts:
        yield f"    {part.label}: {_rate(part.levels)}"


def _events(numbers: EventNumbers) -> Iterator[str]:
    yield "Adverse events"
    yield f"  procedures with any: {_share(numbers.any_event)}"
    for kind in numbers.kinds:
        yield f"    {kind.kind.label}: {_share(kind.procedures)}"
    if numbers.n_not_answered:
        yield f"  left out, as nobody said whether there was any: {numbers.n_not_answered:,}"
    if numbers.n_leaks_unlisted:
        yield f"  with a symptomatic leak and no event listed: {numbers.n_leaks_unlisted:,}"


def _dose(dose: Dose) -> str:
    group, spread = dose.all, dose.all.spread
    told = f"n {spread.n:,}, {group.n_missing:,} missing"
    if spread.median is None:
        return f"  {dose.label}: {told}"
    quartiles = f"IQR {spread.q1:.4g} to {spread.q3:.4g}"
    return f"  {dose.label}: median {spread.median:.4g} {dose.unit} ({quartiles}), {told}"


def _fractures(numbers: FractureNumbers) -> Iterator[str]:
    patients = _counted(numbers.n_patients, "patient")
    yield f"New fractures, {numbers.n_followed:,} of {patients} followed"
    left_out = (
        (numbers.n_no_followup, "without follow-up"),
        (numbers.n_no_start, "without a dated procedure"),
        (numbers.n_undated, "with a fracture without a date"),
    )
    if said := ", ".join(f"{n:,} {what}" for n, what in left_out if n):
        yield f"  left out: {said}"
    for code, curve in numbers.curves:
        told = "; ".join(_at(curve, day) for day in DAYS_TOLD[1:] if curve.at(day))
        yield f"  {code.label}: {_counted(curve.n_events, 'patient')}; {told or 'too short'}"
    for months, found in numbers.by_visit:
        if found.n:
            yield f"  of patients seen at {months} months: {_share(found)}"


def _at(curve: Curve, day: int) -> str:
    step = curve.at(day)
    if step is None:
        return ""
    share = f"{_percent(1 - step.free)}{_interval(_turned(step.ci95))}"
    return f"day {day} {share}, {step.at_risk:,} at risk"


def _turned(interval: Interval | None) -> Interval | None:
    """Of the share with an event, from that of those without."""
    return None if interval is None else type(interval)(1 - interval.high, 1 - interval.low)


def _rate(rate: LevelRate) -> str:
    if rate.rate is None:
        return "no level was assessed"
    share = f"{rate.k:,} of {rate.n:,}, {_percent(rate.rate)}"
    return f"{share}{_interval(rate.ci95)}, {_counted(rate.n_patients, 'patient')}"


def _share(found: Proportion) -> str:
    if found.rate is None:
        return "none was answered"
    return f"{found.k:,} of {found.n:,}, {_percent(found.rate)}{_interval(found.ci95)}"


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return ", no interval"
    return f" (95 % CI {_percent(interval.low)} to {_percent(interval.high)})"


def _counted(n: int, thing: str) -> str:
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def _percent(share: float) -> str:
    """With more digits where there is little."""
    return f"{share:.2%}" if 0 < share < 0.01 else f"{share:.1%}"
