# SPDX-License-Identifier: MIT
"""The texts that the list holds of assessments say what the rows of the assessments say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.analysis.assessed import Assessed, read_assessed
from models.bulk import save_many
from models.case import Case, load_case, save_case
from models.logbook import Logbook
from models.schema import Assessment, CaseRow
from models.scoretext import MOST, ZERO, Fact, Mark
from models.verify import verify
from models.vocabulary import (
    AnalgesicLevel,
    AssessmentMissing,
    GlobalOutcome,
    Mobility,
    PainScale,
    TimePoint,
    Vocabulary,
)
from tests.fresh import NewLogbook
from tests.models.analysis.asking import case_of
from tests.models.any_case import cases, give_code

TERMS: Mapping[Fact, tuple[str, type[Vocabulary]]] = {
    Fact.POINT: ("time_point", TimePoint),
    Fact.SCALE: ("pain_scale", PainScale),
    Fact.OUTCOME: ("global_outcome", GlobalOutcome),
    Fact.REASON: ("missing_reason", AssessmentMissing),
    Fact.ANALGESICS: ("analgesic_level", AnalgesicLevel),
    Fact.MOBILITY: ("mobility", Mobility),
}
STEPS = {
    Fact.TOP: ("pain_scale_max", 10, 0),
    Fact.LOW: ("pain_low", 10, 0),
    Fact.HIGH: ("pain_high", 10, 0),
    Fact.ODI: ("odi_pct", 10, 0),
    Fact.RMDQ: ("rmdq", 10, 0),
    Fact.RMDQ_ITEMS: ("rmdq_items", 1, 0),
    Fact.EQ5D: ("eq5d_index", 1000, -1),
    Fact.EQ_VAS: ("eq5d_vas", 10, 0),
}

Told = dict[int, list[list[int]]]


def in_rows(logbook: Logbook) -> Told:
    """Day and facts of each assessment of each case, from the rows themselves."""
    query = Assessment.select(Assessment, CaseRow.number.alias("of_case")).join(
        CaseRow, on=(CaseRow.case_id == Assessment.procedure)
    )
    found: Told = defaultdict(list)
    for row in query.order_by(Assessment.position).dicts().execute(logbook.database):
        day = str(row["assessed_on"] or "")
        facts = {
            Fact.MARKS: int(row["chosen"]) * Mark.CHOSEN
            + (row["pain_low"] is None and bool(row["pain_words"])) * Mark.HAS_WORDS
            + (row["new_fracture"] == "yes") * Mark.FRACTURED
            + (row["retreatment"] == "yes") * Mark.RETREATED
        }
        for fact, (name, vocabulary) in TERMS.items():
            facts[fact] = -1 if row[name] is None else vocabulary(row[name]).rank
        for fact, (name, steps, bottom) in STEPS.items():
            facts[fact] = -1 if row[name] is None else round((row[name] - bottom) * steps)
        number = int(day.replace("-", "")) if len(day) == len("yyyy-mm-dd") else 0
        found[row["of_case"]].append([number, *(facts[fact] for fact in Fact)])
    return dict(found)


def in_texts(read: Assessed) -> Told:
    """The same from what was read of the list."""
    found: Told = defaultdict(list)
    columns = [read.day, *(read.facts[fact] for fact in Fact)]
    for number, *told in zip(read.number.tolist(), *(one.tolist() for one in columns), strict=True):
        found[number].append(told)
    return dict(found)


@pytest.fixture(scope="module")
def many(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """Gathers what hypothesis thinks of."""
    opened = lasting_logbook(tmp_path_factory.mktemp("many") / "Clinic.kypholog", "anna")
    yield opened
    opened.close()


@settings(max_examples=15, deadline=None)
@given(drawn=st.lists(cases(), min_size=1, max_size=3))
def test_of_any_case_the_list_says_what_the_rows_say(many: Logbook, drawn: list[Case]) -> None:
    for case in drawn:
        case.images, case.identity = [], None
        give_code(case, case.id)
    save_case(many, drawn[0])
    save_many(many, drawn[1:])
    with many.session():
        read = read_assessed(many.database, list(Fact), texts=CaseRow.score_words)
        sets = read_assessed(many.database, [Fact.EQ5D], texts=CaseRow.value_sets)
        assert in_texts(read) == in_rows(many)
    assert len(read.texts) == read.marked(Mark.HAS_WORDS).sum()
    assert len(sets.texts) == (sets.facts[Fact.EQ5D] >= 0).sum()


def test_words_and_value_sets_stand_beside_their_assessments(logbook: Logbook) -> None:
    worded, scored = case_of(code="A", before=8, after="much better"), case_of(code="B", after=2)
    scored.assessments[0].eq5d_index, scored.assessments[0].eq5d_value_set = 0.5, "US"
    scored.assessments[1].eq5d_index = 0.75
    save_many(logbook, [worded, scored])
    with logbook.session():
        words = read_assessed(logbook.database, [Fact.MARKS], texts=CaseRow.score_words)
        sets = read_assessed(logbook.database, [Fact.EQ5D], texts=CaseRow.value_sets)
    assert words.texts == ["much better"]
    assert words.marked(Mark.HAS_WORDS).tolist() == [False, True, False, False]
    assert (sets.texts, sets.facts[Fact.EQ5D].tolist()) == (["US", None], [-1, -1, 1500, 1750])


def test_the_list_follows_what_is_changed(logbook: Logbook) -> None:
    saved = [case_of(code=code, after=(1, 3)) for code in "AB"]
    save_many(logbook, saved)
    case = load_case(logbook, saved[0].id)
    del case.assessments[0]
    case.assessments[0].odi_pct = 33.3
    save_case(logbook, case)
    with logbook.session():
        read = read_assessed(logbook.database, list(Fact))
        assert in_texts(read) == in_rows(logbook)
        number = read.number[:1]
        few = read_assessed(logbook.database, list(Fact), numbers=number)
        assert in_texts(few) == {number[0]: in_rows(logbook)[number[0]]}
        none = read_assessed(logbook.database, list(Fact), numbers=np.empty(0, np.int32))
        assert in_texts(none) == {}
    assert verify(logbook) == []


def test_what_no_character_stands_for_is_refused_and_never_misread(logbook: Logbook) -> None:
    save_many(logbook, [case_of(code="A", after=2)])
    with logbook.session():
        (text,) = logbook.database.execute(CaseRow.select(CaseRow.scores)).fetchone()
        beyond = chr(ZERO + MOST + 1) + text[1:]
        CaseRow.update(scores=beyond).execute(logbook.database)
        with pytest.raises(ValueError, match="outside of what can be read"):
            read_assessed(logbook.database, [Fact.POINT])


def test_the_texts_of_the_list_are_json(logbook: Logbook) -> None:
    save_many(logbook, [case_of(code="A", before='very "bad"\\', after="gone")])
    with logbook.session():
        (text,) = logbook.database.execute(CaseRow.select(CaseRow.score_words)).fetchone()
    assert json.loads(text) == ['very "bad"\\', "gone"]
