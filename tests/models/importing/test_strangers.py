# SPDX-License-Identifier: MIT
"""What was silently wrong in tables of strangers, one by one."""

from __future__ import annotations

import pytest

from models import commands
from models.importing.columns import propose
from models.importing.reading import CsvTable
from models.importing.writing import write
from models.logbook import Logbook
from models.vocabulary import PainScale
from tests.fresh import named
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved, told


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


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("VAS術前", ""),
        ("Cement 左 (ml)", ""),
        ("Leak \u043f\u043e\u0441\u043b\u0435", ""),
        ("VAS πριν", ""),
        ("Level", "level"),
    ],
)
def test_what_is_left_of_a_heading_without_its_own_letters_is_no_heading(
    file: WriteFile, heading: str, target: str
) -> None:
    uses = propose(CsvTable(file(f"ID,Date,{heading}\nA,2024-01-02,x\nB,2024-01-03,y\n"))).columns
    assert uses[2].target.partition(".")[2] == target


def test_a_footnote_in_the_column_of_notes_is_no_case(look: Look) -> None:
    content = "ID;Date;Level;Notes\nA;02.01.2024;L1;ok\n;;;* all synthetic\n"
    shown = look(content)
    assert [line.verdict for line in shown.lines] == ["new", "refused"]
    assert "alone, and so nothing of a case" in told(shown)[0]


def test_the_sum_of_a_part_is_no_case(look: Look) -> None:
    content = "Date;ID;Level;Cement\n02.01.2024;A;L1;4\nSubtotal January;;;4\n"
    assert "sums up others" in told(look(content))[0]


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


def test_a_table_with_two_scales_of_pain_is_read_on_neither(
    file: WriteFile, logbook: Logbook, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(
        f"{n},2024-01-02,L1,{cell},{cell}\n" for n, cell in enumerate(["8", "7", "80", "30"])
    )
    source = file(f"ID,Date,Level,VAS pre,VAS 3mo\n{rows}")
    assert {use.scale for use in propose(CsvTable(source)).columns} == {""}
    commands.run(["--logbook", named(logbook), "import", str(source), "--dry-run"])
    assert "On which scale pain is does not show: VAS pre, VAS 3mo." in capsys.readouterr().out
