# SPDX-License-Identifier: MIT
"""The list of cases: its order, its search, its lines, and how few statements they take."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from models import derived
from models.case import bin_case, save_case
from models.caselist import (
    Counts,
    Query,
    SortBy,
    case_ids,
    counts,
    lines,
    numbers,
    numbers_of,
)
from models.caserow import line_of, words_of
from models.engines import search
from models.logbook import Logbook
from models.numbers import Reported
from models.vocabulary import (
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    PainScale,
    Sex,
    Technique,
    TimePoint,
)
from tests.builders import a_case, add_score

MANY = 10_000
LEVELS = list(Level)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """10,000 lines with every third undated or without a level, every 50th in the bin."""
    logbook = Logbook.create(tmp_path_factory.mktemp("large") / "Large.kypholog")
    dice = random.Random(1)
    case = a_case()
    derived.work_out(case)
    model, words = line_of(case), words_of(case)
    rows, texts = [], []
    for number in range(1, MANY + 1):
        level = dice.choice(LEVELS)
        row = {
            **model,
            "case_id": f"case-{number}",
            "patient_id": f"patient-{number // 2}",
            "patient_code": None if number % 11 == 0 else f"P-{dice.randrange(2_000):04d}",
            "performed_on": None if number % 3 == 0 else f"20{dice.randrange(10, 26)}-03-04",
            "levels": "" if number % 7 == 0 else str(level),
            "level_rank": None if number % 7 == 0 else level.rank,
            "deleted": number % 50 == 0,
        }
        rows.append(tuple(row.values()))
        texts.append((number, words.replace("T12", level)))
    columns = ", ".join(model)
    marks = ", ".join("?" * len(model))
    with logbook.transaction():
        connection = logbook.database.connection()
        connection.executemany(f"INSERT INTO case_row ({columns}) VALUES ({marks})", rows)
        search.index_many(logbook.database, texts)
    yield logbook
    logbook.close()


@contextmanager
def statements(logbook: Logbook) -> Iterator[list[str]]:
    """What is asked of the database in the block, with its values."""
    connection = logbook.database.connection()
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    yield asked
    connection.set_trace_callback(None)
    # What the full-text index asks of its own tables is none of ours.
    asked[:] = [statement for statement in asked if not statement.startswith("--")]


def plan_of(logbook: Logbook, statement: str) -> str:
    rows = logbook.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")
    return "\n".join(str(row[3]) for row in rows)


def found(logbook: Logbook, text: str) -> list[str]:
    order = numbers(logbook, Query(text=text))
    return [line.patient_code for line in lines(logbook, order)]


def column(logbook: Logbook, name: str) -> dict[int, Any]:
    rows = logbook.database.execute_sql(f"SELECT number, {name} FROM case_row WHERE NOT deleted")
    return dict(rows)


# order


@pytest.mark.parametrize("sort", list(SortBy))
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("text", ["", "t12 kypho"])
def test_every_sort_is_read_off_an_index(
    large: Logbook, sort: SortBy, descending: bool, text: str
) -> None:
    with statements(large) as asked:
        numbers(large, Query(text=text, sort=sort, descending=descending))
    # A search asks first whether names may be found.
    assert len(asked) == (2 if text else 1)
    plan = plan_of(large, asked[-1])
    assert f"USING COVERING INDEX case_row_deleted_{sort.value}_number" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("sort", list(SortBy))
@pytest.mark.parametrize("descending", [True, False])
def test_equal_cases_stand_as_entered_and_those_without_a_value_last(
    large: Logbook, sort: SortBy, descending: bool
) -> None:
    values = column(large, sort.value)
    known = sorted(
        (number for number, value in values.items() if value is not None),
        key=lambda number: (values[number], number),
        reverse=descending,
    )
    without = sorted((n for n, value in values.items() if value is None), reverse=descending)
    assert list(numbers(large, Query(sort=sort, descending=descending))) == known + without


def test_levels_sort_by_anatomy_and_not_by_text(logbook: Logbook) -> None:
    for level in (Level.L1, Level.C2, Level.T10, Level.T2):
        save_case(logbook, a_case(f"P-{level}", level))
    order = numbers(logbook, Query(sort=SortBy.LEVEL, descending=False))
    assert [line.levels for line in lines(logbook, order)] == [
        (Level.C2,),
        (Level.T2,),
        (Level.T10,),
        (Level.L1,),
    ]


def test_partial_dates_stand_with_their_year(logbook: Logbook) -> None:
    for day in ("2011-03", "2012", None, "2011", "2011-03-04"):
        save_case(logbook, a_case(f"P-{day}", on=day, after=None))
    order = numbers(logbook, Query(descending=False))
    dates = [line.performed_on for line in lines(logbook, order)]
    assert dates == ["2011", "2011-03", "2011-03-04", "2012", None]


# what it costs


@pytest.mark.parametrize(
    "ask",
    [
        lambda logbook: numbers(logbook, Query()),
        lambda logbook: lines(logbook, range(300, 400)),
        lambda logbook: lines(logbook, range(1, 3_000)),
        lambda logbook: case_ids(logbook, range(1, 9_000)),
        lambda logbook: numbers_of(logbook, [f"case-{n}" for n in range(1, 9_000)]),
        counts,
    ],
)
def test_one_statement_whatever_the_size(large: Logbook, ask: Callable[[Logbook], object]) -> None:
    with statements(large) as asked:
        ask(large)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda logbook: lines(logbook, range(300, 400)), "INTEGER PRIMARY KEY"),
        (lambda logbook: case_ids(logbook, range(300, 400)), "INTEGER PRIMARY KEY"),
        (lambda logbook: numbers_of(logbook, ["case-3"]), "INDEX case_row_case_id"),
    ],
)
def test_lines_are_fetched_by_their_key(
    large: Logbook, ask: Callable[[Logbook], object], index: str
) -> None:
    with statements(large) as asked:
        ask(large)
    assert f"SEARCH t1 USING {index}" in plan_of(large, asked[0])


# search


def test_every_word_has_to_begin_a_word_of_the_case(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T12, operator="Dr Vattam"))
    save_case(
        logbook,
        a_case("P-2", Level.L1, technique=Technique.VERTEBROPLASTY, operator="Dr Bruel"),
    )
    assert found(logbook, "kypho") == ["P-1"]
    assert found(logbook, "KYPHO vat") == ["P-1"]
    assert found(logbook, "kypho bruel") == []
    assert found(logbook, "plasty") == []
    assert sorted(found(logbook, "  ")) == ["P-1", "P-2"]


@pytest.mark.parametrize("typed", ["bkp", "t12", "Th12", "D12", "kyphoplasty", "VH", "angioma"])
def test_synonyms_find_a_case(logbook: Logbook, typed: str) -> None:
    save_case(logbook, a_case("P-1", Level.T12))
    save_case(logbook, a_case("P-2", Level.T1, technique=Technique.VERTEBROPLASTY))
    assert "P-1" in found(logbook, typed)


@pytest.mark.parametrize("typed", ['"', "t12*", "a OR b", "NEAR(", "-", "P-1'"])
def test_marks_of_the_search_language_are_plain_text(logbook: Logbook, typed: str) -> None:
    save_case(logbook, a_case("P-1"))
    numbers(logbook, Query(text=typed))


def test_the_search_of_a_large_logbook_finds_what_a_reading_of_it_finds(large: Logbook) -> None:
    words = dict(large.database.execute_sql("SELECT number, levels FROM case_row"))
    order = set(numbers(large, Query(text="bkp s5")))
    assert order
    assert all(words[number] in ("S5", "") for number in order)


# filters


def test_filters_ask_for_one_of_their_terms(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", Level.T1, Level.L1))
    save_case(logbook, a_case("P-2", Level.T12, leakage=Leakage.NOT_ASSESSED))
    save_case(logbook, a_case("P-3", Level.L2, technique=Technique.VERTEBROPLASTY, leakage=None))

    def codes(**wanted: object) -> list[str]:
        order = numbers(logbook, Query(sort=SortBy.PATIENT, descending=False, **wanted))  # type: ignore[arg-type]
        return [line.patient_code for line in lines(logbook, order)]

    assert codes(levels=(Level.T1,)) == ["P-1"]
    assert codes(levels=(Level.L1, Level.L2)) == ["P-1", "P-3"]
    assert codes(techniques=(Technique.VERTEBROPLASTY,)) == ["P-3"]
    assert codes(diagnoses=(Diagnosis.METASTASIS,)) == []
    assert codes(leakages=(Leakage.NONE, Leakage.NOT_ASSESSED)) == ["P-1", "P-2"]
    assert codes(leakages=(Leakage.NONE,), levels=(Level.T12,)) == []


def test_a_query_knows_whether_it_leaves_cases_out() -> None:
    assert not Query(text=" ", sort=SortBy.LEVEL).is_narrowed
    assert Query(text="x").is_narrowed
    assert Query(leakages=(Leakage.NONE,)).is_narrowed


# lines


def test_a_line_holds_what_was_saved_in_its_own_types(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12, Level.T11, before=10, after=(0, 1), after_on="2026-04-04")
    upper, lower = case.levels
    upper.leakage = Leakage.PRESENT
    case.add_leak(upper, location=LeakLocation.EPIDURAL)
    lower.height_gain_low_mm, lower.height_gain_high_mm = 3, 5
    case.procedure.synthetic = True
    save_case(logbook, case)
    (line,) = lines(logbook, numbers(logbook, Query()))
    assert line.case_id == case.id
    assert (line.performed_on, line.age, line.sex) == ("2026-03-04", 75, Sex.FEMALE)
    assert line.levels == (Level.T11, Level.T12)
    assert line.techniques == (Technique.BALLOON_KYPHOPLASTY,)
    assert line.cement_ml == 12
    assert (line.leakage, line.leak_locations) == (Leakage.PRESENT, (LeakLocation.EPIDURAL,))
    assert line.gain == Reported(3, 5)
    assert (line.before, line.latest) == (Reported(10, 10), Reported(0, 1))
    assert line.pain_scale is PainScale.NRS
    assert [score.time_point for score in line.course] == [TimePoint.BASELINE, TimePoint.M1]
    assert line.course[1].reported == Reported(0, 1)
    assert line.course[1].assessed_on == "2026-04-04"
    assert (line.complete, line.synthetic) == (False, True)


def test_a_word_stays_a_word_and_no_answer_stays_no_answer(logbook: Logbook) -> None:
    case = a_case(before=10, after="resolved", after_on=None, leakage=None, cement_ml=None)
    save_case(logbook, case)
    (line,) = lines(logbook, numbers(logbook, Query()))
    assert line.latest == Reported(words="resolved")
    assert line.leakage is None
    assert line.cement_ml is None
    assert line.gain == Reported()


def test_two_scales_in_one_case_have_no_common_scale(logbook: Logbook) -> None:
    case = a_case(before=10, after=None)
    add_score(case, 45, "2026-04-04", scale=PainScale.VAS_100)
    save_case(logbook, case)
    (line,) = lines(logbook, numbers(logbook, Query()))
    assert line.pain_scale is None
    assert [score.scale for score in line.course] == [PainScale.NRS, PainScale.VAS_100]


def test_lines_come_in_the_order_in_which_they_are_wanted(large: Logbook) -> None:
    assert [line.number for line in lines(large, [7, 3, 9_999, 12])] == [7, 3, 9_999, 12]


def test_what_is_in_the_bin_is_in_no_list(logbook: Logbook) -> None:
    kept, gone = a_case("P-1"), a_case("P-2")
    for case in (kept, gone):
        save_case(logbook, case)
    before = numbers(logbook, Query())
    bin_case(logbook, gone.id, "entered twice")
    assert [line.case_id for line in lines(logbook, before)] == [kept.id]
    assert case_ids(logbook, before) == [kept.id]
    assert numbers_of(logbook, [gone.id, kept.id]) == list(numbers(logbook, Query()))
    assert found(logbook, "kypho") == ["P-1"]
    assert counts(logbook).cases == 1


def test_ids_and_keys_lead_to_one_another(large: Logbook) -> None:
    ids = case_ids(large, [12, 3, 7])
    assert ids == ["case-12", "case-3", "case-7"]
    assert sorted(numbers_of(large, ids)) == [3, 7, 12]
    assert not lines(large, [])
    assert not case_ids(large, [])
    assert not numbers_of(large, [])


# counts


def test_counts_of_a_logbook(logbook: Logbook) -> None:
    assert counts(logbook) == Counts(cases=0, patients=0, levels=0, synthetic=0)
    first = a_case("P-1", Level.T11, Level.T12)
    save_case(logbook, first)
    again = a_case("P-1", Level.L1)
    again.patient = first.patient
    again.procedure.patient_id = str(first.patient.id)
    again.procedure.synthetic = True
    save_case(logbook, again)
    save_case(logbook, a_case("P-2"))
    assert counts(logbook) == Counts(cases=3, patients=2, levels=4, synthetic=1)
