# SPDX-License-Identifier: MIT
"""What a merge tells, asks, takes and leaves."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models import audit
from models.audit import Action, Subject
from models.backup import Reason, make
from models.case import bin_case, load_case, save_case
from models.casebin import binned_cases
from models.errors import LogbookError
from models.filters import delete_filter, list_filters, save_filter
from models.followup.planning import change_plan
from models.images import store
from models.images.reading import Read, read
from models.logbook import Logbook
from models.other_logbook import (
    Choices,
    Kind,
    SameCode,
    Side,
    Stopped,
    merge,
    open_other,
    preview,
    told_entries,
)
from models.query import parse
from models.schema import ALL_TABLES, AuditEntry, ImageContent, PatientIdentity
from models.settings import STORE_IDENTITY, is_on, visit_plan
from models.timepoints import STANDARD
from models.undo import newest_entry
from models.verify import verify
from models.vocabulary import Level
from tests.builders import a_case, store_names
from tests.fresh import new_logbook
from tests.models.other_logbook.pair import (
    Pair,
    case_ids,
    copies_for,
    looked_at,
    merged,
    patient_codes,
    record_of,
    set_operator,
    set_patient,
    to_bin,
)

MINE, THEIRS = Choices(take=Side.MINE), Choices(take=Side.THEIRS)
JOIN, APART = Choices(same_code=SameCode.JOIN), Choices(same_code=SameCode.APART)


def test_a_conflict_tells_both_values_with_who_gave_them_and_when(pair: Pair) -> None:
    begun = datetime.now(UTC).isoformat()
    set_operator(pair.a, 0, 1)
    set_operator(pair.b, 0, 2)
    (line,) = looked_at(pair.a, pair.b).lines
    assert (line.kind, line.subject, line.name) == (
        Kind.CONFLICTING,
        Subject.CASE,
        "P-1, 2026-03-04",
    )
    (one,) = line.shown
    assert (one.place, one.label, one.mine, one.theirs) == ("Procedure", "Operator", "Dr 1", "Dr 2")
    assert one.mine_said is not None
    assert one.theirs_said is not None
    assert (one.mine_said.user, one.theirs_said.user) == ("anna", "ben")
    assert begun < one.mine_said.at.replace("Z", "+00:00") < one.theirs_said.at + "+"


def test_nothing_is_written_while_something_is_to_be_decided(pair: Pair) -> None:
    set_operator(pair.a, 0, 1)
    set_operator(pair.b, 0, 2)
    before = newest_entry(pair.a)
    with pytest.raises(LogbookError, match="left to decide"):
        merged(pair.a, pair.b)
    assert newest_entry(pair.a) == before


def test_each_field_can_be_decided_by_itself(pair: Pair) -> None:
    first, second = case_ids(pair.a)[:2]
    for logbook, n in ((pair.a, 1), (pair.b, 2)):
        for which in (0, 1):
            set_operator(logbook, which, n)
    other = open_other(pair.a, pair.b.folder)
    shown = preview(pair.a, other)
    spots = {line.subject_id: line.shown[0].spot for line in shown.open}
    chosen = {(first, spots[first]): Side.THEIRS, (second, spots[second]): Side.MINE}
    assert len(shown.open_with(Choices(fields=dict([next(iter(chosen.items()))])))) == 1
    merge(pair.a, other, shown, Choices(fields=chosen))
    other.close()
    operators = [load_case(pair.a, case_id).procedure.operator for case_id in (first, second)]
    assert operators == ["Dr 2", "Dr 1"]
    assert verify(pair.a) == []


def test_changes_of_different_fields_of_one_case_are_both_kept(pair: Pair) -> None:
    set_operator(pair.a, 0, 1)
    case = load_case(pair.b, case_ids(pair.b)[0])
    case.levels[0].cement_ml = 9
    save_case(pair.b, case)
    assert looked_at(pair.a, pair.b).lines[0].kind is Kind.CHANGED
    merged(pair.a, pair.b)
    case = load_case(pair.a, case.id)
    assert (case.procedure.operator, case.levels[0].cement_ml) == ("Dr 1", 9)


def test_the_same_level_entered_at_both_is_one_or_the_other_case(pair: Pair) -> None:
    for logbook, cement in ((pair.a, 3), (pair.b, 4)):
        case = load_case(logbook, case_ids(logbook)[1])
        case.add_level(level=Level.L3, cement_ml=cement)
        save_case(logbook, case)
    (line,) = looked_at(pair.a, pair.b).open
    assert "L3 is in this case twice" in line.problem
    merged(pair.a, pair.b, THEIRS)
    levels = load_case(pair.a, line.subject_id).levels
    assert [row.cement_ml for row in levels if row.level is Level.L3] == [4]


def test_a_case_that_one_binned_and_the_other_worked_on_is_asked_about(pair: Pair) -> None:
    to_bin(pair.b, 0, 1)
    set_operator(pair.a, 0, 1)
    (line,) = looked_at(pair.a, pair.b).open
    (one,) = line.shown
    assert (one.label, one.mine, one.theirs) == ("In the bin", "No", "Yes")
    merged(pair.a, pair.b, THEIRS)
    (binned,) = binned_cases(pair.a)
    assert (binned.case_id, binned.reason) == (line.subject_id, "Merged from Office.")


def test_a_case_that_comes_out_of_their_bin_lies_in_ours(pair: Pair) -> None:
    case = a_case("N-1")
    save_case(pair.b, case)
    bin_case(pair.b, case.id, "Wrong patient.")
    merged(pair.a, pair.b)
    assert [one.case_id for one in binned_cases(pair.a)] == [case.id]
    assert verify(pair.a) == []


def test_a_patient_with_the_same_code_is_a_question(pair: Pair) -> None:
    for logbook, day in ((pair.a, "2026-05-01"), (pair.b, "2026-05-02")):
        save_case(logbook, a_case("X-1", on=day, before=None, after=None))
    shown = looked_at(pair.a, pair.b)
    assert [(line.kind, line.name) for line in shown.open] == [(Kind.ASKED, "X-1")]
    assert shown.skipped == 1
    with pytest.raises(LogbookError, match="left to decide"):
        merged(pair.a, pair.b)


def test_joined_patients_have_both_cases_in_both_logbooks(pair: Pair) -> None:
    for logbook, day in ((pair.a, "2026-05-01"), (pair.b, "2026-05-02")):
        save_case(logbook, a_case("X-1", on=day, before=None, after=None))
    merged(pair.a, pair.b, JOIN)
    assert patient_codes(pair.a).count("X-1") == 1
    assert len({str(load_case(pair.a, one).patient.id) for one in case_ids(pair.a)[-2:]}) == 1
    assert not merged(pair.a, pair.b).wrote
    merged(pair.b, pair.a)
    assert patient_codes(pair.b).count("X-1") == 1
    assert len({str(load_case(pair.b, one).patient.id) for one in case_ids(pair.b)[-2:]}) == 1
    set_operator(pair.b, 0, 7)
    merged(pair.a, pair.b)
    assert verify(pair.a) == verify(pair.b) == []
    assert case_ids(pair.a) == case_ids(pair.b)


def test_patients_kept_apart_get_another_code_for_good(pair: Pair) -> None:
    for logbook, day in ((pair.a, "2026-05-01"), (pair.b, "2026-05-02")):
        save_case(logbook, a_case("X-1", on=day, before=None, after=None))
    merged(pair.a, pair.b, APART)
    assert patient_codes(pair.a)[-2:] == ["X-1", "X-1 (Office)"]
    assert not merged(pair.a, pair.b).wrote
    merged(pair.b, pair.a)
    assert record_of(pair.a) == record_of(pair.b)


def test_names_come_only_where_they_are_stored(pair: Pair) -> None:
    store_names(pair.b)
    case = load_case(pair.b, case_ids(pair.b)[0])
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ada Planted")
    save_case(pair.b, case)
    assert not is_on(pair.a.database, STORE_IDENTITY)
    shown = looked_at(pair.a, pair.b)
    assert STORE_IDENTITY.label in shown.aside.settings
    merged(pair.a, pair.b)
    assert record_of(pair.a)["patient_identity"] == []


def test_the_told_audit_of_theirs_holds_no_name_where_none_is_stored(pair: Pair) -> None:
    store_names(pair.b)
    case = load_case(pair.b, case_ids(pair.b)[0])
    case.identity = PatientIdentity(patient=case.patient.id, full_name="Ada Planted")
    save_case(pair.b, case)
    set_operator(pair.b, 0, 3)
    merged(pair.a, pair.b)
    held = [
        str(row) for table in ALL_TABLES for row in table.select().tuples().execute(pair.a.database)
    ]
    assert any("Merged from Office." in row for row in held)
    assert not any("Ada Planted" in row for row in held)
    if pair.a.has_files:
        pair.a.close()
        assert b"Ada Planted" not in pair.a.file.read_bytes()


def picture(tmp_path: Path) -> Read:
    from PIL import Image

    file = tmp_path / "film.png"
    Image.new("L", (40, 30), 90).save(file)
    return read(file.name, file.read_bytes())


def test_pictures_come_along_once(pair: Pair, tmp_path: Path) -> None:
    name = store.put(pair.b, picture(tmp_path))
    for which in (0, 1):
        case = load_case(pair.b, case_ids(pair.b)[which])
        case.add_image(name, caption="Before")
        save_case(pair.b, case)
    merged(pair.a, pair.b)
    assert store.content(pair.a, name) == store.content(pair.b, name)
    assert ImageContent.select().count(pair.a.database) == 1
    assert verify(pair.a) == []


def test_the_audit_of_theirs_is_kept_word_for_word_and_never_told_back(pair: Pair) -> None:
    prefix = newest_entry(pair.a)
    set_operator(pair.b, 0, 1)
    set_operator(pair.b, 0, 2)
    set_operator(pair.a, 1, 3)
    merged(pair.a, pair.b)
    query = AuditEntry.select().where(AuditEntry.number > prefix).dicts()
    theirs = [
        {name: value for name, value in row.items() if value is not None}
        for row in query.execute(pair.b.database)
    ]
    assert len(theirs) == 2
    kept = list(told_entries(pair.a.database))
    for row, told in zip(theirs, kept, strict=True):
        assert {name: str(value) for name, value in row.items()} == {
            name: str(value) for name, value in told.items()
        }
    merged(pair.b, pair.a)
    hashes = [told["hash"] for told in told_entries(pair.b.database)]
    assert not {row["hash"] for row in theirs} & set(hashes)
    assert audit.chain_problems(pair.a.database) == audit.chain_problems(pair.b.database) == []


def test_our_audit_says_of_each_case_where_the_change_came_from(pair: Pair) -> None:
    set_operator(pair.b, 0, 1)
    merged(pair.a, pair.b)
    query = AuditEntry.select().where(AuditEntry.subject_id == case_ids(pair.a)[0])
    last = list(query.order_by(AuditEntry.number).execute(pair.a.database))[-1]
    assert (last.user, last.action, last.reason) == ("anna", Action.CHANGE, "Merged from Office.")


def test_filters_are_added_and_settings_are_told_and_left(pair: Pair) -> None:
    plan = visit_plan(pair.a)
    first, *others = STANDARD.windows
    longer = replace(STANDARD, windows=(replace(first, last_day=first.last_day + 1), *others))
    change_plan(pair.b, longer)
    save_filter(pair.a, "Mine", parse("leak:yes"))
    gone = save_filter(pair.a, "Gone", parse("level:T12"))
    delete_filter(pair.a, gone.id)
    for name, query in (("Mine", "leak:no"), ("Theirs", "level:L1")):
        save_filter(pair.b, name, parse(query))
    shown = looked_at(pair.a, pair.b)
    assert "Visit plan" in shown.aside.settings
    merged(pair.a, pair.b)
    kept = {one.name: one.text for one in list_filters(pair.a)}
    assert set(kept) == {"Mine", "Mine (Office)", "Theirs"}
    assert visit_plan(pair.a) == plan
    theirs = next(one for one in list_filters(pair.a) if one.name == "Theirs")
    delete_filter(pair.a, theirs.id)
    merged(pair.a, pair.b)
    assert "Theirs" not in {one.name for one in list_filters(pair.a)}, (
        "what was taken away stays so"
    )


def test_what_came_by_way_of_a_third_logbook_is_known(pair: Pair, tmp_path: Path) -> None:
    folder = tmp_path / "Third.kypholog"
    pair.b.close()
    shutil.copytree(pair.b.folder, folder)
    third = Logbook.open(folder, user="carla")
    set_operator(third, 0, 5)
    merged(pair.b, third)
    merged(pair.a, pair.b)
    set_operator(pair.a, 0, 6)
    shown = looked_at(pair.a, third)
    assert shown.open == []
    assert shown.lines == []
    merged(third, pair.a)
    assert load_case(third, case_ids(third)[0]).procedure.operator == "Dr 6"
    third.close()


def test_two_logbooks_without_a_common_beginning_are_put_together(
    pair: Pair, tmp_path: Path
) -> None:
    stranger = new_logbook(tmp_path / "Stranger.kypholog", user="dora")
    for n in range(3):
        save_case(stranger, a_case(f"S-{n}"))
    assert merged(pair.a, stranger).new == 3
    assert len(case_ids(pair.a)) == 6
    merged(stranger, pair.a)
    assert record_of(stranger) == record_of(pair.a)
    stranger.close()


def test_a_patient_that_both_changed_is_asked_about_field_by_field(pair: Pair) -> None:
    set_patient(pair.a, 0, 1)
    set_patient(pair.b, 0, 2)
    (line,) = looked_at(pair.a, pair.b).open
    assert line.subject is Subject.PATIENT
    found = {one.label: (one.changed_by, one.is_identifier) for one in line.shown}
    assert found == {"Notes on the patient": (None, True)}
    assert merged(pair.a, pair.b, THEIRS).people == 1
    assert load_case(pair.a, case_ids(pair.a)[0]).patient.patient_notes == "Note 2"
    assert verify(pair.a) == []


@pytest.mark.sqlite_only("a server looks after its own backups")
def test_a_backup_after_the_preview_is_in_nobodys_way(pair: Pair) -> None:
    set_operator(pair.b, 0, 1)
    other = open_other(pair.a, pair.b.folder)
    shown = preview(pair.a, other)
    make(pair.a, Reason.TIMED)
    assert merge(pair.a, other, shown, MINE).changed == 1
    other.close()
    assert verify(pair.a) == []


def test_a_merge_that_is_stopped_writes_nothing(pair: Pair) -> None:
    set_operator(pair.b, 0, 1)
    before, other = newest_entry(pair.a), open_other(pair.a, pair.b.folder)
    shown = preview(pair.a, other)
    with pytest.raises(Stopped):
        merge(pair.a, other, shown, MINE, cancelled=lambda: True)
    set_operator(pair.a, 1, 1)
    with pytest.raises(LogbookError, match="changed since the preview"):
        merge(pair.a, other, shown, MINE)
    other.close()
    assert newest_entry(pair.a) == before + 1
    with pytest.raises(Stopped):
        open_other(pair.a, pair.b.folder, cancelled=lambda: True)
    assert not copies_for(pair.a)


def test_the_other_logbook_is_not_changed_by_a_byte(pair: Pair) -> None:
    set_operator(pair.b, 0, 1)
    pair.b.close()
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in pair.b.folder.iterdir()}
    merged(pair.a, pair.b)
    after = {path: hashlib.sha256(path.read_bytes()).digest() for path in pair.b.folder.iterdir()}
    assert after == before
