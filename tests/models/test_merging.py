# SPDX-License-Identifier: MIT
"""Two records of one patient become one and two again, and nothing is lost on either way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from peewee import IntegrityError

from models.audit import Subject, last_known
from models.case import Case, bin_case, load_case, save_case
from models.document import Document, content_hash, document_of
from models.errors import ImpossibleCase, LogbookError, VersionConflict
from models.identity import remove_identities
from models.logbook import Logbook
from models.merges import past_merges
from models.merging import Take, merge, preview
from models.partial_date import PartialDate
from models.schema import (
    RECORD_TABLES,
    AuditEntry,
    ImageContent,
    Patient,
    PatientIdentity,
    Procedure,
)
from models.unmerging import undo_merge
from models.verify import verify
from models.vocabulary import ExtraVertebra, Sex, TimePoint
from tests.builders import a_case, store_names
from tests.faults import SAID, fault
from tests.fresh import BriefLogbook, NewLogbook
from tests.listed import listed
from tests.models.any_case import IMAGE, IMAGE_HASH, cases, take_out_what_cannot_be


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="A. Operator")
    store_names(opened)
    yield opened
    opened.close()


def record(logbook: Logbook) -> Document:
    """Everything that was entered, in all tables."""
    return document_of(
        row for table in RECORD_TABLES for row in table.select().execute(logbook.database)
    )


def derived(logbook: Logbook) -> list[tuple[object, ...]]:
    """What the list shows, without the numbers of its rows."""
    return [
        (line.patient_code, line.sex, line.age, line.complete, line.before, line.course)
        for line in listed(logbook)
    ]


def stored(logbook: Logbook, case: Case) -> Case:
    save_case(logbook, case)
    return case


def of_same(case: Case, on: str) -> Case:
    """Another case of the same patient."""
    second = a_case(on=on)
    second.patient = case.patient
    second.procedure.patient = case.patient
    return second


def ids(*of: Case) -> tuple[str, ...]:
    return tuple(str(case.patient.id) for case in of)


def test_all_cases_of_the_other_patient_move_and_each_keeps_its_baseline(logbook: Logbook) -> None:
    first = stored(logbook, a_case("P-1", before=9))
    second = stored(logbook, a_case("Zed", before=5, on="2026-05-01", after_on="2026-06-01"))
    binned = stored(logbook, of_same(second, "2026-07-01"))
    bin_case(logbook, binned.id, "entered twice")
    done = merge(logbook, preview(logbook, *ids(first, second)), {}, "same birth date")
    assert (done.keep_code, done.other_code, done.moved) == ("P-1", "Zed", 2)
    for case in (first, second, binned):
        assert load_case(logbook, case.id).patient.patient_code == "P-1"
    baselines = [
        row.pain_low
        for case in (first, second)
        for row in load_case(logbook, case.id).assessments
        if row.time_point is TimePoint.BASELINE and row.chosen
    ]
    assert baselines == [9, 5]
    assert [line.patient_code for line in listed(logbook)] == [
        "P-1",
        "P-1",
    ]
    assert len(listed(logbook, "Zed")) == 0
    assert Patient.select().count(logbook.database) == 1
    assert verify(logbook) == []


def test_the_audit_tells_of_both_patients_and_of_every_case_that_moves(logbook: Logbook) -> None:
    first, second = stored(logbook, a_case("P-1")), stored(logbook, a_case("P-2"))
    last = AuditEntry.select().count(logbook.database)
    merge(logbook, preview(logbook, *ids(first, second)), {}, "one person")
    told = AuditEntry.select().where(AuditEntry.number > last).execute(logbook.database)
    assert {entry.subject_id for entry in told if entry.subject != "logbook"} == {
        *ids(first, second),
        second.id,
    }
    assert all("one person" in entry.reason for entry in told)


@pytest.mark.parametrize("take", [Take.BOTH, Take.OTHER])
def test_a_name_that_only_the_kept_patient_has_is_lost_only_on_purpose(
    logbook: Logbook, take: Take
) -> None:
    first, second = a_case("P-1"), a_case("P-2")
    first.identity = PatientIdentity(patient=first.patient.id, full_name="Ann Example")
    for case in (first, second):
        save_case(logbook, case)
    merge(logbook, preview(logbook, *ids(first, second)), {"patient_identity.full_name": take})
    identity = load_case(logbook, second.id).identity
    kept = identity.full_name if identity is not None else None
    assert kept == ("Ann Example" if take is Take.BOTH else None)
    assert verify(logbook) == []


def test_of_differing_fields_the_chosen_one_stays_and_what_is_known_fills_gaps(
    logbook: Logbook,
) -> None:
    first, second = a_case("P-1", sex=Sex.MALE), a_case("P-2", sex=Sex.FEMALE)
    second.patient.birth_date = PartialDate("1950-06-01")
    first.patient.patient_notes, second.patient.patient_notes = "one", "two"
    second.identity = PatientIdentity(patient=second.patient.id, full_name="Ann Example")
    for case in (first, second):
        save_case(logbook, case)
    shown = preview(logbook, *ids(first, second))
    conflicts = {one.name for one in shown.differing if one.is_conflict}
    assert conflicts == {"patient.patient_code", "patient.sex", "patient.patient_notes"}
    choices = {"patient.sex": Take.OTHER, "patient.patient_code": Take.OTHER}
    done = merge(logbook, shown, choices)
    case = load_case(logbook, first.id)
    assert (case.patient.sex, case.patient.patient_code) == (Sex.FEMALE, "P-2")
    assert case.patient.birth_date == "1950-06-01"
    assert case.patient.patient_notes == "one\ntwo"
    assert case.procedure.age_at_procedure == 75
    assert case.identity is not None
    assert case.identity.full_name == "Ann Example"
    assert verify(logbook) == []
    undo_merge(logbook, done.number)
    assert load_case(logbook, first.id).identity is None
    assert load_case(logbook, second.id).patient.patient_code == "P-2"
    assert verify(logbook) == []


def test_extra_vertebrae_of_both_stay(logbook: Logbook) -> None:
    first, second = a_case("P-1"), a_case("P-2")
    first.patient.extra_vertebrae = (ExtraVertebra.L6,)
    second.patient.extra_vertebrae = (ExtraVertebra.T13,)
    for case in (first, second):
        save_case(logbook, case)
    done = merge(logbook, preview(logbook, *ids(first, second)), {})
    both = (ExtraVertebra.T13, ExtraVertebra.L6)
    assert load_case(logbook, second.id).patient.extra_vertebrae == both
    assert verify(logbook) == []
    undo_merge(logbook, done.number)
    assert load_case(logbook, first.id).patient.extra_vertebrae == (ExtraVertebra.L6,)


def test_a_patient_is_not_merged_with_itself_or_with_nobody(logbook: Logbook) -> None:
    (patient,) = ids(stored(logbook, a_case("P-1")))
    with pytest.raises(LogbookError, match="itself"):
        preview(logbook, patient, patient)
    with pytest.raises(LogbookError, match="no patient"):
        preview(logbook, patient, "nobody")


def test_a_merge_of_what_was_changed_meanwhile_is_refused(logbook: Logbook) -> None:
    first, second = stored(logbook, a_case("P-1")), stored(logbook, a_case("P-2"))
    shown = preview(logbook, *ids(first, second))
    second.patient.sex = Sex.MALE
    save_case(logbook, second)
    before = record(logbook)
    with pytest.raises(LogbookError, match="changed meanwhile"):
        merge(logbook, shown, {})
    assert record(logbook) == before


def test_a_merge_that_would_make_a_case_impossible_changes_nothing(logbook: Logbook) -> None:
    first, second = a_case("P-1", on="2001-01-01"), a_case("P-2")
    first.assessments.clear()
    second.patient.birth_date = PartialDate("2010-01-01")
    for case in (first, second):
        save_case(logbook, case)
    before, entries = record(logbook), AuditEntry.select().count(logbook.database)
    with pytest.raises(ImpossibleCase):
        merge(logbook, preview(logbook, *ids(first, second)), {})
    assert record(logbook) == before
    assert AuditEntry.select().count(logbook.database) == entries
    assert verify(logbook) == []


def test_who_edits_one_of_the_cases_meanwhile_is_told(logbook: Logbook) -> None:
    first, second = stored(logbook, a_case("P-1")), stored(logbook, a_case("P-2"))
    opened = load_case(logbook, second.id)
    merge(logbook, preview(logbook, *ids(first, second)), {})
    opened.procedure.operator = "Dr B."
    with pytest.raises(VersionConflict):
        save_case(logbook, opened)


def test_undo_keeps_what_was_entered_since(logbook: Logbook) -> None:
    first, second = stored(logbook, a_case("P-1")), stored(logbook, a_case("P-2"))
    done = merge(logbook, preview(logbook, *ids(first, second)), {})
    moved = load_case(logbook, second.id)
    moved.procedure.operator = "Dr B."
    save_case(logbook, moved)
    new = of_same(load_case(logbook, first.id), "2026-08-01")
    save_case(logbook, new)
    undo_merge(logbook, done.number)
    again = load_case(logbook, second.id)
    assert (again.patient.patient_code, again.procedure.operator) == ("P-2", "Dr B.")
    assert load_case(logbook, new.id).patient.patient_code == "P-1"
    assert verify(logbook) == []


def test_undo_says_what_stands_in_the_way(logbook: Logbook) -> None:
    first, second, third = (stored(logbook, a_case(f"P-{n}")) for n in (1, 2, 3))
    early = merge(logbook, preview(logbook, *ids(first, second)), {})
    late = merge(logbook, preview(logbook, *ids(third, first)), {})
    with pytest.raises(LogbookError, match="later merge"):
        undo_merge(logbook, early.number)
    undo_merge(logbook, late.number)
    taken = stored(logbook, a_case("P-2"))
    with pytest.raises(LogbookError, match="P-2 was given to another patient"):
        undo_merge(logbook, early.number)
    taken.patient.patient_code = "P-9"
    save_case(logbook, taken)
    undo_merge(logbook, early.number)
    with pytest.raises(LogbookError, match="undone already"):
        undo_merge(logbook, early.number)
    assert [merge.is_undone for merge in past_merges(logbook)] == [True, True]
    assert [(merge.other_code, merge.keep_code) for merge in past_merges(logbook)] == [
        ("P-1", "P-3"),
        ("P-2", "P-1"),
    ]
    assert verify(logbook) == []


def test_undo_does_not_bring_back_names_that_were_taken_out_of_the_record(
    logbook: Logbook,
) -> None:
    first, second = a_case("P-1"), a_case("P-2")
    second.identity = PatientIdentity(patient=second.patient.id, full_name="Ann Example")
    for case in (first, second):
        save_case(logbook, case)
    done = merge(logbook, preview(logbook, *ids(first, second)), {})
    remove_identities(logbook)
    undo_merge(logbook, done.number)
    assert PatientIdentity.select().count(logbook.database) == 0
    assert verify(logbook) == []


def test_a_merge_that_fails_midway_leaves_nothing_behind(logbook: Logbook) -> None:
    first, second = stored(logbook, a_case("P-1")), stored(logbook, a_case("P-2"))
    shown, before = preview(logbook, *ids(first, second)), record(logbook)
    with fault(logbook, "patient", "DELETE"), pytest.raises(IntegrityError, match=SAID):
        merge(logbook, shown, {})
    assert record(logbook) == before
    assert verify(logbook) == []


CHOICES = st.dictionaries(
    st.sampled_from(
        [
            f"{table._meta.table_name}.{field.name}"
            for table in (Patient, PatientIdentity)
            for field in table.clinical_fields()
        ]
    ),
    st.sampled_from(list(Take)),
)


@st.composite
def two_patients(draw: st.DrawFn) -> list[Case]:
    """Two patients with a case each, and perhaps a second one of the first or the other."""
    made = [draw(cases()), draw(cases())]
    for case in list(made):
        if draw(st.booleans()):
            more = draw(cases())
            more.patient, more.identity = case.patient, case.identity
            more.procedure.patient = case.patient
            made.append(more)
    for case in made:
        take_out_what_cannot_be(case)
    return made


@settings(max_examples=20)
@given(two_patients(), CHOICES)
def test_merge_and_undo_leave_the_record_as_it_was(
    brief_logbook: BriefLogbook, made: list[Case], choices: dict[str, Take]
) -> None:
    with brief_logbook() as logbook:
        assert_merge_and_undo_leave_the_record(logbook, made, choices)


def assert_merge_and_undo_leave_the_record(
    logbook: Logbook, made: list[Case], choices: dict[str, Take]
) -> None:
    ImageContent.insert(
        sha256=IMAGE_HASH, media_type="image/png", content=IMAGE
    ).on_conflict_ignore().execute(logbook.database)
    first, second = made[0].patient, made[1].patient
    if first.patient_code == second.patient_code:
        second.patient_code = None
    for case in made:
        save_case(logbook, case)
    before, shown_before = record(logbook), derived(logbook)
    versions = dict(
        Procedure.select(Procedure.id, Procedure.version).tuples().execute(logbook.database)
    )
    try:
        done = merge(logbook, preview(logbook, str(first.id), str(second.id)), choices)
    except ImpossibleCase:
        assert record(logbook) == before
        return
    owners = {case.procedure.patient_id for case in (load_case(logbook, c.id) for c in made)}
    assert owners == {first.id}
    assert [problem for problem in verify(logbook) if "image" not in problem] == []
    undo_merge(logbook, done.number)
    assert record(logbook) == before
    assert derived(logbook) == shown_before
    assert [problem for problem in verify(logbook) if "image" not in problem] == []
    known = last_known(logbook.database, Subject.CASE)
    for case in made:
        again = load_case(logbook, case.id)
        assert again.version >= versions[case.id]
        assert known[case.id] == (again.version, content_hash(document_of(again.case_rows())))
