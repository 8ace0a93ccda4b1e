# SPDX-License-Identifier: MIT
"""The editor as a page: what it shows first, says, saves, and asks before it is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlcipher3
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.case import Case, find_patient, load_case
from models.document import document_of
from models.logbook import Logbook
from models.schema import Patient
from tests.builders import a_case
from tests.ui.answering import answer
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.page import EditorPage
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Mode, Theme

CTRL = Qt.KeyboardModifier.ControlModifier
Answer = QMessageBox.StandardButton
Edit = Callable[[Case], EditorPage]


def test_a_new_case_is_empty_and_waits_for_the_patient_code(
    new: EditorPage, keys: Keyboard
) -> None:
    assert keys.place == "Patient code"
    assert new._top.title == "New case"
    assert new._top.state == "not saved yet"
    assert new.can_leave()


def test_nothing_is_filled_in_that_nobody_typed(new: EditorPage, keys: Keyboard) -> None:
    for _ in range(80):
        keys.press(Key.Key_Tab)
    case = new._editing.case
    assert case is not None
    entered = {
        field
        for rows in document_of((*case.person_rows(), *case.case_rows())).values()
        for fields in rows.values()
        for field in fields
    }
    assert entered <= {"patient", "synthetic"}


def test_the_title_names_the_patient_as_soon_as_the_code_is_typed(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.enter("P-1292")
    assert new._top.title == "New case · P-1292"


def test_saving_is_told_to_everybody(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, events: LogbookEvents, logbook: Logbook
) -> None:
    keys.type("P-1292")
    with qtbot.waitSignals([new.saved, events.case_saved]):
        keys.press(Key.Key_Return, with_=CTRL)
    assert find_patient(logbook, "P-1292") is not None
    assert new.can_leave()


def test_tab_goes_through_the_form_as_it_is_read_and_around(
    new: EditorPage, keys: Keyboard
) -> None:
    seen = [keys.place]
    while len(seen) < 100:
        keys.press(Key.Key_Tab)
        if keys.place == "Patient code":
            break
        seen.append(keys.place)
    order = ["Sex", "Date", "Operator", "Add level", "Any complication", "Pain scale", "Notes"]
    places = [seen.index(name) for name in order]
    assert places == sorted(places)
    keys.press(Key.Key_Backtab)
    assert keys.place == "Patient", "the list of sections, at the one in sight"


def test_sections_are_reached_by_keys(new: EditorPage, keys: Keyboard) -> None:
    keys.press(Key.Key_PageDown, with_=CTRL)
    assert keys.place == "Pain for"
    keys.press(Key.Key_PageDown, with_=CTRL).press(Key.Key_PageDown, with_=CTRL)
    assert keys.place == "Add level"
    keys.press(Key.Key_PageUp, with_=CTRL)
    assert keys.place == "Date"


def test_the_focus_is_always_in_sight(new: EditorPage, keys: Keyboard) -> None:
    viewport = new._form.viewport()
    for _ in range(60):
        keys.press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        if new._form.isAncestorOf(widget):
            place = widget.mapTo(viewport, widget.rect().center())
            assert viewport.rect().contains(place), keys.place


def test_leaving_without_changes_asks_nothing(edit: Edit) -> None:
    assert edit(a_case()).can_leave()


def test_leaving_with_changes_can_be_called_off(new: EditorPage, keys: Keyboard) -> None:
    keys.type("P-7")
    asked = answer(Answer.Cancel)
    assert not new.can_leave()
    assert asked == ["Save what you entered?"]
    assert new._top.title == "New case · P-7", "nothing is lost"


def test_leaving_can_drop_the_changes(new: EditorPage, keys: Keyboard, logbook: Logbook) -> None:
    keys.type("P-7")
    answer(Answer.Discard)
    assert new.can_leave()
    assert find_patient(logbook, "P-7") is None


def test_leaving_can_save_first(new: EditorPage, keys: Keyboard, logbook: Logbook) -> None:
    keys.type("P-7")
    answer(Answer.Save)
    assert new.can_leave()
    assert find_patient(logbook, "P-7") is not None


def test_leaving_is_refused_when_saving_is_not_possible(new: EditorPage, keys: Keyboard) -> None:
    keys.enter("P-7").go_to("Age at procedure").type("750")
    answer(Answer.Save)
    assert not new.can_leave()
    assert new._notice.text.startswith("Not saved. Age at procedure 750 is not possible")


def test_refused_typing_counts_as_a_change(edit: Edit, keys: Keyboard) -> None:
    page = edit(a_case())
    keys.go_to("Fluoroscopy time").type("long")
    asked = answer(Answer.Cancel)
    assert not page.can_leave()
    assert asked


def test_discard_asks_and_then_closes(qtbot: QtBot, new: EditorPage, keys: Keyboard) -> None:
    keys.enter("P-7")
    keys.go_to("Discard")
    answer(Answer.Discard)
    with qtbot.waitSignal(new.closed):
        keys.press(Key.Key_Return)


def test_close_asks_nothing_when_nothing_is_unsaved(
    qtbot: QtBot, edit: Edit, keys: Keyboard
) -> None:
    page = edit(a_case())
    keys.go_to("Close")
    with qtbot.waitSignal(page.closed):
        keys.press(Key.Key_Space)


def test_a_finding_leads_to_its_box_even_where_it_is_folded_away(
    edit: Edit, keys: Keyboard
) -> None:
    case = a_case()
    case.procedure.t_score = 5
    case.procedure.height_cm = 230
    edit(case)
    keys.go_to("Body height 230 is unusual: expected 120 to 220 cm.").press(Key.Key_Return)
    assert keys.place == "Body height, cm"


def test_what_someone_typed_is_never_markup(new: EditorPage, keys: Keyboard) -> None:
    keys.enter("<b>P</b>")
    assert new._top._title.text() == "New case · <b>P</b>"
    assert new._top._title.textFormat() is Qt.TextFormat.PlainText


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application, which gets its colors back."""
    before = qapp.palette()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setPalette(before)


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_the_look_follows_the_theme(
    undressed: QApplication, edit: Edit, theme: Theme, mode: Mode
) -> None:
    theme.set_mode(mode)
    theme.apply(undressed)
    page = edit(a_case())
    settle()
    seen = page.grab().toImage()
    shown = {seen.pixelColor(x, seen.height() // 2).name() for x in range(seen.width())}
    assert theme.palette.surface in shown


def test_the_sides_give_way_where_the_text_is_large(
    qtbot: QtBot, new: EditorPage, theme: Theme
) -> None:
    assert new._stage.sections.isVisible()
    theme.set_scale(2.0)
    settle()
    assert not new._stage.sections.isVisible()
    form = new._form.widget()
    assert form is not None
    assert form.minimumSizeHint().width() <= new._form.viewport().width()


def test_a_case_that_is_not_there_is_told_and_can_be_left(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    page.edit(logbook, "no-such-case")
    qtbot.waitUntil(lambda: "There is no case" in page._notice.text)
    assert page.can_leave()
    assert page.case_id == ""


def test_typing_goes_on_while_a_case_is_saved(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook, jobs: Jobs
) -> None:
    keys.enter("P-7")
    with qtbot.waitSignal(new.saved) as saved:
        new.save()
        new._form.find_box(new.case_id, "operator").input.setFocus()  # type: ignore[union-attr]
        keys.type("Dr B")
    assert load_case(logbook, saved.args[0]).procedure.operator is None
    assert not new._editing.is_unsaved() or new._top.state == "unsaved changes"
    with qtbot.waitSignal(new.saved):
        new.save()
    assert load_case(logbook, saved.args[0]).procedure.operator == "Dr B"


def test_a_known_patient_keeps_the_code_when_another_is_typed(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook
) -> None:
    page = edit(a_case("P-1"))
    page.start_new(logbook)
    keys.enter("P-1")
    qtbot.waitUntil(lambda: "already in this logbook" in page._notice.text)
    page._notice.act()
    keys.go_to("Patient code", backward=True).enter("P-2")
    with qtbot.waitSignal(page.saved):
        page.save()
    one, two = (find_patient(logbook, code) for code in ("P-1", "P-2"))
    assert isinstance(one, Patient)
    assert isinstance(two, Patient)
    assert one.id != two.id


def test_a_logbook_that_is_held_by_another_is_told_and_saving_can_be_tried_again(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7")
    holder = sqlcipher3.connect(logbook.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    new.save()
    qtbot.waitUntil(lambda: new._notice.text != "", timeout=30_000)
    assert str(logbook.file) in new._notice.text
    assert new._top.title == "New case · P-7"
    holder.execute("ROLLBACK")
    holder.close()
    with qtbot.waitSignal(new.saved):
        new._notice.act()
    assert find_patient(logbook, "P-7") is not None


def test_one_key_folds_out_the_rest_of_a_section_and_away_again(
    new: EditorPage, keys: Keyboard
) -> None:
    keys.go_to("Date").press(Key.Key_F9)
    assert keys.go_to("Supervisor").place == "Supervisor"
    keys.press(Key.Key_F9)
    names = [box.accessibleName() for box in new._form.focus_boxes() if box.isVisible()]
    assert "Supervisor" not in names
    assert "Operator" in names
