# SPDX-License-Identifier: MIT
"""Levels that stand side by side in a row become several treated levels."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from models import commands
from models.case import Case
from models.importing.columns import propose
from models.importing.first_look import first_look
from models.importing.mapping import mapping_from_json, read_mapping
from models.importing.numbered import numbered_places
from models.importing.opening import Source, open_table
from models.importing.preview import Preview, preview, write_refused
from models.importing.reading import CsvTable
from models.logbook import Logbook
from tests.fresh import named
from tests.models.importing.conftest import WriteFile
from tests.models.importing.told import saved, told


def looked(logbook: Logbook, file: Path, layout: str = "") -> Preview:
    """The preview of a file as the wizard opens it."""
    look = first_look(Source(file, layout=layout))
    return preview(logbook, look.table, look.mapping)


def levels(case: Case) -> list[tuple[str, float | None, str]]:
    return [(str(row.level), row.cement_ml, str(row.leakage)) for row in case.levels]


def names(file: WriteFile, headings: str) -> list[str] | None:
    """What the columns of a table with these headings are called where levels are joined."""
    places = numbered_places(CsvTable(file(f"{headings}\n")))
    return None if places is None else [f"{place.nth} {place.name}" for place in places]


@pytest.mark.parametrize(
    ("headings", "joined"),
    [
        ("id,Level 1,Level 2", "0 id,1 Level #,2 Level #"),
        ("id,level_1,cement_1,level_2,cement_2", "0 id,1 level_#,1 cement_#,2 level_#,2 cement_#"),
        ("Level (1),Leak (1),Level (2),Leak (2)", "1 Level #,1 Leak #,2 Level #,2 Leak #"),
        ("1st level,2nd level,3rd level", "1 # level,2 # level,3 # level"),
        (
            "Niveau 1,Ciment niveau 1,Niveau 2,Ciment niveau 2",
            "1 Niveau #,1 Ciment #,2 Niveau #,2 Ciment #",
        ),
        (
            "1. Wirbel,Zement 1 (ml),2. Wirbel,Zement 2 (ml)",
            "1 # Wirbel,1 Zement # (ml),2 # Wirbel,2 Zement # (ml)",
        ),
        (
            "Level,Cement (ml),Level 2,Cement 2",
            "1 Level #,1 Cement #,2 Level #,2 Cement #",
        ),
        (
            "Level 1,Level 1 Cement,Level 2,Level 2 Cement",
            "1 Level #,1 # Cement,2 Level #,2 # Cement",
        ),
        ("Primer nivel,Segundo nivel", "1 # nivel,2 # nivel"),
        ("Level 1,Foo 1,Level 2,Foo 2", "1 Level #,1 Foo #,2 Level #,2 Foo #"),
        ("Level 1,Level 2,VAS 1,VAS 2", "1 Level #,2 Level #,0 VAS 1,0 VAS 2"),
        ("Level 1,Level 2,Operator 1,Operator 2", "1 Level #,2 Level #,0 Operator 1,0 Operator 2"),
        ("Level I,Cement I,Level II,Cement II", "1 Level #,1 Cement #,2 Level #,2 Cement #"),
        ("Treated vertebra 1,Treated vertebra 2", "1 Treated vertebra #,2 Treated vertebra #"),
        (
            "Level A,Cement A (ml),Level B,Cement B (ml)",
            "1 Level #,1 Cement # (ml),2 Level #,2 Cement # (ml)",
        ),
        ("level_a,cement_a,level_b,cement_b", "1 level_#,1 cement_#,2 level_#,2 cement_#"),
        ("Level (A),Leak (A),Level (B),Leak (B)", "1 Level #,1 Leak #,2 Level #,2 Leak #"),
        (
            "Upper level,Cement upper (ml),Lower level,Cement lower (ml)",
            "1 # level,1 Cement # (ml),2 # level,2 Cement # (ml)",
        ),
        ("oberer Wirbel,unterer Wirbel", "1 # Wirbel,2 # Wirbel"),
        (
            "Level 1,Level 2,Disc leak upper,Disc leak lower",
            "1 Level #,2 Level #,0 Disc leak upper,0 Disc leak lower",
        ),
        ("Level,Hepatitis B,Vitamin D", None),
        ("Level,Level 1", None),
        ("Level 1,Cement 1,Cement 2", None),
        ("Level,Cement L1,Cement L2", None),
        ("id,level,cement", None),
    ],
)
def test_how_headings_are_numbered(file: WriteFile, headings: str, joined: str | None) -> None:
    assert names(file, headings) == (None if joined is None else joined.split(","))


def test_english(logbook: Logbook, file: WriteFile) -> None:
    shown = looked(
        logbook,
        file(
            "Patient,Date,Level 1,Cement 1,Leak 1,Level 2,Cement 2,Leak 2,Technique,Total cement\n"
            "A,2024-01-02,T12,4,no,L1,5,yes,BKP,9\n"
            "B,2024-01-03,L2,4,no,,,,VP,4\n"
        ),
    )
    assert [line.verdict for line in shown.lines] == ["new", "new"]
    assert shown.seen.rows == 2
    assert shown.seen.recognized[0] == (
        "Levels stand side by side: each row is a case with up to 2 treated levels (Level 1, "
        "Level 2; Cement 1, Cement 2; Leak 1, Leak 2)."
    )
    first, second = saved(logbook, shown)
    assert levels(first) == [("T12", 4, "none"), ("L1", 5, "present")]
    assert [str(row.technique) for row in first.levels] == ["balloon_kyphoplasty"] * 2
    assert first.procedure.notes == "Total cement: 9"
    assert levels(second) == [("L2", 4, "none")]


def test_german_without_patients_below_headings_of_two_rows(
    logbook: Logbook, file: WriteFile
) -> None:
    shown = looked(
        logbook,
        file(
            "OP-Datum;1. Wirbel;;2. Wirbel;;3. Wirbel;\n"
            ";Wirbel;Zement (ml);Wirbel;Zement (ml);Wirbel;Zement (ml)\n"
            "03.05.2023;BWK 12;4,5;LWK 1;5;;\n"
            "04.05.2023;BWK 11;3;;;LWK 2;2,5\n"
        ),
    )
    assert [line.verdict for line in shown.lines] == ["new", "new"], told(shown)
    first, second = saved(logbook, shown)
    assert levels(first) == [("T12", 4.5, "None"), ("L1", 5, "None")]
    assert levels(second) == [("T11", 3, "None"), ("L2", 2.5, "None")]


def test_what_stands_once_is_of_a_level_that_is_alone_and_else_noted(
    logbook: Logbook, file: WriteFile
) -> None:
    shown = looked(
        logbook,
        file(
            "id,date,Level 1,Level 2,Cement,Leak\n"
            "A,2024-01-02,T12,L1,9,no\nB,2024-01-03,L2,,4,yes\nC,2024-01-04,T12,L1,9,yes\n"
        ),
    )
    first, second, third = saved(logbook, shown)
    assert levels(first) == [("T12", None, "none"), ("L1", None, "none")]
    assert first.procedure.notes == "Cement (Σ): 9"
    assert levels(second) == [("L2", 4, "present")]
    assert levels(third) == [("T12", None, "None"), ("L1", None, "None")]
    assert third.procedure.notes == "Cement (Σ): 9\nLeak (Σ): yes"


def test_spanish_with_the_first_level_without_number(logbook: Logbook, file: WriteFile) -> None:
    shown = looked(
        logbook,
        file(
            "Código;Fecha;Nivel;Cemento (ml);Fuga;Nivel 2;Cemento 2;Fuga 2\n"
            "1;25/01/2024;D12;4;no;L1;5;sí\n"
        ),
    )
    (case,) = saved(logbook, shown)
    assert levels(case) == [("T12", 4, "none"), ("L1", 5, "present")]


def test_problems_name_the_cell_as_it_stands(
    logbook: Logbook, file: WriteFile, tmp_path: Path
) -> None:
    source = file(
        "id,date,level 1,cement 1,leak 1,level 2,cement 2,leak 2\n"
        "A,2024-01-02,T12,4,no,L1,5,perhaps\n"
        "B,2024-01-02,T12,4,no,L1,95,no\n"
        "C,2024-01-02,T12,4,no,T12,5,no\n"
        "D,2024-01-02,T12,4,no,,,\n"
    )
    shown = looked(logbook, source)
    first, second, third = told(shown)
    assert first.startswith("Row 2, column leak 2: Leakage does not know perhaps.")
    assert second.startswith("Row 3, column cement 2: ")
    assert third == "Row 4: The level T12 stands twice in this row."
    refused = tmp_path / "refused.csv"
    assert write_refused(logbook, shown, refused) == 3
    with refused.open(newline="") as opened:
        rows = list(csv.reader(opened))
    assert rows[0] == [*source.read_text().splitlines()[0].split(","), "reason"]
    assert [row[:8] for row in rows[1:]] == [
        line.split(",") for line in source.read_text().splitlines()[1:4]
    ]


def test_it_can_be_said_not_to_be_so(logbook: Logbook, file: WriteFile) -> None:
    source = file("id,date,level,level 2\nA,2024-01-02,T12,L1\n")
    assert looked(logbook, source).table.columns == ("id", "date", "level #")
    plain = looked(logbook, source, "as_it_stands")
    assert plain.table.columns == ("id", "date", "level", "level 2")
    assert plain.mapping.layout == "as_it_stands"
    assert "holds levels too, and is not read" in plain.seen.told_of_unread[0]


def test_columns_of_other_names_than_levels_hold_are_left_alone(file: WriteFile) -> None:
    source = file("id,date,level 1,level 2\nA,2024-01-02,high,low\n")
    assert open_table(Source(source)).columns == ("id", "date", "level 1", "level 2")


def test_the_command_line_keeps_and_uses_it(
    logbook: Logbook, file: WriteFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (
        "id,surgery date,level 1,thing 1,level 2,thing 2,visit,VAS\n"
        "A,2024-01-02,T12,4,L1,5,pre,8\nA,2024-01-02,T12,4,L1,5,3 mo,2\n"
    )
    source, kept = str(file(content)), tmp_path / "kept.json"
    run = ["--logbook", named(logbook), "import", source]
    assert commands.run([*run, "--dry-run", "--json", "--save-mapping", str(kept)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["layout"] == ["levels_side_by_side", "row_a_visit"]
    assert said["columns"]["level #"]["target"] == "treated_level.level"
    assert said["columns"]["VAS"]["target"] == "visit.pain"
    assert said["not_read"] == ["thing #"]
    mapping = read_mapping(kept).having("thing #", target="treated_level.cement_ml")
    kept.write_text(mapping.as_json())
    assert commands.run([*run, "--mapping", str(kept)]) == 0
    assert "If rows or levels do not lie so, say --layout as-it-stands." in capsys.readouterr().out
    assert commands.run([*run, "--layout", "as-it-stands", "--dry-run", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["layout"] == []
    (case,) = saved(logbook, looked(logbook, file("id\nZ\n")))[:1]
    assert [(str(row.level), row.cement_ml) for row in case.levels] == [("T12", 4), ("L1", 5)]
    assert [row.pain_low for row in case.assessments] == [8, 2]


def test_a_table_of_one_level_is_not_touched(file: WriteFile) -> None:
    table = open_table(Source(file("id,level,level counting\nA,T12,x\n")))
    assert isinstance(table, CsvTable)
    assert propose(table).used["treated_level.level"].column == "level"


def test_a_mapping_of_the_columns_as_they_stand_goes_on_reading_them(
    logbook: Logbook, file: WriteFile
) -> None:
    source = file("id,date,level,level 2\nA,2024-01-02,T12,L1\n")
    plain = first_look(Source(source, layout="as_it_stands")).mapping
    before = mapping_from_json(plain.as_json().replace('"layout": "as_it_stands"', '"layout": ""'))
    look = first_look(Source(source), before)
    assert look.table.columns == ("id", "date", "level", "level 2")
