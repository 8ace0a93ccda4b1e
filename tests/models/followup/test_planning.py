# SPDX-License-Identifier: MIT
"""Another visit plan: what it moves, how it is brought to the cases, and what is left of a stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import audit
from models.audit import Action
from models.bulk import Chunk, save_chunks, save_many
from models.case import Case, bin_case, find_patient, load_case, save_case
from models.drafts import draft_of, keep, resume
from models.errors import LogbookError
from models.followup import planning
from models.followup.planning import PlanRefused, change_plan, effect_of, go_on, is_waiting
from models.history import case_at, history_of
from models.logbook import Logbook
from models.merging import merge
from models.merging import preview as merge_preview
from models.own_notes import keep_note
from models.sample import make_cases
from models.schema import AuditEntry
from models.settings import VISIT_PLAN, plan_of, read_settings, visit_plan
from models.timepoints import STANDARD, VisitPlan
from models.undo import newest_entry, saved_changes
from models.verify import verify
from models.vocabulary import TimePoint
from tests.builders import a_case, add_score
from tests.fresh import NewLogbook, again

OPERATED = "2024-03-04"
DAY_62 = "2024-05-05"


def plan_with(point: TimePoint, target: int, tolerance: int, last: int) -> VisitPlan:
    rows = [
        (one.time_point, one.target_day, one.tolerance, one.last_day, True)
        for one in STANDARD.windows
    ]
    rows[[row[0] for row in rows].index(point)] = (point, target, tolerance, last, True)
    return VisitPlan.of(*rows)


SIX_WEEKS = plan_with(TimePoint.M1, 42, 14, 66)
"""Day 62 is a visit of three months by the standard plan, and of one month by this one."""


def followed(code: str, *days: str, on: str = OPERATED) -> Case:
    case = a_case(code, on=on, before=8, after=None)
    for place, day in enumerate(days):
        add_score(case, place, day)
    return case


def points(logbook: Logbook, case_id: str) -> list[TimePoint | None]:
    return [row.time_point for row in load_case(logbook, case_id).assessments]


@pytest.fixture
def case_id(logbook: Logbook) -> str:
    case = followed("P-1", DAY_62)
    save_case(logbook, case)
    return case.id


def test_it_is_told_first_what_would_move(logbook: Logbook, case_id: str) -> None:
    save_case(logbook, followed("P-2", DAY_62, "2024-05-06", "2024-09-01"))
    save_case(logbook, followed("P-3", "2024-03-05", OPERATED))
    save_case(logbook, a_case("P-4", on="2024-03", before=8, after=2, after_on=DAY_62))
    before = audit.last_number(logbook.database)
    effect = effect_of(logbook, SIX_WEEKS)
    assert (effect.assessments, effect.cases) == (3, 2)
    assert effect_of(logbook, STANDARD) == planning.PlanEffect(0, 0)
    assert audit.last_number(logbook.database) == before
    assert points(logbook, case_id) == [TimePoint.BASELINE, TimePoint.M3]


def test_cases_follow_the_plan_and_the_audit_tells_why(logbook: Logbook, case_id: str) -> None:
    heard: list[tuple[int, int]] = []
    done = change_plan(logbook, SIX_WEEKS, "We ask at six weeks.", lambda *told: heard.append(told))
    assert (done.done, done.waiting) == (1, 0)
    assert heard == [(1, 1)]
    assert points(logbook, case_id) == [TimePoint.BASELINE, TimePoint.M1]
    assert visit_plan(logbook) == SIX_WEEKS == plan_of(read_settings(logbook))
    version = history_of(logbook, case_id)[-1]
    assert version.reason == "We ask at six weeks."
    assert [(line.before, line.after) for line in version.lines] == [("3 months", "1 month")]
    setting = next(
        iter(
            AuditEntry.select()
            .where(AuditEntry.action == Action.SETTING.value)
            .execute(logbook.database)
        )
    )
    assert setting.reason == "We ask at six weeks."
    assert verify(logbook) == []
    assert effect_of(logbook, SIX_WEEKS) == planning.PlanEffect(0, 0)


def test_a_case_that_nothing_moves_is_not_saved_anew(logbook: Logbook) -> None:
    case = followed("P-1", "2024-04-04")
    save_case(logbook, case)
    change_plan(logbook, SIX_WEEKS)
    assert load_case(logbook, case.id).version == 1


def test_back_to_the_standard_plan_is_back_to_the_first_record(
    logbook: Logbook, case_id: str
) -> None:
    change_plan(logbook, SIX_WEEKS)
    change_plan(logbook, STANDARD)
    assert points(logbook, case_id) == [TimePoint.BASELINE, TimePoint.M3]
    assert read_settings(logbook).get(VISIT_PLAN) == ""
    assert verify(logbook) == []


def test_another_target_changes_which_score_counts_and_no_version(logbook: Logbook) -> None:
    case = followed("P-1", "2024-04-02", "2024-04-18")
    save_case(logbook, case)
    assert [row.chosen for row in load_case(logbook, case.id).assessments] == [True, True, False]
    change_plan(logbook, plan_with(TimePoint.M1, 42, 14, 59))
    stored = load_case(logbook, case.id)
    assert [row.chosen for row in stored.assessments] == [True, False, True]
    assert stored.version == 1
    assert verify(logbook) == []


def test_a_plan_that_cannot_be_used_is_refused_in_sentences(logbook: Logbook) -> None:
    wrong = plan_with(TimePoint.M1, 70, 14, 59)
    for attempt in (effect_of, change_plan):
        with pytest.raises(PlanRefused, match="1 month: its target") as caught:
            attempt(logbook, wrong)
        assert caught.value.problems[0].time_point is TimePoint.M1
    assert visit_plan(logbook) == STANDARD


def test_a_stop_leaves_whole_cases_and_the_rest_is_done_later(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 2)
    cases = [followed(f"P-{place}", DAY_62) for place in range(5)]
    save_many(logbook, cases)
    asked = iter([False, True])
    done = change_plan(logbook, SIX_WEEKS, cancelled=lambda: next(asked))
    assert (done.done, done.waiting) == (2, 3)
    assert is_waiting(logbook)
    assert verify(logbook) == [
        "The visit plan was changed, and not every case follows it yet. Open the visit plan and "
        "go on with the change."
    ]
    moved = [points(logbook, case.id)[1] for case in cases]
    assert moved.count(TimePoint.M1) == 2
    rest = go_on(logbook)
    assert (rest.done, rest.waiting) == (3, 0)
    assert {points(logbook, case.id)[1] for case in cases} == {TimePoint.M1}
    assert not is_waiting(logbook)
    assert verify(logbook) == []


def test_while_some_cases_wait_a_saved_one_follows_the_plan(logbook: Logbook, case_id: str) -> None:
    change_plan(logbook, SIX_WEEKS, cancelled=lambda: True)
    assert points(logbook, case_id)[1] is TimePoint.M3
    case = load_case(logbook, case_id)
    case.procedure.notes = "Looked at."
    save_case(logbook, case)
    assert points(logbook, case_id)[1] is TimePoint.M1
    assert go_on(logbook).done == 0


def test_a_case_in_the_bin_follows_the_plan_too(logbook: Logbook, case_id: str) -> None:
    bin_case(logbook, case_id, "Entered twice.")
    change_plan(logbook, SIX_WEEKS)
    assert points(logbook, case_id)[1] is TimePoint.M1
    assert verify(logbook) == []


def test_somebody_elses_later_plan_stops_the_work(
    logbook: Logbook, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "CHUNK", 1)
    save_case(logbook, followed("P-2", DAY_62))
    other = again(logbook, "Somebody else")

    def once_more(done: int, total: int) -> None:
        change_plan(other, STANDARD)

    with pytest.raises(LogbookError, match="once more"):
        change_plan(logbook, SIX_WEEKS, progress=once_more)
    other.close()
    assert points(logbook, case_id)[1] is TimePoint.M3
    assert not is_waiting(logbook)
    assert verify(logbook) == []


def test_a_change_of_plan_is_no_step_of_undo(logbook: Logbook, case_id: str) -> None:
    begun = newest_entry(logbook)
    change_plan(logbook, SIX_WEEKS)
    assert saved_changes(logbook, begun) == []


def test_a_stored_plan_that_cannot_be_read_is_told_and_the_standard_one_counts(
    logbook: Logbook,
) -> None:
    for text in ('"{}"', "7", "[]", '"not json"'):
        keep_note(logbook.database, VISIT_PLAN.name, text)
        assert visit_plan(logbook) == STANDARD
        assert verify(logbook) == [
            'The setting "Visit plan" was added behind the program\'s back.',
            "The visit plan that is stored cannot be read; the standard plan counts.",
        ]


def test_every_way_into_the_record_follows_the_plan_of_the_logbook(logbook: Logbook) -> None:
    change_plan(logbook, SIX_WEEKS)
    many = followed("P-1", DAY_62)
    save_many(logbook, [many])
    assert points(logbook, many.id)[1] is TimePoint.M1
    draft = followed("P-2", DAY_62)
    keep(logbook, draft_of(draft))
    assert resume(logbook, draft_of(draft)).case.assessments[1].time_point is TimePoint.M1
    save_case(logbook, draft)
    first, second = (find_patient(logbook, code) for code in ("P-1", "P-2"))
    assert first is not None
    assert second is not None
    merge(logbook, merge_preview(logbook, str(first.id), str(second.id)), {})
    assert points(logbook, draft.id)[1] is TimePoint.M1
    version = history_of(logbook, many.id)[0]
    assert case_at(logbook, many.id, version.number).assessments[1].time_point is TimePoint.M1
    assert verify(logbook) == []


def test_cases_that_were_made_ready_for_another_plan_are_not_written(logbook: Logbook) -> None:
    chunk = Chunk("Tester", "because")
    chunk.take(followed("P-1", DAY_62))
    change_plan(logbook, SIX_WEEKS)
    with pytest.raises(LogbookError, match="visit plan"):
        save_chunks(logbook, [chunk])
    assert verify(logbook) == []


def test_whatever_a_plan_moves_is_found_by_the_days(
    new_logbook: NewLogbook, tmp_path: Path
) -> None:
    logbook = new_logbook(tmp_path / "Sample.kypholog")
    save_many(logbook, make_cases(120, 5))
    plan = plan_with(TimePoint.M6, 182, 15, 200)
    expected = {}
    for case in make_cases(120, 5):
        stored = load_case(logbook, case.id)
        performed = stored.procedure.performed_on.exact
        moved = sum(
            plan.time_point_on(performed, row.assessed_on.exact, row.time_point)
            is not row.time_point
            for row in stored.assessments
            if row.assessed_on and row.assessed_on.exact
        )
        if moved:
            expected[case.id] = moved
    effect = effect_of(logbook, plan)
    assert (effect.assessments, effect.cases) == (sum(expected.values()), len(expected))
    assert effect.cases > 0
    assert change_plan(logbook, plan).waiting == 0
    assert verify(logbook) == []
    logbook.close()
