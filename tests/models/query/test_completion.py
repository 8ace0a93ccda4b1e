# SPDX-License-Identifier: MIT
"""What the search box offers while a query is typed. The cursor is a bar in the text."""

from __future__ import annotations

import pytest

from models.query import FIELDS, Kind, QueryField, parse_partial
from models.query.completion import Completion, complete

KNOWN = {"operator": ["Dr Smith", "Smithson", "Müller"]}


def offers(marked: str) -> list[Completion]:
    cursor = marked.index("|")
    return complete(marked.replace("|", ""), cursor, KNOWN)


def results(marked: str) -> list[str]:
    """The text after each of the choices."""
    text = marked.replace("|", "")
    return [text[: c.start] + c.insert + text[c.end :] for c in offers(marked)]


def test_an_empty_box_offers_the_common_fields() -> None:
    assert results("|")[:4] == ["level:", "region:", "technique:", "approach:"]
    common = sum(field.is_common for field in FIELDS)
    assert len(offers("|")) == common


def test_a_blank_behind_a_condition_offers_fields_again() -> None:
    assert results("leak:yes |")[0] == "leak:yes level:"


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("te|", "technique:"),
        ("-te|", "-technique:"),
        ("-|", "-level:"),
        ("TEC|", "technique:"),
        ("comp|", "complete"),
        ("surg|", "operator:"),
        ("level:T12 te| leak:yes", "level:T12 technique: leak:yes"),
        ("le|v:T12", "level:T12"),
        ("pa|>=7", "pain:>=7"),
    ],
)
def test_names_of_fields(marked: str, first: str) -> None:
    assert results(marked)[0] == first


def test_a_field_is_found_by_what_it_is_called() -> None:
    assert "kap:" in results("kerma|")
    assert "detected:" in results("looked|")


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("kypho|", "technique:balloon_kyphoplasty"),
        ("t12|", "level:T12"),
        ("hemangio|", "diagnosis:hemangioma"),
        ('"balloon k|', "technique:balloon_kyphoplasty"),
    ],
)
def test_a_word_teaches_the_field_that_it_is_a_value_of(marked: str, wanted: str) -> None:
    assert wanted in results(marked)


def test_common_fields_come_before_rare_ones() -> None:
    found = results("ky|")
    assert found.index("technique:balloon_kyphoplasty") < found.index("kyphosis_before:")


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("level:t1|", ["level:T1", "level:T10", "level:T11", "level:T12", "level:T13"]),
        ("level:T11,L6|", ["level:T11,L6"]),
        ("level:T1|,L2", [f"level:{t},L2" for t in ("T1", "T10", "T11", "T12", "T13")]),
        ("level:T10-L6|", ["level:T10-L6"]),
        ("level:>=L6|", ["level:>=L6"]),
        ("technique:bkp|", ["technique:balloon_kyphoplasty"]),
        ("location:vein|", ["location:paravertebral_vein", "location:basivertebral_vein"]),
        ('technique:"radio|', ["technique:rf_kyphoplasty"]),
        ("op:sm|", ['op:"Dr Smith"', "op:Smithson"]),
        ('op:"dr s|', ['op:"Dr Smith"']),
        ("op:=mul|", ["op:=Müller"]),
        ("has:pain_m|", []),
        ("missing:kap|", ["missing:kap"]),
        ("nothing:|", []),
        ("pain:7|", []),
        ("pain:|", ["pain:>=", "pain:<=", "pain:>", "pain:<"]),
        ("pain:>=|", []),
        ("date:>|", ["date:>today"]),
        ("|level:T12", []),
        ("a<|", []),
    ],
)
def test_values_of_a_field(marked: str, wanted: list[str]) -> None:
    assert results(marked) == wanted


def test_values_stand_in_their_order_with_label_and_other_spellings() -> None:
    first, second, *_ = offers("leak:|")
    assert (first.insert, first.label, first.detail) == ("none", "None", "no")
    assert (second.insert, second.label, second.detail) == ("present", "Present", "yes")


def test_dates_are_offered_as_spans_and_comparisons() -> None:
    assert results("date:|")[:3] == ["date:today", "date:7d", "date:30d"]
    assert offers("date:|")[2].detail == "last 30 days"


@pytest.mark.parametrize(
    "field", [f for f in FIELDS if f.kind in (Kind.TERMS, Kind.FIELDS)], ids=lambda f: f.name
)
def test_what_is_offered_for_a_field_is_understood(field: QueryField) -> None:
    for text in results(f"{field.name}:|"):
        assert parse_partial(text).problem is None, text
