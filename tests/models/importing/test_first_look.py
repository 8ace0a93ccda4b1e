# SPDX-License-Identifier: MIT
"""What is said of a file before its cases are judged, and what a person settles of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.importing.first_look import (
    FIRST_ROWS,
    first_look,
    meaning_of,
    settled,
    unknown_terms,
    with_term,
)
from models.importing.opening import Source, sheets_of
from models.importing.preview import preview
from models.importing.recognizing import UnreadableTable
from models.importing.survey import Stopped
from models.logbook import Logbook
from tests.models.importing.conftest import WriteFile

GERMAN = (
    "Pat.-Nr.;OP-Datum;Wirbel;Verfahren;Zement (ml);Zimmer\n"
    "A-1;31.12.2025;BWK 12;Kyphon;4,5;12\n"
    "A-2;03.01.2026;LWK 1;kyphon;5,0;3\n"
    "A-3;04.01.2026;Th 11;BKP;5,5;\n"
)


def test_a_look_tells_rows_samples_and_how_the_file_is_written(file: WriteFile) -> None:
    look = first_look(Source(file(GERMAN)))
    assert (look.seen.rows, look.seen.cases, len(look.first)) == (3, 3, 3)
    assert look.samples["Zimmer"] == ("12", "3")
    assert look.seen.recognized == ["Zement (ml): decimal comma."]
    assert sheets_of(look.table) == ()
    assert {use.column: use.target for use in look.mapping.columns}["Pat.-Nr."] == (
        "patient.patient_code"
    )


def test_of_a_long_file_only_the_first_rows_are_kept(file: WriteFile) -> None:
    rows = "".join(f"P{n},T12\n" for n in range(FIRST_ROWS + 10))
    look = first_look(Source(file("id,level\n" + rows)))
    assert len(look.first) == FIRST_ROWS
    assert look.seen.rows == FIRST_ROWS + 10
    assert len(look.samples["id"]) < FIRST_ROWS


def test_what_is_said_of_the_file_goes_before_what_is_recognized(file: WriteFile) -> None:
    name = file("name;level\nMüller;T12\n".encode())
    look = first_look(Source(name, "cp1252", ";"))
    assert look.first[0].cells[0] == "MÃ¼ller"
    with pytest.raises(UnreadableTable, match="is not written in UTF-8"):
        first_look(Source(file("name;level\nMüller;T12\n".encode("cp1252")), "utf-8"))


def test_a_look_can_be_stopped(file: WriteFile) -> None:
    rows = "".join(f"P{n},T12\n" for n in range(600))
    with pytest.raises(Stopped):
        first_look(Source(file("id,level\n" + rows)), cancelled=lambda: True)


def test_dates_and_decimals_are_settled_for_all_columns_at_once(file: WriteFile) -> None:
    look = first_look(Source(file("id,date,birth date,cement ml\nA,3/4/2026,1/2/1950,\n")))
    assert len(look.seen.questions) == 2
    mapping = settled(look.mapping, dates="month_first", decimal="comma")
    said = {use.column: (use.dates, use.decimal) for use in mapping.columns}
    assert said == {
        "id": ("", ""),
        "date": ("month_first", ""),
        "birth date": ("month_first", ""),
        "cement ml": ("", "comma"),
    }
    assert first_look(look.source, mapping).seen.questions == []
    assert settled(mapping, dates="", decimal="") == look.mapping


def test_unknown_terms_stand_once_with_their_count(file: WriteFile, logbook: Logbook) -> None:
    look = first_look(Source(file(GERMAN)))
    terms = unknown_terms(look.table, look.mapping, look.seen)
    assert terms == []
    look = first_look(Source(file(GERMAN.replace("Kyphon", "Ballon").replace("kyphon", "ballon"))))
    (term,) = unknown_terms(look.table, look.mapping, look.seen)
    assert (term.column, term.cell, term.count) == ("Verfahren", "Ballon", 2)
    assert meaning_of(look.mapping, term) is None
    mapping = with_term(look.mapping, term.target, "BALLON", "balloon_kyphoplasty")
    assert meaning_of(mapping, term) == "balloon_kyphoplasty"
    # It is still told, so that it can be changed.
    assert unknown_terms(look.table, mapping, look.seen) == [term]
    assert preview(logbook, look.table, mapping).unmatched == []
    left = with_term(mapping, term.target, term.cell, "")
    assert meaning_of(left, term) == ""
    assert with_term(left, term.target, term.cell, None) == replace(look.mapping, exact=False)
