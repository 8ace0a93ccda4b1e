# SPDX-License-Identifier: MIT
"""Similar patients are found by what people mistype, ranked, and told with the reason."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.case import bin_case, load_case, save_case
from models.logbook import Logbook
from models.merging import merge, preview
from models.partial_date import PartialDate
from models.patient_names import NameIndex, words_of_name
from models.patients import Similar, Wanted, Why, cases_of, is_one_slip, similar
from models.schema import PatientIdentity
from models.vocabulary import Level, PainScale, Sex, Technique
from tests.builders import a_case, store_names
from tests.fresh import NewLogbook

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog")
    store_names(opened)
    yield opened
    opened.close()


def add(
    logbook: Logbook,
    code: str,
    born: str = "",
    name: str = "",
    number: str = "",
    sex: Sex = Sex.FEMALE,
) -> str:
    case = a_case(code, sex=sex)
    case.patient.birth_date = PartialDate(born) if born else None
    if name or number:
        case.identity = PatientIdentity(
            patient=case.patient.id, full_name=name or None, record_number=number or None
        )
    save_case(logbook, case)
    return str(case.patient.id)


def codes(found: list[Similar]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("KYP-0042", Why.SAME_CODE),
        ("kyp-0042", Why.CODE_SPELLING),
        ("KYP-42", Why.CODE_SPELLING),
        ("KYP0042", Why.CODE_SPELLING),
        ("kyp 42", Why.CODE_SPELLING),
        ("KYP-00042", Why.CODE_SPELLING),
        ("KYP-0024", Why.SIMILAR_CODE),
        ("KPY-0042", Why.SIMILAR_CODE),
        ("KYP-0043", Why.SIMILAR_CODE),
        ("KYP-00422", Why.SIMILAR_CODE),
        ("KY-0042", Why.SIMILAR_CODE),
        ("KYP-00", Why.CODE_BEGINS),
    ],
)
def test_a_code_is_found_as_it_is_mistyped(logbook: Logbook, typed: str, why: Why) -> None:
    add(logbook, "KYP-0042")
    add(logbook, "Jones2009-II")
    (found,) = similar(logbook, Wanted(code=typed))
    assert (found.code, found.why[0], found.cases, found.sex) == ("KYP-0042", why, 1, Sex.FEMALE)


def test_a_code_half_typed_goes_on_before_one_with_a_slip_in_it_comes(logbook: Logbook) -> None:
    for number in (*range(1200, 1240), 2, 13):
        add(logbook, f"P-{number}")
    found = similar(logbook, Wanted(code="P-12"), limit=10)
    assert codes(found) == [f"P-{number}" for number in range(1200, 1210)]
    assert codes(similar(logbook, Wanted(code="P-1"), limit=2)) == ["P-13", "P-1200"]
    assert codes(similar(logbook, Wanted(code="P-123"), limit=12))[10] == "P-13"


def test_who_was_born_in_that_month_comes_before_a_code_with_a_slip(logbook: Logbook) -> None:
    add(logbook, "KYP-0043")
    add(logbook, "KYP-7777", "1950-03")
    wanted = Wanted(code="KYP-0042", birth_date=PartialDate("1950-03-14"))
    assert codes(similar(logbook, wanted)) == ["KYP-7777", "KYP-0043"]


def test_every_single_slip_is_found_as_a_comparison_with_everybody_would(logbook: Logbook) -> None:
    chance = random.Random(7)
    known = {
        f"{chance.choice('ABC')}{chance.choice('XYZ')}-{chance.randrange(10_000):04d}"
        for _ in range(120)
    }
    for code in sorted(known):
        add(logbook, code)
    for code in sorted(known)[::4]:
        for typed in _mistyped(code, chance):
            expected = {one for one in known if is_one_slip(one, typed)}
            found = similar(logbook, Wanted(code=typed), limit=200)
            assert expected <= set(codes(found)), typed


def _mistyped(code: str, chance: random.Random) -> Iterator[str]:
    place, sign = chance.randrange(len(code) - 1), chance.choice(SIGNS)
    yield code[:place] + sign + code[place:]
    yield code[:place] + code[place + 1 :]
    yield code[:place] + sign + code[place + 1 :]
    yield code[:place] + code[place + 1] + code[place] + code[place + 2 :]


@pytest.mark.parametrize(
    ("stored", "typed", "why"),
    [
        ("1950-03-14", "1950-03-14", Why.BIRTH_DATE),
        ("1950-03", "1950-03-14", Why.BIRTH_MONTH),
        ("1950-03-14", "1950-03", Why.BIRTH_MONTH),
    ],
)
def test_birth_dates_match_as_far_as_both_are_known(
    logbook: Logbook, stored: str, typed: str, why: Why
) -> None:
    add(logbook, "P-1", stored)
    add(logbook, "P-2", "1950-04-14")
    (found,) = similar(logbook, Wanted(birth_date=PartialDate(typed)))
    assert (found.code, found.why) == ("P-1", (why,))


def test_a_birth_year_or_a_sex_alone_says_nothing_but_adds_to_the_rest(logbook: Logbook) -> None:
    add(logbook, "P-11", "1950", sex=Sex.MALE)
    add(logbook, "P-12", "1951", sex=Sex.FEMALE)
    year = PartialDate("1950-03-14")
    assert similar(logbook, Wanted(birth_date=year, sex=Sex.MALE)) == []
    found = similar(logbook, Wanted("P-1", birth_date=year, sex=Sex.MALE))
    assert codes(found) == ["P-11", "P-12"]
    assert found[0].why == (Why.CODE_BEGINS, Why.BIRTH_YEAR, Why.SEX)


@pytest.mark.parametrize(
    "typed",
    [
        "Jürgen Müller-Lüdenscheidt",
        "muller-ludenscheidt, JURGEN",
        "Müller Jürgen",
        "Jurgen Mueller-Lüdenscheidt",
        "Jürgen Möller-Lüdenscheidt",
        "Jürgne Müller",
        "Jürgen Mülle",
    ],
)
def test_a_name_is_found_without_diacritics_in_any_order_and_with_a_slip(
    logbook: Logbook, typed: str
) -> None:
    add(logbook, "P-1", name="Jürgen Müller-Lüdenscheidt")
    add(logbook, "P-2", name="Anna Schmidt")
    found = similar(logbook, Wanted(name=typed), names=NameIndex())
    assert codes(found) == ["P-1"]
    assert found[0].name == "Jürgen Müller-Lüdenscheidt"


def test_names_and_record_numbers_are_not_looked_at_without_their_index(logbook: Logbook) -> None:
    add(logbook, "P-1", name="Ann Example", number="00-4711")
    wanted = Wanted(name="Ann Example", record_number="4711")
    assert similar(logbook, wanted) == []
    (found,) = similar(logbook, wanted, names=NameIndex())
    assert found.why == (Why.RECORD_NUMBER, Why.SAME_NAME)
    assert similar(logbook, Wanted(code="P-1"))[0].name == ""


def test_the_index_of_names_follows_every_change(logbook: Logbook) -> None:
    names = NameIndex()
    first = add(logbook, "P-1", name="Ann Example")
    assert codes(similar(logbook, Wanted(name="Ann Example"), names=names)) == ["P-1"]
    second = add(logbook, "P-2", name="Ann Example")
    assert len(similar(logbook, Wanted(name="ann example"), names=names)) == 2
    case = load_case(logbook, cases_of(logbook, second)[0].case_id)
    assert case.identity is not None
    case.identity.full_name = "Maria Sample"
    save_case(logbook, case)
    assert codes(similar(logbook, Wanted(name="Maria Sample"), names=names)) == ["P-2"]
    merge(logbook, preview(logbook, first, second), {})
    assert similar(logbook, Wanted(name="Maria Sample"), names=names) == []


def test_more_likenesses_come_before_one(logbook: Logbook) -> None:
    add(logbook, "P-101", "1950-03-14", "Ann Example")
    add(logbook, "P-102", "1950-03-14", "Maria Sample")
    add(logbook, "P-103", "1941-01-01", "Ann Exampel")
    wanted = Wanted(name="Ann Example", birth_date=PartialDate("1950-03-14"))
    found = similar(logbook, wanted, names=NameIndex())
    assert codes(found) == ["P-101", "P-102", "P-103"]
    assert codes(similar(logbook, wanted, 1, NameIndex())) == ["P-101"]


def test_nothing_typed_finds_nobody(logbook: Logbook) -> None:
    add(logbook, "P-1", "1950-03-14")
    for wanted in (Wanted(), Wanted(code="  "), Wanted(code="%"), Wanted(sex=Sex.FEMALE)):
        assert similar(logbook, wanted, names=NameIndex()) == []


def test_earlier_cases_come_latest_first_without_the_bin(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L1, Level.T12, on="2026-01-01", after=(0, 1))
    save_case(logbook, case)
    for on in ("2026-03-01", "2026-05-01"):
        other = a_case(on=on, after=None)
        other.patient, other.procedure.patient = case.patient, case.patient
        save_case(logbook, other)
    bin_case(logbook, other.id, "twice")
    later, first = cases_of(logbook, str(case.patient.id))
    assert (later.performed_on, first.performed_on) == ("2026-03-01", "2026-01-01")
    assert first.levels == (Level.T12, Level.L1)
    assert first.techniques == (Technique.BALLOON_KYPHOPLASTY,)
    assert (first.latest.low, first.latest.high, first.pain_scale) == (0, 1, PainScale.NRS)
    assert later.latest.low is None
    assert similar(logbook, Wanted("P-1"))[0].cases == 2


def test_a_slip_is_one_character_or_two_that_were_exchanged() -> None:
    assert is_one_slip("P-12", "P-21")
    assert is_one_slip("P-12", "P-1")
    assert is_one_slip("P-12", "P-13")
    assert not is_one_slip("P-12", "P-34")
    assert not is_one_slip("P-123", "P-321")


def test_words_of_a_name_have_no_case_and_no_diacritics() -> None:
    assert words_of_name("Mueller") == words_of_name("Müller")
    assert words_of_name("Łukasz  GROẞ-Øre") == ("gross", "lukasz", "ore")


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
def test_no_question_for_similar_patients_reads_all_of_them(
    logbook: Logbook, caplog: pytest.LogCaptureFixture
) -> None:
    add(logbook, "KYP-0001", "1950-03-14")
    asked = Wanted("KYP-0002", birth_date=PartialDate("1950-03-14"), sex=Sex.FEMALE)
    with caplog.at_level(logging.DEBUG, "peewee"):
        assert codes(similar(logbook, asked)) == ["KYP-0001"]
    asked_of: list[object] = [record.msg for record in caplog.records if record.name == "peewee"]
    plans = [
        str(row[3])
        for query in asked_of
        if isinstance(query, tuple) and "SELECT" in query[0]
        for row in logbook.database.execute_sql(f"EXPLAIN QUERY PLAN {query[0]}", query[1])
    ]
    assert any("INDEX patient_birth_date" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN") and "json_each" not in step] == []
