# SPDX-License-Identifier: MIT
"""What is painted of a text that does not fit: read back from what a picture of it shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from models.vocabulary import LeakLocation, Technique, Vocabulary
from ui.cases.cells import terms_run
from ui.cases.run_painter import RunPainter
from ui.cases.runs import Ink, Run
from ui.theme import Theme

SIZE = (200, 34)


@pytest.fixture
def texts(qtbot: QtBot) -> RunPainter:
    return RunPainter(Theme("light"))


def painted(texts: RunPainter, room: QRect, *runs: Run, right: bool = False) -> QImage:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    texts.paint(painter, room, runs, right=right)
    painter.end()
    return image


def inked(image: QImage) -> tuple[int, int]:
    """First and last column that is not white."""
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(image.height()))
    ]
    return columns[0], columns[-1]


def test_numbers_stand_at_the_right(texts: RunPainter) -> None:
    room = QRect(10, 0, 150, 34)
    assert inked(painted(texts, room, Run("88"), right=True))[1] in range(156, 161)
    assert inked(painted(texts, room, Run("88")))[0] in range(9, 14)


def test_what_must_stay_whole_becomes_an_ellipsis_and_no_shorter_number(
    texts: RunPainter,
) -> None:
    narrow = QRect(0, 0, int(texts.width_of([Run("12345")])), 34)
    number = Run("1234567890", whole=True)
    assert painted(texts, narrow, number) == painted(texts, narrow, Run("…"))
    assert painted(texts, narrow, Run("1234567890")) != painted(texts, narrow, Run("…"))


def test_short_forms_stand_where_the_text_does_not_fit(texts: RunPainter) -> None:
    run = Run("Balloon kyphoplasty", short="Kyphoplasty")
    wide = QRect(0, 0, int(texts.width_of([run])) + 1, 34)
    assert painted(texts, wide, run) == painted(texts, wide, Run("Balloon kyphoplasty"))
    narrow = QRect(0, 0, int(texts.width_of([Run("Kyphoplasty")])) + 1, 34)
    assert painted(texts, narrow, run) == painted(texts, narrow, Run("Kyphoplasty"))
    narrower = QRect(0, 0, narrow.width() - 20, 34)
    assert painted(texts, narrower, run) == painted(texts, narrower, Run("Kyphoplasty"))


def test_parts_that_fit_are_shown_before_the_ellipsis(texts: RunPainter) -> None:
    parts = [Run("8.8", whole=True), Run(" → "), Run("3–4", whole=True)]
    room = QRect(0, 0, int(texts.width_of([*parts[:2], Run("…")])) + 2, 34)
    assert painted(texts, room, *parts) == painted(texts, room, *parts[:2], Run("…"))


def test_another_theme_brings_other_colors_and_widths(texts: RunPainter, qtbot: QtBot) -> None:
    theme = Theme("light")
    of_theme = RunPainter(theme)
    before = of_theme.width_of([Run("Balloon")]), of_theme.color(Ink.TEXT.value)
    theme.set_scale(1.5)
    theme.set_mode("dark")
    assert of_theme.width_of([Run("Balloon")]) > before[0]
    assert of_theme.color(Ink.TEXT.value) != before[1]


def test_what_was_painted_before_is_painted_alike_and_anew_in_another_look(qtbot: QtBot) -> None:
    theme = Theme("light")
    of_theme, room = RunPainter(theme), QRect(3, 2, 90, 34)
    runs = Run("8", whole=True), Run(" → ", Ink.MUTED), Run("much better", italic=True)
    before = painted(of_theme, room, *runs)
    assert painted(of_theme, room, *runs) == before
    assert painted(of_theme, room, *runs, right=True) == painted(
        texts_in(theme), room, *runs, right=True
    )
    for other in (room.translated(20, 1), QRect(3, 2, 60, 34), QRect(3, 2, 90, 30)):
        assert painted(of_theme, other, *runs) == painted(texts_in(theme), other, *runs)
    for change in (lambda: theme.set_mode("dark"), lambda: theme.set_scale(1.2)):
        change()
        assert painted(of_theme, room, *runs) == painted(texts_in(theme), room, *runs) != before


def test_what_stands_behind_a_line_separator_is_seen_too(texts: RunPainter) -> None:
    room = QRect(0, 0, 190, 34)
    parted = painted(texts, room, Run("Lind\N{LINE SEPARATOR}Moss"))
    assert parted == painted(texts, room, Run("Lind Moss"))


@pytest.mark.parametrize("said", ["", "88 M", "T11–T12", "שלום 12", "e\u0301", "日本語"])
def test_a_text_is_painted_as_qt_paints_it(texts: RunPainter, said: str) -> None:
    expected = QImage(*SIZE, QImage.Format.Format_RGB32)
    expected.fill(0xFFFFFFFF)
    painter = QPainter(expected)
    font = Theme("light").numbers_font()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(texts.color(Ink.TEXT.value))
    above = round((30 + metrics.ascent() - metrics.descent()) / 2)
    painter.drawText(QPointF(7, 2 + above), said)
    painter.end()
    assert painted(texts, QRect(7, 2, 180, 30), Run(said)) == expected


def texts_in(theme: Theme) -> RunPainter:
    """One that has painted nothing yet."""
    return RunPainter(theme)


TERMS = (*Technique, *LeakLocation)


@given(
    terms=st.lists(st.sampled_from(TERMS), min_size=2, max_size=5, unique=True),
    room=st.integers(70, 500),
    scale=st.sampled_from([1.0, 2.0]),
)
def test_of_several_terms_those_that_fit_are_shown_and_the_others_counted(
    qapp: object, terms: list[Vocabulary], room: int, scale: float
) -> None:
    texts = RunPainter(Theme("light", scale))
    runs = (terms_run(tuple(terms)),)
    fitted = texts.fitted(runs, room * scale)
    assert texts.width_of(fitted) <= room * scale
    words, _, count = "".join(run.text for run in fitted).partition(" +")
    shown = terms[: len(terms) - int(count or 0)]
    forms = ([getattr(term, form) for term in shown] for form in ("label", "short", "abbreviated"))
    whole = {", ".join(form) for form in forms}
    assert words in whole or (words.endswith("…") and len(shown) == 1)
