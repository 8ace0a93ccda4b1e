# SPDX-License-Identifier: MIT
"""What a column, or a cell, can be made to mean, in words in which people search for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from models.importing.called import IN_ANY_ORDER
from models.importing.levels import as_code, levels_meant_by, told
from models.importing.targets import CASE, LEVEL, Kind, Target, targets
from models.importing.values import is_vocabulary
from models.importing.visits.names import names_of
from models.schema import Patient, PatientIdentity, Procedure, TreatedLevel
from models.speech import say

_PLACES = {
    Patient: say("Patient"),
    PatientIdentity: say("Patient (identity)"),
    Procedure: say("Procedure"),
    TreatedLevel: say("Level"),
}
_PARTS = {
    "low": say("lower end"),
    "high": say("upper end"),
    "words": say("in words"),
    "on": "date",
    "missing": say("why none"),
}
_ODD = (Kind.ASSESSED, Kind.ID, Kind.FLAG, Kind.COUNT, Kind.REASONS, Kind.EXPLANATIONS)
_ODDER = (Kind.LIST_REASONS, Kind.LIST_EXPLANATIONS, Kind.DERIVED)


_MOST_NAMES = 4
"""Of what is found again and again, so many other names are searched for each time point."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be meant.

    Attributes:
        value: the name of the target, or the code of the term.
        label: as it is shown.
        synonyms: other words for it.
        rank: its place among the others.
    """

    value: str
    label: str
    synonyms: tuple[str, ...] = ()
    rank: int = 0


@cache
def target_offers() -> tuple[Offer, ...]:
    """Everything that a column can stand for; what only this program writes comes last."""
    names: dict[str, list[str]] = {}
    for plain, target in IN_ANY_ORDER.items():
        names.setdefault(target, []).append(plain)
    for one in targets().values():
        if one.kind is Kind.ASSESSED and one.point is not None:
            said = names_of(one.part)[:_MOST_NAMES]
            names[one.name] = [f"{name} {one.point.short}" for name in said]
    known = sorted(targets().values(), key=_oddness)
    return tuple(
        Offer(one.name, label_of(one.name), (one.label, *names.get(one.name, ()), one.name), rank)
        for rank, one in enumerate(known)
    )


@cache
def label_of(name: str) -> str:
    """A target in words: where it belongs, what it is, and its unit."""
    target = targets()[name]
    unit = (
        f" ({target.field.shown_unit})"
        if target.field is not None and target.field.shown_unit
        else ""
    )
    if target.kind is Kind.VISIT:
        return say("Visit: {what}", what=f"{target.label}{unit}")
    if target.kind is Kind.PAIN and target.point is not None:
        return _of_pain(target)
    if target.kind is Kind.ASSESSED and target.point is not None:
        what = f"{target.field.label if target.field is not None else ''}{unit}"
        return say("{what}: {point}", what=what, point=target.point.label)
    if target.kind in (Kind.REASONS, Kind.EXPLANATIONS):
        said = (
            say("why fields are empty")
            if target.kind is Kind.REASONS
            else say("explanations of fields")
        )
        return f"{_place(target)}: {said}"
    if target.kind is Kind.REPORTED:
        return say(
            "{place}: {target}, number or range{unit}",
            place=_place(target),
            target=target.label,
            unit=unit,
        )
    if target.kind is Kind.FIELD and target.field is not None and target.field.part is not None:
        end = {"low": say(", lower end"), "words": ""}.get(target.field.part.value, "")
        return f"{_place(target)}: {target.label}{end}{unit}"
    if target.kind is Kind.FIELD:
        return f"{_place(target)}: {target.label}{unit}"
    return f"{target.label}{unit}"


def term_offers(name: str) -> tuple[Offer, ...]:
    """The terms that a cell of a target can mean; none where it holds no terms."""
    vocabulary = is_vocabulary(targets()[name])
    if vocabulary is None:
        return ()
    return tuple(Offer(term.value, term.label, term.synonyms, term.rank) for term in vocabulary)


def is_run(name: str, cell: str) -> bool:
    """Whether the cell names a run of levels and leaves open whether those between are meant."""
    levels = levels_meant_by(cell) if name == LEVEL else None
    return levels is not None and bool(levels.run)


def offers_for(name: str, cell: str) -> tuple[Offer, ...]:
    """The terms that this cell can mean; of a run of levels all of it, or its ends, before them."""
    offers = term_offers(name)
    levels = levels_meant_by(cell) if name == LEVEL else None
    if levels is None or not levels.run:
        return offers
    whole = Offer(
        as_code(levels.run), say("All of {told}", told=told(levels.run)), ("run", "whole"), -2
    )
    named = Offer(
        as_code(levels.named), say("Only {told}", told=told(levels.named)), ("both", "named"), -1
    )
    return (whole, named, *offers)


def _place(target: Target) -> str:
    return _PLACES.get(target.table, "") if target.table is not None else ""


def _of_pain(target: Target) -> str:
    point = target.point.label if target.point is not None else ""
    if target.part == "outcome":
        return say("Outcome: {point}", point=point)
    part = f", {_PARTS[target.part]}" if target.part in _PARTS else ""
    return say("Pain: {point}{part}", point=point, part=part)


def _oddness(target: Target) -> tuple[int, int]:
    first = target.name == CASE
    odd = 2 if target.kind in _ODDER else int(target.kind in _ODD)
    return (0 if first else 1 + odd, 0)
