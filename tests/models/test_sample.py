# SPDX-License-Identifier: MIT
"""Synthetic cases: repeatable, possible, plausible, and marked as what they are."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from models import checks, derived
from models.audit import Subject, last_known
from models.case import Case, save_case
from models.document import Document, content_hash, document_of
from models.errors import LogbookError
from models.example import add_example
from models.heights import Wall, lost_since
from models.logbook import Logbook
from models.sample import REFERENCE_DAY, fill, make_cases
from models.sample.generator import blocks_of, make_block
from models.schema import Assessment, Procedure
from models.verify import verify
from models.vocabulary import (
    AssessmentMissing,
    Diagnosis,
    EventKind,
    EventPhase,
    Leakage,
    LeakDetection,
    LeakLocation,
    PainScale,
    Sex,
    Side,
    Technique,
    TimePoint,
    VertebraPart,
    YesNo,
)
from tests.builders import a_case
from tests.fresh import NewLogbook

ROOT = Path(__file__).parents[2]
DIGEST = """
import hashlib
from models.document import content_hash, document_of
from models.sample import make_cases
digest = hashlib.sha256()
for case in make_cases(40, 3):
    digest.update(content_hash(document_of([*case.person_rows(), *case.case_rows()])).encode())
print(digest.hexdigest())
"""


@pytest.fixture(scope="module")
def sample() -> list[Case]:
    """700 cases, with what follows from them."""
    cases = list(make_cases(700, 11))
    for case in cases:
        derived.work_out(case)
    return cases


@pytest.fixture(scope="module")
def many() -> list[Case]:
    """As many as what is rare takes."""
    return list(make_cases(2500, 4))


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    made = new_logbook(tmp_path / "Sample.kypholog", "Tester")
    yield made
    made.close()


def whole(case: Case) -> Document:
    return document_of([*case.person_rows(), *case.case_rows()])


def share(found: int, of: int) -> float:
    assert of
    return found / of


def test_count_and_seed_decide_every_case_down_to_its_ids() -> None:
    first, second = ([whole(case) for case in make_cases(60, 4)] for _ in range(2))
    assert first == second
    others = [whole(case) for case in make_cases(60, 5)]
    assert not {row for case in first for rows in case.values() for row in rows} & {
        row for case in others for rows in case.values() for row in rows
    }


def test_neither_the_hash_seed_nor_the_process_decides_anything() -> None:
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("count", [1, 2, 249, 250, 251])
def test_there_are_as_many_cases_as_were_asked_for(count: int) -> None:
    assert sum(1 for _ in make_cases(count, 1)) == count


def test_cases_come_one_by_one() -> None:
    assert len(list(islice(make_cases(10**9, 1), 3))) == 3


def test_no_case_is_impossible(sample: list[Case]) -> None:
    wrong = [finding.message for case in sample for finding in checks.errors(case)]
    assert wrong == []


def test_a_few_cases_are_unusual(sample: list[Case]) -> None:
    unusual = sum(bool(checks.warnings(case)) for case in sample)
    # Most of them leave a level untreated between two that they cement.
    assert 0 < share(unusual, len(sample)) < 0.1


def test_most_cases_are_complete_and_not_all(sample: list[Case]) -> None:
    complete = sum(bool(case.procedure.complete) for case in sample)
    assert 0.5 < share(complete, len(sample)) < 0.9


def test_each_case_is_marked_as_synthetic(sample: list[Case]) -> None:
    assert all(case.procedure.synthetic for case in sample)
    assert all(case.patient.patient_code.startswith("SYN-11-") for case in sample)


def test_ids_are_unique_and_of_the_kind_that_sorts_by_time(sample: list[Case]) -> None:
    persons = {case.patient.id: case.patient for case in sample}
    ids = [row.id for case in sample for row in case.case_rows()] + list(persons)
    assert len(set(ids)) == len(ids)
    assert {uuid.UUID(row_id).version for row_id in ids} == {7}
    assert all(str(uuid.UUID(row_id)) == row_id for row_id in ids)


def test_codes_are_unique(sample: list[Case]) -> None:
    persons = {case.patient.id: case.patient.patient_code for case in sample}
    assert len(set(persons.values())) == len(persons)


def test_nothing_happens_after_the_reference_day(sample: list[Case]) -> None:
    last = REFERENCE_DAY.isoformat()
    for case in sample:
        days = [case.procedure.performed_on, case.patient.died_on]
        days += [row.assessed_on for row in case.assessments]
        days += [event.onset_on for event in case.adverse_events]
        days += [row.measured_on for row in case.later_measures]
        assert all(day <= last for day in days if day)


def test_nobody_is_discharged_after_the_reference_day() -> None:
    *_, last_days = blocks_of(100_000, 4)
    stays = [case.procedure.discharged_on for case in make_block(last_days)]
    assert max(day.exact for day in stays if day) <= REFERENCE_DAY


def test_a_lesion_in_a_pedicle_is_reached_from_its_own_side() -> None:
    levels = [level for case in make_cases(2500, 4) for level in case.levels]
    sides = {row.side for row in levels if VertebraPart.PEDICLE_LEFT in (row.part or ())}
    assert sides == {Side.LEFT}


def test_events_set_in_when_such_events_do(many: list[Case]) -> None:
    events = [event for case in many for event in case.adverse_events]
    phases: dict[EventKind, set[EventPhase]] = {}
    for event in events:
        phases.setdefault(event.kind, set()).add(event.phase)
    assert phases[EventKind.INFECTION] == {EventPhase.WITHIN_30D}
    assert phases[EventKind.HYPOTENSION] == {EventPhase.INTRA}
    assert EventPhase.INTRA not in phases[EventKind.PAIN_FLARE]


def test_nobody_answers_after_death(sample: list[Case]) -> None:
    dead = [case for case in sample if case.patient.died_on]
    assert dead
    for case in dead:
        answered = [row.assessed_on for row in case.assessments if row.assessed_on]
        assert all(day < case.patient.died_on for day in answered)


def test_techniques_diagnoses_and_levels_are_mixed_as_in_a_clinic(sample: list[Case]) -> None:
    levels = [row for case in sample for row in case.levels]
    diagnoses = Counter(case.levels[0].diagnosis[0] for case in sample)
    assert 0.5 < share(diagnoses[Diagnosis.OSTEOPOROTIC_FRACTURE], len(sample)) < 0.75
    assert 0.1 < share(diagnoses[Diagnosis.HEMANGIOMA], len(sample)) < 0.2
    techniques = Counter(row.technique for row in levels)
    assert techniques[Technique.BALLOON_KYPHOPLASTY] > techniques[Technique.VERTEBROPLASTY] > 50
    assert {Technique.SACROPLASTY, Technique.CERVICAL_VERTEBROPLASTY} <= set(techniques)
    junction = sum(row.level.value in ("T11", "T12", "L1", "L2") for row in levels)
    assert 0.4 < share(junction, len(levels)) < 0.7
    assert {row.level.region for row in levels} == {"cervical", "thoracic", "lumbar", "sacral"}
    assert max(len(case.levels) for case in sample) <= 6
    women = sum(case.patient.sex is Sex.FEMALE for case in sample)
    assert 0.55 < share(women, len(sample)) < 0.8


def test_levels_of_a_case_are_in_order_and_differ(sample: list[Case]) -> None:
    for case in sample:
        ranks = [row.level.rank for row in case.levels]
        assert ranks == sorted(set(ranks))


def test_vertebroplasty_leaks_more_often_than_kyphoplasty(sample: list[Case]) -> None:
    def rate(technique: Technique) -> float:
        seen = [
            row.leakage is Leakage.PRESENT
            for case in sample
            for row in case.levels
            if row.technique is technique and row.leak_assessed_by == (LeakDetection.FLUOROSCOPY,)
        ]
        return share(sum(seen), len(seen))

    kyphoplasty, vertebroplasty = (
        rate(technique) for technique in (Technique.BALLOON_KYPHOPLASTY, Technique.VERTEBROPLASTY)
    )
    assert 0.05 < kyphoplasty < vertebroplasty < 0.4


def test_leaks_stand_exactly_where_leakage_is_present(sample: list[Case]) -> None:
    for case in sample:
        for row in case.levels:
            assert bool(case.leaks_of(row)) == (row.leakage is Leakage.PRESENT)


def test_leaks_with_symptoms_are_few_and_are_adverse_events_too(sample: list[Case]) -> None:
    hurt = [case for case in sample if any(leak.symptomatic is YesNo.YES for leak in case.leaks)]
    assert 0.005 < share(len(hurt), len(sample)) < 0.06
    assert all(case.adverse_events for case in hurt)
    for case in sample:
        assert (case.procedure.any_complication is YesNo.YES) == bool(case.adverse_events)


def test_some_levels_are_measured_again_and_lose_a_little(sample: list[Case]) -> None:
    lost = [
        loss
        for case in sample
        for level in case.levels
        for row in case.later_measures_of(level)
        if (loss := lost_since(level, row)[Wall.ANTERIOR]) is not None
    ]
    assert len(lost) > 20
    assert 0.3 < sum(lost) / len(lost) < 1.8


def test_cement_in_the_lungs_is_told_where_a_leak_leads_there(many: list[Case]) -> None:
    for case in many:
        leaks = any(leak.location is LeakLocation.PULMONARY for leak in case.leaks)
        assert (case.procedure.lung_cement is Leakage.PRESENT) is leaks
    answers = Counter(case.procedure.lung_cement for case in many)
    assert set(answers) == {*Leakage, None}


def test_calls_in_vain_are_noted_while_the_window_is_open(sample: list[Case]) -> None:
    reached: list[Assessment] = []
    others: list[Assessment] = []
    for row in (row for case in sample for row in case.assessments):
        is_reached = row.missing_reason is not AssessmentMissing.NOT_REACHED
        (reached if is_reached else others).append(row)
    assert others
    assert all(row.call_attempts for row in others)
    assert any(row.call_attempts for row in reached)


def test_pain_falls_for_most_and_not_for_all(sample: list[Case]) -> None:
    changes = []
    for case in sample:
        scores = {
            row.time_point: row.pain_low
            for row in case.assessments
            if row.pain_low is not None and row.pain_scale is PainScale.NRS
        }
        if TimePoint.BASELINE in scores and TimePoint.M1 in scores:
            changes.append(scores[TimePoint.M1] - scores[TimePoint.BASELINE])
    assert -6.5 < sum(changes) / len(changes) < -3.5
    assert 0.02 < share(sum(change >= -1 for change in changes), len(changes)) < 0.25


def test_ranges_words_and_reasons_occur(sample: list[Case]) -> None:
    rows = [row for case in sample for row in case.assessments]
    assert any(row.pain_low != row.pain_high for row in rows)
    assert any(row.pain_words and row.pain_low is None for row in rows)
    assert len({row.missing_reason for row in rows}) > 5
    assert any(case.procedure.missing for case in sample)


def test_followup_thins_out(sample: list[Case]) -> None:
    scored = Counter(
        row.time_point for case in sample for row in case.assessments if row.pain_low is not None
    )
    points = [TimePoint.BASELINE, TimePoint.M1, TimePoint.M6, TimePoint.M12, TimePoint.M24]
    counts = [scored[point] for point in points]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def test_some_patients_come_again_with_another_level(sample: list[Case]) -> None:
    by_patient: dict[str, list[Case]] = {}
    for case in sample:
        by_patient.setdefault(case.patient.id, []).append(case)
    twice = [cases for cases in by_patient.values() if len(cases) > 1]
    assert 0.02 < share(len(twice), len(by_patient)) < 0.15
    for first, second in twice:
        assert first.patient is second.patient
        assert first.procedure.performed_on < second.procedure.performed_on
        assert not {row.level for row in first.levels} & {row.level for row in second.levels}


def test_one_more_process_changes_nothing(new_logbook: NewLogbook, tmp_path: Path) -> None:
    expected = {}
    for case in make_cases(260, 9):
        derived.work_out(case)
        expected[case.id] = (1, content_hash(document_of(case.case_rows())))
    for workers in (1, 2):
        made = new_logbook(tmp_path / str(workers))
        assert fill(made, 260, 9, workers=workers) == 260
        assert last_known(made.database, Subject.CASE) == expected
        assert verify(made) == []
        made.close()


def test_real_cases_are_never_mixed_with_synthetic_ones(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    with pytest.raises(LogbookError, match="not synthetic"):
        fill(logbook, 5, 1)
    assert Procedure.select().count(logbook.database) == 1


def test_neither_are_the_published_ones(logbook: Logbook) -> None:
    add_example(logbook)
    with pytest.raises(LogbookError, match="not synthetic"):
        fill(logbook, 5, 1)


def test_another_seed_adds_and_the_same_seed_is_refused(logbook: Logbook) -> None:
    assert fill(logbook, 5, 1) == 5
    assert fill(logbook, 5, 2) == 5
    with pytest.raises(LogbookError, match="already holds"):
        fill(logbook, 5, 1)
    assert Procedure.select().count(logbook.database) == 10
    assert verify(logbook) == []


def test_a_stop_leaves_the_logbook_empty(logbook: Logbook) -> None:
    told: list[int] = []
    assert fill(logbook, 501, 1, told.append, lambda: bool(told)) == 0
    assert told == [250]
    assert Procedure.select().count(logbook.database) == 0


def test_questionnaires_are_answered_before_and_after_and_follow_the_pain(
    sample: list[Case],
) -> None:
    rows = [row for case in sample for row in case.assessments]
    for name in ("rmdq", "eq5d_index", "eq5d_vas"):
        told = {
            before: [
                getattr(row, name)
                for row in rows
                if getattr(row, name) is not None
                and (row.time_point is TimePoint.BASELINE) is before
            ]
            for before in (True, False)
        }
        means = {before: sum(values) / len(values) for before, values in told.items()}
        assert (means[True] > means[False]) is (name == "rmdq")
        assert min(map(len, told.values())) > 100
    assert all(row.rmdq is None or row.rmdq <= row.rmdq_items for row in rows)
    assert all((row.eq5d_index is None) is (row.eq5d_value_set is None) for row in rows)
    assert {row.rmdq_items for row in rows} == {None, 23, 24}
