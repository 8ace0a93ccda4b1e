# SPDX-License-Identifier: MIT
"""Filters that can be clicked: each click changes the filter, and so teaches how it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from models.query.amounts import is_span, span_in_words
from models.query.field import NOTHING_KNOWN, Kind, QueryField
from models.query.filter import Filter, Op, Term
from models.query.parsing import parse_partial
from models.query.registry import field_of
from models.query.wording import COMPARED, values_in_words, words_of_term
from models.query.writing import text_of
from models.quick import dataclass
from models.speech import begun_small, say

_CHIPS = (
    "technique",
    "level",
    "region",
    "diagnosis",
    "leak",
    "date",
    "operator",
    "followup",
    "pain",
    "complete",
)
"""The fields that are offered as chips, in this order."""

_SPEAK_FOR_THEMSELVES = ("technique", "level", "region", "diagnosis", "date", "operator")
"""Fields whose values are understood without the name of the field."""

_SIGNS = {Op.LESS: "<", Op.AT_MOST: "≤", Op.MORE: ">", Op.AT_LEAST: "≥"}

_SPANS = ("30d", "1y")
_PAIN = ((Op.AT_LEAST, "7"), (Op.AT_LEAST, "4"), (Op.LESS, "4"))


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to click.

    Attributes:
        label: as it is read.
        term: the condition that the click sets, or takes away where it holds already.
    """

    label: str
    term: Term


@dataclass(frozen=True, slots=True)
class Chip:
    """A field with what is offered for it.

    ``takes_several`` says whether several of the offers can be on: any of them holds then.
    """

    field: str
    label: str
    offers: tuple[Offer, ...]
    takes_several: bool


def chips(today: date, known: Mapping[str, Sequence[str]] = NOTHING_KNOWN) -> tuple[Chip, ...]:
    """The chips in their order. ``known`` holds operators in use under "operator"."""
    return tuple(_chip(name, today, known.get(name, ())) for name in _CHIPS)


def is_on(asked: Filter, offer: Offer) -> bool:
    """Whether the filter has the condition, or has its value among others of the field."""
    term = own_term(asked, offer.term.field)
    if term is None:
        return False
    return term.op is offer.term.op and set(offer.term.values) <= set(term.values)


def toggled(asked: Filter, offer: Offer) -> Filter:
    """The filter after a click: with the offer if it was off, without it if it was on.

    Values of one field stand together, and any of them holds. A number or date takes the place
    of the one before. Conditions of other fields, negated ones and searched words stay.
    """
    new, old = offer.term, own_term(asked, offer.term.field)
    if old is None:
        return added(without_term(asked, replace(new, negated=True)), new)
    if is_on(asked, offer):
        left = tuple(value for value in old.values if value not in new.values)
        return _with(asked, old, replace(old, values=left) if left else None)
    field = field_of(new.field)
    if not _takes_several(field) or old.op is not new.op:
        return _with(asked, old, new)
    both = dict.fromkeys((*old.values, *new.values))
    values = field.in_order(set(both)) if field.values else tuple(both)
    return _with(asked, old, replace(old, values=values))


def added(asked: Filter, term: Term) -> Filter:
    """The filter with one more condition, unless it has it."""
    return asked if term in asked.terms else Filter((*asked.terms, term))


def replaced(asked: Filter, term: Term) -> Filter:
    """The filter in which ``term`` is the only condition of its field, where the first one was."""
    places = [at for at, old in enumerate(asked.terms) if old.field == term.field]
    if not places:
        return added(asked, term)
    terms = [old for old in asked.terms if old.field != term.field]
    terms.insert(places[0], term)
    return Filter(tuple(terms))


def without(asked: Filter, field: str) -> Filter:
    """The filter without any condition of the field; ``""`` takes the searched words out."""
    return Filter(tuple(term for term in asked.terms if term.field != field))


def without_term(asked: Filter, term: Term) -> Filter:
    """The filter without this one condition."""
    return Filter(tuple(old for old in asked.terms if old != term))


def rewritten(text: str, asked: Filter) -> str:
    """The text for a filter that was made from what ``text`` means.

    What of the text was not understood is kept behind it, so that no click takes away what
    somebody is still typing.
    """
    return " ".join(part for part in (text_of(asked), *parse_partial(text).left_out) if part)


def chosen_in_words(asked: Filter, chip: Chip) -> str:
    """What the chip shows beside its label: the values of its condition; "" where it is off."""
    term = own_term(asked, chip.field)
    return values_in_words(term) if term is not None else ""


def said_on_chip(term: Term) -> str:
    """A condition in so few words as are understood without its field beside them."""
    field = field_of(term.field)
    if field.kind is Kind.NUMBER:
        said = _number_on_chip(field, term)
    elif term.negated or term.field not in _SPEAK_FOR_THEMSELVES:
        return _capital(words_of_term(term))
    elif term.op is Op.EXACTLY:
        return say(" or ").join(term.values)
    else:
        said = values_in_words(term)
    return say("Not {said}", said=begun_small(said)) if term.negated else _capital(said)


def _number_on_chip(field: QueryField, term: Term) -> str:
    sign = _SIGNS.get(term.op, "")
    numbers = say(" to ").join(term.values)
    return " ".join(part for part in (field.label, sign, numbers, field.unit) if part)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def unshown(asked: Filter, shown: Sequence[Chip]) -> tuple[Term, ...]:
    """The conditions on fields that none of the chips shows, such as negated ones."""
    own = [own_term(asked, chip.field) for chip in shown]
    return tuple(term for term in asked.terms if term.field and not any(term is o for o in own))


def own_term(asked: Filter, field: str) -> Term | None:
    """The condition that the chip of a field shows: the first one that is not negated."""
    own = (term for term in asked.terms if term.field == field and not term.negated)
    return next(own, None)


def _with(asked: Filter, old: Term, new: Term | None) -> Filter:
    at = asked.terms.index(old)
    between = () if new is None else (new,)
    return Filter((*asked.terms[:at], *between, *asked.terms[at + 1 :]))


def _chip(name: str, today: date, known: Sequence[str]) -> Chip:
    field = field_of(name)
    offers: tuple[Offer, ...]
    if field.kind is Kind.DATE:
        offers = _dates(name, today)
    elif field.kind is Kind.NUMBER:
        offers = tuple(
            Offer(f"{COMPARED[op]} {value}", Term(name, op, (value,))) for op, value in _PAIN
        )
    elif field.kind is Kind.WORDS:
        offers = tuple(Offer(words, Term(name, Op.EXACTLY, (words,))) for words in known)
    else:
        offers = tuple(
            Offer(value.label, Term(name, Op.IS, (value.code,))) for value in field.values
        )
    return Chip(name, field.label, offers, _takes_several(field))


def _takes_several(field: QueryField) -> bool:
    return field.kind in (Kind.TERMS, Kind.WORDS) and not field.is_flag


def _dates(name: str, today: date) -> tuple[Offer, ...]:
    values = (*_SPANS, str(today.year), str(today.year - 1))
    return tuple(
        Offer(span_in_words(value) if is_span(value) else value, Term(name, Op.IS, (value,)))
        for value in values
    )
