# SPDX-License-Identifier: MIT
"""How a list is set on pages: every row once and whole, nothing beyond the margins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.ui.printing.lists import COLUMNS, a_listing, a_row, quietly, set_pages
from ui.printing.columns import Wish, share_out
from ui.printing.lettering import Kit, Lettering
from ui.printing.listing import Drawing, PrintColumn, Row, Stopped
from ui.printing.pages import PagePainter
from ui.printing.paper import Paper, SheetSize
from ui.printing.typeset import (
    MARGIN,
    TO_WRITE,
    Pages,
    lines_of,
    room_on,
    table_bottom,
    typeset,
    typeset_on,
)

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = st.text(st.sampled_from("abcdefg äß-"), max_size=80)
ROWS = st.lists(st.tuples(WORDS, WORDS, st.just("6.5"), WORDS), max_size=120)


def in_order(pages: Pages) -> list[tuple[int, int]]:
    """Every line that is printed, as row and line."""
    return [
        (piece.row, line)
        for page in pages.pages
        for piece in page
        for line in range(piece.first, piece.first + piece.lines)
    ]


@given(ROWS, st.sampled_from(SheetSize), st.booleans())
def test_every_row_is_there_once_and_on_one_page(
    rows: list[Row], size: SheetSize, lies: bool
) -> None:
    pages = set_pages(rows, size, lies)
    kit = Kit(pages.points)
    assert in_order(pages) == [
        (number, line)
        for number, row in enumerate(rows)
        for line in range(lines_of(row, pages.bands, kit))
    ]
    assert len({piece.row for page in pages.pages for piece in page}) == sum(map(len, pages.pages))


@given(ROWS, st.sampled_from(SheetSize), st.booleans())
def test_nothing_stands_beyond_the_margins(rows: list[Row], size: SheetSize, lies: bool) -> None:
    pages = set_pages(rows, size, lies)
    bottom = table_bottom(pages.paper, Kit(pages.points))
    for page in pages.pages:
        top = float(MARGIN)
        for piece in page:
            assert piece.top >= top - 1e-6
            top = piece.top + piece.height
        assert top <= bottom + 1e-6
    assert pages.bands[0].left == MARGIN
    last = pages.bands[-1]
    assert last.left + last.width == pytest.approx(pages.paper.width - MARGIN)


@given(WORDS, st.floats(200, 4000))
def test_lines_hold_every_word_and_have_room(text: str, room: float) -> None:
    lettering = Lettering(9)
    lines = lettering.wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    widest = max((lettering.width(letter) for letter in text), default=0.0)
    assert all(lettering.width(line) <= max(room, widest) * 1.02 for line in lines)


def test_a_row_that_no_page_holds_goes_on_on_the_next() -> None:
    long = "\n".join(f"line {number}" for number in range(150))
    pages = set_pages([a_row(1), a_row(2, long), a_row(3)])
    assert pages.count > 2
    assert [row for row, _ in in_order(pages)] == [0, *[1] * 150, 2]


def test_one_line_rows_fill_a_page() -> None:
    pages = set_pages([a_row(number) for number in range(500)])
    on_page = [len(page) for page in pages.pages]
    assert on_page[1] > on_page[0] > 30
    assert set(on_page[1:-1]) == {on_page[1]}


def test_a_column_to_write_in_makes_rows_high_and_stays_empty() -> None:
    columns = (*COLUMNS, PrintColumn("Score today", blank_mm=30))
    rows = [(*a_row(number), "never printed " * 20) for number in range(40)]
    pages = set_pages(rows, columns=columns)
    assert all(piece.height == TO_WRITE for page in pages.pages for piece in page)
    assert pages.bands[-1].width >= 30 * 56


def test_paper_lies_where_the_columns_need_it() -> None:
    narrow = set_pages([a_row(1)], lies=None)
    assert not narrow.paper.is_landscape
    many = tuple(PrintColumn(f"Column {number}") for number in range(9))
    wide = set_pages([("Balloon kyphoplasty",) * 9], lies=None, columns=many)
    assert wide.paper.is_landscape


def test_many_columns_are_set_smaller_before_a_word_breaks() -> None:
    many = tuple(PrintColumn("Kyphoplasty") for _ in range(10))
    pages = set_pages([("Kyphoplasty",) * 10], columns=many)
    assert pages.points < 9
    kit = Kit(pages.points)
    assert lines_of(pages.rows[0], pages.bands, kit) == 1


def test_a_number_is_not_broken_beside_long_words() -> None:
    rows = [("2026-01-01", "P-1", "10 → totally resolved", "word " * 200)]
    pages = set_pages(rows)
    kit = Kit(pages.points)
    assert len(kit.body.wrap("10 → totally resolved", pages.bands[2].width)) == 1


@given(
    st.lists(
        st.tuples(st.floats(0, 3000), st.floats(0, 9000)).map(lambda w: Wish(w[0], max(w))),
        min_size=1,
        max_size=12,
    ),
    st.floats(8000, 20000),
)
def test_columns_fill_the_page_and_words_keep_whole(wished: list[Wish], room: float) -> None:
    widths = share_out(wished, room)
    inner = room - 160 * (len(wished) - 1)
    assert sum(widths) == pytest.approx(inner, rel=1e-3)
    if sum(wish.least for wish in wished) <= inner:
        pairs = zip(wished, widths, strict=True)
        assert all(width >= wish.least - 1e-6 for wish, width in pairs)


def test_the_room_goes_where_it_keeps_the_most_rows_in_one_line() -> None:
    levels = Wish(200, 900, ((300, 99), (900, 1)))
    technique = Wish(600, 1000, ((650, 40), (1000, 60)))
    widths = share_out([levels, technique], 1360 + 160)
    assert widths == pytest.approx([350, 1010], abs=60)
    assert widths[1] >= 1000


def test_a_drawn_cell_is_painted_in_its_column() -> None:
    boxes: list[QRectF] = []

    class Course(Drawing):
        width = 60.0

        def paint(self, painter: QPainter, box: QRectF) -> None:
            boxes.append(painter.combinedTransform().mapRect(box))

    columns = (PrintColumn("Course"), PrintColumn("Leakage"))
    pages = set_pages([(Course(), "None")], columns=columns)
    image = QImage(pages.paper.width // 20, pages.paper.height // 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    PagePainter(pages).paint(painter, 1, QRectF(image.rect()))
    painter.end()
    (box,) = boxes
    band, piece = pages.bands[0], pages.pages[0][0]
    column = QRectF(band.left / 20, piece.top / 20, band.width / 20, piece.height / 20)
    assert column.adjusted(-1, -1, 1, 1).contains(box)


def test_setting_tells_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []
    rows = [a_row(number) for number in range(1000)]
    typeset(a_listing(), rows, SheetSize.A4, False, lambda *part: told.append(part))
    assert told[0] == (0, 1000)
    assert told[-1] == (1000, 1000)
    assert len(told) > 4

    def stop(done: int, total: int) -> None:
        if done >= 250:
            raise Stopped

    with pytest.raises(Stopped):
        typeset(a_listing(), rows, SheetSize.A4, False, stop)


def test_an_empty_list_is_one_page_with_its_title() -> None:
    pages = set_pages([])
    assert pages.count == 1
    assert pages.pages == ((),)


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("en_US", SheetSize.LETTER),
        ("es_MX", SheetSize.LETTER),
        ("fr_CA", SheetSize.LETTER),
        ("de_DE", SheetSize.A4),
        ("en_GB", SheetSize.A4),
        ("ja_JP", SheetSize.A4),
        ("C", SheetSize.A4),
    ],
)
def test_paper_is_that_of_the_country(name: str, size: SheetSize) -> None:
    assert SheetSize.usual(QLocale(name)) is size


def test_paper_has_the_size_that_it_says() -> None:
    a4, letter = (Paper.of(size, is_landscape=False) for size in SheetSize)
    assert (a4.width, a4.height) == (595 * 20, 842 * 20)
    assert (letter.width, letter.height) == (612 * 20, 792 * 20)
    lying = Paper.of(SheetSize.A4, is_landscape=True)
    assert (lying.width, lying.height) == (a4.height, a4.width)
    assert Paper.on(lying.layout) == lying
    assert room_on(a4) == a4.width - 2 * MARGIN
    assert not a4.is_like(letter)
    assert a4.is_like(Paper(a4.width + 40, a4.height - 40))


def test_the_same_list_can_be_set_on_other_paper(qtbot: QtBot) -> None:
    pages = set_pages([a_row(number) for number in range(200)])
    again = typeset_on(
        pages.listing, pages.rows, Paper.of(SheetSize.LETTER, is_landscape=True), quietly
    )
    assert again.rows == pages.rows
    assert again.count > pages.count
