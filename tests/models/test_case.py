# SPDX-License-Identifier: MIT
"""A case comes back as it was saved, with its person, and from the bin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.audit import Action, Subject, last_known
from models.case import (
    OF_LEVELS,
    Case,
    bin_case,
    find_patient,
    load_case,
    restore_case,
    save_case,
)
from models.document import Document, content_hash, document_of
from models.errors import LogbookError
from models.fields import ClinicalField
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import (
    AuditEntry,
    CaseRow,
    ImageContent,
    Patient,
    PatientIdentity,
    Procedure,
    Record,
)
from models.vocabulary import (
    Leakage,
    LeakLocation,
    Level,
    MissingReason,
    PainScale,
    Sex,
    TimePoint,
)
from tests.builders import a_case, add_score, store_names
from tests.fresh import NewLogbook
from tests.models.any_case import IMAGE, IMAGE_HASH, cases, put, take_out_what_cannot_be


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = store_names(new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator"))
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def shared(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """One logbook for all that hypothesis thinks of; without waiting for the disk."""
    logbook = store_names(lasting_logbook(tmp_path_factory.mktemp("shared") / "Any.kypholog"))
    ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=IMAGE).execute(
        logbook.database
    )
    yield logbook
    logbook.close()


def whole(case: Case) -> Document:
    """Everything that was entered, of the person and of the case."""
    return document_of([*case.person_rows(), *case.case_rows()])


def values(row: Record) -> dict[str, object]:
    """What a row holds, as the program sees it; nothing stands for every way of being empty."""
    return {
        name: getattr(row, f"{name}_id" if isinstance(field, peewee.ForeignKeyField) else name)
        or None
        for name, field in row._meta.fields.items()
        if not isinstance(field, ClinicalField) or getattr(row, name) != 0
    }


@settings(max_examples=40)
@given(cases())
def test_a_case_saved_and_loaded_is_the_same_in_every_field(shared: Logbook, case: Case) -> None:
    _remove_patients(shared)
    save_case(shared, case)
    loaded = load_case(shared, case.id)
    assert whole(loaded) == whole(case)
    saved_rows = [*case.person_rows(), *case.case_rows()]
    loaded_rows = {row.id: row for row in (*loaded.person_rows(), *loaded.case_rows())}
    assert len(loaded_rows) == len(saved_rows)
    for row in saved_rows:
        assert values(loaded_rows[row.id]) == values(row)
    known = last_known(shared.database, Subject.CASE)[case.id]
    assert known == (1, content_hash(document_of(loaded.case_rows())))


@settings(max_examples=40)
@given(st.data())
def test_one_version_turns_into_any_other(shared: Logbook, data: st.DataObject) -> None:
    """Rows that stay, rows that go and rows that come, in one save."""
    _remove_patients(shared)
    case, other = data.draw(cases()), data.draw(cases())
    save_case(shared, case)
    _put_content(other, into=case)
    take_out_what_cannot_be(case)
    save_case(shared, case)
    loaded = load_case(shared, case.id)
    assert whole(loaded) == whole(case)
    known = last_known(shared.database, Subject.CASE)[case.id]
    assert known == (loaded.version, content_hash(document_of(loaded.case_rows())))
    assert shared.database.orphans() == []


def test_a_field_that_a_new_row_of_the_same_id_leaves_out_is_emptied(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    old = case.levels.pop()
    case.add_level(id=old.id, level=old.level)
    save_case(logbook, case)
    assert load_case(logbook, case.id).levels[0].cement_ml is None


def test_lists_keep_their_order(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L2, Level.T12, Level.L1)
    save_case(logbook, case)
    assert [row.level for row in load_case(logbook, case.id).levels] == [
        Level.L2,
        Level.T12,
        Level.L1,
    ]


def test_reasons_for_what_is_missing_come_back(logbook: Logbook) -> None:
    case = a_case()
    case.levels[0].missing = {"enneking": MissingReason.NOT_DONE}
    save_case(logbook, case)
    assert load_case(logbook, case.id).levels[0].missing == {"enneking": MissingReason.NOT_DONE}


def test_trap_3_words_stay_words(logbook: Logbook) -> None:
    case = a_case(after="totally resolved")
    save_case(logbook, case)
    row = load_case(logbook, case.id).assessments[1]
    assert (row.pain_words, row.pain_low, row.pain_high) == ("totally resolved", None, None)


def test_trap_4_a_range_keeps_both_ends(logbook: Logbook) -> None:
    case = a_case(after=(0, 1), scale=PainScale.VAS_10)
    save_case(logbook, case)
    row = load_case(logbook, case.id).assessments[1]
    assert (row.pain_low, row.pain_high) == (0, 1)


def test_trap_12_leakage_not_answered_comes_back_as_not_answered(logbook: Logbook) -> None:
    for answer in (None, *Leakage):
        case = a_case(f"P-{answer}", leakage=answer)
        save_case(logbook, case)
        assert load_case(logbook, case.id).levels[0].leakage is answer


def test_a_level_goes_with_what_hangs_on_it(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1, leakage=Leakage.PRESENT)
    for level in case.levels:
        case.add_leak(level, location=LeakLocation.EPIDURAL)
        case.add_balloon(level, volume_ml=3)
    save_case(logbook, case)
    case.remove_level(case.levels[0])
    save_case(logbook, case)
    loaded = load_case(logbook, case.id)
    assert [len(rows) for rows in (loaded.levels, loaded.leaks, loaded.balloons)] == [1, 1, 1]


def test_a_leak_that_moves_to_another_level_survives_its_old_one(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1, leakage=Leakage.PRESENT)
    wrong, right = case.levels
    leak = case.add_leak(wrong, location=LeakLocation.EPIDURAL)
    save_case(logbook, case)
    leak.treated_level = right
    case.remove_level(wrong)
    save_case(logbook, case)
    (kept,) = load_case(logbook, case.id).leaks
    assert (kept.id, kept.treated_level_id) == (leak.id, right.id)


def test_a_case_that_does_not_exist_is_not_loaded(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="no case nowhere"):
        load_case(logbook, "nowhere")


def test_patients_without_a_code_do_not_meet(logbook: Logbook) -> None:
    for _ in range(2):
        save_case(logbook, Case.new())
    assert Patient.select().count(logbook.database) == 2


def test_a_patient_is_found_by_the_exact_code(logbook: Logbook) -> None:
    case = a_case("P-1")
    save_case(logbook, case)
    found = find_patient(logbook, "P-1")
    assert found is not None
    assert found.id == case.patient.id
    assert find_patient(logbook, "p-1") is None


def test_trap_19_two_sessions_of_a_patient_have_their_own_baselines(logbook: Logbook) -> None:
    first = a_case("P-1", before=8)
    save_case(logbook, first)
    second = Case.new(find_patient(logbook, "P-1"))
    second.procedure.performed_on = PartialDate("2026-09-01")
    add_score(second, 6, "2026-08-30")
    save_case(logbook, second)
    assert Patient.select().count(logbook.database) == 1
    baselines = [
        row.pain_low
        for case in (first, second)
        for row in load_case(logbook, case.id).assessments
        if row.time_point is TimePoint.BASELINE
    ]
    assert baselines == [8, 6]


def test_what_changes_about_a_person_completes_the_other_cases(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    second = Case.new(find_patient(logbook, "P-1"))
    second.patient.sex = Sex.MALE
    save_case(logbook, second)
    lines = CaseRow.select(CaseRow.sex).tuples().execute(logbook.database)
    assert list(lines) == [("male",), ("male",)]


def test_the_name_of_a_person_can_be_added_changed_and_taken_out(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    for name in ("A. Person", "B. Person", None):
        case.identity = PatientIdentity(patient=case.patient.id, full_name=name)
        save_case(logbook, case)
        loaded = load_case(logbook, case.id)
        assert loaded.identity is not None
        assert loaded.identity.full_name == name
        known = last_known(logbook.database, Subject.PATIENT)[str(case.patient.id)]
        assert known == (loaded.patient.version, content_hash(document_of(loaded.person_rows())))


def test_a_second_case_that_does_not_know_the_name_leaves_it_alone(logbook: Logbook) -> None:
    first = a_case("P-1")
    first.identity = PatientIdentity(patient=first.patient.id, full_name="A. Person")
    save_case(logbook, first)
    second = Case.new(find_patient(logbook, "P-1"))
    second.patient.sex = Sex.MALE
    save_case(logbook, second)
    loaded = load_case(logbook, second.id)
    assert loaded.identity is not None
    assert loaded.identity.full_name == "A. Person"
    known = last_known(logbook.database, Subject.PATIENT)[str(first.patient.id)]
    assert known == (2, content_hash(document_of(loaded.person_rows())))


def test_a_level_of_which_nothing_is_known_yet_is_saved(logbook: Logbook) -> None:
    case = Case.new()
    level = case.add_level()
    assert level.diagnosis == ()
    save_case(logbook, case)
    assert values(load_case(logbook, case.id).levels[0]) == values(level)


def test_trap_21_a_deleted_case_leaves_the_list_and_keeps_its_record(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    entered = whole(load_case(logbook, case.id))
    assert bin_case(logbook, case.id, "Entered twice.").version == 2
    binned = load_case(logbook, case.id)
    assert str(binned.procedure.deleted_at).endswith("Z")
    assert _is_listed_as_deleted(logbook, case.id)
    assert restore_case(logbook, case.id, "It was not.").version == 3
    assert whole(load_case(logbook, case.id)) == entered
    assert not _is_listed_as_deleted(logbook, case.id)
    told = AuditEntry.select(AuditEntry.action, AuditEntry.reason).where(
        AuditEntry.subject_id == case.id
    )
    assert list(told.order_by(AuditEntry.number).tuples().execute(logbook.database)) == [
        (Action.CREATE, ""),
        (Action.DELETE, "Entered twice."),
        (Action.RESTORE, "It was not."),
    ]


def test_a_case_that_is_not_there_cannot_be_deleted(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="no case"):
        bin_case(logbook, "nowhere", "A mistake.")


def _is_listed_as_deleted(logbook: Logbook, case_id: str) -> bool:
    query = CaseRow.select(CaseRow.deleted).where(CaseRow.case_id == case_id).tuples()
    ((deleted,),) = query.execute(logbook.database)
    return bool(deleted)


def _remove_patients(logbook: Logbook) -> None:
    """Room for the next example: patient codes of examples may meet."""
    Procedure.delete().execute(logbook.database)
    Patient.delete().execute(logbook.database)


def _put_content(other: Case, *, into: Case) -> None:
    """Give a case the content of another, some of it in rows that the case has already."""
    for table, kept in other.child_lists().items():
        for ours, theirs in zip(into.child_lists()[table], kept, strict=False):
            _rename(other, theirs, str(ours.id))
        if "procedure" in table._meta.fields:
            for row in kept:
                setattr(row, "procedure", into.id)  # noqa: B010 - not every row has a procedure
    for table, kept in other.child_lists().items():
        put(into, table, kept)
    for field in Procedure.clinical_fields():
        setattr(into.procedure, field.name, getattr(other.procedure, field.name))


def _rename(case: Case, row: Record, new_id: str) -> None:
    for table in OF_LEVELS:
        for child in case.child_lists()[table]:
            if child.__data__["treated_level"] == row.id:
                child.__data__["treated_level"] = new_id
    row.id = new_id
