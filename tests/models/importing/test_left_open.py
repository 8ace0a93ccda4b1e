# SPDX-License-Identifier: MIT
"""Cells that stand for nothing, and cells that other programs write in their own way."""

from __future__ import annotations

import pytest

from models.importing.first_look import unknown_terms, with_term
from models.importing.preview import preview
from models.importing.scores import pain_column
from models.importing.writing import write
from models.logbook import Logbook
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved, told


def test_no_score_is_no_word_of_the_patient(logbook: Logbook, look: Look) -> None:
    cells = ("n.d.", "nd", "N. D.", "NR", "fehlt", "nicht erhoben", "no data")
    rows = "".join(f"{n},2026-01-05,L1,{cell}\n" for n, cell in enumerate(cells))
    cases = saved(logbook, look(f"id,date,level,VAS pre\n{rows}"))
    assert [case.assessments for case in cases] == [[]] * len(cells)


def test_a_number_that_stands_for_none_is_asked_once(look: Look) -> None:
    cells = ("-99", "-9", "999", "-999", "9999", "\u221299", "-99,0")
    rows = "".join(
        f"A{n};2026-01-05;L1;{cell};71;8\nB{n};2026-01-05;L1;4;{cell};7\n"
        f"C{n};2026-01-05;L1;4;71;{cell}\n"
        for n, cell in enumerate(cells)
    )
    shown = look(f"id;date;level;Cement;Age;VAS pre\n{rows}")
    assert [line.verdict for line in shown.lines] == ["refused"] * 3 * len(cells)
    asked = [(one.column, one.cell) for one in shown.unmatched]
    assert sorted(asked) == sorted(
        (of, cell) for of in ("Cement", "Age", "VAS pre") for cell in cells
    )
    assert all("often stands for a missing value" in one for one in told(shown))


def test_a_number_that_stands_for_none_is_left_empty(
    logbook: Logbook, look: Look, file: WriteFile
) -> None:
    content = "id;date;level;Cement;VAS pre\nA;2026-01-05;L1;-99;-99\n"
    shown = look(content)
    asked = unknown_terms(shown.table, shown.mapping, shown.seen)
    mapping = shown.mapping
    for term in asked:
        mapping = with_term(mapping, term.target, term.cell, "")
    again = preview(logbook, shown.table, mapping)
    write(logbook, again)
    assert [line.verdict for line in again.lines] == ["new"]


@pytest.mark.parametrize(
    ("heading", "target", "scale"),
    [
        ("NRS-11 baseline", "pain.baseline", "nrs_0_10"),
        ("NRS-11_4wks", "pain.1m", "nrs_0_10"),
        ("NRS 11 (1w)", "pain.1w", "nrs_0_10"),
        ("NRS-11 @ 24h", "pain.24h", "nrs_0_10"),
        ("Post VAS 3mo (0-100 mm)", "pain.3m", "vas_0_100"),
        ("Postop NRS 12 Monate", "pain.12m", "nrs_0_10"),
        ("Schmerz nach 1/2 Jahr", "pain.6m", ""),
        ("NRS ¼ Jahr", "pain.3m", "nrs_0_10"),
        ("VAS 1/4 year", "pain.3m", "vas_0_10"),
        ("VAS 11 months", "", ""),
        ("VAS 1/2", "", ""),
    ],
)
def test_headings_of_scores(heading: str, target: str, scale: str) -> None:
    assert pain_column(heading) == (target, scale)


def test_a_code_for_none_says_nothing_of_the_scale(look: Look) -> None:
    rows = "".join(f"{code};2026-01-05;L1;{8 - n};99;999\n" for n, code in enumerate("ABCD"))
    shown = look(f"id;date;level;VAS pre;VAS 3 mo;VAS 12 mo\n{rows}")
    assert {use.scale for use in shown.mapping.columns if use.scale} == {"vas_0_10"}
    assert [line.verdict for line in shown.lines] == ["refused"] * 4
