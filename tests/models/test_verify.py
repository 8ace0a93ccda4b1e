# SPDX-License-Identifier: MIT
"""What is changed behind the program's back is found and named; what is in order is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from models import stored
from models.audit import Action, Event, Subject, append
from models.case import Case, bin_case, load_case, restore_case, save_case
from models.document import Change, content_hash
from models.logbook import Logbook
from models.sample import fill
from models.schema import Image, ImageContent, Patient, PatientIdentity, Procedure
from models.verify import verify
from models.vocabulary import EventKind, Leakage, LeakLocation, Level, Sex, YesNo
from tests.builders import a_case, add_score, store_names
from tests.fresh import NewLogbook
from tests.models.any_case import cases

BEHIND = "behind the program's back"


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    """Two patients; P-1 has two levels, a leak, an event, an identity and an image."""
    made = store_names(new_logbook(tmp_path / "Clinic.kypholog", "Tester"))
    case = a_case("P-1", Level.T12, Level.L1)
    case.levels[1].leakage = Leakage.PRESENT
    case.add_leak(case.levels[1], location=LeakLocation.EPIDURAL, symptomatic=YesNo.NO)
    case.add_adverse_event(kind=EventKind.PAIN_FLARE)
    case.procedure.notes = "Mrs Example fell"
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    content = b"an image"
    sha256 = hashlib.sha256(content).hexdigest()
    with made.transaction():
        query = ImageContent.insert(sha256=sha256, media_type="image/png", content=content)
        query.execute(made.database)
    added_at = "2026-03-05T10:00:00.000Z"
    case.images.append(Image(procedure=case.id, content=sha256, added_at=added_at))
    save_case(made, case)
    save_case(made, a_case("P-2", on="2026-04-01"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    made = store_names(lasting_logbook(tmp_path_factory.mktemp("shared") / "Any.kypholog"))
    yield made
    made.close()


def do(logbook: Logbook, *statements: str) -> None:
    """Change the database as another program would."""
    with logbook.session():
        for sql in statements:
            logbook.database.execute_sql(sql)


def test_a_new_logbook_is_in_order(new_logbook: NewLogbook, tmp_path: Path) -> None:
    made = new_logbook(tmp_path / "New.kypholog")
    assert verify(made) == []
    made.close()


def test_a_logbook_that_only_the_program_wrote_is_in_order(logbook: Logbook) -> None:
    assert verify(logbook) == []


@settings(max_examples=25)
@given(case=cases())
def test_no_case_that_can_be_saved_is_found_fault_with(shared: Logbook, case: Case) -> None:
    case.images = []
    if case.patient.patient_code:
        case.patient.patient_code += case.id
    save_case(shared, case)
    assert verify(shared) == []


def test_changes_bin_and_restore_by_the_program_are_in_order(logbook: Logbook) -> None:
    case_id = _case_of(logbook, "P-2")
    case = load_case(logbook, case_id)
    case.levels[0].cement_ml = 5.5
    case.patient.sex = Sex.OTHER
    case.levels[0].diagnosis = ()
    add_score(case, (1, 2), "2026-05-02")
    save_case(logbook, case, "corrected")
    bin_case(logbook, case_id, "double")
    assert verify(logbook) == []
    restore_case(logbook, case_id)
    case = load_case(logbook, case_id)
    case.assessments = case.assessments[1:]
    save_case(logbook, case)
    assert verify(logbook) == []


def test_a_patient_changed_through_one_case_leaves_the_others_in_order(logbook: Logbook) -> None:
    case = load_case(logbook, _case_of(logbook, "P-2"))
    again = Case.new(case.patient)
    again.patient.sex = Sex.UNKNOWN
    again.patient.birth_date = None
    save_case(logbook, again)
    assert verify(logbook) == []


def test_synthetic_cases_are_in_order(
    new_logbook: NewLogbook, logbook: Logbook, tmp_path: Path
) -> None:
    made = new_logbook(tmp_path / "Sample.kypholog")
    fill(made, 60, 1)
    assert verify(made) == []
    made.close()


CHANGES: list[tuple[str, list[str]]] = [
    (
        "UPDATE treated_level SET cement_ml = 9 WHERE level = 'L1'",
        ["2026-03-04 of patient P-1", 'L1, "Cement"', "says 9, the audit 6"],
    ),
    (
        "UPDATE treated_level SET technique = 'magic' WHERE level = 'L1'",
        ["P-1", '"Technique"', "says magic"],
    ),
    (
        "UPDATE treated_level SET cement_ml = NULL WHERE level = 'L1'",
        ["P-1", '"Cement"', "says nothing, the audit 6"],
    ),
    ("UPDATE treated_level SET fill = 'bilateral' WHERE level = 'L1'", ['"Fill"', "audit nothing"]),
    ("UPDATE procedure SET age_at_procedure = 12", ["P-1", "P-2", "Age at procedure", "says 12"]),
    ("UPDATE procedure SET performed_on = 'soon'", ["case of soon", "audit 2026-03-04"]),
    ("UPDATE procedure SET synthetic = 1", ['"synthetic"']),
    ("UPDATE procedure SET deleted_at = '2026'", ['"deleted at"']),
    ('UPDATE procedure SET missing = \'{"sex": "unknown"}\'', ['"missing"']),
    ("UPDATE assessment SET pain_low = 0 WHERE time_point = 'baseline'", ["assessment 1", "Pain"]),
    ("UPDATE assessment SET chosen = 1 - chosen", ["which score stands for a time point"]),
    ("UPDATE procedure SET complete = 1 - complete", ["whether it is complete"]),
    ("UPDATE procedure SET version = 7", ["version 7", "the audit has version 1"]),
    ("UPDATE patient SET version = 7", ["Patient P-1", "version 7"]),
    ("UPDATE patient SET sex = 'male' WHERE patient_code = 'P-1'", ["Patient P-1", '"Sex"']),
    ("UPDATE patient SET patient_code = 'P-9' WHERE patient_code = 'P-1'", ["P-9", "audit P-1"]),
    ("DELETE FROM assessment WHERE time_point = 'baseline'", ["assessment 1 was removed"]),
    ("DELETE FROM leak", ["P-1", "leak 1 was removed"]),
    ("DELETE FROM image", ["image 1 was removed"]),
    ("DELETE FROM patient_identity", ["Patient P-1: patient identity was removed"]),
    (
        "INSERT INTO adjunct (id, position, procedure_id, kind) "
        "SELECT 'x' || substr(id, 2), 0, id, 'biopsy' FROM procedure",
        ["adjunct 1 was added"],
    ),
    ("UPDATE case_row SET age = 3", ["list of cases with other values", "age"]),
    ("UPDATE case_row SET course = 'x'", ["list of cases with other values", "course"]),
    ("DELETE FROM case_row", ["missing in the list of cases", "entries of no case: 2"]),
    ("DELETE FROM case_search", ["search by words", "cases that cannot be found: 2"]),
    ("DELETE FROM case_search_tags", ["search by tags", "cases that cannot be found: 2"]),
    ("UPDATE case_found_by SET tags = ' every '", ["found by other values", "tags"]),
    ("UPDATE case_found_by SET words = words || 'x '", ["found by other values", "words"]),
    ("UPDATE case_found_by SET patient = 'x'", ["found by other values", "patient"]),
    ("DELETE FROM case_found_by", ["P-1 cannot be found", "P-2 cannot be found"]),
    ("INSERT INTO case_found_by (number, words, tags) VALUES (99, '', '')", ["not in the list: 1"]),
    ("UPDATE audit_entry SET \"user\" = 'x' WHERE number = 2", ["entry 2 was changed"]),
    ("DELETE FROM audit_entry WHERE number = 2", ["entries 2 to 2", "was added"]),
    ("UPDATE audit_entry SET changes = 'x' WHERE number = 2", ["entry 2 was changed"]),
    ("UPDATE audit_entry SET changes = '{\"procedure\":1}' WHERE number = 2", ["entry 2"]),
    ("DELETE FROM audit_entry", ["P-1", "was added"]),
]

CHANGES_IN_A_FILE: list[tuple[str, list[str]]] = [
    ("UPDATE assessment SET position = 'x'", ["position"]),
    ("UPDATE image_content SET content = x'00'", ["The image", "was changed"]),
    (
        "INSERT OR REPLACE INTO case_search(rowid, words) VALUES (1, 'forged')",
        ["search by words does not fit"],
    ),
    (
        "INSERT OR REPLACE INTO case_search_tags(rowid, tags) VALUES (1, 'every')",
        ["search by tags does not fit"],
    ),
]


@pytest.mark.sqlite_only("these changes are said in words of SQLite")
@pytest.mark.parametrize(("sql", "told"), CHANGES_IN_A_FILE, ids=["text", "image", "words", "tags"])
def test_a_change_in_the_file_is_found_and_named(
    logbook: Logbook, sql: str, told: list[str]
) -> None:
    do(logbook, sql)
    found = " ".join(verify(logbook))
    assert [words for words in told if words not in found] == []


@pytest.mark.parametrize(("sql", "told"), CHANGES, ids=[sql[:60] for sql, _ in CHANGES])
def test_a_change_by_another_program_is_found_and_named(
    logbook: Logbook, sql: str, told: list[str]
) -> None:
    do(logbook, sql)
    found = " ".join(verify(logbook))
    assert [words for words in told if words not in found] == []


@pytest.mark.sqlite_only("a server lets no row lose what it belongs to")
def test_a_case_that_was_removed_is_named_by_what_the_audit_knows(logbook: Logbook) -> None:
    do(
        logbook,
        "PRAGMA foreign_keys = 0",
        "DELETE FROM case_row WHERE patient_code = 'P-2'",
        "DELETE FROM procedure WHERE performed_on = '2026-04-01'",
        "DELETE FROM patient WHERE patient_code = 'P-2'",
    )
    found = verify(logbook)
    assert f"The case of 2026-04-01 of patient P-2 was removed {BEHIND}." in found
    assert f"Patient P-2 was removed {BEHIND}." in found
    assert any("belongs to a procedure that does not exist" in finding for finding in found)


def test_a_case_that_was_added_is_named(logbook: Logbook) -> None:
    do(
        logbook,
        "INSERT INTO procedure (id, patient_id, version, complete, synthetic) "
        "SELECT 'x', id, 1, 0, 0 FROM patient WHERE patient_code = 'P-1'",
    )
    assert f"The case without a date of patient P-1 was added {BEHIND}." in verify(logbook)


def test_free_text_and_names_are_not_repeated(logbook: Logbook) -> None:
    do(
        logbook,
        "UPDATE procedure SET notes = 'secret' WHERE notes IS NOT NULL",
        "UPDATE patient_identity SET full_name = 'Bo Other'",
    )
    found = " ".join(verify(logbook))
    assert '"Notes" was changed' in found
    assert '"Name" was changed' in found
    assert not [word for word in ("secret", "Mrs", "Ann", "Other") if word in found]


def test_each_finding_is_one_sentence_on_one_line(logbook: Logbook) -> None:
    do(logbook, "UPDATE treated_level SET cement_ml = 9", "DELETE FROM leak")
    for finding in verify(logbook):
        assert finding.endswith(".")
        assert "\n" not in finding


@pytest.mark.sqlite_only("a server keeps no text that is none")
def test_text_that_cannot_be_read_is_named_like_any_change(logbook: Logbook) -> None:
    do(logbook, "UPDATE treated_level SET technique = CAST(x'ff41' AS TEXT) WHERE level = 'L1'")
    assert any('P-1: L1, "Technique" was changed' in finding for finding in verify(logbook))


def test_a_value_of_a_newer_program_is_told_and_nothing_breaks(logbook: Logbook) -> None:
    """Record and audit agree, so that only the value itself is strange."""
    case_id = _case_of(logbook, "P-2")
    case = load_case(logbook, case_id)
    case.levels[0].side = None
    save_case(logbook, case)
    _forge(logbook, case_id, "treated_level", case.levels[0].id, "side", "upside_down")
    found = verify(logbook)
    assert any("upside_down" in finding and "P-2" in finding for finding in found)


def _forge(logbook: Logbook, case_id: str, table: str, row: str, field: str, value: str) -> None:
    do(logbook, f"UPDATE {table} SET {field} = '{value}' WHERE id = '{row}'")
    with logbook.transaction():
        held = dict(stored.cases(logbook.database))[case_id]
        change = Change(table, row, field, None, value)
        event = Event(
            "x",
            Action.CHANGE,
            Subject.CASE,
            case_id,
            2,
            [change],
            "",
            content_hash(held.document()),
        )
        append(logbook.database, [event])


@pytest.mark.sqlite_only("the file is compared")
def test_verify_writes_nothing(logbook: Logbook) -> None:
    logbook.database.pragma("wal_checkpoint", "TRUNCATE")
    before = logbook.file.read_bytes()
    verify(logbook)
    logbook.close()
    assert logbook.file.read_bytes() == before


def test_progress_ends_with_all_cases(logbook: Logbook) -> None:
    told: list[tuple[int, int]] = []
    verify(logbook, lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


def damage_in_the_middle(content: bytearray) -> None:
    page = 4096
    for start in range(2 * page, len(content), page):
        content[start : start + 200] = b"\xa5" * 200


def damage_by_cutting_off(content: bytearray) -> None:
    del content[len(content) // 2 :]


@pytest.mark.sqlite_only("the file is damaged")
@pytest.mark.parametrize("damage", [damage_in_the_middle, damage_by_cutting_off])
def test_a_damaged_file_is_one_clear_finding(
    logbook: Logbook, damage: Callable[[bytearray], None]
) -> None:
    logbook.database.pragma("wal_checkpoint", "TRUNCATE")
    logbook.close()
    content = bytearray(logbook.file.read_bytes())
    damage(content)
    logbook.file.write_bytes(content)
    (finding,) = verify(logbook)
    assert str(logbook.file) in finding
    assert "damaged" in finding
    assert "backup" in finding


def _case_of(logbook: Logbook, code: str) -> str:
    query = (
        Procedure.select(Procedure.id)
        .join(Patient, on=(Patient.id == Procedure.patient))
        .where(Patient.patient_code == code)
        .tuples()
    )
    return str(next(iter(query.execute(logbook.database)))[0])
