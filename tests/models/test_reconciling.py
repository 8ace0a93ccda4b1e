# SPDX-License-Identifier: MIT
"""Two people change one case at once: nothing of either is lost, whoever saves first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import Case, bin_case, load_case, save_case
from models.document import Document, Fields
from models.errors import ImpossibleCase, LogbookError, VersionConflict
from models.history import Deed, read_history
from models.logbook import Logbook
from models.merging import merge, preview
from models.other_logbook.threeway import follows, units_of, values_of
from models.reconciling import Choices, Side, look, reconcile
from models.schema import PatientIdentity
from models.snapshot import snapshot
from models.verify import verify
from models.vocabulary import Level, Sex, TimePoint
from tests.builders import a_case, add_score, store_names
from tests.fresh import BriefLogbook

Edit = Callable[[Case, int], None]
Picked = dict[tuple[str, str, tuple[str, ...]], Side]

EXAMPLES = max(1, int(os.environ.get("EXAMPLES", "40")) // 2)
"""Each makes a logbook and saves four times; EXAMPLES=1000 looks longer."""


def _cement(case: Case, n: int) -> None:
    case.levels[n % len(case.levels)].cement_ml = 3 + n


def _operator(case: Case, n: int) -> None:
    case.procedure.operator = f"Dr {'ABCDE'[n % 5]}"


def _sex(case: Case, n: int) -> None:
    case.patient.sex = list(Sex)[n % len(Sex)]


def _score(case: Case, n: int) -> None:
    case.assessments[n % len(case.assessments)].pain_low = n
    case.assessments[n % len(case.assessments)].pain_high = n


def _add_score(case: Case, n: int) -> None:
    add_score(case, n, f"2026-0{5 + n % 4}-04", TimePoint.UNDATED)


def _drop_score(case: Case, _n: int) -> None:
    case.assessments = case.assessments[:-1] or case.assessments


def _add_leak(case: Case, n: int) -> None:
    case.add_leak(case.levels[n % len(case.levels)])


def _add_level(case: Case, n: int) -> None:
    case.add_level(level=list(Level)[10 + n % 5], cement_ml=2)


def _drop_level(case: Case, _n: int) -> None:
    if len(case.levels) > 1:
        case.remove_level(case.levels[-1])


def _add_event(case: Case, n: int) -> None:
    case.add_adverse_event(note=f"event {n}")


def _bin(case: Case, _n: int) -> None:
    case.procedure.deleted_at = "2026-11-27T12:00:00.000Z"


EDITS: Sequence[Edit] = (
    *(_cement, _operator, _sex, _score, _add_score, _drop_score),
    *(_add_leak, _add_level, _drop_level, _add_event),
)
DEEDS = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9)), max_size=4)


@contextmanager
def two_at(brief_logbook: BriefLogbook) -> Iterator[tuple[Logbook, Case, Case]]:
    """A logbook, and its case in the hands of two people who began from the same version."""
    with brief_logbook("Eva") as logbook:
        case = a_case("P-1", Level.T12, Level.L1, before=8, after=3)
        save_case(logbook, case)
        yield logbook, load_case(logbook, case.id), load_case(logbook, case.id)


def do(case: Case, deeds: Sequence[tuple[Edit, int]]) -> Case:
    for edit, n in deeds:
        edit(case, n)
    return case


def is_saved(logbook: Logbook, case: Case) -> bool:
    """Save it; False where what was drawn cannot be."""
    with suppress(ImpossibleCase):
        save_case(logbook, case)
        return True
    return False


@settings(max_examples=EXAMPLES)
@given(DEEDS, DEEDS, st.randoms(use_true_random=False))
def test_no_update_is_lost_and_what_both_changed_is_as_it_was_chosen(
    brief_logbook: BriefLogbook,
    first: list[tuple[Edit, int]],
    second: list[tuple[Edit, int]],
    luck: object,
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        base = snapshot(load_case(logbook, eva.id))
        if not is_saved(logbook, do(eva, first)):
            return
        theirs = snapshot(load_case(logbook, eva.id))
        do(ben, second)
        with suppress(ImpossibleCase, VersionConflict):
            save_case(logbook, ben)
            return
        clash = look(logbook, ben)
        chosen = {
            one.spot: luck.choice([Side.MINE, Side.THEIRS])  # type: ignore[attr-defined]
            for one in clash.open
        }
        try:
            _, saved = reconcile(logbook, clash, chosen)
        except ImpossibleCase:
            assert snapshot(load_case(logbook, eva.id)) == theirs
            return
        result = snapshot(load_case(logbook, eva.id))
        _holds_everything(base, snapshot(ben), theirs, result, chosen)
        assert saved.version in (clash.stored_version, clash.stored_version + 1)
        assert verify(logbook) == []


def _holds_everything(
    base: Document, mine: Document, theirs: Document, result: Document, chosen: Choices
) -> None:
    """Field by field, without the code under test: who alone changed something has it."""
    picked = {(spot.table, spot.row_id, spot.unit): side for spot, side in chosen.items()}
    for table in {*base, *mine, *theirs}:
        rows = [each.get(table, {}) for each in (base, mine, theirs, result)]
        for row_id in {*rows[0], *rows[1], *rows[2]}:
            was, own, other, is_ = (each.get(row_id) for each in rows)
            if own is not None and other is not None:
                assert is_ is not None
                _row_holds(table, row_id, (was or {}, own, other, is_), picked)
            elif was is None and (own or other):
                assert is_ is not None, "what either added is there"
            elif (side := picked.get((table, row_id, ()))) and table != "treated_level":
                assert (is_ is None) is ((own if side is Side.MINE else other) is None)


def _row_holds(
    table: str, row_id: str, states: tuple[Fields, Fields, Fields, Fields], picked: Picked
) -> None:
    for unit in units_of(table):
        if unit == ("position",) or follows(table, unit, *states[1:3], knows_birth=False):
            continue
        was, own, other, is_ = (values_of(each, unit) for each in states)
        side = picked.get((table, row_id, unit))
        if side is not None:
            assert is_ == (own if side is Side.MINE else other)
        elif own == was:
            assert is_ == other
        elif other == was:
            assert is_ == own


@settings(max_examples=EXAMPLES)
@given(DEEDS, DEEDS)
def test_where_nothing_is_to_be_decided_it_makes_no_difference_who_saves_first(
    brief_logbook: BriefLogbook, first: list[tuple[Edit, int]], second: list[tuple[Edit, int]]
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        for case, deeds in ((eva, first), (ben, second)):
            do(case, deeds)
        states: list[Document] = []
        for early, late in ((eva, ben), (ben, eva)):
            again = load_case(logbook, eva.id)
            versions = again.version, again.patient.version
            for case in (early, late):
                case.procedure.version, case.patient.version = versions
            if not is_saved(logbook, early):
                return
            try:
                save_case(logbook, late)
            except ImpossibleCase:
                return
            except VersionConflict:
                clash = look(logbook, late)
                if clash.open:
                    return
                try:
                    reconcile(logbook, clash, {})
                except ImpossibleCase:
                    return
            states.append(snapshot(load_case(logbook, eva.id)))
            # Back to where both began.
            stored = load_case(logbook, eva.id)
            again.procedure.version = stored.version
            again.patient.version = stored.patient.version
            save_case(logbook, again)
        assert states[0] == states[1]


def test_scores_that_two_stations_enter_are_both_kept(brief_logbook: BriefLogbook) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        add_score(eva, 4, "2026-06-04")
        add_score(ben, 2, "2026-09-04")
        save_case(logbook, eva)
        clash = look(logbook, ben)
        assert not clash.open
        assert {one.changed_by for one in clash.choices} == {Side.MINE, Side.THEIRS}
        _, saved = reconcile(logbook, clash, {})
        assert saved.version == 3
        scores = [row.pain_low for row in load_case(logbook, eva.id).assessments]
        assert sorted(scores) == [2, 3, 4, 8]


def test_what_was_given_up_is_told_in_the_audit_and_the_other_version_in_the_history(
    brief_logbook: BriefLogbook,
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        eva.levels[0].cement_ml, ben.levels[0].cement_ml = 5, 7
        save_case(logbook, eva)
        clash = look(logbook, ben)
        (choice,) = clash.open
        assert (choice.label, choice.base, choice.mine, choice.theirs) == (
            *("Cement", "6 mL", "7 mL", "5 mL"),
        )
        with pytest.raises(LogbookError, match="left to decide"):
            reconcile(logbook, clash, {})
        _, saved = reconcile(logbook, clash, {choice.spot: Side.THEIRS})
        # Nothing differs from what is stored then; what was entered is told all the same.
        assert not saved.changes
        assert load_case(logbook, eva.id).version == 2
        told = read_history(logbook, eva.id).versions[-1]
        assert (told.deed, told.version, told.lines) == (Deed.GIVEN_UP, 2, ())
        assert "Entered and not taken: T12, Cement: 7 mL." in told.reason
        assert verify(logbook) == []
        ben.procedure.operator = "Dr B"
        again = look(logbook, ben)
        reconcile(logbook, again, {choice.spot: Side.THEIRS})
        last = read_history(logbook, eva.id).versions[-1]
        assert "Entered and not taken: T12, Cement: 7 mL." in last.reason
        assert load_case(logbook, eva.id).procedure.operator == "Dr B"


def test_somebody_who_saves_once_more_meanwhile_is_not_overwritten_either(
    brief_logbook: BriefLogbook,
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        eva.levels[0].cement_ml, ben.levels[0].cement_ml = 5, 7
        save_case(logbook, eva)
        clash = look(logbook, ben)
        eva.levels[0].cement_ml = 4
        save_case(logbook, eva)
        chosen = {clash.open[0].spot: Side.MINE}
        with pytest.raises(VersionConflict):
            reconcile(logbook, clash, chosen)
        assert load_case(logbook, eva.id).levels[0].cement_ml == 4
        reconcile(logbook, look(logbook, ben), chosen)
        assert load_case(logbook, eva.id).levels[0].cement_ml == 7


@pytest.mark.parametrize("side", list(Side))
def test_a_case_that_was_put_into_the_bin_meanwhile_comes_out_only_if_it_is_chosen(
    brief_logbook: BriefLogbook, side: Side
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        bin_case(logbook, eva.id, "entered twice")
        ben.procedure.operator = "Dr B"
        clash = look(logbook, ben)
        assert clash.is_binned
        (choice,) = clash.open
        assert choice.label == "In the bin"
        reconcile(logbook, clash, {choice.spot: side})
        stored = load_case(logbook, eva.id)
        assert (stored.procedure.deleted_at is None) is (side is Side.MINE)
        assert stored.procedure.operator == "Dr B"
        assert verify(logbook) == []


def test_a_patient_who_was_merged_into_another_meanwhile_takes_the_case_along(
    brief_logbook: BriefLogbook,
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        kept = a_case("P-2")
        save_case(logbook, kept)
        patient = load_case(logbook, kept.id).patient
        merge(logbook, preview(logbook, str(patient.id), str(eva.patient.id)), {})
        ben.procedure.operator = "Dr B"
        clash = look(logbook, ben)
        reconcile(logbook, clash, {one.spot: Side.THEIRS for one in clash.open})
        stored = load_case(logbook, eva.id)
        assert (stored.patient.id, stored.procedure.operator) == (patient.id, "Dr B")
        assert stored.patient.patient_code == "P-2"
        assert verify(logbook) == []


def test_names_that_both_entered_are_one_and_are_told_in_no_reason(
    brief_logbook: BriefLogbook,
) -> None:
    with two_at(brief_logbook) as (logbook, eva, ben):
        store_names(logbook)
        for case, name in ((eva, "Miller"), (ben, "Muller")):
            case.identity = PatientIdentity(patient=case.patient.id, full_name=name)
        save_case(logbook, eva)
        clash = look(logbook, ben)
        (choice,) = clash.open
        assert {choice.mine, choice.theirs} == {"Miller", "Muller"}
        ben.procedure.operator = "Dr B"
        clash = look(logbook, ben)
        reconcile(logbook, clash, {choice.spot: Side.THEIRS})
        stored = load_case(logbook, eva.id)
        assert stored.identity is not None
        assert stored.identity.full_name == "Miller"
        with logbook.session():
            sql = "SELECT count(*) FROM audit_entry WHERE reason LIKE '%Muller%'"
            assert logbook.database.execute_sql(sql).fetchone()[0] == 0
