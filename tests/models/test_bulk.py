# SPDX-License-Identifier: MIT
"""Saving many cases at once leaves what saving each of them leaves, only sooner."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from models import audit, checks
from models.bulk import CHUNK, Chunk, save_chunks, save_many
from models.case import Case, find_patient, load_case, save_case
from models.errors import ImpossibleCase, LogbookBusy, LogbookError, PatientExists, VersionConflict
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.sample import make_cases
from models.schema import (
    ImageContent,
    PatientIdentity,
    Procedure,
    TreatedLevel,
)
from models.verify import verify
from models.vocabulary import Approach, Leakage, LeakLocation, Level, Sex, Side
from tests.builders import a_case, store_names
from tests.fresh import NewLogbook
from tests.listed import listed
from tests.models.any_case import IMAGE, IMAGE_HASH, cases
from tests.models.stored_rows import rows_of

USER = "Tester"


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Bulk.kypholog", USER)
    yield made
    made.close()


@pytest.fixture(scope="module")
def two(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], tuple[Logbook, Logbook]]:
    """Makes two new logbooks that hold the same image, and do not wait for the disk."""

    def make() -> tuple[Logbook, Logbook]:
        folder = tmp_path_factory.mktemp("two")
        pair = lasting_logbook(folder / "one", USER), lasting_logbook(folder / "many", USER)
        for made in pair:
            store_names(made)
            with made.transaction():
                ImageContent.insert(
                    sha256=IMAGE_HASH, media_type="image/png", content=IMAGE
                ).execute(made.database)
        return pair

    return make


def assert_same(one: Logbook, many: Logbook, saved: list[Case]) -> None:
    """Save the cases one by one and many at once, and compare what comes of it."""
    twins = copy.deepcopy(saved)
    for case in saved:
        save_case(one, case, "because")
    assert save_many(many, twins, "because") == len(twins)
    assert rows_of(many) == rows_of(one)
    assert [(case.version, case.patient.version) for case in twins] == [
        (case.version, case.patient.version) for case in saved
    ]
    assert not audit.chain_problems(many.database)


@settings(max_examples=25)
@given(drawn=st.lists(cases(), min_size=1, max_size=3))
def test_any_cases_come_out_as_if_each_had_been_saved_by_itself(
    two: Callable[[], tuple[Logbook, Logbook]], drawn: list[Case]
) -> None:
    codes = [case.patient.patient_code for case in drawn if case.patient.patient_code]
    if len(codes) != len(set(codes)):
        return
    one, many = two()
    assert_same(one, many, drawn)
    one.close()
    many.close()


def test_plausible_cases_come_out_as_if_each_had_been_saved_by_itself(
    two: Callable[[], tuple[Logbook, Logbook]],
) -> None:
    one, many = two()
    assert_same(one, many, list(make_cases(CHUNK + 20, 5)))
    for asked in ("kypho", "level:T12", "date:2024", "cement:>6 -leak:yes"):
        found = [line.case_id for line in listed(many, asked)]
        assert found == [line.case_id for line in listed(one, asked)]
        assert found


def test_lists_ranges_identities_and_quotes_come_out_the_same(
    two: Callable[[], tuple[Logbook, Logbook]],
) -> None:
    one, many = two()
    case = a_case('P "1"\\', Level.T12, Level.L1, before=(7, 9), after="much better")
    case.levels[0].diagnosis = list(case.levels[0].diagnosis)
    case.levels[1].leakage = Leakage.PRESENT
    case.add_leak(case.levels[1], location=LeakLocation.EPIDURAL)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="N’y Á\n\t\x7f\u2028")
    case.procedure.notes = "a\x01b 😀"
    assert_same(one, many, [case, a_case("P-2", on="2019", before=None, after=None)])


def test_what_was_saved_in_bulk_can_be_loaded_changed_and_verified(logbook: Logbook) -> None:
    save_many(logbook, [a_case("P-1"), a_case("P-2")])
    patient = find_patient(logbook, "P-2")
    assert patient is not None
    query = Procedure.select(Procedure.id).where(Procedure.patient == patient.id).tuples()
    case = load_case(logbook, next(iter(query.execute(logbook.database)))[0])
    case.levels[0].cement_ml = 4.5
    assert save_case(logbook, case).version == 2
    assert verify(logbook) == []


def test_the_second_case_of_a_patient_shares_the_patient(
    two: Callable[[], tuple[Logbook, Logbook]],
) -> None:
    one, many = two()
    first = a_case("P-1")
    again = Case.new(first.patient)
    again.procedure.performed_on = PartialDate("2026-05-01")
    assert_same(one, many, [first, again])
    assert len(rows_of(many)["patient"]) == 1


def test_a_patient_who_is_changed_between_two_cases_gets_a_second_version(
    logbook: Logbook,
) -> None:
    first = a_case("P-1", sex=Sex.FEMALE)

    def arriving() -> Iterator[Case]:
        yield first
        first.patient.sex = Sex.OTHER
        yield Case.new(first.patient)

    assert save_many(logbook, arriving()) == 2
    assert first.patient.version == 2
    assert verify(logbook) == []


def test_cases_of_patients_whom_the_logbook_knows_are_added_to_them(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    known = find_patient(logbook, "P-1")
    assert save_many(logbook, [Case.new(known), a_case("P-2")]) == 2
    assert len(rows_of(logbook)["patient"]) == 2
    assert verify(logbook) == []


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        (lambda case: setattr(case.levels[0], "cement_ml", 99), "cement_ml"),
        (lambda case: setattr(case.levels[0], "height_gain_low_mm", 3.0), "height_gain_low_mm"),
        (lambda case: setattr(case.assessments[0], "pain_low", 75), "pain_low"),
        (lambda case: setattr(case.assessments[1], "assessed_on", PartialDate("2020")), ""),
        (lambda case: setattr(case.patient, "birth_date", PartialDate("2027")), ""),
        (lambda case: case.add_level(level=Level.T12), "level"),
        (lambda case: setattr(case.levels[0], "approach", Approach.TRANSORAL), "approach"),
        (lambda case: setattr(case.procedure, "notes", "a\0b"), "notes"),
    ],
)
def test_an_impossible_case_is_refused_in_the_same_words(
    logbook: Logbook, wrong: Callable[[Case], None], at: str
) -> None:
    case = a_case("P-2")
    wrong(case)
    twin = copy.deepcopy(case)
    with pytest.raises(ImpossibleCase) as one:
        save_case(logbook, twin)
    with pytest.raises(ImpossibleCase) as many:
        save_many(logbook, [a_case("P-1"), case])
    assert str(many.value) == str(one.value)
    assert not at or at in {finding.field for finding in many.value.findings}
    assert not any(rows_of(logbook).values())


def test_the_checks_see_all_fields_of_a_case_again_after_it_was_saved(logbook: Logbook) -> None:
    case = a_case("P-1")
    save_many(logbook, [case])
    case.levels[0].cement_ml = 18
    assert [finding.field for finding in checks.warnings(case)] == ["cement_ml"]


def many_and_a_wrong_one() -> Iterator[Case]:
    for number in range(CHUNK):
        yield a_case(f"P-{number}")
    yield a_case("wrong", cement_ml=99)


def test_chunks_before_a_wrong_case_stay_and_its_own_does_not(logbook: Logbook) -> None:
    with pytest.raises(ImpossibleCase):
        save_many(logbook, many_and_a_wrong_one())
    assert len(rows_of(logbook)["procedure"]) == CHUNK
    assert verify(logbook) == []


def test_all_or_nothing_keeps_nothing_when_a_case_is_wrong(logbook: Logbook) -> None:
    with pytest.raises(ImpossibleCase):
        save_many(logbook, many_and_a_wrong_one(), all_or_nothing=True)
    assert not any(rows_of(logbook).values())


def test_what_all_or_nothing_did_not_keep_can_be_saved_again(logbook: Logbook) -> None:
    everyone = list(many_and_a_wrong_one())
    with pytest.raises(ImpossibleCase):
        save_many(logbook, everyone, all_or_nothing=True)
    assert {(case.version, case.patient.version) for case in everyone} == {(0, 0)}
    everyone[-1].levels[0].cement_ml = 6
    told: list[int] = []
    save_many(logbook, everyone, "", told.append, lambda: bool(told), all_or_nothing=True)
    assert {(case.version, case.patient.version) for case in everyone} == {(0, 0)}
    assert save_many(logbook, everyone, all_or_nothing=True) == len(everyone)
    assert verify(logbook) == []


def test_the_code_of_another_patient_is_refused(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    before = rows_of(logbook)
    with pytest.raises(PatientExists, match="P-1"):
        save_many(logbook, [a_case("P-0"), a_case("P-1")])
    with pytest.raises(PatientExists, match="P-2"):
        save_many(logbook, [a_case("P-2"), a_case("P-2")])
    assert rows_of(logbook) == before


def test_a_case_that_is_there_already_is_refused(logbook: Logbook) -> None:
    case = a_case("P-1")
    twin = copy.deepcopy(case)
    save_many(logbook, [case])
    before = rows_of(logbook)
    with pytest.raises(VersionConflict):
        save_many(logbook, [twin])
    assert rows_of(logbook) == before


def test_progress_is_told_and_a_stop_keeps_whole_chunks(logbook: Logbook) -> None:
    told: list[int] = []
    everyone = [a_case(f"P-{number}") for number in range(2 * CHUNK + 1)]
    saved = save_many(logbook, everyone, progress=told.append, cancelled=lambda: len(told) == 2)
    assert told == [CHUNK, 2 * CHUNK]
    assert saved == 2 * CHUNK == len(rows_of(logbook)["procedure"])


def test_a_stop_keeps_nothing_where_it_is_all_or_nothing(logbook: Logbook) -> None:
    told: list[int] = []
    everyone = [a_case(f"P-{number}") for number in range(CHUNK + 1)]
    stop: Callable[[], bool] = lambda: bool(told)  # noqa: E731
    saved = save_many(logbook, everyone, "", told.append, stop, all_or_nothing=True)
    assert (saved, told) == (0, [CHUNK])
    assert not any(rows_of(logbook).values())


@pytest.mark.sqlite_only("a server lets every writer have its turn")
def test_a_writer_that_does_not_let_go_is_told_of(logbook: Logbook) -> None:
    logbook.database.pragma("busy_timeout", 20)
    other = dbapi2.connect(str(logbook.file))
    other.execute("BEGIN IMMEDIATE")
    case = a_case()
    with pytest.raises(LogbookBusy, match=r"logbook\.db"):
        save_many(logbook, [case])
    other.rollback()
    other.close()
    assert save_many(logbook, [case]) == 1


def test_cases_that_could_not_be_saved_can_be_saved_again(logbook: Logbook) -> None:
    save_case(logbook, a_case("taken"))
    first = a_case("P-1")
    unlucky = [first, Case.new(first.patient), a_case("taken")]
    with pytest.raises(PatientExists):
        save_many(logbook, unlucky)
    unlucky[2].patient.patient_code = "free"
    assert save_many(logbook, unlucky) == 3
    assert verify(logbook) == []


def test_another_process_takes_over_only_what_is_new(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    chunk = Chunk(USER, "")
    chunk.take(Case.new(find_patient(logbook, "P-1")))
    with pytest.raises(ValueError, match="new patients"):
        chunk.detach()
    taken_over = Chunk(USER, "")
    taken_over.take(a_case("P-1"))
    taken_over.detach()
    with pytest.raises(LogbookError, match="already holds"):
        save_chunks(logbook, [taken_over])


def test_a_missing_number_is_nothing_and_a_zero_is_a_zero(logbook: Logbook) -> None:
    case = a_case("P-1", before=0, cement_ml=None)
    case.add_balloon(case.levels[0], side=Side.LEFT, volume_ml=0)
    save_many(logbook, [case])
    stored = load_case(logbook, case.id)
    assert stored.assessments[0].pain_low == 0
    assert stored.balloons[0].volume_ml == 0
    assert stored.levels[0].cement_ml is None
    sql = f'SELECT cement_ml IS NULL FROM "{TreatedLevel._meta.table_name}"'
    assert logbook.database.execute_sql(sql).fetchone()[0]
