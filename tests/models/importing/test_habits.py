# SPDX-License-Identifier: MIT
"""Tables as strangers keep them: nothing of them comes in as something else without being told."""

from __future__ import annotations

import pytest

from models.importing.scores import pain_column
from models.logbook import Logbook
from models.numbers import read_number
from models.vocabulary import (
    Approach,
    Leakage,
    Level,
    PainScale,
    Sex,
    Side,
    Technique,
    TimePoint,
)
from tests.models.importing.conftest import Look
from tests.models.importing.told import saved, told


def test_levels_below_a_patient_who_is_named_once_are_of_one_case(
    logbook: Logbook, look: Look
) -> None:
    content = (
        "Patient,Date,Level,Cement ml,VAS pre\n"
        "P1,2024-07-03,T12,4,8\n,,L1,4.5,\n,,L2,5,\nP2,2024-08-01,L3,3,7\n"
    )
    shown = look(content)
    assert told(shown) == [
        f"Row {row}: The row names a level and no patient: read as another level of the case in "
        "row 2."
        for row in (3, 4)
    ]
    first, second = saved(logbook, shown)
    assert [(row.level, row.cement_ml) for row in first.levels] == [
        ("T12", 4),
        ("L1", 4.5),
        ("L2", 5),
    ]
    assert (first.patient.patient_code, second.patient.patient_code) == ("P1", "P2")
    assert [line.verdict for line in look(content).lines] == ["same", "same"]


def test_a_day_without_a_patient_is_told_as_a_case_of_nobody(look: Look) -> None:
    shown = look("Patient,Date,Level\nP1,2024-07-03,T12\n,2024-07-03,L1\n,,L2\n")
    assert [line.verdict for line in shown.lines] == ["new"] * 3
    assert ["of nobody known" in said for said in told(shown)] == [True, True]


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Fluoro time (min)", "4", "4 min is in another unit. Enter 240 s."),
        ("DAP [cGy·cm²]", "230", "230 cGy.cm2 is in another unit. Enter 2.3 Gy.cm2."),
        ("Weight (lb)", "150", "150 lb is in another unit. Enter 68 kg."),
        ("Age (months)", "70", "70 months is not a number. It is recorded in years."),
        ("Anterior height before (%)", "55", "55 % is not a number. It is recorded in mm."),
        ("Height gain (%)", "20", "20 % is not a number. It is recorded in mm."),
        ("Fluoro time (min)", "4 s", ""),
        ("Cement (cc)", "4,5", ""),
        ("Cement (total)", "4,5", ""),
        ("Age (in years)", "70", ""),
    ],
)
def test_a_number_has_the_unit_of_its_heading(
    look: Look, heading: str, cell: str, said: str
) -> None:
    found = told(look(f"id;level;{heading}\nA;T12;{cell}\n"))
    assert [one.split(": ", 2)[2] for one in found] == ([said] if said else [])


def test_a_row_of_units_is_no_case_and_says_the_units(look: Look) -> None:
    shown = look(
        "ID;Date;Level;Cement;Fluoro time\n;dd.mm.yyyy;;mL;min\nA;3.7.2024;T12;4;3.5\n"
        "B;3.7.2024;T12;4;\n"
    )
    assert told(shown) == [
        "Row 2: The row says the units of the columns, and is no case.",
        "Row 3, column Fluoro time: Fluoroscopy time: 3.5 min is in another unit. Enter 210 s.",
    ]


def test_a_footnote_is_no_case(look: Look) -> None:
    shown = look("ID;Date;Level;Ward\nA;2024-01-02;T12;3\n* osteoporotic;;;\n;;;n = 1\n;;L1;\n")
    assert [line.verdict for line in shown.lines] == ["new", "refused", "refused", "new"]
    assert "holds * osteoporotic alone" in told(shown)[0]


@pytest.mark.parametrize(
    ("heading", "cells", "asked"),
    [
        ("sex", "HM", ["H", "M"]),
        ("sex", "VM", ["V", "M"]),
        ("sex", "FM", []),
        ("edema", "+-", ["+", "-"]),
        ("edema", "n-", []),
    ],
)
def test_a_cell_that_another_of_its_column_makes_ambiguous_is_asked(
    look: Look, heading: str, cells: str, asked: list[str]
) -> None:
    shown = look(f"id,level,{heading}\nA,T12,{cells[0]}\nB,L1,{cells[1]}\n")
    assert [term.cell for term in shown.unmatched] == asked


@pytest.mark.parametrize("heading", ["leak", "leak location"])
def test_cement_in_a_disc_is_in_neither_by_a_guess(look: Look, heading: str) -> None:
    (said,) = told(look(f"id,level,{heading}\nA,T12,intradiscal\n"))
    assert said.endswith("could be any of these: Disc above, Disc below. Say which it is.")


