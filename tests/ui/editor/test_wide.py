# SPDX-License-Identifier: MIT
"""The form in a wide window: two columns, whole, in the same order, and back again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.case import Case
from models.schema import Patient
from models.vocabulary import Level
from tests.builders import a_case
from tests.ui.editor.keyboard import settle
from ui.editor.form import CaseForm
from ui.editor.page import EditorPage
from ui.editor.section_list import SectionEntry
from ui.theme import Theme

Edit = Callable[[Case], EditorPage]
WIDE, USUAL = (2392, 1300), (1192, 780)
TITLES = [
    "Patient",
    "Pain before",
    "Procedure",
    "Treated levels",
    "Adverse events",
    "Pain and function",
    "Images",
    "Notes",
]


@pytest.fixture
def page(edit: Edit) -> EditorPage:
    return edit(a_case("P-1", Level.L1, Level.T12))


def form_of(page: EditorPage) -> CaseForm:
    form = page.findChild(CaseForm)
    assert form is not None
    return form


def resize(qtbot: QtBot, page: EditorPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    form = form_of(page)
    qtbot.waitUntil(lambda: form._page.width() <= form.viewport().width())
    form.settle()


def headings(page: EditorPage) -> dict[str, QPoint]:
    """Where the headings of the sections stand on the form."""
    inner = form_of(page).widget()
    assert inner is not None
    labels = [label for label in inner.findChildren(QLabel) if label.property("kind") == "heading"]
    return {
        label.text(): label.mapTo(inner, QPoint(0, 0)) for label in labels if label.text() in TITLES
    }


def test_a_wide_window_shows_two_columns_and_a_narrower_one_a_single_one(
    qtbot: QtBot, page: EditorPage
) -> None:
    resize(qtbot, page, USUAL)
    assert len({place.x() for place in headings(page).values()}) == 1
    resize(qtbot, page, WIDE)
    places = headings(page)
    columns = sorted({place.x() for place in places.values()})
    assert len(columns) == 2
    second = [title for title in TITLES if places[title].x() == columns[1]]
    assert second == TITLES[3:]
    assert places["Treated levels"].y() == places["Patient"].y()
    resize(qtbot, page, USUAL)
    assert len({place.x() for place in headings(page).values()}) == 1

    def heights() -> list[int]:
        return [headings(page)[title].y() for title in TITLES]

    qtbot.waitUntil(lambda: heights() == sorted(set(heights())))


def test_no_part_is_squeezed_or_leaves_a_hole(qtbot: QtBot, page: EditorPage) -> None:
    for size in (WIDE, USUAL, WIDE):
        resize(qtbot, page, size)
        form = form_of(page)
        form.levels.choose_level(Level.T12)
        form.settle()
        for part in (form.levels, form.assessments, form.images):
            qtbot.waitUntil(
                lambda of=part: of.height() == of.heightForWidth(of.width())  # type: ignore[misc]
            )


def test_who_types_goes_on_typing_and_tab_keeps_its_order(qtbot: QtBot, page: EditorPage) -> None:
    resize(qtbot, page, USUAL)
    form = form_of(page)
    before = list(form.focus_boxes())
    box = form.find_box(page._editing.case.patient.id, Patient.patient_code.name)  # type: ignore[union-attr]
    assert box is not None
    box.input.setFocus()
    with qtbot.waitSignal(form.place_changed, raising=False, timeout=50):
        resize(qtbot, page, WIDE)
    assert QApplication.focusWidget() is box.input
    assert list(form.focus_boxes()) == before


def test_a_section_of_the_second_column_is_gone_to(qtbot: QtBot, page: EditorPage) -> None:
    resize(qtbot, page, WIDE)
    form_of(page).go_to("followup")
    marked = [entry.text() for entry in page.findChildren(SectionEntry) if entry.isChecked()]
    assert marked == ["Pain and function"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert form_of(page).assessments.isAncestorOf(focus)


def test_the_spine_takes_more_of_a_wide_window(qtbot: QtBot, page: EditorPage) -> None:
    widths = []
    for size in (USUAL, (1752, 1000), WIDE):
        resize(qtbot, page, size)
        widths.append(page._stage.side.width())
    assert widths == sorted(widths)
    assert widths[-1] <= 340


class Places(QObject):
    """Notes when a part of the form gets another place."""

    def __init__(self, part: QWidget, told: list[str]) -> None:
        super().__init__(part)
        self._told = told
        part.installEventFilter(self)

    def note(self) -> None:
        self._told.append("the last one follows")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._told.append("placed")
        return super().eventFilter(watched, event)


def test_another_size_of_the_text_has_all_find_their_places_once(
    qtbot: QtBot, page: EditorPage, theme: Theme
) -> None:
    form, told = form_of(page), list[str]()
    watch = Places(form.levels, told)
    theme.follow(watch.note)
    with qtbot.waitSignal(theme.changed):
        theme.show(theme.mode, 1.5)
    theme.finish()
    settle()
    places = headings(page)
    assert told[0] == "the last one follows"
    assert "placed" in told
    form.levels.removeEventFilter(watch)
    for scale in (1.0, 1.5):
        theme.set_scale(scale)
        settle()
    assert headings(page) == places
