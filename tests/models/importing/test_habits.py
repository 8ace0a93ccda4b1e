# SPDX-License-Identifier: MIT
"""Tables as strangers keep them: nothing of them comes in as something else without being told."""

from __future__ import annotations

import json

import pytest

from models import commands
from models.case import Case, load_case
from models.importing.columns import pain_column
from models.importing.first_look import with_units
from models.importing.mapping import UnreadableMapping, mapping_from_json
from models.importing.preview import Preview
from models.importing.synonyms import meant_by_several, term_meant_by
from models.importing.writing import write
from models.logbook import Logbook
from models.numbers import read_number
from models.schema import AuditEntry, CaseRow
from models.vocabulary import (
    Approach,
    Diagnosis,
    Leakage,
    LeakLocation,
    Level,
    PainScale,
    Sex,
    Side,
    Technique,
    TimePoint,
    Vocabulary,
    YesNo,
)
from tests.fresh import named
from tests.models.importing.conftest import Look, WriteFile


def told(shown: Preview) -> list[str]:
    return [str(one) for line in shown.lines for one in (*line.problems, *line.remarks)]


def saved(logbook: Logbook, shown: Preview) -> list[Case]:
    write(logbook, shown)
    query = CaseRow.select(CaseRow.case_id).order_by(CaseRow.patient_code).tuples()
    return [load_case(logbook, case_id) for (case_id,) in query.execute(logbook.database)]


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


MINUTES = "id;date;level;Fluoro time (min);Weight lb;Height (m)\nA;2024-07-03;T12;3,5;150;1,72\n"


@pytest.mark.parametrize(
    ("heading", "cell", "unit", "field", "kept"),
    [
        ("Fluoro time (min)", "3,5", "min", "fluoro_time_s", 210),
        ("Fluoro time", "3.33 min", "min", "fluoro_time_s", 200),
        ("Fluoro time min", "4", "min", "fluoro_time_s", 240),
        ("DAP (cGy·cm²)", "230", "cGy.cm2", "kap_gycm2", 2.3),
        ("DAP [dGycm2]", "23,5", "dGy.cm2", "kap_gycm2", 2.35),
        ("KAP uGy.m2", "230", "uGy.m2", "kap_gycm2", 2.3),
        ("KAP (Gy.m2)", "0.0002", "Gy.m2", "kap_gycm2", 2),
        ("Height (m)", "1,72", "m", "height_cm", 172),
        ("Weight (lb)", "150", "lb", "weight_kg", 68),
        ("Duration (h)", "1.5", "h", "minutes", 90),
        ("Air kerma (Gy)", "0.25", "Gy", "air_kerma_mgy", 250),
    ],
)
def test_a_column_in_another_unit_is_converted_once_somebody_says_so(
    logbook: Logbook, look: Look, heading: str, cell: str, unit: str, field: str, kept: float
) -> None:
    content = f"id;date;level;{heading}\nA;2024-07-03;T12;{cell}\n"
    asked = look(content)
    assert [line.verdict for line in asked.lines] == ["refused"]
    (offer,) = asked.seen.offers
    assert (offer.column, offer.unit) == (heading, unit)
    shown = look(content, lambda proposed: with_units(proposed, {heading: unit}))
    assert shown.seen.offers == []
    assert shown.seen.converted[0].startswith(f"{heading}: converted from {unit} to {offer.own}")
    (case,) = saved(logbook, shown)
    assert getattr(case.procedure, field) == kept
    (entry,) = (
        str(entry.reason)
        for entry in AuditEntry.select()
        .where(AuditEntry.action == "import")
        .execute(logbook.database)
    )
    assert f"{heading}: from {unit} to {offer.own}, times {offer.factor:.10g}." in entry


def test_a_number_without_a_unit_among_others_with_one_is_not_taken_for_either(look: Look) -> None:
    content = "id;date;level;Fluoro time\nA;2024-07-03;T12;4 min\nB;2024-07-03;T12;200\n"
    assert [line.verdict for line in look(content).lines] == ["refused", "refused"]
    assert "200 names no unit, and other cells" in told(look(content))[1]
    of_both = content.replace("200", "200 s")
    asked = look(of_both)
    assert [line.verdict for line in asked.lines] == ["refused", "new"]
    minutes = look(of_both, lambda proposed: with_units(proposed, {"Fluoro time": "min"}))
    assert [line.verdict for line in minutes.lines] == ["new", "new"]
    seconds = look(content, lambda proposed: with_units(proposed, {"Fluoro time": "s"}))
    assert [line.verdict for line in seconds.lines] == ["refused", "new"]