@pytest.mark.parametrize(
    ("cell", "side"),
    [
        ("bipedicular", Side.BILATERAL),
        ("transped. bds.", Side.BILATERAL),
        ("Unipedicular right", Side.RIGHT),
        ("bilateral transpedicular", Side.BILATERAL),
        ("unipedicular", None),
    ],
)
def test_an_approach_may_say_the_side(
    logbook: Logbook, look: Look, cell: str, side: Side | None
) -> None:
    (case,) = saved(logbook, look(f"id,level,approach\nA,T12,{cell}\n"))
    assert case.levels[0].approach == Approach.TRANSPEDICULAR
    assert case.levels[0].side == side


def test_brackets_of_a_heading_tell_the_scale() -> None:
    assert pain_column("VAS pre (mm)") == ("pain.baseline", "vas_0_100")
    assert pain_column("VAS 3 mo [0-100]") == ("pain.3m", "vas_0_100")
    assert pain_column("VAS pre (0-10)") == ("pain.baseline", "vas_0_10")


def test_the_cure_of_a_slash_that_is_no_fraction_names_the_unit() -> None:
    with pytest.raises(ValueError, match=r"It is recorded in mL\."):
        read_number("3 mL/level", "mL")
    assert read_number("78 y.o.", "years") == read_number("78 J.", "years") == 78


def test_an_amount_that_could_be_a_thousand_times_more_waits_for_an_answer(look: Look) -> None:
    content = "id;level;DAP\nA;T12;2.345\nB;L1;1.200\n"
    asked = look(content)
    assert [line.verdict for line in asked.lines] == ["refused", "refused"]
    assert "2.345 could be 2.345 or 2345" in told(asked)[0]
    assert told(look(content, lambda proposed: proposed.having("DAP", decimal="point"))) == []


@pytest.mark.parametrize("cell", ["-", '""""', "n/a", "Dito", "?"])
def test_what_says_none_or_the_same_as_above_is_no_patient(look: Look, cell: str) -> None:
    shown = look(f"id,date,level\nA,2024-01-05,T12\n{cell},2024-01-05,L1\n")
    assert [line.verdict for line in shown.lines] == ["new", "refused"]
    assert "names no patient" in told(shown)[0]


def test_a_share_of_the_pain_is_no_score() -> None:
    with pytest.raises(ValueError, match=r"80% is not a number\. Write digits"):
        read_number("80%")


@pytest.mark.parametrize(
    "content",
    [
        "Código paciente;Fecha de cirugía;Edad;Sexo;Nivel;Técnica;Cemento (ml);Fuga;EVA pre;"
        "EVA 3 meses\n"
        "P1;03/07/2024;71;mujer;L1;cifoplastia;4,5;no;8;2\n"
        "P2;23/08/2024;66;hombre;T12;vertebroplastia;5;no;7;3\n",
        "Code patient;Date d'intervention;Age;Sexe;Niveau;Technique;Ciment (ml);Fuite;EVA avant;"
        "EVA 3 mois\n"
        "P1;03/07/2024;71;femme;L1;cyphoplastie;4,5;non;8;2\n"
        "P2;23/08/2024;66;homme;T12;vertébroplastie;5;non;7;3\n",
    ],
    ids=["Spanish", "French"],
)
def test_headings_of_other_languages_are_known(logbook: Logbook, look: Look, content: str) -> None:
    shown = look(content)
    assert [use.column for use in shown.mapping.columns if not use.target] == []
    first, second = saved(logbook, shown)
    level = first.levels[0]
    assert (first.procedure.performed_on, first.procedure.age_at_procedure) == ("2024-07-03", 71)
    assert (first.patient.sex, level.level, level.technique) == (
        Sex.FEMALE,
        Level.L1,
        Technique.BALLOON_KYPHOPLASTY,
    )
    assert (level.cement_ml, level.leakage) == (4.5, Leakage.NONE)
    assert [(row.time_point, row.pain_low, row.pain_scale) for row in first.assessments] == [
        (TimePoint.BASELINE, 8, PainScale.VAS_10),
        (TimePoint.M3, 2, PainScale.VAS_10),
    ]
    assert second.levels[0].technique is Technique.VERTEBROPLASTY


def test_what_caused_a_compression_fracture_is_asked(look: Look) -> None:
    shown = look("Patient,Date,Level,Diagnosis\nP1,2024-07-03,T12,VCF\nP2,2024-07-03,L1,OVCF\n")
    assert [line.verdict for line in shown.lines] == ["refused", "new"]
    assert "VCF" in told(shown)[0]


@pytest.mark.parametrize(("side", "is_told"), [("bilateral", False), ("", False), ("left", True)])
def test_a_side_that_contradicts_the_approach_is_told(look: Look, side: str, is_told: bool) -> None:
    shown = look(f"Patient,Date,Level,Approach,Side\nP1,2024-07-03,T12,bipedicular,{side}\n")
    message = "Row 2: The approach says bilateral, and the side says left. Change one of them."
    assert told(shown) == ([message] if is_told else [])
