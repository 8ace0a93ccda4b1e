# SPDX-License-Identifier: MIT
"""Mappings that were given a name, and what can be looked for when one is made."""

from __future__ import annotations

import pytest

from models.errors import LogbookError
from models.importing.kept import delete_mapping, list_mappings, rename_mapping, save_mapping
from models.importing.mapping import ColumnUse, Mapping
from models.importing.offers import label_of, target_offers, term_offers
from models.importing.targets import targets
from models.logbook import Logbook
from models.own_notes import keep_note
from models.verify import verify

STUDY = Mapping(
    (ColumnUse("Nr", "patient.patient_code"), ColumnUse("Zimmer")),
    terms={"treated_level.technique": {"Ballon": "balloon_kyphoplasty"}},
)


def test_a_mapping_is_kept_in_place_of_what_had_its_name(logbook: Logbook) -> None:
    save_mapping(logbook, " Study  A ", STUDY)
    other = STUDY.having("Zimmer", target="procedure.notes")
    save_mapping(logbook, "study a", other)
    (kept,) = list_mappings(logbook)
    assert (kept.name, kept.mapping) == ("study a", other)
    assert verify(logbook) == []
    delete_mapping(logbook, "study a")
    assert list_mappings(logbook) == []


def test_it_is_offered_for_a_file_with_the_same_headings(logbook: Logbook) -> None:
    kept = save_mapping(logbook, "Study A", STUDY)
    assert kept.is_for(["zimmer", "NR"])
    assert not kept.is_for(["Nr"])
    assert not kept.is_for(["Nr", "Zimmer", "Station"])


def test_it_gets_another_name_and_keeps_what_it_says(logbook: Logbook) -> None:
    save_mapping(logbook, "Study A", STUDY)
    save_mapping(logbook, "Other", STUDY)
    assert rename_mapping(logbook, "Study A", " study  a ") == "study a"
    assert rename_mapping(logbook, "study a", "Registry") == "Registry"
    assert [one.name for one in list_mappings(logbook)] == ["Other", "Registry"]
    with pytest.raises(LogbookError, match="a mapping Other already"):
        rename_mapping(logbook, "Registry", "OTHER")
    with pytest.raises(LogbookError, match="no mapping Study A any more"):
        rename_mapping(logbook, "Study A", "Study B")
    with pytest.raises(LogbookError, match="1 to 60 letters"):
        rename_mapping(logbook, "Registry", "")
    assert list_mappings(logbook)[1].mapping == STUDY
    assert verify(logbook) == []


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0b"])
def test_a_name_that_is_none_is_refused(logbook: Logbook, name: str) -> None:
    with pytest.raises(LogbookError, match="1 to 60 letters"):
        save_mapping(logbook, name, STUDY)


def test_what_a_later_version_kept_is_left_alone(logbook: Logbook) -> None:
    save_mapping(logbook, "Study A", STUDY)
    with logbook.transaction():
        text = '{"Later": "{\\"kypholog_mapping\\": 99}"}'
        keep_note(logbook.database, "import.mappings", text)
    assert list_mappings(logbook) == []


def test_everything_a_column_can_stand_for_is_offered_under_a_name_of_its_own() -> None:
    offers = target_offers()
    assert {offer.value for offer in offers} == set(targets())
    labels = [offer.label for offer in offers]
    assert len(set(labels)) == len(labels)
    assert label_of("treated_level.cement_ml") == "Level: Cement (mL)"
    assert label_of("pain.3m") == "Pain: 3 months"
    assert label_of("pain.3m.words") == "Pain: 3 months, in words"
    assert label_of("assessed.3m.odi_pct") == "ODI (%): 3 months"
    # There are many of these, so they come behind what stands once.
    assert labels.index("ODI (%): Before") > labels.index("Outcome: 3 months")
    # What only this program writes comes after what people keep.
    assert labels.index("Leak: explained") > labels.index("Outcome: 3 months")


def test_the_terms_of_a_target_are_offered_with_their_synonyms() -> None:
    offers = {offer.value: offer for offer in term_offers("treated_level.technique")}
    assert "BKP" in offers["balloon_kyphoplasty"].synonyms
    assert term_offers("treated_level.cement_ml") == ()