def test_it_is_told_in_which_unit_numbers_are_read_that_name_none(look: Look) -> None:
    content = "id;date;level;Fluoro time;Weight;DAP (Gy.cm2)\nA;2024-07-03;T12;200;70;3\n"
    assert look(content).seen.recognized == [
        "No unit is named, so the numbers are read in that of the logbook: Fluoro time in s, "
        "Weight in kg."
    ]


def test_what_is_not_exact_is_not_offered(look: Look) -> None:
    content = "id;date;level;Conservative treatment (months)\nA;2024-07-03;T12;3\n"
    shown = look(
        content,
        lambda proposed: proposed.having(
            "Conservative treatment (months)", target="procedure.conservative_weeks"
        ),
    )
    assert shown.seen.offers == []
    assert [line.verdict for line in shown.lines] == ["refused"]


def test_a_mapping_keeps_the_conversion(look: Look) -> None:
    shown = look(MINUTES, lambda proposed: with_units(proposed, {"Weight lb": "lb"}))
    again = mapping_from_json(shown.mapping.as_json())
    assert again == shown.mapping
    assert [use.unit for use in again.columns][-2] == "lb"
    with pytest.raises(UnreadableMapping, match="stone is none of kg, lb"):
        mapping_from_json(shown.mapping.as_json().replace('"lb"', '"stone"'))


def test_the_command_converts_the_columns_that_are_named(
    logbook: Logbook, file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ["--logbook", named(logbook), "import", str(file(MINUTES)), "--dry-run"]
    assert commands.run(start) == 1
    assert '--convert "Fluoro time (min)" --convert "Weight lb"' in capsys.readouterr().out
    wanted = ["fluoro time (min)", "Weight lb", "Height (m)"]
    options = [word for name in wanted for word in ("--convert", name)]
    assert commands.run([*start, *options, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["converted"][0] == (
        "Fluoro time (min): converted from min to s, times 60."
    )
    assert commands.run([*start, "--convert", "level"]) != 0
    assert "nothing to convert in level" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("term", "words"),
    [
        (YesNo.YES, "oui Sí sì si ja"),
        (YesNo.NO, "non no nein ninguna nessuna"),
        (Sex.FEMALE, "femme Mujer donna femmina"),
        (Sex.MALE, "homme varón uomo maennlich"),
        (Side.LEFT, "gauche izquierda sinistra izq. sx"),
        (Side.RIGHT, "droite derecha destra dcha. dx"),
        (Side.BILATERAL, "bilatéral bilaterale ambos"),
        (Technique.BALLOON_KYPHOPLASTY, "cyphoplastie cifoplastia cifoplastica"),
        (Technique.VERTEBROPLASTY, "vertébroplastie vertebroplastía vertebroplastica"),
        (Approach.TRANSPEDICULAR, "transpédiculaire transpeduncolare transpedikulär"),
        (Approach.EXTRAPEDICULAR, "extrapédiculaire parapeduncolare"),
        (Diagnosis.HEMANGIOMA, "hémangiome hemangioma emangioma Hämangiom"),
        (Diagnosis.METASTASIS, "métastase metástasis metastasi"),
        (Diagnosis.MYELOMA, "myélome mieloma"),
        (Leakage.NONE, "aucune ninguna nessuna"),
        (Leakage.PRESENT, "fuite fuga perdita"),
        (LeakLocation.EPIDURAL, "épidurale epidurale"),
    ],
)
def test_words_of_other_languages_are_known(term: Vocabulary, words: str) -> None:
    assert [term_meant_by(type(term), word) for word in words.split()] == [term] * len(
        words.split()
    )


@pytest.mark.parametrize("cell", ["tassement vertébral", "fractura por compresión", "Disque"])
def test_words_of_other_languages_that_mean_several_terms_are_asked(cell: str) -> None:
    vocabulary = LeakLocation if cell == "Disque" else Diagnosis
    assert len(meant_by_several(vocabulary, cell)) > 1
    assert term_meant_by(vocabulary, cell) is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3. Mrz 2024", "2024-03-03"),
        ("12-Okt-2023", "2023-10-12"),
        ("15-ago-24", "2024-08-15"),
        ("1 de enero de 2024", "2024-01-01"),
        ("14 févr. 2024", "2024-02-14"),
        ("1er août 2023", "2023-08-01"),
        ("5 mag 2024", "2024-05-05"),
        ("Dez 2023", "2023-12"),
    ],
)
def test_months_of_other_languages_are_read(
    logbook: Logbook, look: Look, cell: str, day: str
) -> None:
    (case,) = saved(logbook, look(f"id;date;level\nA;{cell};T12\n"))
    assert case.procedure.performed_on == day


