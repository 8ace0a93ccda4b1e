# SPDX-License-Identifier: MIT
"""Safety as a page of text, for whoever reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from models.query import words_of
from models.safety.fractures import DAYS_TOLD
from models.speech import numeral, numerals, say, say_n

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
        lines += ["", say("Radiation"), *map(_dose, numbers.doses)]
        lines += ["", *_fractures(numbers.fractures)]
        lines += ["", "CUSUM", *(f"  {sentence}" for sentence in numbers.watched.sentences())]
    return "\n".join(lines)


def _cases(numbers: SafetyNumbers) -> Iterator[str]:
    cases, asked = numbers.record.cases, numbers.question.asked
    yield say(
        "Safety, {counted} of {counted2}",
        counted=say_n("{n:,} case", "{n:,} cases", cases.n),
        counted2=say_n("{n:,} patient", "{n:,} patients", cases.n_patients),
    )
    if asked.terms:
        yield say("Cases: {words_of}.", words_of=words_of(asked))
    if not cases.n:
        yield say("No case meets the filter.") if asked.terms else say("There is no case yet.")
    if numbers.n_synthetic:
        yield say("Synthetic cases: {n_synthetic:,}.", n_synthetic=numbers.n_synthetic)


def _leakage(numbers: LeakageNumbers) -> Iterator[str]:
    yield say("Cement leakage")
    yield say("  per level: {rate}", rate=_rate(numbers.per_level))
    yield say("  per patient: {share}", share=_share(numbers.per_patient))
    yield say("  with symptoms, per level: {rate}", rate=_rate(numbers.symptomatic))
    untold = (
        (numbers.n_not_assessed, say("not assessed")),
        (numbers.n_not_answered, say("not answered")),
        (numbers.n_symptoms_unknown, say("with a leak of unknown symptoms")),
    )
    if said := ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in untold if n):
        yield say("  levels left out: {said}", said=said)
    if numbers.remark:
        yield f"  {numbers.remark}"
    for heading, parts in (
        (say("  looked for by"), numbers.by_detection),
        (say("  by technique, per level"), numbers.by_technique),
        (say("  by location, per level"), numbers.by_location),
        (say("  by Yeom type, per level"), numbers.by_yeom),
    ):
        yield from _parts(heading, parts)


def _parts(heading: str, parts: Sequence[Part]) -> Iterator[str]:
    if parts:
        yield heading
    for part in parts:
        yield f"    {part.label}: {_rate(part.levels)}"


def _events(numbers: EventNumbers) -> Iterator[str]:
    yield say("Adverse events")
    yield say("  procedures with any: {share}", share=_share(numbers.any_event))
    for kind in numbers.kinds:
        yield f"    {kind.kind.label}: {_share(kind.procedures)}"
    if numbers.n_not_answered:
        yield say(
            "  left out, as nobody said whether there was any: {n_not_answered:,}",
            n_not_answered=numbers.n_not_answered,
        )
    if numbers.n_leaks_unlisted:
        yield say(
            "  with a symptomatic leak and no event listed: {n_leaks_unlisted:,}",
            n_leaks_unlisted=numbers.n_leaks_unlisted,
        )


def _dose(dose: Dose) -> str:
    group, spread = dose.all, dose.all.spread
    told = say("n {n:,}, {n_missing:,} missing", n=spread.n, n_missing=group.n_missing)
    if spread.median is None:
        return f"  {dose.label}: {told}"
    quartiles = say("IQR {q1:.4g} to {q3:.4g}", q1=spread.q1, q3=spread.q3)
    return say(
        "  {dose}: median {median:.4g} {unit} ({quartiles}), {told}",
        dose=dose.label,
        median=spread.median,
        unit=dose.unit,
        quartiles=quartiles,
        told=told,
    )


def _fractures(numbers: FractureNumbers) -> Iterator[str]:
    patients = say_n("{n:,} patient", "{n:,} patients", numbers.n_patients)
    yield say(
        "New fractures, {n_followed:,} of {patients} followed",
        n_followed=numbers.n_followed,
        patients=patients,
    )
    left_out = (
        (numbers.n_no_followup, say("without follow-up")),
        (numbers.n_no_start, say("without a dated procedure")),
        (numbers.n_undated, say("with a fracture without a date")),
    )
    if said := ", ".join(numerals("{n:,} {what}", n=n, what=what) for n, what in left_out if n):
        yield say("  left out: {said}", said=said)
    for code, curve in numbers.curves:
        told = "; ".join(_at(curve, day) for day in DAYS_TOLD[1:] if curve.at(day))
        events = say_n("{n:,} patient", "{n:,} patients", curve.n_events)
        yield f"  {code.label}: {events}; {told or say('too short')}"
    for months, found in numbers.by_visit:
        if found.n:
            yield say(
                "  of patients seen at {months} months: {share}", months=months, share=_share(found)
            )


def _at(curve: Curve, day: int) -> str:
    step = curve.at(day)
    if step is None:
        return ""
    share = f"{_percent(1 - step.free)}{_interval(_turned(step.ci95))}"
    return say("day {day} {share}, {at_risk:,} at risk", day=day, share=share, at_risk=step.at_risk)


def _turned(interval: Interval | None) -> Interval | None:
    """Of the share with an event, from that of those without."""
    return None if interval is None else type(interval)(1 - interval.high, 1 - interval.low)


def _rate(rate: LevelRate) -> str:
    if rate.rate is None:
        return say("no level was assessed")
    share = say("{k:,} of {n:,}, {percent}", k=rate.k, n=rate.n, percent=_percent(rate.rate))
    patients = say_n("{n:,} patient", "{n:,} patients", rate.n_patients)
    return f"{share}{_interval(rate.ci95)}, {patients}"


def _share(found: Proportion) -> str:
    if found.rate is None:
        return say("none was answered")
    return say(
        "{k:,} of {n:,}, {percent}{interval}",
        k=found.k,
        n=found.n,
        percent=_percent(found.rate),
        interval=_interval(found.ci95),
    )


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return say(", no interval")
    return say(
        " (95 % CI {percent} to {percent2})",
        percent=_percent(interval.low),
        percent2=_percent(interval.high),
    )


def _percent(share: float) -> str:
    """With more digits where there is little."""
    return numeral(share, ".2%" if 0 < share < 0.01 else ".1%")
