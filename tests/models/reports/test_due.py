# SPDX-License-Identifier: MIT
"""The command `due`: what it prints and writes, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models import commands
from models.case import Case, save_case
from models.followup.flags import Flag, FlagKind
from models.followup.planning import change_plan
from models.followup.recording import record_reason
from models.followup.spans import Which
from models.followup.states import VisitState
from models.logbook import DATABASE_NAME, Logbook
from models.opening import opened, place_named
from models.partial_date import PartialDate
from models.reports.due import flag_in_words, state_in_words
from models.schema import PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.timepoints import STANDARD, VisitPlan
from models.vocabulary import AssessmentMissing, Level, PainScale, TimePoint
from tests.builders import a_case, add_score
from tests.fresh import NewLogbook, named

Run = Callable[..., tuple[int, str, str]]

OPERATED = date(2024, 3, 4)
TODAY = "2024-04-23"


@pytest.fixture
def place(new_logbook: NewLogbook, tmp_path: Path) -> str:
    """A logbook with an overdue visit, one that is on time, one too early, and one without day."""
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    change_setting(logbook, STORE_IDENTITY, True)
    for code, days in (("P-1", 0), ("P-2", 25), ("P-3", 49)):
        case = a_case(code, on=(OPERATED + timedelta(days)).isoformat(), before=8, after=None)
        case.identity = PatientIdentity(patient=case.patient.id, full_name="Ann Example")
        save_case(logbook, case)
        if code == "P-1":
            record_reason(logbook, case.id, TimePoint.M1, AssessmentMissing.NOT_REACHED)
            again(logbook, case)
    save_case(logbook, a_case("P-4", on="2024-03", after=None))
    logbook.close()
    return named(logbook)


def add_rivals(logbook: Logbook) -> None:
    case = a_case("P-5", on=OPERATED.isoformat(), before=8, after=None)
    for days in (30, 32):
        add_score(case, 2, (OPERATED + timedelta(days)).isoformat())
    save_case(logbook, case)


def again(logbook: Logbook, case: Case) -> None:
    second = a_case(on=(OPERATED + timedelta(45)).isoformat(), before=7, after=None)
    second.patient, second.procedure.patient = case.patient, case.patient
    add_score(second, 40, (OPERATED + timedelta(46)).isoformat(), scale=PainScale.VAS_100)
    save_case(logbook, second)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], place: str) -> Run:
    """Runs ``due`` on the logbook; gives exit code, output and errors."""

    def work(*arguments: object) -> tuple[int, str, str]:
        line = ["--logbook", place, "due", *map(str, arguments)]
        try:
            code = commands.run(line)
        except SystemExit as end:
            code = int(str(end.code))
        said = capsys.readouterr()
        return code, said.out, said.err

    return work


def test_the_table_has_the_most_urgent_first_and_what_to_know(run: Run) -> None:
    code, out, err = run("--on", TODAY)
    assert (code, err) == (0, "")
    head, _, headings, *rows = out.splitlines()
    assert head == "Follow-up on 2024-04-23: 1 overdue, 3 due this week, 3 due this month."
    assert headings.split()[:4] == ["Due", "Patient", "Case", "Visit"]
    assert [row.split("  ")[0] for row in rows[:3]] == [
        "6 days overdue",
        "1 day left",
        "5 days left",
    ]
    assert re.search(r"2024-05-02 +8 +1 +treated again on 2024-04-18 \(T12\)$", rows[0])
    assert "Follow-up so far: Before" in out
    assert "Without the day of the procedure nothing is due: 1 case." in out
    assert "Ann" not in out


def test_scores_on_two_scales_are_told_with_their_scales(run: Run) -> None:
    _, out, _ = run("--on", TODAY, "--state", "all")
    assert "7 NRS 0–10, 40 VAS 0–100 mm" in out


def test_the_json_is_one_document_with_lists_counts_and_completeness(run: Run) -> None:
    code, out, err = run("--on", TODAY, "--json", "--state", "overdue")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["on"], told["list"]) == (TODAY, "overdue")
    assert (told["counts"]["overdue"], told["counts"]["undated"], told["counts"]["total"]) == (
        1,
        1,
        5,
    )
    assert [point["time_point"] for point in told["completeness"]][:2] == ["baseline", "24h"]
    assert [window["target"] for window in told["plan"]] == [1, 7, 30, 91, 182, 365, 730]
    (visit,) = told["visits"]
    assert (visit["patient_code"], visit["visit"], visit["state"], visit["days"]) == (
        "P-1",
        "1m",
        "overdue",
        6,
    )
    assert (visit["target"], visit["ideal_to"], visit["window_to"]) == (
        "2024-04-03",
        "2024-04-17",
        "2024-05-02",
    )
    assert (visit["calls"], visit["scores"]) == (
        1,
        [{"time_point": "baseline", "told": "8", "scale": "nrs_0_10"}],
    )
    assert visit["flags"] == [{"kind": "treated_again", "on": "2024-04-18", "levels": ["T12"]}]
    assert "Ann" not in out


def test_it_is_told_that_cases_wait_for_another_plan(run: Run, place: str) -> None:
    assert json.loads(run("--on", TODAY, "--json")[1])["plan_waits"] is False
    with opened(place_named(place)) as logbook:
        plan = VisitPlan(tuple(replace(one, tolerance=0) for one in STANDARD.windows))
        change_plan(logbook, plan, cancelled=lambda: True)
    assert json.loads(run("--on", TODAY, "--json")[1])["plan_waits"] is False
    with opened(place_named(place)) as logbook:
        add_rivals(logbook)
        change_plan(logbook, STANDARD, cancelled=lambda: True)
    assert json.loads(run("--on", TODAY, "--json")[1])["plan_waits"] is True
    assert "not every case follows it yet" in run("--on", TODAY)[1]


def test_a_rate_of_nothing_is_null(run: Run) -> None:
    _, out, _ = run("--on", TODAY, "--json")
    late = json.loads(out)["completeness"][-1]
    assert (late["time_point"], late["n_due"], late["rate"], late["ci95"]) == ("24m", 0, None, None)


def test_every_list_can_be_asked_for(run: Run) -> None:
    for which in Which:
        code, out, _ = run("--on", TODAY, "--json", "--state", which.value)
        assert code == 0
        assert len(json.loads(out)["visits"]) == json.loads(out)["counts"][which.value]
    code, _, err = run("--state", "lost")
    assert code == 2
    assert err.count("\n") == 1


def test_a_list_without_a_visit_says_so(run: Run) -> None:
    _, out, _ = run("--on", "2024-03-04", "--state", "overdue")
    assert "No visit is overdue." in out


def test_it_goes_into_a_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "due.json"
    code, out, _ = run("--on", TODAY, "--json", "--out", target)
    assert (code, out) == (0, f"Wrote {target}.\n")
    assert json.loads(target.read_text(encoding="utf-8"))["on"] == TODAY


@pytest.mark.sqlite_only("is about the file of a logbook")
def test_it_never_takes_the_place_of_the_logbook(run: Run, place: str) -> None:
    code, _, err = run("--out", Path(place) / DATABASE_NAME)
    assert code == 2
    assert "logbook itself" in err


def test_a_calendar_file_is_written(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "due.ics"
    code, out, _ = run("--on", TODAY, "--state", "all", "--ics", target)
    assert (code, out) == (0, f"Wrote 23 visits of 4 cases to {target}.\n")
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 23
    assert b"Ann" not in target.read_bytes()
    code, out, _ = run("--on", TODAY, "--json", "--ics", target)
    assert code == 0
    assert json.loads(out)["list"] == "due"
    code, out, err = run("--on", "2024-03-04", "--state", "overdue", "--ics", target)
    assert (code, out) == (2, "")
    assert "No visits to come in this list." in err


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-13-01", "no month 13"),
        ("31.02.2024", "no day 31"),
        ("2024-03", "Write it as 2026-03-14"),
        ("tomorrow", "not a date"),
    ],
)
def test_a_day_that_is_none_is_told_in_one_line(run: Run, day: str, said: str) -> None:
    code, out, err = run("--on", day)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_states_and_flags_are_told_in_words() -> None:
    assert state_in_words(VisitState.OVERDUE, 1) == "1 day overdue"
    assert state_in_words(VisitState.IN_WINDOW, 0) == "last day"
    assert state_in_words(VisitState.UPCOMING, 3) == "in 3 days"
    assert state_in_words(VisitState.MISSED, 0) == "missed"
    assert flag_in_words(Flag(FlagKind.NEW_FRACTURE, None, (), "")) == "new fracture"
    elsewhere = Flag(FlagKind.TREATED_ELSEWHERE, PartialDate("2024"), (Level.L1, Level.L2), "")
    assert flag_in_words(elsewhere) == "treated elsewhere on 2024 (L1, L2)"
