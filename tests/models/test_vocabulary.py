# SPDX-License-Identifier: MIT
"""The terms: unique, findable in any spelling, and in an order of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models.vocabulary as terms
from models.vocabulary import (
    AdjunctKind,
    Approach,
    EventKind,
    LeakLocation,
    Level,
    PriorTreatmentKind,
    Technique,
    TimePoint,
    Vocabulary,
    YesNo,
)

VOCABULARIES = sorted(
    (
        thing
        for thing in vars(terms).values()
        if isinstance(thing, type) and issubclass(thing, Vocabulary) and thing is not Vocabulary
    ),
    key=lambda vocabulary: vocabulary.__name__,
)
ALL = pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.__name__)


@ALL
def test_codes_and_labels_are_unique_and_nobody_else_answers_to_them(
    vocabulary: type[Vocabulary],
) -> None:
    claimed: dict[str, Vocabulary] = {}
    for term in vocabulary:
        names = (term.value, term.label, term.short, *term.synonyms)
        for name in {name.casefold() for name in names}:
            assert claimed.setdefault(name, term) is term, f"{name} means two terms"


@ALL
def test_codes_fit_into_a_list_and_a_file(vocabulary: type[Vocabulary]) -> None:
    for term in vocabulary:
        assert term.value == term.value.strip()
        assert not set(term.value) & set('|,;" :\r\n\t=+@')
        assert term.label


@ALL
def test_every_spelling_of_a_term_finds_it_in_any_case(vocabulary: type[Vocabulary]) -> None:
    for term in vocabulary:
        for name in (term.value, term.label, term.short, *term.synonyms):
            assert vocabulary.meant_by(f" {name.upper()} ") is term
            assert vocabulary.meant_by(name.lower()) is term


@ALL
def test_the_rank_is_the_place_in_the_list(vocabulary: type[Vocabulary]) -> None:
    assert [term.rank for term in vocabulary] == list(range(len(vocabulary)))


@ALL
def test_a_short_form_is_shorter(
    vocabulary: type[Vocabulary],
) -> None:
    for term in vocabulary:
        assert term.short == term.label or len(term.short) < len(term.label)


def test_an_unknown_word_means_no_term() -> None:
    assert YesNo.meant_by("perhaps") is None
    assert YesNo.meant_by("") is None


def test_trap_9_levels_sort_by_anatomy_and_not_by_their_text() -> None:
    by_anatomy = sorted(Level, key=lambda level: level.rank)
    names = [str(level) for level in by_anatomy]
    assert names[:7] == [f"C{n}" for n in range(1, 8)]
    assert names[7:20] == [f"T{n}" for n in range(1, 14)]
    assert names[20:26] == [f"L{n}" for n in range(1, 7)]
    assert names[26:] == [f"S{n}" for n in range(1, 6)]
    assert names != sorted(names)
    assert Level.C2.rank < Level.T2.rank < Level.T10.rank < Level.L1.rank


def test_trap_10_t13_and_l6_are_levels_and_variants() -> None:
    assert [level for level in Level if level.is_variant] == [Level.T13, Level.L6]
    assert Level.T12.rank + 1 == Level.T13.rank == Level.L1.rank - 1
    assert Level.L5.rank + 1 == Level.L6.rank == Level.S1.rank - 1
    assert (Level.T13.region, Level.L6.region) == ("thoracic", "lumbar")


@pytest.mark.parametrize("typed", ["t12", "T12", "d12", "Th12", "th12"])
def test_a_level_is_known_by_its_spellings_in_other_languages(typed: str) -> None:
    assert Level.meant_by(typed) is Level.T12


@given(st.sampled_from(list(Approach)))
def test_every_approach_is_possible_somewhere_in_the_spine(approach: Approach) -> None:
    regions = {level.region for level in Level}
    assert approach.regions
    assert approach.regions <= regions


def test_a_leak_belongs_to_one_group() -> None:
    groups = {location.group for location in LeakLocation}
    assert groups == {"disc", "canal", "venous", "cortical"}


def test_time_points_run_from_before_to_later() -> None:
    assert [str(term) for term in TimePoint][:8] == [
        "baseline",
        "24h",
        "1w",
        "1m",
        "3m",
        "6m",
        "12m",
        "24m",
    ]


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [
        (EventKind, "nerve root pain"),
        (EventKind, "transient worsening of pain"),
        (EventKind, "cement pulmonary embolism"),
        (EventKind, "consumptive coagulopathy"),
        (EventKind, "Kasabach-Merritt syndrome"),
        (EventKind, "Brown-Sequard syndrome"),
        (EventKind, "pathological fracture"),
        (EventKind, "radionecrosis"),
        (EventKind, "secondary sarcoma"),
        (EventKind, "hemorrhage"),
        (PriorTreatmentKind, "physical therapy"),
        (PriorTreatmentKind, "epidural steroid injection"),
        (PriorTreatmentKind, "dorsal column nerve stimulator"),
        (PriorTreatmentKind, "medial branch block"),
        (PriorTreatmentKind, "radiofrequency ablation"),
        (PriorTreatmentKind, "trigger point injection"),
        (PriorTreatmentKind, "phenol injection"),
        (AdjunctKind, "ethanol"),
        (AdjunctKind, "laminectomy"),
        (AdjunctKind, "transarterial embolization"),
        (Technique, "balloon kyphoplasty"),
        (Technique, "vertebroplasty"),
        (Technique, "pediculoplasty"),
        (Technique, "sacroplasty"),
        (Technique, "cervical vertebroplasty"),
    ],
)
def test_what_the_source_paper_names_is_found_by_its_words(
    vocabulary: type[Vocabulary], words: str
) -> None:
    assert vocabulary.meant_by(words) is not None


def test_earlier_labels_of_scales_are_understood() -> None:
    told = ["NRS 0-10", "VAS 0-10", "VAS 0-100 mm"]
    assert [terms.PainScale.meant_by(label) for label in told] == list(terms.PainScale)[:3]
    labels = [scale.label for scale in terms.PainScale]
    assert [label.replace("-", "\u2013") for label in told] == labels[:3]
