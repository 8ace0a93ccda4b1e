# SPDX-License-Identifier: MIT
"""Odd files to begin with, and what cells and headings are made of."""

from __future__ import annotations

from pathlib import Path

from models.importing.called import SYNONYMS
from models.importing.targets import targets
from models.vocabulary import TimePoint
from tests.models.importing.hostile import DATA, ods, ods_row, small, small_workbook

PUBLISHED = Path(__file__).parents[1] / "data" / "published"

TEXT = (
    "Patientencode;OP-Datum;Höhe;Zement ml;VAS prä;VAS 3 mo\r\n"
    "A;14.3.2026;D12;4,5;8;2\r\nB;3/4/2026;L1 und L2;1.234,5;0-1;weg\r\n;;;;;\r\n"
)
QUOTED = 'a,b,A\n"1\n2","x""y",\n"",,\n3,4,5,6\n7\n'

ODD_CELLS = (
    *("", " ", "-", "0", "1", "-1", "12", "4.5", "4,5", "1,234", "1.234.567", "1e999", "9" * 400),
    *("²", "½", "١٢", "inf", "nan", "0x1", "TRUE", "#DIV/0!", "#N/A", "=1+1", "@x", '="0012"'),
    *("2026-03-14", "14.3.2026", "3/4/2026", "31.2.2026", "45000", "45000.0", "99999", "0/0/0000"),
    *("2026-03-14 10:30", "2026-03-14T00:00:00", "12:30", "25:61", "Mar-24", "1990", "1990-13"),
    *("T12", "D 12", "L1, L2", "S9", "m", "female", "BKP", "kypho", "li", "yes", "none", "8/10"),
    *("0-1", "10-0", "3 years", "[", "[1]", "[null]", "{}", '{"a":1}', '[{"level":3}]', "a:b|c"),
    *(
        "level:unknown",
        "|",
        "||",
        "a;b",
        "x" * 5000,
        "\u202e\u200b\ufeff",
        "👩‍⚕️",
        "é",
        "\u017f",
        "İ",
    ),
    *("one\ntwo", "\r", "\t", "'=1", "\x01" + "1.234", "\x1f", "\x85", "\u2028"),
    *("01a21d91-b193-74c7-bbc5-0c19ada17289", "00000000-0000-0000-0000-000000000000"),
)
"""What stands in cells."""

HEADINGS = (
    *SYNONYMS,
    *targets(),
    *(f"VAS {point.label}" for point in TimePoint),
    *("case_id", "patient_id", "level_id", "assessment_count", "sep=", "(column 2)", "", " ", "A"),
)
"""What columns are called."""


def corpus() -> dict[str, bytes]:
    """Small files of every kind, by a name."""
    found = {
        "text": TEXT.encode(),
        "quoted": QUOTED.encode(),
        "separator": ("sep=;\r\n" + TEXT).encode("cp1252"),
        "title": ("Cases 2026\r\n\r\n" + TEXT).encode("utf-8-sig"),
        "utf-16": TEXT.encode("utf-16"),
        "utf-16 without mark": TEXT.encode("utf-16-be"),
        "tab": TEXT.replace(";", "\t").encode("mac-roman"),
        "cyrillic": "пациент;дата;боль\nБ;14.3.2026;8\n".encode("cp1251"),
        "japanese": "年齢,性別\n50,女性\n".encode("cp932"),
        "workbook": small_workbook(),
        "old workbook": (DATA / "plain.xls").read_bytes(),
        "open document": ods(ods_row("Patient code", "Level") + ods_row("A", "T12", repeated=3)),
    }
    found |= {file.stem: file.read_bytes() for file in sorted(PUBLISHED.glob("*.csv"))}
    return found | {name: data for name, (data, _) in small().items()}
