# SPDX-License-Identifier: MIT
"""Drafts of the editor: kept while typing goes on, told, taken back, and resumed as typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import sqlcipher3
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.case import Case, find_patient, load_case, save_case
from models.drafts import Draft, draft_of, drafts, keep
from models.logbook import Logbook
from models.snapshot import snapshot
from models.vocabulary import Level, PriorTreatmentKind
from tests.builders import a_case
from tests.ui.answering import answer
from tests.ui.editor.keyboard import Key, Keyboard
from tests.ui.editor.test_page import Answer
from ui.editor.draft_orders import DraftOrders
from ui.editor.draft_words import kept_words, seconds_until_next
from ui.editor.page import EditorPage
from ui.jobs import Jobs
from ui.widgets.field_form import focused_box

CTRL = Qt.KeyboardModifier.ControlModifier
Edit = Callable[[Case], EditorPage]


def press(words: str) -> None:
    """Press the button of the question that comes next whose text has these words."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts = [button.text().replace("&", "") for button in box.buttons()]
        box.buttons()[texts.index(words)].click()

    QTimer.singleShot(0, click)


def kept(logbook: Logbook) -> list[Draft]:
    return drafts(logbook)


def wait_for_draft(qtbot: QtBot, logbook: Logbook, holds: Callable[[Draft], bool]) -> Draft:
    qtbot.waitUntil(lambda: any(holds(draft) for draft in kept(logbook)), timeout=30_000)
    return kept(logbook)[0]


