# SPDX-License-Identifier: MIT
"""What every list, page, analysis, report and file asks: along indexes, and no more of more cases.

How many statements there are is counted in a small and in a larger logbook. What shows a part of
the logbook reads no table from end to end; what tells of all its cases reads some, and never one of
them once for each row of another.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from models.analysis.cement import cement_relief
from models.analysis.followed import followed
from models.analysis.gained_and_kept import gained_and_kept
from models.analysis.instruments import Instrument
from models.analysis.paired import paired_outcome
from models.analysis.question import Question
from models.analysis.shifts import medication_of
from models.analysis.treated import treated_with
from models.case import bin_case, load_case
from models.casebin import binned_cases
from models.caselist import Query, SortBy, case_ids, counts, first_page, outline, page, sketch
from models.drafts import drafts
from models.exchange.orders import Order, export
from models.filters import list_filters
from models.followup.duelist import due_lines, due_numbers, follow_ups
from models.followup.flags import flags_of
from models.followup.spans import Which
from models.followup.tally import tally
from models.habits import habits
from models.history import history_of
from models.known_words import known_words
from models.literature.own import own_rates
from models.logbook import Logbook
from models.merges import past_merges
from models.news import read_news
from models.patient_course import patient_course
from models.patient_timeline import patient_timeline
from models.patients import Wanted, cases_of, load_person, patients_of, similar
from models.query import parse
from models.reasons import recent_reasons
from models.reports.call_list import call_list
from models.reports.case_summary import case_summary
from models.reports.due import due_json
from models.reports.operators import operator_logbook
from models.reports.series import case_series
from models.reports.year import yearly_review
from models.safety.lots import recall
from models.safety.numbers import safety_numbers
from models.sample import REFERENCE_DAY, fill
from models.schema import CaseRow
from models.trail import Asked, read_page, users_known
from models.undo.changes import last_import, newest_entry, saved_changes
from tests.fresh import new_logbook
from tests.models.asked import statements
from tests.models.command_line import command_line
from tests.models.plans import is_question, read_through, steps
from tests.models.reports.reading_aloud import AROUND

FEW, MANY = 40, 240
TODAY = REFERENCE_DAY
Ask = Callable[[Logbook], object]
Prepare = Callable[[Logbook], Ask]
"""Looks for what will be asked about."""


@pytest.fixture(scope="module")
def logbooks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Logbook]]:
    """Of few and of many cases, some of them in the bin."""
    made = {}
    for n in (FEW, MANY):
        made[n] = new_logbook(tmp_path_factory.mktemp("plans") / f"{n}.kypholog")
        fill(made[n], n, 3)
        for case_id in ids(made[n])[:: n // 4]:
            bin_case(made[n], case_id, "Entered twice")
    yield made
    for logbook in made.values():
        logbook.close()


def ids(logbook: Logbook) -> list[str]:
    """Of the first cases outside the bin."""
    with logbook.session():
        query = CaseRow.select(CaseRow.case_id).where(CaseRow.deleted == 0)
        found = query.order_by(CaseRow.number).tuples().execute(logbook.database)
        return [case_id for (case_id,) in found]


def patient_of(logbook: Logbook, case_id: str) -> str:
    return str(load_case(logbook, case_id).patient.id)


def of_one(ask: Callable[[Logbook, str], object]) -> Prepare:
    def prepare(logbook: Logbook) -> Ask:
        one = ids(logbook)[0]
        return lambda logbook: ask(logbook, one)

    return prepare


def of_some(ask: Callable[[Logbook, list[str]], object]) -> Prepare:
    def prepare(logbook: Logbook) -> Ask:
        some = ids(logbook)[:20]
        return lambda logbook: ask(logbook, some)

    return prepare


def of_patient(ask: Callable[[Logbook, str], object]) -> Prepare:
    def prepare(logbook: Logbook) -> Ask:
        patient = patient_of(logbook, ids(logbook)[0])
        return lambda logbook: ask(logbook, patient)

    return prepare


def of_last(ask: Callable[[Logbook, int], object]) -> Prepare:
    def prepare(logbook: Logbook) -> Ask:
        last = newest_entry(logbook) - 3
        return lambda logbook: ask(logbook, last)

    return prepare


def of_user(ask: Callable[[Logbook, str], object]) -> Prepare:
    def prepare(logbook: Logbook) -> Ask:
        user = users_known(logbook)[0]
        return lambda logbook: ask(logbook, user)

    return prepare


def of_all(ask: Ask) -> Prepare:
    return lambda logbook: ask


def listed(sort: SortBy) -> Prepare:
    return of_all(lambda logbook: first_page(logbook, Query(sort=sort)))


def outcome(instrument: Instrument, by: str = "") -> Prepare:
    question = Question.read(by=by) if by else Question()
    return of_all(lambda logbook: paired_outcome(logbook, instrument, question))


def last_page(logbook: Logbook) -> object:
    whole = outline(logbook, Query(sort=SortBy.LEVEL))
    return page(logbook, whole, whole.pages - 1)


PARTS: dict[str, Prepare] = {
    **{f"list by {sort.name.lower()}": listed(sort) for sort in SortBy},
    "outline": of_all(lambda logbook: outline(logbook, Query())),
    "last page": of_all(last_page),
    "ids": of_all(lambda logbook: list(case_ids(logbook, Query()))),
    "counts": of_all(counts),
    "case": of_one(load_case),
    "history": of_one(history_of),
    "course": of_patient(patient_course),
    "timeline": of_one(patient_timeline),
    "patient": of_patient(load_person),
    "cases of a patient": of_patient(cases_of),
    "patients of cases": of_some(patients_of),
    "similar": of_all(lambda logbook: similar(logbook, Wanted("SYN-3-0001"))),
    "flags": of_some(flags_of),
    "due": of_all(
        lambda logbook: due_lines(logbook, due_numbers(logbook, Which.ALL, TODAY)[:20], TODAY)
    ),
    "follow-up of a page": of_all(lambda logbook: follow_ups(logbook, range(1, 20), TODAY)),
    "audit": of_all(lambda logbook: read_page(logbook, Asked(), size=20)),
    "audit of a case": of_one(lambda logbook, one: read_page(logbook, Asked(case=one), size=20)),
    "audit by somebody": of_user(lambda logbook, user: read_page(logbook, Asked(user=user))),
    "audit of days": of_all(
        lambda logbook: read_page(logbook, Asked(since=date(2020, 1, 1)), size=20)
    ),
    "users of the audit": of_all(users_known),
    "bin": of_all(binned_cases),
    "drafts": of_all(drafts),
    "saved filters": of_all(list_filters),
    "news": of_last(read_news),
    "undo": of_last(saved_changes),
    "last import": of_all(last_import),
    "reasons": of_all(recent_reasons),
    "merges": of_all(past_merges),
    "own rates": of_all(own_rates),
    "case summary": of_one(lambda logbook, one: case_summary(logbook, one, AROUND)),
    "recall": of_all(lambda logbook: recall(logbook, "AB12")),
}
"""What shows a part, however many cases there are."""

WALKED = "list by follow_up"
"""Cases without a next visit come last, and are walked through until there are enough."""

WHOLE: dict[str, Prepare] = {
    "how many": of_all(lambda logbook: sketch(logbook, Query())),
    "tally": of_all(lambda logbook: tally(logbook, TODAY)),
    "texts": of_all(known_words),
    "habits": of_all(habits),
    "techniques": of_all(treated_with),
    "pain": outcome(Instrument.PAIN),
    "function": outcome(Instrument.ODI),
    "pain by technique": outcome(Instrument.PAIN, "technique"),
    "medication": of_all(medication_of),
    "heights": of_all(lambda logbook: gained_and_kept(logbook, Question())),
    "cement": of_all(cement_relief),
    "who was followed": of_all(lambda logbook: followed(logbook, Question())),
    "safety": of_all(safety_numbers),
    "call list": of_all(lambda logbook: call_list(logbook, Which.ALL, TODAY)),
    "due, as JSON": of_all(lambda logbook: due_json(logbook, Which.ALL, TODAY)),
    "case series": of_all(lambda logbook: case_series(logbook, AROUND)),
    "series of a filter": of_all(lambda logbook: case_series(logbook, AROUND, parse("level:T12"))),
    "operator's logbook": of_all(lambda logbook: operator_logbook(logbook, AROUND)),
    "yearly review": of_all(lambda logbook: yearly_review(logbook, AROUND, 2024)),
}
"""What tells of all cases."""


def asked_by(prepare: Prepare, logbook: Logbook) -> list[str]:
    ask = prepare(logbook)
    with logbook.session(), statements(logbook) as asked:
        ask(logbook)
    return asked


@pytest.mark.parametrize("what", [*PARTS, *WHOLE])
def test_many_cases_take_no_more_statements_than_few(
    logbooks: dict[int, Logbook], what: str
) -> None:
    prepare = {**PARTS, **WHOLE}[what]
    few, many = (
        len(list(filter(is_question, asked_by(prepare, logbooks[n])))) for n in (FEW, MANY)
    )
    assert 0 < many <= few + MORE


MORE = 3
"""A list that is short is told in fewer."""


@pytest.mark.parametrize("what", PARTS)
def test_a_part_of_the_logbook_is_found_by_indexes(logbooks: dict[int, Logbook], what: str) -> None:
    asked = asked_by(PARTS[what], logbooks[MANY])
    assert read_through(logbooks[MANY], asked, again=what == WALKED) == []


@pytest.mark.parametrize("what", WHOLE)
def test_what_tells_of_all_cases_reads_nothing_for_each_row_of_another(
    logbooks: dict[int, Logbook], what: str
) -> None:
    assert read_through(logbooks[MANY], asked_by(WHOLE[what], logbooks[MANY]), again=True) == []


def test_how_much_there_is_is_read_off_one_index_in_its_order(
    logbooks: dict[int, Logbook],
) -> None:
    asked = asked_by(of_all(counts), logbooks[MANY])
    told = [step.told for one in asked for step in steps(logbooks[MANY].database, one)]
    ways = [one for one in told if "case_row" in one]
    assert len(ways) == len(asked)
    assert all("COVERING INDEX case_row_deleted_patient_id" in one for one in ways)
    assert not any("B-TREE" in one for one in told)


def test_an_export_reads_nothing_for_each_row_of_another(
    logbooks: dict[int, Logbook], tmp_path: Path
) -> None:
    wanted = of_all(lambda logbook: export(logbook, tmp_path / "out.csv", Order()))
    asked = asked_by(wanted, logbooks[MANY])
    assert read_through(logbooks[MANY], asked, again=True) == []


COMMANDS: dict[str, Sequence[str]] = {
    "due": ("due", "--json"),
    "outcomes": ("outcomes", "--json", "--by", "technique"),
    "safety": ("safety", "--json"),
    "export": ("export", "--shape", "tables", "--out", "{out}/tables.zip"),
    "package": ("export", "--profile", "package", "--out", "{out}/package.zip"),
    "redcap": ("export", "--profile", "redcap", "--out", "{out}/redcap.zip"),
    "fhir": ("export", "--profile", "fhir", "--out", "{out}/bundle.json"),
    "audit": ("audit", "--most", "20"),
    "verify": ("verify",),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_a_command_reads_nothing_for_each_row_of_another(
    logbooks: dict[int, Logbook],
    what: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    counted = {}
    for n, logbook in logbooks.items():
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "peewee"):
            told = [one.format(out=tmp_path) for one in COMMANDS[what]]
            code, _, said = command_line(capsys)("--logbook", logbook.folder, *told)
        assert code in (0, 1), said
        messages: list[object] = [one.msg for one in caplog.records if one.name == "peewee"]
        asked = [one for one in messages if isinstance(one, tuple) and is_question(one[0])]
        # What was made for the moment has gone with its connection.
        asked = [one for one in asked if "temp." not in one[0]]
        counted[n] = len(asked)
        again = [
            (step.told, sql)
            for sql, values in asked
            for step in steps(logbook.database, sql, values or ())
            if "AUTOMATIC" in step.told or (step.again and step.told.startswith("SCAN case"))
        ]
        assert again == []
    assert counted[MANY] <= counted[FEW] + MORE
