# SPDX-License-Identifier: MIT
"""A case is found by the words that clinics and papers use for what happened in it."""

from __future__ import annotations

import pytest

from models.case import Case, save_case
from models.logbook import Logbook
from models.vocabulary import (
    AdjunctKind,
    EventKind,
    LeakLocation,
    Level,
    PriorTreatmentKind,
    Technique,
    Vocabulary,
)
from tests.builders import a_case
from tests.listed import listed


def found(logbook: Logbook, text: str) -> list[str]:
    return [line.patient_code for line in listed(logbook, text)]


def names_of(term: Vocabulary) -> list[str]:
    return [term.label, *term.synonyms]


def case_with_everything_named() -> Case:
    case = a_case("P-1", Level.T12, technique=Technique.VERTEBROPLASTY)
    for adjunct in AdjunctKind:
        case.add_adjunct(kind=adjunct, detail="Onyx")
    for event in EventKind:
        case.add_adverse_event(kind=event, detail="Dural tear", treatment="Thoracotomy")
    for treatment in PriorTreatmentKind:
        case.add_prior_treatment(kind=treatment, detail="Teriparatide")
    for place in LeakLocation:
        case.add_leak(case.levels[0], location=place, detail="Azygos arch")
    return case


@pytest.fixture
def both(logbook: Logbook) -> Logbook:
    """A logbook with one case in which everything happened, and one in which nothing did."""
    save_case(logbook, case_with_everything_named())
    save_case(logbook, a_case("P-2", Level.T12, technique=Technique.MESH_CONTAINER))
    return logbook


def test_a_case_is_found_by_every_name_of_what_happened_in_it(both: Logbook) -> None:
    names = [
        name
        for vocabulary in (AdjunctKind, EventKind, LeakLocation)
        for term in vocabulary
        for name in names_of(term)
    ]
    assert [name for name in names if "P-1" not in found(both, name)] == []


LITERATURE = """
etoh, pce, ptx, brown-sequard, kasabach merritt, esi, trigger point, scs, tae, nerve root pain,
dural tear, thoracotomy, teriparatide, azygos, onyx
"""


@pytest.mark.parametrize("words", [words.strip() for words in LITERATURE.split(",")])
def test_a_case_is_found_by_the_words_of_the_literature_and_no_other_case_is(
    both: Logbook, words: str
) -> None:
    assert found(both, words) == ["P-1"]


def test_what_was_done_before_and_what_was_done_now_have_names_of_their_own(
    logbook: Logbook,
) -> None:
    now, before = a_case("P-1"), a_case("P-2")
    now.add_adjunct(kind=AdjunctKind.DECOMPRESSION)
    now.add_adjunct(kind=AdjunctKind.RADIOFREQUENCY)
    now.add_prior_treatment(kind=PriorTreatmentKind.BIOPSY)
    before.add_prior_treatment(kind=PriorTreatmentKind.RADIOFREQUENCY)
    before.add_adjunct(kind=AdjunctKind.BIOPSY)
    for case in (now, before):
        save_case(logbook, case)
    assert found(logbook, "rhizotomy") == ["P-2"]
    assert found(logbook, "bx") == ["P-2", "P-1"]


def test_a_technique_finds_what_was_done_and_not_what_was_done_years_before(
    logbook: Logbook,
) -> None:
    for code, technique in (("P-1", Technique.VERTEBROPLASTY), ("P-2", Technique.SACROPLASTY)):
        case = a_case(code, Level.S1, technique=technique)
        case.add_prior_treatment(kind=PriorTreatmentKind.AUGMENTATION)
        save_case(logbook, case)
    assert found(logbook, "kyphoplasty") == []
    assert found(logbook, "vp") == ["P-1"]
    assert found(logbook, "earlier augmentation") == ["P-2", "P-1"]
