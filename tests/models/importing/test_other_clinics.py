# SPDX-License-Identifier: MIT
"""Headings and words that clinics use, and no table before them had."""

from __future__ import annotations

import pytest

from models.importing.columns import known_name
from models.importing.synonyms import meant_by_several, term_meant_by
from models.logbook import Logbook
from models.vocabulary import (
    AnalgesicLevel,
    Anesthesia,
    EventKind,
    Leakage,
    LeakLocation,
    OfClass,
    Position,
    Sex,
    Vocabulary,
    YesNo,
)
from tests.models.importing.conftest import Look
from tests.models.importing.told import saved, told


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Pat.Code", "patient.patient_code"),
        ("Geburtsjahr", "patient.birth_date"),
        ("Année de naissance", "patient.birth_date"),
        ("N° dossier", "patient_identity.record_number"),
        ("F. intervención", "procedure.performed_on"),
        ("Procedure month", "procedure.performed_on"),
        ("Cement leak Y/N", "treated_level.leakage"),
        ("Leckage ja/nein", "treated_level.leakage"),
        ("Fluoro (min)", "procedure.fluoro_time_s"),
    ],
)
def test_headings(heading: str, target: str) -> None:
    assert known_name(heading) == target


@pytest.mark.parametrize(
    ("cell", "term"),
    [
        ("FALSE", Leakage.NONE),
        ("WAHR", Leakage.PRESENT),
        ("VRAI", YesNo.YES),
        ("FALSO", YesNo.NO),
        ("divers", Sex.OTHER),
        ("OF 3", OfClass.OF3),
        ("Bauchlage", Position.PRONE),
        ("LA + Sedierung", Anesthesia.LOCAL_SEDATION),
        ("NSAR", AnalgesicLevel.NON_OPIOID),
        ("keine", AnalgesicLevel.NONE),
    ],
)
def test_words(cell: str, term: Vocabulary) -> None:
    assert term_meant_by(type(term), cell) is term


def test_words_that_a_person_has_to_decide() -> None:
    assert EventKind.EMBOLISM_CEMENT in meant_by_several(EventKind, "Lungenembolie")
    assert LeakLocation.DISC_INFERIOR in meant_by_several(LeakLocation, "Disc space")


def test_a_legend_in_the_heading_is_read(logbook: Logbook, look: Look) -> None:
    content = (
        "id;date;level;Sex (1=male 2=female);Smoker [0: no, 1: yes];Leak (1 = nein / 2 = ja)\n"
        "A;2026-01-05;L1;1;0;1\nB;2026-01-06;L2;2;1;2\n"
    )
    first, second = saved(logbook, look(content))
    assert [first.patient.sex, second.patient.sex] == ["male", "female"]
    assert [first.procedure.smoker, second.procedure.smoker] == ["no", "yes"]
    assert [first.levels[0].leakage, second.levels[0].leakage] == ["none", "present"]


@pytest.mark.parametrize("heading", ["Sex (1=male)", "Sex (1=a, 2=b)", "Sex (1=male 2=m)", "Sex"])
def test_half_a_legend_says_nothing(look: Look, heading: str) -> None:
    shown = look(f"id;date;level;{heading}\nA;2026-01-05;L1;1\nB;2026-01-06;L2;2\n")
    assert [one.cell for one in shown.unmatched] == ["1", "2"]


def test_a_column_called_after_the_procedure_may_hold_its_days(look: Look) -> None:
    days = look("Pat-ID;OP;Etage\nA;05.01.2026;L1\nB;16.01.2026;L2\n")
    kinds = look("Pat-ID;OP;Etage\nA;BKP;L1\nB;VP;L2\n")
    found = [one.mapping.columns[1].target for one in (days, kinds)]
    assert found == ["procedure.performed_on", "treated_level.technique"]


def test_blanks_of_web_pages_are_blanks(logbook: Logbook, look: Look) -> None:
    content = (
        "id;date;level;cement\nA;05.01.2026\u00a0;BWK\u00a012;4,5\u202fml\nB;6.1.2026;\u200bL1;4\n"
    )
    first, second = saved(logbook, look(content))
    assert (first.levels[0].level, first.levels[0].cement_ml) == ("T12", 4.5)
    assert (second.levels[0].level, second.procedure.performed_on) == ("L1", "2026-01-06")


def test_columns_called_after_levels_are_told(look: Look) -> None:
    shown = look("id;date;Th12;L1;L2\nA;05.01.2026;x;x;\nB;6.1.2026;;x;\n")
    assert any("Th12, L1, L2: called after levels" in one for one in shown.seen.recognized)
    shown = look("id;date;Cement T11 (ml);Cement T12 (ml)\nA;05.01.2026;4;\nB;6.1.2026;;5\n")
    assert any("Cement T11 (ml), Cement T12 (ml):" in one for one in shown.seen.recognized)
    scores = look("id;date;level;VAS_T0;VAS_T1;VAS_T2\nA;05.01.2026;L1;8;4;3\n")
    assert not any("called after levels" in one for one in scores.seen.recognized)


def test_a_number_in_another_unit_that_could_be_two_is_not_converted_for_show(look: Look) -> None:
    shown = look("id;date;level;DAP (cGycm²)\nA;05.01.2026;L1;1.250\n")
    assert not any("0.0125" in one for one in told(shown))


def test_where_cement_went_there_is_leakage(logbook: Logbook, look: Look) -> None:
    content = "id,date,level,Leak location\nA,2026-01-05,L1,epidural\nB,2026-01-06,L2,{}\n"
    both = look(content.format("epidural | paravertebral vein"))
    first, second = saved(logbook, both)
    assert [case.levels[0].leakage for case in (first, second)] == ["present"] * 2
    assert len(second.leaks) == 2
    told_apart = look("id,date,level,Leak,Leak location\nC,2026-01-05,L1,,epidural\n")
    assert saved(logbook, told_apart)[2].levels[0].leakage is None
    nowhere = look(content.format("none"))
    assert nowhere.mapping.columns[3].target == "treated_level.leakage"
    assert [line.verdict for line in nowhere.lines] == ["same", "conflicting"]
