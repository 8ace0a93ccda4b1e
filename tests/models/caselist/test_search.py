# SPDX-License-Identifier: MIT
"""Words that are searched for, and conditions beside them."""

from __future__ import annotations

import pytest

from models.case import save_case
from models.caselist import Query, SortBy, outline
from models.logbook import Logbook
from models.query import Filter, Op, Term, parse
from models.schema import PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import Leakage, Level, Technique
from tests.builders import a_case
from tests.listed import listed


def found(logbook: Logbook, text: str) -> list[str]:
    return [line.patient_code for line in listed(logbook, text, SortBy.PATIENT, descending=False)]


def test_every_word_has_to_begin_a_word_of_the_case(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T12, operator="Dr Vattam"))
    save_case(
        logbook, a_case("P-2", Level.L1, technique=Technique.VERTEBROPLASTY, operator="Dr Bruel")
    )
    assert found(logbook, "kypho") == ["P-1"]
    assert found(logbook, "KYPHO vat") == ["P-1"]
    assert found(logbook, "kypho bruel") == []
    assert found(logbook, "plasty") == []
    assert found(logbook, "-kypho") == ["P-2"]
    assert found(logbook, '"dr vattam"') == ["P-1"]
    assert found(logbook, "  ") == ["P-1", "P-2"]


@pytest.mark.parametrize("typed", ["bkp", "t12", "Th12", "D12", "kyphoplasty", "VH", "angioma"])
def test_synonyms_find_a_case(logbook: Logbook, typed: str) -> None:
    save_case(logbook, a_case("P-1", Level.T12))
    save_case(logbook, a_case("P-2", Level.T1, technique=Technique.VERTEBROPLASTY))
    assert "P-1" in found(logbook, typed)


@pytest.mark.parametrize("typed", ['"', "t12*", "a b", "NEAR(", "-", "P-1'", "{", "a_b", "½", "ﬁ"])
def test_marks_of_the_search_language_are_plain_text(logbook: Logbook, typed: str) -> None:
    save_case(logbook, a_case("P-1", operator="a_b ½ ﬁn"))
    asked = Query(Filter((Term("", Op.IS, (typed,)), Term("operator", Op.IS, (typed,)))))
    outline(logbook, asked)


def test_case_and_accents_do_not_matter(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", operator="Dr \u00c9mile Stra\u00dfer"))
    for typed in ("emile", "\u00e9mi", "E\u0301MILE", "strasser", "stra\u00dfer", "op:STRASSER"):
        assert found(logbook, typed) == ["P-1"], typed


def test_names_are_found_only_where_they_are_stored(logbook: Logbook) -> None:
    case = a_case("P-1")
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="Ann Stra\u00dfer", record_number="R-77"
    )
    typed = ["ann", "strasser", "kypho ann", "r 77 ann", "-ann"]
    change_setting(logbook, STORE_IDENTITY, True)
    save_case(logbook, case)
    save_case(logbook, a_case("P-2"))
    assert [found(logbook, text) for text in typed] == [["P-1"]] * 4 + [["P-2"]]
    assert found(logbook, "kypho bob") == []
    change_setting(logbook, STORE_IDENTITY, False)
    assert [found(logbook, text) for text in typed] == [[], [], [], [], ["P-1", "P-2"]]


def test_the_search_of_a_large_logbook_finds_what_a_reading_of_it_finds(large: Logbook) -> None:
    levels = large.database.execute_sql("SELECT levels FROM case_row WHERE deleted = 0")
    count = sum(1 for (level,) in levels if level == "S5")
    assert count
    some = outline(large, Query(parse("bkp s5"))).count
    # Of lines without a level nobody knows which one the words and tags were made of.
    assert count <= some == outline(large, Query(parse("level:S5"))).count


def test_conditions_and_words_hold_together(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T1, Level.L1))
    save_case(logbook, a_case("P-2", Level.T12, leakage=Leakage.NOT_ASSESSED))
    save_case(logbook, a_case("P-3", Level.L2, technique=Technique.VERTEBROPLASTY, leakage=None))
    assert found(logbook, "level:T1") == ["P-1"]
    assert found(logbook, "level:L1,L2") == ["P-1", "P-3"]
    assert found(logbook, "level:L1,L2 kypho") == ["P-1"]
    assert found(logbook, "level:L1,L2 -kypho") == ["P-3"]
    assert found(logbook, "diagnosis:metastasis") == []
    assert found(logbook, "leak:none,not_assessed") == ["P-1", "P-2"]
    assert found(logbook, "leak:unanswered op:operator") == ["P-3"]
    assert found(logbook, "leak:none level:T12") == []


def test_as_many_conditions_as_a_query_can_hold_are_not_too_many(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T12))
    every = parse(" ".join(["kap:>100.0001"] * 50 + ["-date:1999-12-30..2017-02-02"] * 50))
    assert outline(logbook, Query(every)).count == 0
    every = parse(" ".join(["-kap:>100.0001"] * 50 + ["-date:1999-12-30..2017-02-02"] * 50))
    assert outline(logbook, Query(every)).count == 1
    assert len(listed(logbook, f"level:{','.join(Level)} {'dr ' * 90}")) == 1


def test_a_query_knows_whether_it_leaves_cases_out() -> None:
    assert not Query(parse(" "), SortBy.LEVEL).is_narrowed
    assert Query(parse("x")).is_narrowed
    assert Query(parse("leak:yes")).is_narrowed
