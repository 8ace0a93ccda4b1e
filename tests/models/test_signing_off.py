# SPDX-License-Identifier: MIT
"""A case that was signed off changes by amendments with a reason, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from models import merging
from models.access.errors import NotAllowed
from models.audit import Action
from models.bulk import save_many
from models.case import Case, bin_case, load_case, save_case
from models.errors import LogbookError
from models.followup.recording import Answer, record_reason, record_score
from models.history import read_history, restore
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import AuditEntry, CaseRow
from models.signing_off import amendments_in, sign_off, unlock
from models.signoff import CaseSignedOff, ReasonMissing
from models.undo import saved_changes, undo
from models.verify import verify
from models.vocabulary import AssessmentMissing, Level, PainScale, Sex, TimePoint
from tests.builders import a_case
from tests.encrypted import ENTRY, READER, enter, make
from tests.fresh import NewLogbook


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Clinic.kypholog", "Tester")
    yield made
    made.close()


@pytest.fixture
def signed(logbook: Logbook) -> Case:
    """A case that was saved twice and then signed off, as it is stored."""
    case = a_case("P-1", Level.T12)
    save_case(logbook, case)
    case.procedure.notes = "Uneventful."
    save_case(logbook, case)
    assert sign_off(logbook, [case.id]) == 1
    return load_case(logbook, case.id)


def entries(logbook: Logbook) -> list[tuple[str, str]]:
    query = AuditEntry.select(AuditEntry.action, AuditEntry.reason).order_by(AuditEntry.number)
    return list(query.tuples().execute(logbook.database))


def test_who_and_when_stand_in_case_list_and_audit(logbook: Logbook, signed: Case) -> None:
    assert signed.procedure.signed_by == "Tester"
    assert str(signed.procedure.signed_at).endswith("Z")
    flags = CaseRow.select(CaseRow.signed).tuples().execute(logbook.database)
    assert list(flags) == [(True,)]
    assert entries(logbook)[-1][0] == "sign_off"
    assert sign_off(logbook, [signed.id]) == 0
    assert verify(logbook) == []


def a_value(logbook: Logbook, case: Case) -> object:
    case.levels[0].cement_ml = 2.5
    return save_case(logbook, case)


def a_row_less(logbook: Logbook, case: Case) -> object:
    case.remove_level(case.levels[0])
    return save_case(logbook, case)


def a_score_before(logbook: Logbook, case: Case) -> object:
    case.add_assessment(time_point=TimePoint.BASELINE, pain_words="bad")
    return save_case(logbook, case)


def an_old_score(logbook: Logbook, case: Case) -> object:
    case.assessments[0].pain_low = case.assessments[0].pain_high = 1
    return save_case(logbook, case)


def the_person(logbook: Logbook, case: Case) -> object:
    case.patient.sex = Sex.MALE
    return save_case(logbook, case)


def the_person_by_another_case(logbook: Logbook, case: Case) -> object:
    other = Case.new(case.patient)
    save_case(logbook, other)
    other.patient.sex = Sex.MALE
    return save_case(logbook, other)


def the_bin(logbook: Logbook, case: Case) -> object:
    return bin_case(logbook, case.id, "why")


def the_history(logbook: Logbook, case: Case) -> object:
    first = read_history(logbook, case.id).versions[0]
    return restore(logbook, case.id, first.number)


def taking_back(logbook: Logbook, case: Case) -> object:
    return undo(logbook, saved_changes(logbook, 0)[-1])


def a_merge(logbook: Logbook, case: Case) -> object:
    other = a_case("P-2")
    save_case(logbook, other)
    shown = merging.preview(logbook, str(other.patient.id), str(case.patient.id))
    return merging.merge(logbook, shown, {})


def in_bulk(logbook: Logbook, case: Case) -> object:
    case.levels[0].cement_ml = 2.5
    return save_many(logbook, [case], all_or_nothing=True)


def test_of_the_bin_it_is_not_said_that_a_reason_would_do(logbook: Logbook, signed: Case) -> None:
    with pytest.raises(LogbookError) as refused:
        the_bin(logbook, signed)
    assert refused.value.cure == "Ask an administrator to unlock it first."


WAYS: list[Callable[[Logbook, Case], object]] = [
    *(a_value, a_row_less, a_score_before, an_old_score, the_person),
    *(the_person_by_another_case, the_bin, the_history, taking_back, a_merge, in_bulk),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_around(
    logbook: Logbook, signed: Case, way: Callable[[Logbook, Case], object]
) -> None:
    before = read_history(logbook, signed.id).present
    with pytest.raises(LogbookError, match=r"was signed off by Tester on .* is locked"):
        way(logbook, signed)
    assert read_history(logbook, signed.id).present == before
    assert verify(logbook) == []


def test_what_is_saved_without_a_change_may_be_saved(logbook: Logbook, signed: Case) -> None:
    assert save_case(logbook, signed).changes == ()


def test_nobody_signs_or_unlocks_by_saving(logbook: Logbook, signed: Case) -> None:
    signed.procedure.signed_at = None
    assert save_case(logbook, signed).changes == ()
    open_case = a_case("P-3")
    open_case.procedure.signed_at = "2026-01-01T00:00:00.000Z"
    save_case(logbook, open_case)
    assert load_case(logbook, open_case.id).procedure.signed_at is None


def test_an_amendment_needs_a_reason_and_is_listed_with_it(logbook: Logbook, signed: Case) -> None:
    signed.levels[0].cement_ml = 2.5
    with pytest.raises(ReasonMissing):
        save_case(logbook, signed, "  ", Action.AMEND)
    save_case(logbook, signed, "Read wrongly off the syringe", Action.AMEND)
    (told,) = amendments_in(read_history(logbook, signed.id))
    assert (told.user, told.reason) == ("Tester", "Read wrongly off the syringe")
    assert [(line.label, line.after) for line in told.lines] == [("Cement", "2.5 mL")]
    assert load_case(logbook, signed.id).procedure.signed_by == "Tester"
    assert verify(logbook) == []


def test_an_earlier_version_comes_back_as_an_amendment(logbook: Logbook, signed: Case) -> None:
    first = read_history(logbook, signed.id).versions[0]
    restore(logbook, signed.id, first.number, "The note was of another patient")
    told = amendments_in(read_history(logbook, signed.id))
    assert [line.label for line in told[0].lines] == ["Notes"]
    assert load_case(logbook, signed.id).procedure.signed_at is not None


def test_an_amendment_of_the_person_is_one_of_the_case(logbook: Logbook, signed: Case) -> None:
    signed.patient.sex = Sex.MALE
    save_case(logbook, signed, "Typing error", Action.AMEND)
    assert [action for action, _ in entries(logbook)[-1:]] == ["amend"]
    assert len(amendments_in(read_history(logbook, signed.id))) == 1


def test_amending_a_case_that_is_not_locked_is_a_change(logbook: Logbook) -> None:
    case = a_case("P-1")
    save_case(logbook, case)
    case.procedure.notes = "x"
    save_case(logbook, case, "why not", Action.AMEND)
    assert entries(logbook)[-1] == ("change", "why not")


def test_new_facts_are_no_amendments(logbook: Logbook, signed: Case) -> None:
    record_score(logbook, signed.id, TimePoint.W1, Answer("2", PainScale.NRS), date(2026, 3, 11))
    record_reason(logbook, signed.id, TimePoint.M3, AssessmentMissing.NOT_REACHED, note="Engaged")
    record_reason(logbook, signed.id, TimePoint.M3, AssessmentMissing.NOT_REACHED, note="Again")
    record_score(logbook, signed.id, TimePoint.M3, Answer("1", PainScale.NRS), date(2026, 6, 4))
    record_reason(
        logbook,
        signed.id,
        TimePoint.M12,
        AssessmentMissing.DIED,
        died_on=PartialDate.parse("2026-10"),
    )
    assert amendments_in(read_history(logbook, signed.id)) == []
    case = load_case(logbook, signed.id)
    late = next(row for row in case.assessments if row.time_point is TimePoint.M3)
    late.pain_low = late.pain_high = 9
    with pytest.raises(CaseSignedOff):
        save_case(logbook, case)


def test_after_unlocking_it_changes_like_any_other(logbook: Logbook, signed: Case) -> None:
    with pytest.raises(ReasonMissing):
        unlock(logbook, [signed.id], " ")
    assert unlock(logbook, [signed.id], "Signed by mistake") == 1
    assert entries(logbook)[-1] == ("unlock", "Signed by mistake")
    case = load_case(logbook, signed.id)
    case.levels[0].cement_ml = 2.5
    save_case(logbook, case)
    undo(logbook, saved_changes(logbook, 0)[-1])
    bin_case(logbook, signed.id, "why")
    assert verify(logbook) == []
    with pytest.raises(LogbookError, match="in the bin"):
        sign_off(logbook, [signed.id])


def test_who_may(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY, READER)
    case = a_case("P-1")
    save_case(logbook, case)
    logbook.close()
    reader = enter(logbook.folder, READER)
    with pytest.raises(NotAllowed):
        sign_off(reader, [case.id])
    reader.close()
    entry = enter(logbook.folder, ENTRY)
    assert sign_off(entry, [case.id]) == 1
    with pytest.raises(NotAllowed):
        unlock(entry, [case.id], "why")
    entry.close()
    admin = enter(logbook.folder)
    assert unlock(admin, [case.id], "why") == 1
    admin.close()


def test_a_lock_that_was_taken_off_behind_its_back_is_found(logbook: Logbook, signed: Case) -> None:
    logbook.database.execute_sql("UPDATE procedure SET signed_at = NULL, signed_by = NULL")
    assert any("P-1" in said and '"signed at"' in said for said in verify(logbook))
