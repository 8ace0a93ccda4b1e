# SPDX-License-Identifier: MIT
"""Headings that come again below the first ones: of the same table, or of another one."""

from __future__ import annotations

from models.importing.first_look import unknown_terms
from models.logbook import Logbook
from tests.models.importing.conftest import Look
from tests.models.importing.told import saved, told

_FIRST = "Pat-ID;Datum;Höhe;Zement (ml)\nK1;05.01.2025;BWK 12;4,5\nK2;16.01.2025;LWK 1;5\n"


def test_rows_below_the_headings_of_another_table_are_none_of_this_one(
    logbook: Logbook, look: Look
) -> None:
    # Two of ten points of pain would be two milliliters of cement, and eight a level to ask about.
    shown = look(f"{_FIRST};;;\nPat-ID;Datum;NRS prä;NRS post\nK1;05.01.2025;8;2\n")
    assert [line.verdict for line in shown.lines] == ["new", "new", "refused", "refused"]
    assert told(shown) == [
        "Row 5: The row holds the headings of another table. Import it on its own: let row 5 be "
        "its headings, or write it into a file of its own.",
        "Row 6: The row stands below the headings of another table, in row 5.",
    ]
    assert unknown_terms(shown.table, shown.mapping, shown.seen) == []
    assert [case.levels[0].cement_ml for case in saved(logbook, shown)] == [4.5, 5]


def test_headings_that_come_again_end_nothing(logbook: Logbook, look: Look) -> None:
    shown = look(f"{_FIRST}Vertebroplastie;;;\npat-id; Datum;Höhe;Zement (ml)\nV1;5.2.2025;L3;4\n")
    assert [line.verdict for line in shown.lines] == ["new", "new", "refused", "refused", "new"]
    assert told(shown)[1] == "Row 5: The row repeats the headings, and is no case."
    assert len(saved(logbook, shown)) == 3


def test_words_that_could_be_headings_are_cells(look: Look) -> None:
    content = "Operation;Seite;Höhe;Bemerkung\nVertebroplastie;links;L1;Alter\nAlter;Seite;L2;x\n"
    assert not any("headings" in one for one in told(look(content)))
