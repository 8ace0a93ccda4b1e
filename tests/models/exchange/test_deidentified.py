# SPDX-License-Identifier: MIT
"""What limited and Safe Harbor exports leave out, change and keep, and the key that leads back."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from models.audit import Action
from models.case import Case, save_case
from models.errors import CannotWrite, LogbookError
from models.exchange.deidentify import Dates, Fate, Kind, Rules, fate_of, people, small_cells
from models.exchange.deidentify.people import Person
from models.exchange.orders import Order, export
from models.exchange.preview import consequences, preview
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.fields import Day, Words
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry
from models.vocabulary import Level
from tests.builders import a_case, add_score
from tests.fresh import beside
from tests.models.any_case import cases
from tests.models.exchange.kit import files_in, flat_rows, ordered, tables_in

SAFE = Kind.SAFE_HARBOR
FEW = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def one(
    logbook: Logbook, case: Case, kind: Kind = SAFE, dates: Dates | None = None
) -> dict[str, str]:
    save_case(logbook, case)
    (row,) = flat_rows(logbook, kind=kind, dates=dates)
    return row


@pytest.mark.parametrize(("age", "told"), [(88, "88"), (89, "89"), (90, "90+"), (104, "90+")])
def test_ages_above_89_are_one_group(logbook: Logbook, age: int, told: str) -> None:
    assert one(logbook, a_case(age=age))["age_at_procedure"] == told


def test_of_dates_the_year_is_left(logbook: Logbook) -> None:
    row = one(logbook, a_case(on="2026-03-04", after_on="2026-04-04"))
    assert row["performed_on_year"] == row["pain_1m_on_year"] == "2026"
    assert "performed_on" not in row
    assert "2026-0" not in str(row)


def test_dates_of_nobody_are_moved_by_nothing() -> None:
    moved = {Person(f"patient {number}", b"secret").shift for number in range(5_000)}
    assert (min(moved), max(moved)) == (1, 364)


def test_or_days_from_the_procedure(logbook: Logbook) -> None:
    case = a_case(on="2026-03-04", after_on="2026-04-03")
    case.procedure.pain_onset_on = PartialDate("2026-02-02")
    case.procedure.discharged_on = PartialDate("2026-03")
    row = one(logbook, case, dates=Dates.DAYS)
    assert row["performed_on_year"] == "2026"
    assert (row["pain_1m_on_day"], row["pain_onset_on_day"]) == ("30", "-30")
    assert row["discharged_on_day"] == ""
    assert row["assessment_assessed_on_day"] == "0|30"


def test_a_date_that_shows_that_somebody_turned_90_is_left_out(logbook: Logbook) -> None:
    case = a_case(age=89, on="2025-03-04", after_on="2026-04-03")
    assert one(logbook, case)["pain_12m_on_year"] == ""
    (row,) = flat_rows(logbook, kind=SAFE, dates=Dates.DAYS)
    assert row["pain_12m_on_day"] == ""
    assert (row["pain_12m"], row["performed_on_year"]) == ("2", "2025")


def test_two_cases_of_a_patient_do_not_tell_together_that_somebody_turned_90(
    logbook: Logbook,
) -> None:
    undated = a_case("P-1", on=None, before=None, after=None)
    first = again_of(undated, "2010-03-04", 85)
    second = again_of(undated, "2018-03-04", 93)
    add_score(second, 2, "2018-04-04")
    undated.patient.died_on = PartialDate("2019-02-02")
    for case in (undated, first, second):
        save_case(logbook, case)
    told = {
        (row["age_at_procedure"], row["performed_on_year"], row["pain_1m_on_year"])
        for row in flat_rows(logbook, kind=SAFE)
    }
    assert told == {("75", "", ""), ("85", "2010", ""), ("90+", "", "")}
    assert not any(row["died_on_year"] for row in flat_rows(logbook, kind=SAFE))
    by_days = flat_rows(logbook, kind=SAFE, dates=Dates.DAYS)
    assert {row["performed_on_year"] for row in by_days} == {"", "2010"}
    assert {row["died_on_day"] for row in by_days if row["age_at_procedure"] == "85"} == {""}
    assert {row["pain_1m_on_day"] for row in by_days} == {"", "31"}


@pytest.mark.parametrize(("many", "at_once"), [(1, 250), (10_000, 1)])
def test_the_earliest_birth_that_ages_tell_decides_however_many_are_read_at_once(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch, many: int, at_once: int
) -> None:
    monkeypatch.setattr(people, "MANY", many)
    monkeypatch.setattr(people.People, "at_once", at_once)
    first = a_case("P-1", on="2016-12-01", age=85, before=None, after=None)
    second = again_of(first, "2018-01-05", 86)
    first.patient.died_on = PartialDate("2021-05-01")
    for case in (first, second):
        save_case(logbook, case)
    assert {row["died_on_year"] for row in flat_rows(logbook, kind=SAFE)} == {""}


@pytest.mark.parametrize("at_once", [1, 250])
def test_days_that_make_a_year_more_than_have_passed_tell_no_age_above_89(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(people.People, "at_once", at_once)
    for code, age in (("P-1", 75), ("P-2", 60)):
        case = a_case(code, on="2001-01-01", age=age, before=None, after=None)
        case.patient.died_on = PartialDate("2015-12-30")
        save_case(logbook, case)
    rows = flat_rows(logbook, kind=SAFE, dates=Dates.DAYS)
    told = {row["age_at_procedure"]: row["died_on_day"] for row in rows}
    assert told == {"75": "", "60": "5476"}


def test_days_of_a_patient_count_from_the_first_case_where_all_have_a_day(
    logbook: Logbook,
) -> None:
    for number, days in enumerate((("2018-03-04", "2016-03-04"), (None, "2016-03-04"))):
        first = a_case(f"P-{number}", on=days[0], age=60, before=None, after=None)
        first.patient.died_on = PartialDate("2018-03-14")
        save_case(logbook, first)
        save_case(logbook, again_of(first, days[1], 58))
    archive = ordered(logbook, shape=Shape.TABLES, kind=SAFE, dates=Dates.DAYS)
    told = sorted(row["died_on_day"] for row in tables_in(archive)["patients"])
    assert told == ["", "740"]


def again_of(case: Case, on: str, age: int) -> Case:
    """Another case of the same patient."""
    other = Case.new(case.patient)
    other.procedure.performed_on = PartialDate(on)
    other.procedure.age_at_procedure = age
    return other


def test_dates_of_a_patient_are_moved_by_the_same_days(logbook: Logbook) -> None:
    row = one(logbook, a_case(on="2026-03-04", after_on="2026-04-03"), Kind.LIMITED, Dates.SHIFTED)
    names = ("performed_on_shifted", "pain_1m_on_shifted")
    moved, after = (date.fromisoformat(row[name]) for name in names)
    assert not {"performed_on", "pain_1m_on"} & row.keys()
    assert (after - moved).days == 30
    assert 0 <= (date(2026, 3, 4) - moved).days < 365


def test_limited_keeps_dates_and_who_operated_and_nothing_said_of_the_patient(
    logbook: Logbook,
) -> None:
    case = a_case("MRN-7", operator="Dr A. Operator")
    case.procedure.history = "Free words"
    row = one(logbook, case, Kind.LIMITED)
    assert row["performed_on"] == "2026-03-04"
    assert row["operator"] == "Dr A. Operator"
    assert "history" not in row
    assert "MRN-7" not in str(row)


@FEW
@given(case=cases())
@pytest.mark.parametrize(
    "profile", [Profile.MACHINE, Profile.REDCAP, Profile.FHIR, Profile.PACKAGE]
)
def test_safe_harbor_lets_through_no_words_no_ids_and_no_dates(
    shared: Logbook, profile: Profile, case: Case
) -> None:
    for row in (*case.person_rows(), *case.case_rows()):
        for field in row.clinical_fields():
            if isinstance(field, Words) and getattr(row, field.name):
                setattr(row, field.name, "SECRET")
            if isinstance(field, Day) and getattr(row, field.name):
                setattr(row, field.name, PartialDate(f"{getattr(row, field.name)[:4]}-11-23"))
        row.explained = dict.fromkeys(row.explained, "SECRET")
    case.patient.patient_code = f"SECRET-{case.patient.id}"
    save_case(shared, case)
    shape = FORMS[profile].shapes[0]
    file = ordered(shared, profile, shape, kind=SAFE, case_ids=[case.id])
    texts = files_in(file).values() if file.suffix == ".zip" else [file.read_text()]
    data = "".join(text for text in texts if not text.startswith(("<", "{\n")))
    ids = [str(row.id) for row in (*case.person_rows(), *case.case_rows())]
    for secret in ("SECRET", "-11-23", *ids):
        assert secret not in data


def test_codes_are_new_for_every_export(logbook: Logbook) -> None:
    first = one(logbook, a_case())
    (second,) = flat_rows(logbook, kind=SAFE)
    for name in ("patient_code", "case_id", "patient_id", "level_id"):
        assert first[name] != second[name]


def test_random_ids_link_the_tables_as_before(logbook: Logbook) -> None:
    for number in range(3):
        save_case(logbook, a_case(f"P-{number}", Level.T12, Level.L1))
    tables = tables_in(ordered(logbook, shape=Shape.TABLES, kind=SAFE))
    assert "images" not in tables
    cases_told = {row["case_id"] for row in tables["procedures"]}
    assert len(cases_told) == 3
    assert {row["case_id"] for row in tables["levels"]} == cases_told
    assert {row["patient_id"] for row in tables["procedures"]} == {
        row["patient_id"] for row in tables["patients"]
    }


def test_the_order_of_rows_tells_nothing_of_dates(logbook: Logbook) -> None:
    for number in range(12):
        save_case(logbook, a_case(f"P-{number}", on=f"20{number + 10}-03-04", after=None))
    orders = {
        tuple(row["performed_on_year"] for row in flat_rows(logbook, kind=SAFE)) for _ in "123"
    }
    assert len(orders) > 1


def test_the_key_lies_apart_and_leads_back(logbook: Logbook, tmp_path: Path) -> None:
    save_case(logbook, a_case("P-1"))
    (tmp_path / "safe").mkdir()
    key = tmp_path / "safe" / "key.csv"
    target = tmp_path / "out.csv"
    order = Order(rules=Rules(Kind.LIMITED, Dates.SHIFTED), key=key)
    export(logbook, target, order)
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    (row,) = csv.DictReader(target.read_text().splitlines())
    (back,) = csv.DictReader(key.read_text().splitlines())
    assert (back["code"], back["patient_code"]) == (row["patient_code"], "P-1")
    moved = date.fromisoformat(row["performed_on_shifted"])
    assert (date(2026, 3, 4) - moved).days == int(back["days_moved_back"])
    with pytest.raises(CannotWrite, match="only key"):
        export(logbook, target, order)


def test_without_the_data_there_is_no_key(logbook: Logbook, tmp_path: Path) -> None:
    save_case(logbook, a_case())
    (tmp_path / "safe").mkdir()
    order = Order(rules=Rules.of(SAFE), key=tmp_path / "safe" / "key.csv")
    with pytest.raises(LogbookError, match="stopped"):
        export(logbook, tmp_path / "out.csv", order, cancelled=lambda: True)
    with pytest.raises(CannotWrite, match=r"nowhere.*folder does not exist"):
        export(logbook, tmp_path / "nowhere" / "out.csv", order)
    lost = Order(rules=Rules.of(SAFE), key=tmp_path / "lost" / "key.csv")
    with pytest.raises(CannotWrite, match=r"key\.csv.*folder does not exist"):
        export(logbook, tmp_path / "out.csv", lost)
    assert not list((tmp_path / "safe").iterdir())
    assert not list(tmp_path.glob("*.csv"))


def test_a_key_beside_its_export_or_for_no_codes_is_refused(
    logbook: Logbook, tmp_path: Path
) -> None:
    save_case(logbook, a_case())
    beside = Order(rules=Rules.of(SAFE), key=tmp_path / "key.csv")
    with pytest.raises(CannotWrite, match="beside the file"):
        export(logbook, tmp_path / "out.csv", beside)
    with pytest.raises(LogbookError, match="needs no key"):
        export(logbook, tmp_path / "out.csv", Order(key=tmp_path / "key.csv"))
    assert not list(tmp_path.glob("*.csv"))
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("kind", "dates"), [(Kind.LIMITED, Dates.YEAR), (SAFE, Dates.KEPT), (Kind.NONE, Dates.SHIFTED)]
)
def test_nothing_is_called_what_it_is_not(kind: Kind, dates: Dates) -> None:
    with pytest.raises(LogbookError, match="cannot be treated"):
        Rules(kind, dates)


def test_few_patients_of_a_kind_are_warned_of(logbook: Logbook) -> None:
    for number in range(5):
        save_case(logbook, a_case(f"P-{number}", age=71 + number))
    rare = a_case("P-9", Level.C3, age=95)
    save_case(logbook, rare)
    order = Order(rules=Rules.of(SAFE))
    warned = consequences(logbook, order).warning
    assert warned.startswith("1 of the patients")
    assert "90+, 2026, C3" in warned
    with logbook.session():
        found = small_cells(logbook.database, [rare.id])
    assert (len(found.cells), found.patients) == (1, 1)


def test_what_is_left_out_is_counted_before_writing(logbook: Logbook) -> None:
    case = a_case()
    case.procedure.history = "Words"
    add_score(case, "hardly any")
    save_case(logbook, case)
    told = consequences(logbook, Order(rules=Rules.of(SAFE)))
    counted = {left.label: left.cells for left in told.left_out}
    assert counted == {"Operator": 1, "Medical history": 1, "Pain in words": 1}
    assert consequences(logbook, Order()).told == ""


def test_dates_of_which_nothing_is_told_are_counted_too(logbook: Logbook) -> None:
    old = a_case("P-1", age=89, on="2025-03-04", after_on="2026-04-03")
    old.patient.died_on = PartialDate("2026-05")
    old.procedure.pain_onset_on = PartialDate("2025-02")
    old.add_leak(old.levels[0], symptoms_on=PartialDate("2025-03"))
    save_case(logbook, old)
    counted = {
        dates: {
            left.label: left.cells
            for left in consequences(logbook, Order(rules=Rules.of(SAFE, dates))).left_out
        }
        for dates in (Dates.YEAR, Dates.DAYS)
    }
    by_year = {"Operator": 1, "Died on": 1, "Date": 1}
    assert counted[Dates.YEAR] == by_year
    assert counted[Dates.DAYS] == by_year | {"Pain since": 1, "Symptoms since": 1}
    assert "Date (assessment) (1)" in consequences(logbook, Order(rules=Rules.of(SAFE))).told


def test_a_preview_writes_nothing(logbook: Logbook) -> None:
    for number in range(12):
        save_case(logbook, a_case(f"P-{number}"))
    entries = AuditEntry.select().count(logbook.database)
    shown = preview(logbook, Order(rules=Rules.of(SAFE)))
    assert (shown.cases, len(shown.rows)) == (12, 8)
    assert "12 cases" in shown.told
    assert AuditEntry.select().count(logbook.database) == entries


def test_the_audit_says_what_was_taken_out_and_names_no_folder(logbook: Logbook) -> None:
    one(logbook, a_case())
    entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    assert entry.action == Action.EXPORT
    assert "safe-harbor, dates: year" in entry.reason
    assert entry.reason.endswith("File: ordered.csv")
    assert str(beside(logbook)) not in entry.reason


@pytest.mark.parametrize("kind", [Kind.LIMITED, SAFE])
@pytest.mark.parametrize("shape", Shape)
def test_fields_that_name_a_person_are_in_the_identified_export_only(
    kind: Kind, shape: Shape
) -> None:
    from models.exchange.codebook import described

    named = {
        column.name: fate_of(column, Rules.of(kind))
        for sheet in described(shape)
        for column in sheet.columns
        if column.known_by is not None and column.known_by.identifier
    }
    assert {"full_name", "record_number", "birth_date", "notes", "cement_lot"} <= set(named)
    assert set(named.values()) == {Fate.DROPPED}