def test_what_is_typed_is_kept_while_typing_goes_on(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Operator")
    typing = QTimer(new, interval=100)
    typing.timeout.connect(lambda: keys.type("x"))
    typing.start()
    draft = wait_for_draft(qtbot, logbook, lambda draft: draft.typing is not None)
    typing.stop()
    assert draft.patient_code == "P-7"
    assert draft.typing is not None
    assert draft.typing.field == "operator"
    assert set(draft.typing.text) == {"x"}
    qtbot.waitUntil(lambda: new._top.state.startswith("Draft kept"))


def test_a_draft_is_resumed_as_it_was_typed(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7").go_to("Add level").type("t12 ")
    keys.go_to("Cement").enter("much")
    keys.go_to("Date").enter("a lot").go_to("Notes").type("half a sen")
    wait_for_draft(qtbot, logbook, lambda d: d.typing is not None and d.typing.text == "half a sen")
    before = snapshot(new._editing.case)  # type: ignore[arg-type]
    draft = kept(logbook)[0]
    new.start_new(logbook)
    new.resume(logbook, draft)
    qtbot.waitUntil(lambda: new.case_id == draft.case_id)
    assert snapshot(new._editing.case) == before  # type: ignore[arg-type]
    assert keys.place == "Notes"
    assert focused_box().text() == "half a sen"  # type: ignore[union-attr]
    assert sorted(told.text for told in new._binder.refused()) == ["a lot", "much"]
    for told in new._binder.refused():
        box = new._form.find_box(*told.key)
        assert box is not None
        assert box.text() == told.text
        assert box.problem()
    keys.type("tence").press(Key.Key_Tab)
    assert new._editing.case.procedure.notes == "half a sentence"  # type: ignore[union-attr]
    assert new._top.title == "New case · P-7"


def test_a_half_typed_word_in_an_empty_line_comes_back(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.go_to("Treated before").enter("yes").type("brac")
    draft = wait_for_draft(qtbot, logbook, lambda d: bool(d.typing and d.typing.text == "brac"))
    new.start_new(logbook)
    new.resume(logbook, draft)
    qtbot.waitUntil(lambda: new.case_id == draft.case_id)
    assert keys.place == "Treatment"
    keys.type("e").press(Key.Key_Tab)
    (row,) = new._editing.case.prior_treatments  # type: ignore[union-attr]
    assert row.kind is PriorTreatmentKind.BRACE


def test_saving_takes_the_draft_away(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7")
    wait_for_draft(qtbot, logbook, lambda draft: draft.patient_code == "P-7")
    with qtbot.waitSignal(new.saved):
        new.save()
    assert kept(logbook) == []
    assert "Draft" not in new._top.state


def test_a_draft_that_was_on_its_way_while_the_case_was_saved_is_not_told_as_kept(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7")
    orders = new._drafting._orders
    with orders._lock, qtbot.waitSignal(new.saved):
        new._drafting.look()
        new.save()
    qtbot.waitUntil(lambda: not new._drafting._under_way)
    assert kept(logbook) == []
    assert re.fullmatch(r"saved \d\d:\d\d, version 1", new._top.state)


def test_a_draft_that_was_on_its_way_goes_with_the_typing_that_is_given_up_for_the_stored_case(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook, jobs: Jobs
) -> None:
    jobs._pool.setMaxThreadCount(4)
    case = a_case("P-7")
    page = edit(case)
    theirs = load_case(logbook, case.id)
    theirs.procedure.operator = "Dr C. Operator"
    save_case(logbook, theirs)
    keys.go_to("Operator").type("Dr B. Operator").press(Key.Key_Return, with_=CTRL)
    cancel_choosing(qtbot, page)
    qtbot.waitUntil(lambda: not page._drafting._under_way)
    keys.go_to("Notes").type("More")
    with page._drafting._orders._lock:
        page._drafting.look()
        assert page._drafting._under_way
        page._notice.act()
        qtbot.waitUntil(lambda: page._top.state == "version 2")
    qtbot.waitUntil(lambda: not page._drafting._under_way)
    assert kept(logbook) == []


def test_going_back_to_what_is_stored_takes_the_draft_away(
    qtbot: QtBot, edit: Edit, keys: Keyboard, logbook: Logbook
) -> None:
    page = edit(a_case())
    keys.go_to("Operator").press(Key.Key_A, with_=CTRL).enter("Dr B")
    wait_for_draft(qtbot, logbook, lambda draft: not draft.is_new)
    page.steps.undo()
    qtbot.waitUntil(lambda: kept(logbook) == [], timeout=30_000)


def test_discarding_takes_the_draft_away(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    keys.enter("P-7")
    wait_for_draft(qtbot, logbook, lambda draft: True)
    answer(Answer.Discard)
    assert new.can_leave()
    qtbot.waitUntil(lambda: kept(logbook) == [], timeout=30_000)


def test_leaving_can_keep_a_draft(new: EditorPage, keys: Keyboard, logbook: Logbook) -> None:
    keys.type("P-7")
    press("Keep as draft")
    assert new.can_leave()
    assert new.case_id == ""
    assert [draft.patient_code for draft in kept(logbook)] == ["P-7"]
    assert find_patient(logbook, "P-7") is None


@pytest.mark.parametrize(
    ("words", "operator", "left"), [("Resume", "Dr B", 1), ("Discard draft", "Dr A. Operator", 0)]
)
def test_opening_a_case_with_a_draft_asks(
    qtbot: QtBot, page: EditorPage, logbook: Logbook, words: str, operator: str, left: int
) -> None:
    case = a_case()
    save_case(logbook, case)
    case.procedure.operator = "Dr B"
    keep(logbook, draft_of(case))
    if words == "Discard draft":
        QTimer.singleShot(0, lambda: press_next("Discard"))
    QTimer.singleShot(0, lambda: press_next(words))
    page.edit(logbook, case.id)
    qtbot.waitUntil(lambda: page.case_id == case.id)
    assert page._editing.case.procedure.operator == operator  # type: ignore[union-attr]
    assert len(kept(logbook)) == left
    assert page._editing.is_unsaved() is bool(left)


def cancel_choosing(qtbot: QtBot, page: EditorPage) -> None:
    """Leave the question whose version of the case is to be saved."""
    qtbot.waitUntil(lambda: page.clashing.dialog is not None)
    assert page.clashing.dialog is not None
    page.clashing.dialog.cancel.click()
    qtbot.waitUntil(lambda: page._notice.text.startswith("Not saved."))
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def press_next(words: str) -> None:
    """Press this button of a question as soon as it is asked."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        texts = (
            [button.text().replace("&", "") for button in box.buttons()]
            if isinstance(box, QMessageBox)
            else []
        )
        if words in texts:
            timer.stop()
            box.buttons()[texts.index(words)].click()  # type: ignore[union-attr]

    timer = QTimer(QApplication.instance(), interval=10)
    timer.timeout.connect(look)
    timer.start()


def test_a_draft_of_a_case_that_was_saved_meanwhile_says_so_and_overwrites_nothing(
    qtbot: QtBot, page: EditorPage, logbook: Logbook
) -> None:
    case = a_case("P-1", Level.T12)
    save_case(logbook, case)
    draft = draft_of(case)
    case.procedure.operator = "Dr B"
    save_case(logbook, case)
    page.resume(logbook, draft)
    qtbot.waitUntil(lambda: "saved by someone else" in page._notice.text)
    page.save()
    cancel_choosing(qtbot, page)
    page._notice.act()
    qtbot.waitUntil(lambda: page.case_id == case.id)
    assert page._editing.case.procedure.operator == "Dr B"  # type: ignore[union-attr]


def test_a_draft_that_cannot_be_kept_is_told_and_tried_again(
    qtbot: QtBot, new: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    holder = sqlcipher3.connect(logbook.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    keys.enter("P-7")
    qtbot.waitUntil(lambda: new._top.state == "Draft not kept, trying again", timeout=30_000)
    assert str(logbook.file) in new._drafting.trouble
    keys.go_to("Operator").enter("Dr B")
    assert new._editing.case.procedure.operator == "Dr B"  # type: ignore[union-attr]
    holder.execute("ROLLBACK")
    holder.close()
    qtbot.waitUntil(lambda: new._top.state.startswith("Draft kept"), timeout=30_000)
    assert len(kept(logbook)) == 1
    assert new._drafting.trouble == ""


def test_the_later_order_has_the_last_word_whichever_thread_comes_first() -> None:
    orders, done = DraftOrders(), list[str]()
    keep_number, discard_number = orders.give(), orders.give()
    orders.follow("a", discard_number, lambda: done.append("discard"))
    orders.follow("a", keep_number, lambda: done.append("keep"))
    orders.follow("b", keep_number, lambda: done.append("other case"))
    assert done == ["discard", "other case"]


@pytest.mark.parametrize(
    ("seconds", "words", "holds"),
    [
        (0, "Draft kept", 2),
        (2.5, "Draft kept 2 s ago", 2.5),
        (47, "Draft kept 40 s ago", 3),
        (59, "Draft kept 50 s ago", 1),
        (130, "Draft kept 2 min ago", 50),
        (7300, "Draft kept 2 h ago", 20),
    ],
)
def test_how_long_ago_is_told_in_calm_steps(seconds: float, words: str, holds: float) -> None:
    assert kept_words(seconds) == words
    assert seconds_until_next(seconds) == holds
