# SPDX-License-Identifier: MIT
"""Drafts: kept whole, per user, without a trace in the record; resumed whatever happened since."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Self

import pytest
from hypothesis import HealthCheck, given, settings

from models.case import Case, bin_case, load_case, save_case
from models.copying import next_case_of
from models.drafts import Draft, Fate, Typed, discard, draft_of, drafts, find, keep, resume
from models.errors import LogbookError, VersionConflict
from models.logbook import Logbook
from models.merging import merge, preview
from models.partial_date import PartialDate
from models.schema import AuditEntry, Patient, Procedure
from models.snapshot import snapshot
from models.unmerging import undo_merge
from models.verify import verify
from models.vocabulary import Level, Sex
from tests.builders import a_case, store_names
from tests.fresh import BriefLogbook, again
from tests.models.any_case import cases


def refused_of(case: Case, text: str = "much") -> Typed:
    level = case.levels[0]
    return Typed("treated_level", str(level.id), "cement_ml", {}, text, "That is no number.")


def test_a_draft_comes_back_as_it_was_kept(logbook: Logbook) -> None:
    case = a_case("P-1", Level.L1, Level.T12)
    typing = Typed("procedure", case.id, "operator", {}, "Dr")
    draft = draft_of(case, (refused_of(case),), typing)
    at = keep(logbook, draft)
    (kept,) = drafts(logbook)
    assert (kept.document, kept.refused, kept.typing) == (
        draft.document,
        draft.refused,
        draft.typing,
    )
    assert kept.kept_at is not None
    assert abs((kept.kept_at - at).total_seconds()) < 0.001
    assert kept.is_new
    assert (kept.patient_code, kept.performed_on) == ("P-1", "2026-03-04")
    assert kept.levels == (Level.T12, Level.L1)


def test_what_the_list_of_drafts_tells_may_all_be_missing() -> None:
    draft = draft_of(Case.new())
    assert (draft.patient_code, draft.performed_on, draft.levels) == ("", "", ())


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_any_case_is_resumed_as_it_was(brief_logbook: BriefLogbook, case: Case) -> None:
    with brief_logbook() as logbook:
        store_names(logbook)
        keep(logbook, draft_of(case))
        (kept,) = drafts(logbook)
        resumed = resume(logbook, kept)
    assert kept.document == snapshot(case)
    assert resumed.case.id == case.id
    assert resumed.fate is Fate.SAME


def test_a_second_draft_of_a_case_replaces_the_first(logbook: Logbook) -> None:
    case, other = a_case("P-1"), a_case("P-2")
    keep(logbook, draft_of(case))
    keep(logbook, draft_of(other))
    case.procedure.operator = "Dr B"
    keep(logbook, draft_of(case))
    assert [kept.patient_code for kept in drafts(logbook)] == ["P-1", "P-2"]
    assert drafts(logbook)[0].document == snapshot(case)


def test_the_last_draft_kept_comes_first_whatever_the_clock_says(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour, code in ((12, "P-1"), (12, "P-2"), (9, "P-3")):
        monkeypatch.setattr("models.drafts.keeping.datetime", at_the_hour(hour))
        keep(logbook, draft_of(a_case(code)))
    assert [kept.patient_code for kept in drafts(logbook)] == ["P-3", "P-2", "P-1"]


def at_the_hour(hour: int) -> type[datetime]:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 3, 4, hour, tzinfo=tz)

    return Stopped


def test_everybody_has_drafts_of_their_own(logbook: Logbook) -> None:
    case = a_case()
    keep(logbook, draft_of(case))
    other = again(logbook, "bert")
    assert drafts(other) == []
    assert find(other, case.id) is None
    case.procedure.operator = "Dr B"
    keep(other, draft_of(case))
    discard(other, case.id)
    assert len(drafts(logbook)) == 1
    other.close()


def test_a_draft_leaves_no_trace_in_the_record(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    entries = AuditEntry.select().count(logbook.database)
    case.procedure.operator = "Dr B"
    keep(logbook, draft_of(case))
    assert AuditEntry.select().count(logbook.database) == entries
    assert load_case(logbook, case.id).version == 1
    assert verify(logbook) == []
    discard(logbook, case.id)
    discard(logbook, case.id)
    assert drafts(logbook) == []
    assert AuditEntry.select().count(logbook.database) == entries


def test_changes_to_a_stored_case_are_resumed_over_it(logbook: Logbook) -> None:
    case = a_case()
    save_case(logbook, case)
    case.procedure.operator = "Dr B"
    keep(logbook, draft_of(case))
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.fate is Fate.SAME
    assert resumed.stored == snapshot(load_case(logbook, case.id))
    save_case(logbook, resumed.case)
    assert load_case(logbook, case.id).procedure.operator == "Dr B"


def test_a_draft_of_a_case_that_someone_saved_meanwhile_overwrites_nothing(
    logbook: Logbook,
) -> None:
    case = a_case()
    save_case(logbook, case)
    draft = draft_of(case)
    keep(logbook, draft)
    case.procedure.operator = "Dr B"
    save_case(logbook, case)
    resumed = resume(logbook, draft)
    assert resumed.fate is Fate.CHANGED
    with pytest.raises(VersionConflict):
        save_case(logbook, resumed.case)
    assert len(drafts(logbook)) == 1


def test_a_draft_of_a_case_in_the_bin_goes_on_as_a_new_case(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.L1)
    case.add_balloon(case.levels[0], volume_ml=4)
    save_case(logbook, case)
    case.procedure.operator = "Dr B"
    keep(logbook, draft_of(case, (refused_of(case),)))
    bin_case(logbook, case.id, "twice")
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.fate is Fate.GONE
    assert resumed.case.id != case.id
    assert [len(rows) for rows in resumed.case.child_lists().values()] == [
        len(rows) for rows in case.child_lists().values()
    ]
    assert resumed.draft.refused[0].row_id == str(resumed.case.levels[0].id)
    assert [kept.case_id for kept in drafts(logbook)] == [resumed.case.id]
    save_case(logbook, resumed.case)
    assert load_case(logbook, resumed.case.id).procedure.operator == "Dr B"
    assert load_case(logbook, case.id).procedure.operator == "Dr A. Operator"
    assert verify(logbook) == []


def test_a_draft_of_a_case_that_is_not_there_at_all_can_be_saved(logbook: Logbook) -> None:
    case = a_case()
    draft = Draft(case.id, snapshot(case), version=3, patient_version=2)
    keep(logbook, draft)
    resumed = resume(logbook, draft)
    assert resumed.fate is Fate.GONE
    save_case(logbook, resumed.case)
    assert Procedure.select().count(logbook.database) == 1
    assert Patient.select().count(logbook.database) == 1


@pytest.mark.parametrize("strange", [{"technique": "levitation"}, {"field_to_come": "x"}])
def test_a_draft_of_another_version_is_told_in_words_and_stays(
    logbook: Logbook, strange: dict[str, str]
) -> None:
    draft = draft_of(a_case("P-1"))
    (level,) = draft.document["treated_level"].values()
    level.update(strange)
    keep(logbook, draft)
    with pytest.raises(LogbookError, match="does not know"):
        resume(logbook, drafts(logbook)[0])
    assert len(drafts(logbook)) == 1


@pytest.mark.parametrize("strange", [{"technique": "levitation"}, {"field_to_come": "x"}])
def test_a_draft_of_another_version_stays_as_it_is_also_where_its_case_is_gone(
    logbook: Logbook, strange: dict[str, str]
) -> None:
    case = a_case("P-1")
    save_case(logbook, case)
    draft = draft_of(case)
    (level,) = draft.document["treated_level"].values()
    level.update(strange)
    keep(logbook, draft)
    bin_case(logbook, case.id, "twice")
    (kept,) = drafts(logbook)
    with pytest.raises(LogbookError, match="does not know"):
        resume(logbook, kept)
    assert drafts(logbook) == [kept]


# a new case of a patient whom the logbook knows


@pytest.fixture
def known(logbook: Logbook) -> Case:
    """A stored case of P-2, whose further case is being entered."""
    case = a_case("P-2", sex=Sex.FEMALE)
    save_case(logbook, case)
    return case


def next_one(logbook: Logbook, case: Case) -> Case:
    """A new case of the same patient, as the editor has it."""
    new = next_case_of(load_case(logbook, case.id))
    new.procedure.operator = "Dr B"
    return new


def merge_into(logbook: Logbook, kept: Case, other: Case) -> int:
    ids = [str(load_case(logbook, case.id).patient.id) for case in (kept, other)]
    return merge(logbook, preview(logbook, *ids), {}).number


def test_a_draft_goes_on_with_the_patient_into_whom_its_own_was_merged(
    logbook: Logbook, known: Case
) -> None:
    first, second = a_case("P-1", sex=Sex.MALE), a_case("P-0", sex=Sex.MALE)
    for case in (first, second):
        save_case(logbook, case)
    new = next_one(logbook, known)
    new.patient.birth_date = PartialDate("1950")
    keep(logbook, draft_of(new))
    merge_into(logbook, first, known)
    merge_into(logbook, second, first)
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.fate is Fate.MERGED
    assert resumed.case.patient.patient_code == "P-0"
    # Both are a woman to the draft, and nobody typed that; the birth year was typed.
    assert resumed.case.patient.sex is Sex.MALE
    assert resumed.kept == ()
    save_case(logbook, resumed.case)
    stored = load_case(logbook, new.id)
    assert (stored.patient.id, stored.procedure.operator) == (second.patient.id, "Dr B")
    assert stored.patient.birth_date == PartialDate("1950")
    assert Patient.select().count(logbook.database) == 1
    assert verify(logbook) == []


def test_a_merge_that_was_undone_again_leaves_the_draft_its_patient(
    logbook: Logbook, known: Case
) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    new = next_one(logbook, known)
    keep(logbook, draft_of(new))
    undo_merge(logbook, merge_into(logbook, first, known))
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.case.patient.patient_code == "P-2"
    save_case(logbook, resumed.case)
    assert load_case(logbook, new.id).patient.id == known.patient.id


def test_a_draft_takes_over_what_somebody_changed_of_its_patient_meanwhile(
    logbook: Logbook, known: Case
) -> None:
    new = next_one(logbook, known)
    new.patient.sex = Sex.OTHER
    new.patient.consented_on = PartialDate("2026-01-05")
    keep(logbook, draft_of(new))
    theirs = load_case(logbook, known.id)
    theirs.patient.sex = Sex.MALE
    theirs.patient.birth_date = PartialDate("1950-03-14")
    save_case(logbook, theirs)
    resumed = resume(logbook, drafts(logbook)[0])
    assert (resumed.fate, resumed.kept) == (Fate.PATIENT_CHANGED, ("Sex",))
    save_case(logbook, resumed.case)
    patient = load_case(logbook, new.id).patient
    assert (patient.sex, patient.birth_date) == (Sex.MALE, PartialDate("1950-03-14"))
    assert patient.consented_on == PartialDate("2026-01-05")
    assert verify(logbook) == []


def test_a_draft_of_a_case_in_the_bin_goes_on_with_the_patient_of_a_merge(
    logbook: Logbook, known: Case
) -> None:
    first = a_case("P-1")
    save_case(logbook, first)
    known.procedure.operator = "Dr B"
    keep(logbook, draft_of(known))
    bin_case(logbook, known.id, "twice")
    merge_into(logbook, first, known)
    resumed = resume(logbook, drafts(logbook)[0])
    assert resumed.fate is Fate.GONE
    save_case(logbook, resumed.case)
    assert load_case(logbook, resumed.case.id).patient.id == first.patient.id
    assert verify(logbook) == []
