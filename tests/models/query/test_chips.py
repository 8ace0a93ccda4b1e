# SPDX-License-Identifier: MIT
"""Clicking a filter changes its text, and typing it switches the chip on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.query import Filter, Op, Term, parse, text_of
from models.query.chips import (
    Chip,
    Offer,
    added,
    chips,
    chosen_in_words,
    is_on,
    replaced,
    rewritten,
    said_on_chip,
    toggled,
    unshown,
    without,
    without_term,
)
from tests.models.query.any_filter import filters

TODAY = date(2026, 3, 14)
CHIPS = chips(TODAY, {"operator": ["Dr Smith", "Jones"]})


def chip(field: str) -> Chip:
    return next(chip for chip in CHIPS if chip.field == field)


def offer(field: str, label: str) -> Offer:
    return next(offer for offer in chip(field).offers if offer.label == label)


def click(text: str, field: str, label: str) -> str:
    return text_of(toggled(parse(text), offer(field, label)))


def test_the_chips_that_are_offered() -> None:
    assert [chip.label for chip in CHIPS[:4]] == ["Technique", "Level", "Region", "Diagnosis"]
    assert {"leak", "date", "operator", "followup", "complete"} <= {chip.field for chip in CHIPS}
    assert [offer.label for offer in chip("date").offers] == [
        *("last 30 days", "last year", "2026", "2025"),
    ]


@pytest.mark.parametrize("each", CHIPS, ids=lambda chip: chip.field)
def test_every_offer_is_a_text_that_means_it_and_switches_it_on_and_off(each: Chip) -> None:
    assert each.offers
    for one in each.offers:
        asked = parse(text_of(Filter((one.term,))))
        assert asked == Filter((one.term,))
        assert is_on(asked, one)
        assert toggled(asked, one) == Filter()
        assert chosen_in_words(asked, each)


@given(filters(), st.sampled_from([offer for chip in CHIPS for offer in chip.offers]))
def test_a_click_switches_and_leaves_other_fields_and_words_alone(
    asked: Filter, clicked: Offer
) -> None:
    after = toggled(asked, clicked)
    assert is_on(asked, clicked) or is_on(after, clicked)
    own = clicked.term.field
    assert [t for t in after.terms if t.field != own] == [t for t in asked.terms if t.field != own]
    assert parse(text_of(after)) == after


def test_values_of_one_field_stand_together_in_their_order() -> None:
    assert click("level:L1 smith", "level", "T12") == "level:T12,L1 smith"
    assert click("level:T12,L1 smith", "level", "T12") == "level:L1 smith"
    assert click("level:L1 smith", "level", "L1") == "smith"


def test_a_span_takes_the_place_of_another() -> None:
    assert click("date:30d leak:yes", "date", "2026") == "date:2026 leak:present"
    assert click("pain:>=4", "pain", "at least 7") == "pain:>=7"
    assert click("complete", "complete", "No") == "complete:no"


def test_an_operator_is_meant_exactly() -> None:
    assert click("", "operator", "Dr Smith") == 'operator:="Dr Smith"'
    assert click('operator:="Dr Smith"', "operator", "Jones") == 'operator:="Dr Smith",Jones'
    assert click("op:smi", "operator", "Jones") == "operator:=Jones"


def test_what_was_excluded_is_not_asked_for_at_once() -> None:
    assert click("-leak:yes", "leak", "Present") == "leak:present"
    assert click("-leak:yes", "leak", "None") == "-leak:present leak:none"


def test_a_typed_condition_switches_its_chip_on() -> None:
    asked = parse("technique:kypho level:T10-L1 date:last 30 days")
    assert is_on(asked, offer("technique", "Balloon kyphoplasty"))
    assert is_on(asked, offer("level", "T13"))
    assert not is_on(asked, offer("level", "L2"))
    assert is_on(asked, offer("date", "last 30 days"))
    assert chosen_in_words(asked, chip("level")) == "T10 to L1"
    assert chosen_in_words(asked, chip("leak")) == ""
    assert not is_on(parse("-leak:yes"), offer("leak", "Present"))


def test_conditions_are_added_replaced_and_taken_out() -> None:
    asked = parse("smith level:T12 leak:yes -level:L1")
    term = Term("level", Op.IS, ("C2",))
    assert text_of(added(asked, term)) == "smith level:T12 leak:present -level:L1 level:C2"
    assert added(asked, asked.terms[1]) == asked
    assert text_of(replaced(asked, term)) == "smith level:C2 leak:present"
    assert text_of(replaced(parse("smith"), term)) == "smith level:C2"
    assert text_of(without(asked, "level")) == "smith leak:present"
    assert text_of(without(asked, "")) == "level:T12 leak:present -level:L1"
    assert text_of(without_term(asked, asked.terms[0])) == "level:T12 leak:present -level:L1"


def test_a_click_takes_away_nothing_that_is_still_typed() -> None:
    text = "smith lvl:T12 level:T1 note:"
    asked = toggled(parse("smith level:T1"), offer("leak", "Present"))
    assert rewritten(text, asked) == "smith level:T1 leak:present lvl:T12 note:"
    assert rewritten("NOT", Filter()) == "NOT"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("technique:kypho,vertebropl", "Balloon kyphoplasty or vertebroplasty"),
        ("level:T10-L1", "T10 to L1"),
        ("date:30d", "In the last 30 days"),
        ("date:2026", "In 2026"),
        ('op:="dr Smith",Jones', "dr Smith or Jones"),
        ("op:smi", "“smi”"),
        ("leak:none", "Leakage none"),
        ("pain:>=7", "Pain before ≥ 7"),
        ("complete", "Complete"),
        ("complete:no", "Not complete"),
        ("-level:T12", "Not level T12"),
        ("age:60..75", "Age at procedure 60 to 75 years"),
        ("levels:2", "Number of levels 2"),
        ("-pain:>=7", "Not pain before ≥ 7"),
        ("kap:>300", "Kerma-area product > 300 Gy.cm2"),
    ],
)
def test_a_condition_on_a_chip_is_short_and_clear(text: str, said: str) -> None:
    assert said_on_chip(parse(text).terms[0]) == said


def test_what_no_chip_shows_is_told_and_words_are_not() -> None:
    asked = parse("smith level:T12 level:L1 -leak:yes kap:>300 leak:none")
    left = Filter(unshown(asked, CHIPS))
    assert text_of(left) == "level:L1 -leak:present kap:>300"
