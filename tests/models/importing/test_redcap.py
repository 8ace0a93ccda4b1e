# SPDX-License-Identifier: MIT
"""Records that went out to REDCap come in again as REDCap writes them, edited or not."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models import commands
from models.case import Case, load_case, save_case
from models.exchange.deidentify import Dates, Kind
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.importing.own_files import as_records
from models.importing.reading import CsvTable
from models.importing.recognizing import UnreadableTable
from models.logbook import Logbook
from models.schema import Patient, Procedure
from models.verify import verify
from models.vocabulary import (
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    MissingReason,
    Sex,
    TimePoint,
)
from tests.builders import a_case, add_score
from tests.fresh import named
from tests.models.exchange.kit import ordered
from tests.models.importing.records import look, opened, problems, redcap, take_in, verdicts

Records = list[dict[str, str]]
Edit = Callable[[Records], None]


def edited(logbook: Logbook, edit: Edit, columns: Callable[[str], bool] = bool) -> Path:
    """What REDCap would export after somebody edited the records of the logbook there."""
    file = redcap(logbook)
    with file.open(newline="", encoding="utf-8") as opened:
        records = list(csv.DictReader(opened))
    edit(records)
    names = [name for name in records[0] if columns(name)]
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, names, extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(records)
    return file


def of(records: Records, form: str, instance: int = 1) -> dict[str, str]:
    wanted = (form, str(instance)) if form else ("", "")
    keys = ("redcap_repeat_instrument", "redcap_repeat_instance")
    return next(row for row in records if tuple(row[key] for key in keys) == wanted)


def put(form: str, instance: int = 1, /, **cells: str) -> Edit:
    return lambda records: of(records, form, instance).update(cells)


def leaking(code: str = "A") -> Case:
    case = a_case(code, Level.T12, Level.L1, leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    case.procedure.missing = {"minutes": MissingReason.UNKNOWN}
    return case


@pytest.fixture
def case(logbook: Logbook) -> Case:
    case = leaking()
    save_case(logbook, case)
    return case


def told(file: Path, logbook: Logbook) -> list[str]:
    return [str(one) for line in look(file, logbook).lines for one in line.differences]


def test_what_was_edited_in_redcap_is_changed_and_nothing_else(
    logbook: Logbook, case: Case
) -> None:
    def edit(records: Records) -> None:
        put("", performed_on="2026-03", minutes="40", sex="male")(records)
        put("level", 2, cement_ml="4.5", diagnosis___metastasis="1")(records)
        put("level", 2, diagnosis___hemangioma="0")(records)
        put("visit", 2, visit_pain_low="0", visit_pain_high="1")(records)
        put("leak", leak_level_id="L1")(records)

    file = edited(logbook, edit)
    assert told(file, logbook) == [
        "Patient, Sex: Female becomes Male.",
        "Date: 2026-03-04 becomes 2026-03.",
        "Duration: 40 is added.",
        "1 month, Pain: 2 becomes 0.",
        "1 month, Pain, upper end: 2 becomes 1.",
        "L1, Diagnosis: Vertebral hemangioma becomes Metastasis.",
        "L1, Cement: 6 becomes 4.5.",
        "Leak, level: T12 becomes L1.",
    ]
    shown, done = take_in(file, logbook)
    assert (verdicts(shown), done.changed) == (["changed"], 1)
    stored = load_case(logbook, case.id)
    assert (stored.patient.sex, stored.procedure.minutes) == (Sex.MALE, 40)
    assert stored.procedure.missing == {}
    assert stored.levels[1].diagnosis == (Diagnosis.METASTASIS,)
    assert stored.leaks_of(stored.levels[1])[0].location is LeakLocation.EPIDURAL
    assert verify(logbook) == []


def test_what_the_logbook_changed_meanwhile_is_a_conflict(logbook: Logbook, case: Case) -> None:
    file = edited(logbook, put("level", 1, cement_ml="4.5"))
    stored = load_case(logbook, case.id)
    stored.procedure.operator = "Dr B."
    save_case(logbook, stored)
    shown, done = take_in(file, logbook)
    assert (verdicts(shown), done.changed) == (["conflicting"], 0)
    shown, done = take_in(file, logbook, takes_conflicts=True)
    assert load_case(logbook, case.id).levels[0].cement_ml == 4.5


def test_what_is_added_in_redcap_comes_in_once(logbook: Logbook, case: Case) -> None:
    def edit(records: Records) -> None:
        record = {"record_id": case.id}
        for form, number, cells in (
            ("visit", "3", {"visit_assessed_on": "2026-06-04", "visit_pain_low": "3"}),
            ("level", "3", {"level": "L2", "cement_ml": "3"}),
            ("leak", "2", {"leak_level_id": "L2", "leak_location": "foraminal"}),
            ("balloon", "1", {}),
        ):
            kept = {"redcap_repeat_instrument": form, "redcap_repeat_instance": number}
            records.append({**dict.fromkeys(records[0], ""), **record, **kept, **cells})

    file = edited(logbook, edit)
    shown, _ = take_in(file, logbook)
    assert problems(shown) == []
    assert verdicts(shown) == ["changed"]
    stored = load_case(logbook, case.id)
    assert [level.level for level in stored.levels] == [Level.T12, Level.L1, Level.L2]
    assert [row.location for row in stored.leaks_of(stored.levels[2])] == [LeakLocation.FORAMINAL]
    assert stored.assessments[-1].time_point is TimePoint.M3
    assert stored.balloons == []
    assert verdicts(look(file, logbook)) == ["same"]
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    of(rows, "visit", 3)["visit_pain_low"] = "2"
    again = file.with_name("again.csv")
    with again.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert told(again, logbook)[0] == "3 months, Pain: the logbook has 3, the file 2."


def test_a_record_that_was_begun_in_redcap_is_known_by_patient_and_date(
    logbook: Logbook, case: Case
) -> None:
    def edit(records: Records) -> None:
        empty = dict.fromkeys(records[0], "")
        own = {"record_id": "2", "patient_code": "B", "performed_on": "2026-05-01", "sex": "male"}
        level = {"redcap_repeat_instrument": "level", "redcap_repeat_instance": "1"}
        leak = {"redcap_repeat_instrument": "leak", "redcap_repeat_instance": "1"}
        records += [
            {**empty, **own},
            {**empty, "record_id": "2", **level, "level": "T11"},
            {**empty, "record_id": "2", **leak, "leak_location": "epidural"},
        ]

    file = edited(logbook, edit)
    shown, done = take_in(file, logbook)
    assert problems(shown) == []
    assert (verdicts(shown), done.new) == (["same", "new"], 1)
    assert verdicts(look(file, logbook)) == ["same", "same"]
    assert Procedure.select().count(logbook.database) == 2


def test_one_edit_of_a_patient_counts_for_all_records(logbook: Logbook, case: Case) -> None:
    second = a_case("A", on="2026-08-01", before=None, after=None)
    stored = load_case(logbook, case.id)
    second.patient, second.procedure.patient = stored.patient, stored.patient
    save_case(logbook, second)
    file = redcap(logbook)
    for changed in (0, 1):

        def edit(records: Records, changed: int = changed) -> None:
            own = [row for row in records if not row["redcap_repeat_instrument"]]
            own[changed]["sex"] = "male"
            for row in own:
                row["supervisor"] = "Dr S."

        shown = look(edited(logbook, edit), logbook)
        assert verdicts(shown) == ["changed", "changed"]
    shown, done = take_in(file.with_name("redcap.csv"), logbook)
    assert done.changed == 2
    (sex,) = {row.sex for row in Patient.select().execute(logbook.database)}
    assert sex is Sex.MALE


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put("", performed_on="soon"), "Row 2, column performed_on: Date: soon is not a date"),
        (put("", sex="x"), "Row 2, column sex: Sex does not know x."),
        (put("level", 2, cement_ml="600"), "Row 4, column cement_ml: Cement 600 is not possible"),
        (
            put("level", 1, diagnosis___metastasis="2"),
            "column diagnosis___metastasis: 2 is neither",
        ),
        (put("leak", leak_level_id="L4"), "column leak_level_id: The record has no such level."),
        (put("leak", leak_level_id=""), "The record has 2 levels. Write the level, such as T12."),
        (put("leak", redcap_repeat_instrument="lake"), "There is no repeating instrument lake"),
        (put("", redcap_repeat_instrument="level"), "The record has no row of its own"),
        (put("level", 2, redcap_repeat_instrument=""), "The record has several rows of its own"),
        (put("level", 2, level_id="7"), "column level_id: This is no id that the program gives."),
    ],
)
def test_what_cannot_be_is_refused_with_row_and_variable(
    logbook: Logbook, case: Case, edit: Edit, said: str
) -> None:
    shown = look(edited(logbook, edit), logbook)
    assert verdicts(shown) == ["refused"]
    assert any(said in problem for problem in problems(shown)), problems(shown)


def test_an_id_that_was_copied_is_refused(logbook: Logbook, case: Case) -> None:
    save_case(logbook, leaking("B"))

    def edit(records: Records) -> None:
        ids = [row for row in records if row["level_id"]]
        ids[-1]["level_id"] = ids[0]["level_id"]

    shown = look(edited(logbook, edit), logbook)
    assert sorted(verdicts(shown)) == ["refused", "same"]
    assert "has the same id: empty it in one of the two." in problems(shown)[0]


def test_what_redcap_adds_and_labels_is_read(logbook: Logbook, case: Case, tmp_path: Path) -> None:
    def edit(records: Records) -> None:
        for row in records:
            row |= {"patient_complete": "2", "redcap_data_access_group": "x", "own_field": "7"}
        put("", sex="Female", procedure_synthetic="No")(records)
        put("level", 2, diagnosis___hemangioma="Checked", diagnosis___metastasis="Unchecked")(
            records
        )

    shown = look(edited(logbook, edit), logbook)
    assert verdicts(shown) == ["same"]
    assert shown.mapping.unused == ["own_field"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_marks_and_a_part_of_the_columns(
    logbook: Logbook, case: Case, delimiter: str, tmp_path: Path
) -> None:
    kept = {"record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "kypholog_export"}
    file = edited(
        logbook, put("level", 1, cement_ml="5"), lambda name: name in kept | {"cement_ml", "level"}
    )
    with file.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.reader(opened))
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        csv.writer(opened, delimiter=delimiter).writerows(rows)
    assert verdicts(look(file, logbook)) == ["conflicting"]
    assert told(file, logbook) == ["T12, Cement: the logbook has 6, the file 5."]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (lambda name: name != "kypholog_export", "has no column kypholog_export"),
        (lambda name: name != "redcap_repeat_instance", "has no column redcap_repeat_instance"),
    ],
)
def test_a_file_that_lacks_what_tells_is_refused(
    logbook: Logbook, case: Case, columns: Callable[[str], bool], said: str
) -> None:
    file = edited(logbook, lambda records: None, columns)
    with pytest.raises(UnreadableTable, match=said):
        opened(file)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (put("", redcap_event_name="baseline_arm_1"), "is of a longitudinal project"),
        (put("", kypholog_export="2 none keep"), "of no export that this version knows"),
        (put("", kypholog_export="1 safe-harbor year"), "its dates are gone"),
    ],
)
def test_a_project_of_another_kind_is_refused(
    logbook: Logbook, case: Case, edit: Edit, said: str
) -> None:
    with pytest.raises(UnreadableTable, match=said):
        opened(edited(logbook, edit))


@pytest.mark.parametrize(
    ("kind", "dates"),
    [(Kind.LIMITED, Dates.SHIFTED), (Kind.SAFE_HARBOR, Dates.YEAR), (Kind.SAFE_HARBOR, Dates.DAYS)],
)
def test_kits_without_true_dates_are_refused(
    logbook: Logbook, case: Case, kind: Kind, dates: Dates, tmp_path: Path
) -> None:
    kit = ordered(logbook, Profile.REDCAP, Shape.TABLES, kind=kind, dates=dates)
    target = tmp_path / "data.csv"
    with zipfile.ZipFile(kit) as archive:
        target.write_bytes(archive.read("data.csv"))
    with pytest.raises(UnreadableTable, match="is de-identified"):
        opened(target)


def test_a_limited_kit_comes_in_as_new_patients(
    logbook: Logbook, case: Case, tmp_path: Path
) -> None:
    kit = ordered(logbook, Profile.REDCAP, Shape.TABLES, kind=Kind.LIMITED)
    target = tmp_path / "data.csv"
    with zipfile.ZipFile(kit) as archive:
        target.write_bytes(archive.read("data.csv"))
    shown, done = take_in(target, logbook)
    assert "as new ones" in shown.table.written
    assert (problems(shown), done.new) == ([], 1)


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("record_id,redcap_repeat_instrument,age,sex\n1,,70,f\n")
    table = CsvTable(file)
    assert as_records(table) is table


def test_the_command_tells_records_by_their_columns(
    logbook: Logbook, case: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = load_case(logbook, case.id)
    add_score(stored, 1, "2026-09-04")
    save_case(logbook, stored)
    file = edited(logbook, put("visit", 3, visit_pain_words="resolved"))
    base = ["--logbook", named(logbook), "import", str(file)]
    assert commands.run([*base, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["cases"]["changed"], said["saved"]) == (1, 1)
    assert said["written_as"].startswith("records of REDCap, UTF-8")
    (difference,) = said["lines"][0]["differences"]
    assert difference == {"place": "6 months, Pain in words", "logbook": "", "file": "resolved"}
