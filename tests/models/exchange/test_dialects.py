# SPDX-License-Identifier: MIT
"""CSV for programs loses nothing; CSV for Excel runs nothing."""

from __future__ import annotations

import io

import hypothesis.strategies as st
import pytest
from hypothesis import given

from models.case import save_case
from models.errors import LogbookError
from models.exchange.columns import Cell, Column, Holds
from models.exchange.dialects import BYTE_ORDER_MARK, Dialect, write_sheet
from models.exchange.profiles import Profile
from models.exchange.sheet import Sheet
from models.formulas import defused, undefused
from models.logbook import Logbook
from tests.builders import a_case
from tests.models.exchange.kit import ordered, rows_of

EXCEL = Dialect(for_excel=True)
NUMBERS = Column("n", made_of=Holds.NUMBER)
WORDS = Column("words", made_of=Holds.WORDS)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def written(dialect: Dialect, columns: tuple[Column, ...], *rows: tuple[Cell, ...]) -> str:
    file = io.StringIO(newline="")
    write_sheet(file, Sheet("s", "S", columns, lambda: iter(rows)), dialect)
    return file.getvalue()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=1+2";=1+2', '"\'=1+2"";=1+2"'),
        ("=1+2'\" ;,=1+2", '"\'=1+2\'"" ;,=1+2"'),
        ("-12.5 deg", '"\'-12.5 deg"'),
        ("+49 151", '"\'+49 151"'),
        ("@note", '"\'@note"'),
        ("\tx", '"\'\tx"'),
        ("\rx", '"\'\rx"'),
        ("\nx", '"\'\nx"'),
        ("a\r\nb", '"a\r\nb"'),
        ('"', '""""'),
        ("Müller 😀 עברית", '"Müller 😀 עברית"'),
        ("a;=1+2", '"a;=1+2"'),
        ("'quoted", '"\'quoted"'),
        ("'=hidden", "\"''=hidden\""),
    ],
)
def test_a_text_for_excel_is_quoted_and_runs_nothing(text: str, cell: str) -> None:
    assert written(EXCEL, (WORDS,), (text,)) == f'{BYTE_ORDER_MARK}"words"\r\n{cell}\r\n'


def test_a_number_for_excel_stays_a_number() -> None:
    text = written(EXCEL, (NUMBERS, WORDS), (-12.5, "-12.5"), (None, None))
    assert text.splitlines()[1:] == ['-12.5,"\'-12.5"', ","]


def test_excel_gets_the_signs_of_its_country() -> None:
    german = Dialect(True, ";", ",")
    assert written(german, (NUMBERS, WORDS), (0.5, "a,b")).splitlines()[1] == '0,5;"a,b"'


def test_delimiter_and_decimal_sign_differ() -> None:
    with pytest.raises(LogbookError, match="delimiter"):
        Dialect(True, ",", ",")


def test_programs_get_texts_as_they_are() -> None:
    text = written(Dialect(), (NUMBERS, WORDS), (-1, "=1+2"), (2, "a\r\nb"))
    assert text == 'n,words\r\n-1,=1+2\r\n2,"a\r\nb"\r\n'


def test_an_empty_cell_alone_is_still_a_row() -> None:
    assert len(rows_of(written(Dialect(), (WORDS,), (None,), ("x",)))) == 2


def test_a_first_cell_that_begins_as_a_comment_is_quoted() -> None:
    text = written(Dialect(), (WORDS, NUMBERS), ("#1", 2), (None, 3))
    assert text == 'words,n\r\n"#1",2\r\n"",3\r\n'


@given(TEXTS)
def test_taking_the_sign_away_gives_back_any_text(text: str) -> None:
    assert undefused(defused(text)) == text
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.tuples(TEXTS, st.none() | st.integers(-99, 99)), max_size=5))
def test_what_excel_is_given_can_be_read_again(rows: list[tuple[str, int | None]]) -> None:
    text = written(EXCEL, (WORDS, NUMBERS), *rows).removeprefix(BYTE_ORDER_MARK)
    read = rows_of(text)
    assert [undefused(row["words"]) for row in read] == [words for words, _ in rows]
    assert [row["n"] for row in read] == ["" if n is None else str(n) for _, n in rows]


def test_an_export_for_excel_begins_with_its_mark(logbook: Logbook) -> None:
    case = a_case(operator="=HYPERLINK(1)")
    save_case(logbook, case)
    content = ordered(logbook, Profile.EXCEL, dialect=EXCEL).read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"case_id"')
    (row,) = rows_of(content.decode("utf-8-sig"))
    assert row["operator"] == "'=HYPERLINK(1)"
    assert row["cement_ml"] == "6"


def test_no_formula_runs_in_an_export_for_excel_however_it_was_ordered(logbook: Logbook) -> None:
    save_case(logbook, a_case(operator="=1+1"))
    text = ordered(logbook, Profile.EXCEL).read_text(encoding="utf-8")
    assert text.startswith(BYTE_ORDER_MARK)
    assert '"\'=1+1"' in text