def test_letters_that_begin_two_months_are_none(look: Look) -> None:
    assert "3 jui 2024 is not a date" in told(look("id;date;level\nA;3 jui 2024;T12\n"))[0]


def test_a_row_of_sums_says_nothing_of_the_scale(look: Look) -> None:
    content = "ID;Date;Level;VAS pre\n1;02.01.2024;L1;8\n2;03.01.2024;L2;7\nTotal (n = 2);;;15\n"
    shown = look(content)
    assert shown.mapping.columns[3].scale == PainScale.VAS_10
    assert [line.verdict for line in shown.lines] == ["new", "new", "refused"]


def test_the_row_of_a_visit_is_no_procedure(look: Look) -> None:
    content = (
        "study_id,visit,date,level\nP1,baseline,2024-01-02,L1\nP1,3 months,2024-04-02,L1\n"
        "P2,baseline,2024-02-02,L2\n"
    )
    shown = look(content)
    assert [line.verdict for line in shown.lines] == ["new", "refused", "new"]
    assert "tells of a visit, 3 months, and is no procedure" in told(shown)[0]
    last_visits = look("study_id,visit,date,level\nP1,3 months,2024-01-02,L1\n")
    assert [line.verdict for line in last_visits.lines] == ["new"]


@pytest.mark.parametrize("heading", ["Patient", "Patient code", "Pat."])
def test_names_in_clear_are_no_patient_codes(logbook: Logbook, look: Look, heading: str) -> None:
    content = f"{heading};Date;Level\nMüller, Erna;02.01.2024;L1\nHans Maier;03.01.2024;L2\n"
    shown = look(content)
    assert shown.left_out_names == 2
    assert [case.patient.patient_code for case in saved(logbook, shown)] == [None, None]
    codes = look(f"{heading};Date;Level\nA 12;02.01.2024;L1\nErna Maier;03.01.2024;L2\n")
    assert codes.mapping.columns[0].target == "patient.patient_code"


def test_a_score_out_of_ten_in_words_is_a_score(logbook: Logbook, look: Look) -> None:
    (case,) = saved(logbook, look("id;date;level;VAS pre\nA;2024-07-03;T12;8 von 10\n"))
    assert (case.assessments[0].pain_low, case.assessments[0].pain_words) == (8, "8/10")


def test_a_score_that_names_its_own_scale_is_told(look: Look) -> None:
    shown = look("id;date;level;VAS pre\nA;2024-07-03;T12;NRS 7\nB;2024-07-03;T12;VAS 70 mm\n")
    assert ["names its own scale" in one for one in told(shown)] == [True, True]


def test_codes_that_look_like_levels_are_none(look: Look) -> None:
    for codes in (("S01", "S02", "S03"), ("L1", "L2", "L3"), ("S1", "S2", "S4")):
        rows = "".join(f"{code},2024-01-0{n},8\n" for n, code in enumerate(codes, start=1))
        shown = look(f"Proband,date,VAS pre\n{rows}")
        assert shown.mapping.columns[0].target == "", codes
    shown = look("Proband,date\nT12,2024-01-02\nL1,2024-01-03\n")
    assert shown.mapping.columns[0].target == "treated_level.level"


def test_levels_beside_each_other_are_told(look: Look) -> None:
    shown = look("Case,Date,Level 1,Level 2\n1,2024-01-02,T12,L2\n2,2024-01-03,L1,\n")
    assert shown.seen.recognized == [
        "Level 2 holds levels too, and is not read: a case has one row for each level, or all of "
        "them in one cell."
    ]


def test_a_score_after_the_procedure_cannot_have_a_day_before_it(
    logbook: Logbook, look: Look
) -> None:
    content = (
        "ID,Date,Level,VAS pre,VAS pre date,VAS 3mo,VAS 3mo date\n"
        "1,2024-01-02,L1,8,2023-12-01,2,2023-04-02\n2,2024-01-02,L1,8,2023-12-01,2,2024-04-02\n"
    )
    shown = look(content)
    assert told(shown) == [
        "Row 2: The score of 3 months has the date 2023-04-02, which lies before the procedure. "
        "Mend one of them."
    ]
    assert write(logbook, shown).new == 1
