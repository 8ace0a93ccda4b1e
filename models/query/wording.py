# SPDX-License-Identifier: MIT
"""A filter as a sentence for people: "Level T12, leakage present, not complete"."""

from __future__ import annotations

from models.query.amounts import TODAY, is_span, span_in_words
from models.query.field import Kind, QueryField
from models.query.filter import Filter, Op, Term
from models.query.parsing import YES
from models.query.registry import field_of
from models.query.writing import runs_of
from models.speech import begun_small, in_quotes, language, say, say_in

COMPARED = {
    Op.LESS: say("less than"),
    Op.AT_MOST: say("at most"),
    Op.MORE: say("more than"),
    Op.AT_LEAST: say("at least"),
}
DATED = {
    Op.LESS: say_in("Date", "before"),
    Op.AT_MOST: say("up to"),
    Op.MORE: say_in("Date", "after"),
    Op.AT_LEAST: say_in("Date", "from"),
}
_PRESENCE = {"has": say_in("Presence", "with"), "missing": say_in("Presence", "without")}

_NAMES = frozenset({"Enneking", "Frankel", "Genant", "Nurick", "Yeom"})
"""Labels that are names of people keep their capital within a sentence."""


def words_of(asked: Filter) -> str:
    """What is asked for, in words; "All cases" where nothing is."""
    said = ", ".join(words_of_term(term) for term in asked.terms)
    return said[:1].upper() + said[1:] if said else say("All cases")


def words_of_term(term: Term) -> str:
    """One condition in words, as it stands within a sentence."""
    said = _searched(term) if not term.field else _asked(field_of(term.field), term)
    return say("not {said}", said=said) if term.negated else said


def values_in_words(term: Term) -> str:
    """What a condition compares its field with, in words, without the name of the field."""
    return _value(field_of(term.field), term)


def _searched(term: Term) -> str:
    words = " ".join(term.values)
    return say("words “{words}”", words=words) if " " in words else say("word “{word}”", word=words)


def _asked(field: QueryField, term: Term) -> str:
    if field.kind is Kind.FIELDS:
        labels = [_lowered(field_of(name).label) for name in term.values]
        return f"{_PRESENCE[field.name]} {_either(labels)}"
    if field.is_flag and len(term.values) == 1:
        label = _lowered(field.label)
        return label if term.values == (YES,) else say("not {label}", label=label)
    return f"{_lowered(field.label)} {_value(field, term)}"


def _value(field: QueryField, term: Term) -> str:
    if field.kind is Kind.TERMS:
        return _either([_run(field, run) for run in runs_of(field, term.values)])
    if field.kind is Kind.WORDS:
        quoted = _either([in_quotes(value) for value in term.values])
        return say("exactly {quoted}", quoted=quoted) if term.op is Op.EXACTLY else quoted
    if field.kind is Kind.DATE:
        return _dates(term)
    unit = f" {field.unit}" if field.unit else ""
    if term.op is Op.RANGE:
        return say(
            "{value} to {value2}{unit}", value=term.values[0], value2=term.values[1], unit=unit
        )
    compared = COMPARED.get(term.op, "")
    return f"{compared} {term.values[0]}{unit}".lstrip()


def _dates(term: Term) -> str:
    first = term.values[0]
    if is_span(first):
        return say("in the {span_in_words}", span_in_words=span_in_words(first))
    if term.op is Op.RANGE:
        return say("{first} to {value}", first=first, value=term.values[1])
    if term.op is Op.IS:
        return first if first == TODAY or len(first) == 10 else say("in {first}", first=first)
    return f"{DATED[term.op]} {first}"


def _run(field: QueryField, codes: tuple[str, ...]) -> str:
    labels = [_label(field, code) for code in codes]
    return (
        labels[0]
        if len(labels) == 1
        else say("{label} to {label2}", label=labels[0], label2=labels[-1])
    )


def _label(field: QueryField, code: str) -> str:
    value = field.value(code)
    return _lowered(value.label) if value else code


def _lowered(label: str) -> str:
    """A label as it stands within a sentence; abbreviations and names stay as they are."""
    if language().keeps_capitals:
        return begun_small(label)
    first = label.split()[0]
    has_capitals = any(character.isupper() for character in first[1:])
    if len(first) == 1 or has_capitals or first in _NAMES or any(map(str.isdigit, first)):
        return label
    return label[0].lower() + label[1:]


def _either(labels: list[str]) -> str:
    return say(" or ").join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)
