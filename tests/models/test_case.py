# SPDX-License-Identifier: MIT
"""A case is saved whole or not at all, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.audit import Action, Subject, chain_problems, last_known
from models.case import (
    Case,
    bin_case,
    find_patient,
    load_case,
    restore_case,
    save_case,
)
from models.document import Document, content_hash, document_of
from models.errors import ImpossibleCase, LogbookError, PatientExists, VersionConflict
from models.fields import ClinicalField
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import (
    RECORD_TABLES,
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
    YesNo,
)
from tests.builders import a_case, add_score
from tests.models.any_case import IMAGE_HASH, cases

TABLES = [table._meta.table_name for table in RECORD_TABLES]


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    logbook = Logbook.create(tmp_path / "Clinic.kypholog", user="A. Operator")
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """One logbook for all that hypothesis thinks of; without waiting for the disk."""
    logbook = Logbook.create(tmp_path_factory.mktemp("shared") / "Any.kypholog")
    logbook.database.pragma("synchronous", "OFF")
    ImageContent.insert(sha256=IMAGE_HASH, media_type="image/png", content=b"png").execute(
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


def contents(logbook: Logbook) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    database = logbook.database
    tables = [name for name in database.get_tables() if not name.startswith("case_search")]
    return {name: list(database.execute_sql(f'SELECT * FROM "{name}"')) for name in tables}


@contextmanager
def statements(logbook: Logbook) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []
    connection = logbook.database.connection()
    connection.set_trace_callback(asked.append)
    try:
        yield asked
    finally:
        connection.set_trace_callback(None)


# what was entered comes back


@settings(max_examples=60)
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
    save_case(shared, case)
    loaded = load_case(shared, case.id)
    assert whole(loaded) == whole(case)
    known = last_known(shared.database, Subject.CASE)[case.id]
    assert known == (loaded.version, content_hash(document_of(loaded.case_rows())))
    assert shared.database.pragma("foreign_key_check") is None


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


def test_a_case_that_does_not_exist_is_not_loaded(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="no case nowhere"):
        load_case(logbook, "nowhere")


# whole or not at all


@pytest.mark.parametrize("table", [name for name in TABLES if name != "image"])
@pytest.mark.parametrize("moment", ["INSERT", "UPDATE"])
def test_a_save_that_fails_midway_leaves_nothing_behind(
    logbook: Logbook, table: str, moment: str
) -> None:
    case = _case_with_every_table()
    if moment == "UPDATE":
        save_case(logbook, case)
        _change_every_row(case)
    before = contents(logbook)
    logbook.database.execute_sql(
        f'CREATE TRIGGER fault BEFORE {moment} ON "{table}" '
        "BEGIN SELECT RAISE(ABORT, 'the fault of the test'); END"
    )
    with pytest.raises(peewee.IntegrityError, match="fault of the test"):
        save_case(logbook, case)
    assert contents(logbook) == before
    logbook.database.execute_sql("DROP TRIGGER fault")
    saved = save_case(logbook, case)
    assert saved.version == (2 if moment == "UPDATE" else 1)
    assert whole(load_case(logbook, case.id)) == whole(case)
    assert chain_problems(logbook.database) == []


@pytest.mark.parametrize("table", ["audit_entry", "case_row"])
def test_a_case_without_its_audit_or_its_line_is_not_saved(logbook: Logbook, table: str) -> None:
    before = contents(logbook)
    logbook.database.execute_sql(
        f"CREATE TRIGGER fault AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'fault'); END"
    )
    case = a_case()
    with pytest.raises(peewee.IntegrityError):
        save_case(logbook, case)
    assert contents(logbook) == before
    assert (case.version, case.patient.version) == (0, 0)


def test_a_case_that_failed_to_change_can_be_saved_once_the_fault_is_gone(
    logbook: Logbook,
) -> None:
    case = a_case()
    save_case(logbook, case)
    case.patient.sex = Sex.MALE
    case.levels[0].cement_ml = 5
    logbook.database.execute_sql(
        "CREATE TRIGGER fault AFTER INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'x'); END"
    )
    with pytest.raises(peewee.IntegrityError):
        save_case(logbook, case)
    assert (case.version, case.patient.version) == (1, 1)
    logbook.database.execute_sql("DROP TRIGGER fault")
    assert save_case(logbook, case).version == 2


def test_impossible_values_are_refused_and_nothing_is_written(logbook: Logbook) -> None:
    case = a_case(before=75)
    before = contents(logbook)
    with pytest.raises(ImpossibleCase, match="above the top") as refused:
        save_case(logbook, case)
    assert [finding.field for finding in refused.value.findings] == ["pain_low"]
    assert contents(logbook) == before


def test_unusual_values_are_kept(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L3, cement_ml=18, age=14)
    save_case(logbook, case)
    assert load_case(logbook, case.id).levels[0].cement_ml == 18


def test_an_incomplete_case_is_saved_and_known_as_such(logbook: Logbook) -> None:
    case = Case.new()
    save_case(logbook, case)
    loaded = load_case(logbook, case.id)
    assert not loaded.procedure.complete
    assert loaded.version == 1


# versions


def test_saving_again_without_a_change_writes_nothing(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    before = contents(logbook)
    for same in (case, load_case(logbook, case.id)):
        saved = save_case(logbook, same)
        assert saved.changes == ()
        assert saved.version == 1
    assert contents(logbook) == before


def test_an_old_version_is_refused_and_nothing_is_written(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    mine, theirs = load_case(logbook, case.id), load_case(logbook, case.id)
    theirs.levels[0].cement_ml = 5
    save_case(logbook, theirs)
    before = contents(logbook)
    mine.levels[0].cement_ml = 7
    mine.patient.sex = Sex.MALE
    with pytest.raises(VersionConflict) as refused:
        save_case(logbook, mine)
    assert (refused.value.own_version, refused.value.stored_version) == (1, 2)
    assert contents(logbook) == before


def test_a_patient_that_was_changed_in_another_case_is_not_overwritten(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    second = Case.new(load_case(logbook, first.id).patient)
    second.patient.sex = Sex.OTHER
    save_case(logbook, second)
    first.patient.sex = Sex.MALE
    before = contents(logbook)
    with pytest.raises(VersionConflict):
        save_case(logbook, first)
    assert contents(logbook) == before


def test_a_change_names_the_fields_that_differ(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    case.levels[0].cement_ml = 4.5
    case.patient.sex = Sex.MALE
    changes = save_case(logbook, case).changes
    assert [(change.table, change.field, change.old, change.new) for change in changes] == [
        ("patient", "sex", "female", "male"),
        ("treated_level", "cement_ml", 6, 4.5),
    ]
    assert (load_case(logbook, case.id).version, case.patient.version) == (2, 2)


# patients


def test_a_new_patient_cannot_take_the_code_of_another(logbook: Logbook) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    before = contents(logbook)
    with pytest.raises(PatientExists) as refused:
        save_case(logbook, a_case("P-1"))
    assert refused.value.patient_id == first.patient.id
    assert contents(logbook) == before


def test_a_known_patient_cannot_take_the_code_of_another_either(logbook: Logbook) -> None:
    first, second = a_case("P-1"), a_case("P-2")
    save_case(logbook, first)
    save_case(logbook, second)
    second.patient.patient_code = "P-1"
    before = contents(logbook)
    with pytest.raises(PatientExists):
        save_case(logbook, second)
    assert contents(logbook) == before


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
    case.identity = PatientIdentity(patient=case.patient.id, full_name="A. Person")
    save_case(logbook, case)
    assert load_case(logbook, case.id).identity.full_name == "A. Person"  # type: ignore[union-attr]
    case.identity.full_name = "B. Person"
    save_case(logbook, case)
    assert load_case(logbook, case.id).identity.full_name == "B. Person"  # type: ignore[union-attr]
    case.identity = None
    save_case(logbook, case)
    loaded = load_case(logbook, case.id)
    assert loaded.identity is None
    assert chain_problems(logbook.database) == []
    known = last_known(logbook.database, Subject.PATIENT)[str(case.patient.id)]
    assert known == (4, content_hash(document_of(loaded.person_rows())))


# the bin


def test_trap_21_a_deleted_case_leaves_the_list_and_keeps_its_record(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    entered = whole(load_case(logbook, case.id))
    assert bin_case(logbook, case.id, "Entered twice.").version == 2
    binned = load_case(logbook, case.id)
    assert binned.procedure.deleted_at.endswith("Z")
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


# cost


def test_the_number_of_statements_does_not_grow_with_the_logbook(logbook: Logbook) -> None:
    def cost_of_a_new_case(code: str) -> int:
        with statements(logbook) as asked:
            save_case(logbook, a_case(code))
        return len(asked)

    first = cost_of_a_new_case("P-0")
    for number in range(1, 40):
        save_case(logbook, a_case(f"P-{number}"))
    assert cost_of_a_new_case("P-40") == first


def test_the_number_of_statements_does_not_grow_with_the_history_of_a_case(
    logbook: Logbook,
) -> None:
    case = a_case()
    save_case(logbook, case)

    def cost_of_a_change(amount: float) -> int:
        case.levels[0].cement_ml = amount
        with statements(logbook) as asked:
            save_case(logbook, case)
        return len(asked)

    first = cost_of_a_change(1)
    for amount in range(2, 25):
        cost_of_a_change(amount)
    assert cost_of_a_change(25) == first


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
                row.procedure = into.id
    for name in ("prior_treatments", "adjuncts", "levels", "balloons", "leaks"):
        setattr(into, name, getattr(other, name))
    for name in ("adverse_events", "assessments", "images"):
        setattr(into, name, getattr(other, name))
    for field in Procedure.clinical_fields():
        setattr(into.procedure, field.name, getattr(other.procedure, field.name))


def _rename(case: Case, row: Record, new_id: str) -> None:
    for child in (*case.balloons, *case.leaks):
        if child.treated_level_id == row.id:
            child.treated_level = new_id
    row.id = new_id


def _case_with_every_table() -> Case:
    case = a_case("P-1", Level.T12, leakage=Leakage.PRESENT)
    case.identity = PatientIdentity(patient=case.patient.id, full_name="A. Person")
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    case.add_balloon(case.levels[0], volume_ml=3)
    case.add_adjunct()
    case.add_prior_treatment()
    case.add_adverse_event()
    return case


def _change_every_row(case: Case) -> None:
    case.patient.sex = Sex.OTHER
    case.procedure.smoker = YesNo.YES
    for row in (*case.person_rows(), *case.case_rows()):
        row.missing = {"anything": MissingReason.UNKNOWN}
