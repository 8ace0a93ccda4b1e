# SPDX-License-Identifier: MIT
"""The audit as people ask it: who, when, what, old and new, and why."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models import signing_off
from models.access.errors import NotAllowed
from models.audit import Action, Event, Subject, append
from models.case import bin_case, load_case, save_case
from models.exchange.dialects import Dialect
from models.logbook import Logbook
from models.printouts import note_printout
from models.schema import AuditEntry, PatientIdentity
from models.settings import BACKUP_DAYS, STORE_IDENTITY, change_setting
from models.trail import ACTIONS, Asked, read_page, users_known, write_trail
from models.verify import verify
from models.vocabulary import Diagnosis, Leakage, LeakLocation, Level
from tests.builders import a_case, store_names
from tests.encrypted import READER, enter, make
from tests.fresh import NewLogbook, named
from tests.models.command_line import Run, command_line, one_line


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    """P-1 was entered, changed with a reason and signed off; P-2 is in the bin."""
    made = new_logbook(tmp_path / "Clinic.kypholog", "Anna")
    case = a_case("P-1", Level.T12, Level.L1)
    save_case(made, case)
    again = load_case(made, case.id)
    again.levels[1].cement_ml = 5.5
    again.levels[1].leakage = Leakage.PRESENT
    again.levels[1].diagnosis = (Diagnosis.HEMANGIOMA, Diagnosis.OSTEOPOROTIC_FRACTURE)
    again.add_leak(again.levels[1], location=LeakLocation.EPIDURAL)
    again.remove_level(again.levels[0])
    save_case(made, again, "Read 50 % off the wrong_line")
    signing_off.sign_off(made, [case.id])
    made.user = "Ben"
    other = a_case("P-2")
    save_case(made, other)
    bin_case(made, other.id, "Entered twice")
    change_setting(made, BACKUP_DAYS, 9)
    note_printout(made, "List of cases", 2, "printer")
    yield made
    made.close()


def numbers(logbook: Logbook, asked: Asked) -> list[int]:
    return [told.number for told in read_page(logbook, asked).entries]


def test_everything_stands_there_the_newest_first(logbook: Logbook) -> None:
    told = read_page(logbook, Asked()).entries
    assert [(one.user, one.deed, one.about) for one in told] == [
        ("Ben", "Printed", ""),
        ("Ben", "Setting changed", ""),
        ("Ben", "Moved to the bin", "P-2"),
        ("Ben", "Entered", "P-2"),
        ("Ben", "Entered", "P-2"),
        ("Anna", "Signed off", "P-1"),
        ("Anna", "Changed", "P-1"),
        ("Anna", "Entered", "P-1"),
        ("Anna", "Entered", "P-1"),
    ]
    assert told[0].reason == "List of cases, printer. Rows: 2."


def test_old_and_new_values_are_told_in_words(logbook: Logbook) -> None:
    (told,) = read_page(logbook, Asked(actions=frozenset({Action.CHANGE}))).entries
    lines = [(one.place, one.label, one.before, one.after) for one in told.changes]
    assert ("L1", "Cement", "6 mL", "5.5 mL") in lines
    assert ("L1", "Leakage", "None", "Present") in lines
    assert ("Leak 1 of L1", "Added", "", "Location: Spinal canal") in lines
    removed = next(one for one in told.changes if one.label == "Removed")
    assert removed.place == "T12"
    assert told.summary(1).endswith(f"and {len(lines) - 1} more")
    (setting,) = read_page(logbook, Asked(actions=frozenset({Action.SETTING}))).entries
    (change,) = setting.changes
    assert (change.place, change.before, change.after) == ("Setting", "7", "9")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(user="anna"), [4, 3, 2, 1]),
        (Asked(user="Nobody"), []),
        (Asked(case="p-2"), [7, 6, 5]),
        (Asked(case="P-"), [7, 6, 5, 4, 3, 2, 1]),
        (Asked(case="P-3"), []),
        (Asked(field="cement", case="P-1"), [3, 2]),
        (Asked(field="Leakage", user="Anna"), [3, 2]),
        (Asked(field="daily"), [8]),
        (Asked(field="no such field"), []),
        (Asked(words="50 % wrong_line"), [3]),
        (Asked(words="wrong%line"), []),
        (Asked(words="epidural"), [3]),
        # The page shows terms by their labels; what is kept are codes.
        (Asked(words="compression"), [3]),
        (Asked(words="Spinal canal"), [3]),
        (Asked(words="spinal vein"), []),
        (Asked(actions=frozenset({Action.DELETE, Action.PRINT})), [9, 7]),
        (Asked(user="Ben", actions=frozenset({Action.CREATE}), case="P-2"), [6, 5]),
    ],
)
def test_what_is_asked_is_found(logbook: Logbook, asked: Asked, found: list[int]) -> None:
    assert numbers(logbook, asked) == found


def test_days_are_those_of_the_clock_here(logbook: Logbook) -> None:
    (first,) = (
        AuditEntry.select(AuditEntry.at)
        .where(AuditEntry.number == 1)
        .tuples()
        .execute(logbook.database)
    )
    day = datetime.fromisoformat(str(first[0])).astimezone().date()
    one = timedelta(1)
    assert len(numbers(logbook, Asked(since=day, until=day + one))) == 9
    assert numbers(logbook, Asked(until=day - one)) == []
    assert numbers(logbook, Asked(since=day + one * 2)) == []
    assert len(numbers(logbook, Asked(since=date.min + one, until=date.max))) == 9


def test_pages_follow_one_another_without_gap_or_double(logbook: Logbook) -> None:
    found, after = [], 0
    while True:
        page = read_page(logbook, Asked(), after, 2)
        found += [told.number for told in page.entries]
        after = page.after
        if not after:
            break
        # What is written meanwhile shifts nothing.
        note_printout(logbook, "List of cases", 2, "printer")
    assert found == list(range(9, 0, -1))


@pytest.mark.sqlite_only("a server keeps no text where it wants a number")
def test_a_case_that_was_tampered_with_is_told_all_the_same(logbook: Logbook) -> None:
    sql = "UPDATE audit_entry SET at = ?, action = ?, changes = ?, version = ? WHERE number = 3"
    logbook.database.execute_sql(sql, ("soon", "magic", "[", "x"))
    told = next(one for one in read_page(logbook, Asked()).entries if one.number == 3)
    assert (told.at, told.action, told.deed, told.changes) == (None, None, "magic", ())


def test_names_are_hidden_where_they_are_switched_off_and_never_exported(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = store_names(new_logbook(tmp_path / "Clinic.kypholog", "Anna"))
    case = a_case("P-1")
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
    save_case(logbook, case)
    shown = json.dumps(
        [told.summary(99) + str(told) for told in read_page(logbook, Asked()).entries]
    )
    assert "Ann Example" in shown
    assert numbers(logbook, Asked(words="Example"))
    target = tmp_path / "audit.csv"
    write_trail(logbook, Asked(), target)
    assert "Example" not in target.read_text(encoding="utf-8")
    change_setting(logbook, STORE_IDENTITY, False)
    assert "Example" not in str(read_page(logbook, Asked()).entries)
    assert not numbers(logbook, Asked(words="Example"))
    logbook.close()


def test_the_export_is_whole_and_is_in_the_audit(logbook: Logbook, tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    done = write_trail(logbook, Asked(user="Anna"), target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (done.entries, done.rows) == (4, len(rows))
    assert {row["user"] for row in rows} == {"Anna"}
    cement = next(row for row in rows if row["entry"] == "3" and row["field"] == "Cement")
    assert (cement["old"], cement["new"], cement["patient_code"]) == ("6 mL", "5.5 mL", "P-1")
    assert cement["at_utc"].endswith("Z")
    last = read_page(logbook, Asked()).entries[0]
    assert last.deed == "Exported"
    assert "Entries: 4" in last.reason
    assert "user Anna" in last.reason
    assert "audit.csv" in last.reason
    assert verify(logbook) == []


def test_nothing_runs_as_a_formula_in_excel(logbook: Logbook, tmp_path: Path) -> None:
    with logbook.transaction():
        append(
            logbook.database,
            [Event("=1+2", Action.PRINT, Subject.LOGBOOK, reason='=HYPERLINK("x")')],
        )
    target = tmp_path / "audit.csv"
    write_trail(logbook, Asked(), target, Dialect(for_excel=True, delimiter=";", decimal=","))
    text = target.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    with target.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_reader_may_look_and_export_and_is_in_the_audit(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", READER)
    logbook.close()
    reader = enter(logbook.folder, READER)
    assert read_page(reader, Asked()).entries
    write_trail(reader, Asked(), tmp_path / "audit.csv")
    with pytest.raises(NotAllowed):
        change_setting(reader, BACKUP_DAYS, 3)
    reader.sign_out("Locked.")
    told = read_page(reader, Asked(user=READER)).entries
    assert [one.deed for one in told] == ["Signed out", "Exported", "Signed in"]
    assert told[0].reason == "Locked."
    assert verify(reader) == []
    reader.close()


def test_who_works_without_signing_in_does_not_sign_out(logbook: Logbook) -> None:
    logbook.sign_out()
    assert numbers(logbook, Asked())[0] == 9


def test_everybody_and_everything_can_be_asked_for(logbook: Logbook) -> None:
    assert users_known(logbook) == ["Anna", "Ben"]
    assert set(ACTIONS) == set(Action)


INDEXED = [
    Asked(),
    Asked(user="Anna"),
    Asked(case="P-1"),
    Asked(actions=frozenset({Action.EXPORT})),
    Asked(since=date(2026, 1, 1)),
    Asked(words="x"),
    Asked(field="cement", user="Anna"),
]


@pytest.mark.sqlite_only("how SQLite goes about it; see test_plans")
@pytest.mark.parametrize("asked", INDEXED, ids=lambda asked: asked.told() or "all")
def test_a_page_takes_few_statements_and_an_index(
    logbook: Logbook, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, object]] = []
    run = logbook.database.execute_sql

    def heard(sql: str, params: object = None) -> object:
        said.append((sql, params))
        return run(sql, params)

    monkeypatch.setattr(logbook.database, "execute_sql", heard)
    read_page(logbook, asked, after=9)
    # Three of the page, two where a case is asked for, and those that say where rows belong.
    assert len(said) <= 20
    queries = [one for one in said if one[0].startswith("SELECT") and "LIMIT" in one[0]]
    for sql, params in queries:
        plan = " ".join(row[3] for row in run(f"EXPLAIN QUERY PLAN {sql}", params))
        assert "SCAN" not in plan or "INDEX" in plan, plan


def test_the_command(logbook: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run: Run = command_line(capsys)
    code, out, _ = run("--logbook", named(logbook), "audit", "--case", "P-2", "--json")
    assert code == 0
    told = json.loads(out)
    assert [one["action"] for one in told["entries"]] == ["delete", "create", "create"]
    assert told["more"] is False
    code, out, _ = run("--logbook", named(logbook), "audit", "--by", "Anna", "--most", 1)
    assert out.count("\n") == 1
    assert "Signed off" in out
    target = tmp_path / "out.csv"
    code, out, _ = run("--logbook", named(logbook), "audit", "--action", "delete", "--out", target)
    assert (code, "Wrote 1 row" in out) == (0, True)
    assert target.read_text(encoding="utf-8").count("\n") == 2
    code, out, err = run("--logbook", named(logbook), "audit", "--action", "dance")
    assert (code, out) == (2, "")
    assert one_line(err)
    assert "sign_in_failed" in err
