# SPDX-License-Identifier: MIT
"""Where pages end: figures with their captions and short tables with their notes stay whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

import pytest
from PySide6.QtGui import QColor, QImage, QTextDocument, QTextTable
from PySide6.QtWidgets import QApplication

from models.reports.content import (
    Block,
    Column,
    Figure,
    Gallery,
    Heading,
    Paragraph,
    PhotoFigure,
    Report,
    Table,
)
from tests.ui.reports.made import pages, pdf
from ui.reports.formats import BESIDE, Measures
from ui.reports.illustrations import Picture, Pictures
from ui.reports.setting import Setter
from ui.reports.writing import Drawn
from ui.theme import load_fonts

_LINES = 44
"""That fill a page, and some."""

_ROWS = tuple((f"row{number:03}",) for number in range(1, 331))


def table(n_rows: int) -> Table:
    return Table((Column("Head"),), _ROWS[:n_rows], "Table 1. Some rows.", "note of the table")


def printed(lines: int, *blocks: Block, pictures: Pictures | None = None) -> list[tuple[str, int]]:
    """The text of each page, and how many pictures are on it, below so many lines."""
    before = [Paragraph(f"line {number}") for number in range(lines)]
    report = Report("Title", (), (*before, *blocks), "footer", "stem", 1)
    file = pdf(Drawn(report, pictures or {}))
    read = zip(pages(file), file.pages, strict=True)
    return [(text, len(page.images)) for text, page in read]


def figure(subject: PhotoFigure, number: int) -> tuple[Figure, Picture]:
    image = QImage(600, 500, QImage.Format.Format_RGB32)
    image.fill(QColor("blue" if number == 1 else "red"))
    made = Figure(subject, f"Figure {number}", width_mm=80)
    return made, Picture(image, f"Figure {number}. " + "Long caption. " * 30 + "end of it", "alt")


@pytest.mark.parametrize("lines", range(_LINES - 18, _LINES, 3))
def test_a_short_table_stays_whole_with_its_heading_and_note(
    qapp: QApplication, lines: int
) -> None:
    load_fonts()
    read = printed(lines, Heading("Opened"), table(9))
    (page,) = [text for text, _n in read if "row001" in text]
    assert all(words in page for words in ("Opened", "Table 1", "row009", "note of the table"))


@pytest.mark.parametrize("lines", [_LINES - 30, _LINES - 20, _LINES - 12, _LINES - 3])
@pytest.mark.parametrize("is_gallery", [True, False])
def test_a_figure_stays_with_its_caption(qapp: QApplication, lines: int, is_gallery: bool) -> None:
    load_fonts()
    subject = PhotoFigure(b"", "alt")
    pairs = [figure(subject, number) for number in (1, 2)]
    figures = tuple(made for made, _picture in pairs)
    pictures = {id(made): picture for made, picture in pairs}
    blocks: tuple[Block, ...] = (Gallery(figures),) if is_gallery else figures
    for text, n_pictures in printed(lines, *blocks, pictures=pictures):
        assert text.count("Figure ") == text.count("end of it") == n_pictures


def below_a_picture(width_mm: float, height: int, *blocks: Block) -> list[str]:
    """The text of each page, below a picture so wide and so many hundredths of that high."""
    image = QImage(100, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    made = Figure(PhotoFigure(b"", "alt"), "Figure", width_mm=width_mm)
    drawn = {id(made): Picture(image, "", "alt")}
    return [text for text, _n in printed(0, made, *blocks, pictures=drawn)]


@pytest.mark.parametrize("width_mm", [60.0, 61.8, 63.0, 66.2])
def test_no_page_is_left_blank_where_a_row_ends_just_above_the_foot(
    qapp: QApplication, width_mm: float
) -> None:
    load_fonts()
    read = below_a_picture(width_mm, 100, table(39))
    assert ["row0" in text for text in read] == [True, True]


@pytest.mark.parametrize("width_mm", [166.0, 168.0])
def test_a_heading_goes_to_the_next_page_with_the_caption_below_it(
    qapp: QApplication, width_mm: float
) -> None:
    load_fonts()
    read = below_a_picture(width_mm, 130, Heading("Opened"), table(39))
    assert ["Opened" in text for text in read] == ["Table 1" in text for text in read]


def test_captions_beside_each_other_stand_apart(qapp: QApplication) -> None:
    load_fonts()
    pairs = [figure(PhotoFigure(b"", "alt"), number) for number in (1, 2)]
    gallery = Gallery(tuple(made for made, _picture in pairs))
    document = QTextDocument()
    pictures = {id(made): picture for made, picture in pairs}
    setter = Setter(document, Measures(1.0, 515.0), pictures, lambda *_told: None)
    setter.set_report(Report("Title", (), (gallery,), "footer", "stem", 1))
    (made,) = (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable))
    left, right = (
        document.documentLayout().blockBoundingRect(
            made.cellAt(0, column).lastCursorPosition().block()
        )
        for column in (0, 1)
    )
    assert right.left() - left.right() >= 2 * BESIDE


def test_what_stands_before_a_very_long_table_is_not_torn_either(qapp: QApplication) -> None:
    load_fonts()
    long = Table((Column("Head"),), _ROWS, "Table 2. Many rows.")
    for lines in (_LINES - 12, _LINES - 6):
        read = printed(lines, table(9), Heading("Opened"), long)
        (page,) = [text for text, _n in read if "Table 1" in text]
        assert "row009" in page
        assert "note of the table" in page
        (page,) = [text for text, _n in read if "Table 2" in text]
        assert "Opened Table 2. Many rows. Head row001 row002 row003" in page


@pytest.mark.parametrize("n_rows", [60, 330])
def test_a_long_table_begins_a_page_where_little_is_left(qapp: QApplication, n_rows: int) -> None:
    load_fonts()
    long = Table((Column("Head"),), _ROWS[:n_rows], "Table 2. Many rows.")
    read = printed(_LINES - 10, Heading("Opened"), long)
    (page,) = [text for text, _n in read if "Table 2" in text]
    assert page.startswith("Opened Table 2")


def test_a_long_table_begins_where_there_is_room_for_it(qapp: QApplication) -> None:
    load_fonts()
    long = Table((Column("Head"),), _ROWS, "Table 2. Many rows.")
    read = printed(4, table(9), Heading("Opened"), long)
    assert "note of the table Opened Table 2" in read[0][0]
    rows = [len(re.findall(r"row\d", text)) for text, _n in read]
    assert sum(rows) == 9 + len(_ROWS)
    assert rows[0] > 20
    assert min(rows[1:-1]) == max(rows[1:-1]), "all pages between are full"
    assert all("Head" in text for text, _n in read), "and have the headings"


@pytest.mark.parametrize("n_rows", range(290, 330, 8))
def test_a_later_long_table_begins_where_there_is_room_as_well(
    qapp: QApplication, n_rows: int
) -> None:
    load_fonts()
    first = replace(table(n_rows), caption="Table 1. First.")
    later = Table((Column("Head"),), _ROWS, "Table 3. Later.")
    blocks = (first, Heading("Opened"), Paragraph("told"), table(3), later)
    read = [text for text, _n in printed(2, *blocks)]
    rows = [len(re.findall(r"row\d", text)) for text in read]
    assert sum(rows) == n_rows + 3 + len(_ROWS)
    begins = next(place for place, text in enumerate(read) if "Table 3" in text)
    has_room = rows[begins - 1] < 20 and "Opened" in read[begins - 1]
    assert "Opened" in read[begins] or not has_room, "nobody turns a page that is half empty"
    assert "Table 3. Later. Head row001 row002" in read[begins]
    between = rows[begins + 1 : -1]
    assert min(between) == max(between), "all pages between are full"


def test_no_word_of_a_heading_is_broken_where_columns_are_many(qapp: QApplication) -> None:
    load_fonts()
    many = ("Month", "Cases", *(f"Vertebroplasty{number}" for number in range(6)))
    row = tuple("1" for _ in many)
    wide = Table(tuple(Column(word, 0.9, is_right=True) for word in many), (row,), "Table 1. Wide.")
    ((text, _n),) = printed(0, wide)
    assert all(word in text for word in many)


def test_no_word_of_a_cell_is_broken_where_others_have_room_to_give(qapp: QApplication) -> None:
    load_fonts()
    long = ("Vertebralk\u00f6rperh\u00e4mangioma", "Ballonkyphoplastieverfahren")
    columns = (Column("Level"), *(Column(f"Head{number}") for number in range(10)))
    row = ("T12, L1", *long, *("few words here" for _ in range(8)))
    ((text, _n),) = printed(0, Table(columns, (row,), "Table 1."))
    assert all(word in text for word in long)


def test_a_word_that_is_no_term_makes_no_column_too_narrow(qapp: QApplication) -> None:
    load_fonts()
    columns = tuple(Column(f"Head{number}") for number in range(8))
    row = ("x" * 300, *("transpedicular" for _ in range(7)))
    ((text, _n),) = printed(0, Table(columns, (row,), "Table 1."))
    assert text.count("transpedicular") == 7


@pytest.mark.parametrize("lines", range(_LINES - 24, _LINES - 4, 3))
def test_what_opens_a_part_of_a_table_is_not_alone_at_the_foot(
    qapp: QApplication, lines: int
) -> None:
    load_fonts()
    opening = frozenset(range(0, 36, 4))
    parted = replace(table(36), parts=opening)
    read = [text for text, _n in printed(lines, parted)]
    pages_of_rows = [[int(row) - 1 for row in re.findall(r"row(\d+)", text)] for text in read]
    assert sorted(chain.from_iterable(pages_of_rows)) == list(range(36))
    assert not opening & {rows[-1] for rows in pages_of_rows if rows}
    assert all("Head" in text for text, rows in zip(read, pages_of_rows, strict=True) if rows)


@pytest.mark.parametrize("lines", range(_LINES - 12, _LINES - 3, 2))
def test_a_row_of_several_lines_is_not_torn_and_no_page_is_left_nearly_empty(
    qapp: QApplication, lines: int
) -> None:
    load_fonts()
    told = " ".join(f"told{number}" for number in range(30))
    high = tuple((f"row{number:03} {told} end{number:03}",) for number in range(1, 15))
    parted = replace(table(1), columns=(Column("Head", share=1.0), Column("", share=6.0)))
    parted = replace(parted, rows=tuple((text, "") for (text,) in high))
    read = [text for text, _n in printed(lines, parted)]
    rows = [re.findall(r"row(\d+)", text) for text in read]
    assert rows == [re.findall(r"end(\d+)", text) for text in read]
    assert [number for page in rows for number in page] == [f"{n:03}" for n in range(1, 15)]
    assert min(map(len, rows[1:-1]), default=9) >= 2


def test_the_ground_of_a_row_goes_on_where_a_cell_is_empty(qapp: QApplication) -> None:
    load_fonts()
    columns = tuple(Column(f"Head{number}") for number in range(3))
    rows = Table(columns, (("opened", "", "1"), ("", "2", "")), "Table 1.", parts=frozenset({0}))
    document = QTextDocument()
    setter = Setter(document, Measures(1.0, 300.0, 1.0), {}, lambda *_told: None)
    setter.set_report(Report("Title", (), (rows,), "footer", "stem", 1))
    (made,) = (one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable))
    grounds = [
        {made.cellAt(row, place).format().background().color().name() for place in range(3)}
        for row in (1, 2)
    ]
    assert [len(colors) for colors in grounds] == [1, 1]
    assert grounds[0] != grounds[1]
