# SPDX-License-Identifier: MIT
"""A window whose server goes away keeps what is entered, comes back, and saves it once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from models import drafts
from models.address import Address
from models.case import load_case
from models.served import ServedLogbook, open_served
from models.verify import verify
from tests.proxy import Cut, Proxy
from tests.server import Server
from tests.ui.editor.keyboard import Keyboard
from tests.ui.server.conftest import PATIENCE_MS, Opens
from ui.application import Application
from ui.editor.page import EditorPage

_ENDS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
_AWAY = "The server does not answer"


@pytest.fixture
def way(clinic: Address) -> Iterator[Proxy]:
    """The way to the logbook, which can be cut."""
    proxy = Proxy(clinic)
    yield proxy
    proxy.close()


def book(one: Application) -> ServedLogbook:
    assert isinstance(one.session.logbook, ServedLogbook)
    return one.session.logbook


def editing(one: Application, qtbot: QtBot) -> tuple[EditorPage, str]:
    window = one.window
    window.cases.select_row(0)
    (case_id,) = window.cases.selected_cases()
    window.edit_case(case_id)
    qtbot.waitUntil(
        lambda: window.editor is not None and window.editor.case_id == case_id, timeout=PATIENCE_MS
    )
    assert window.editor is not None
    return window.editor, case_id


def says(one: Application, words: str) -> bool:
    return any(
        words in button.text()
        for button in one.window.statusBar().findChildren(QPushButton)
        if button.isVisible()
    )


def entered(address: Address, case_id: str) -> tuple[int, str | None]:
    """Version and operator of a case, as the server has it; what it has is whole."""
    logbook = open_served(address)
    case = load_case(logbook, case_id)
    assert verify(logbook) == []
    logbook.leave()
    logbook.close()
    return case.version, case.procedure.operator


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
@pytest.mark.parametrize("goes_down", [False, True])
def test_a_save_that_was_cut_is_done_once_when_the_server_is_back(
    opens: Opens,
    way: Proxy,
    clinic: Address,
    qtbot: QtBot,
    keys: Keyboard,
    cut: Cut,
    *,
    goes_down: bool,
) -> None:
    one = opens(way.address)
    book(one).link.patience_s = 0
    editor, case_id = editing(one, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    way.cut, way.goes_down = cut, goes_down
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor.save()
        if goes_down:
            qtbot.waitUntil(
                lambda: editor._notice.text.startswith("Not saved yet"), timeout=PATIENCE_MS
            )
            qtbot.waitUntil(lambda: says(one, _AWAY), timeout=PATIENCE_MS)
            assert "kept on this computer, encrypted" in editor._notice.text
            qtbot.waitUntil(lambda: bool(drafts.waiting(book(one).shelter)), timeout=PATIENCE_MS)
            way.come_back()
    assert entered(clinic, case_id) == (2, "Dr B. Operator")
    qtbot.waitUntil(lambda: not says(one, _AWAY), timeout=PATIENCE_MS)
    assert editor._notice.text == ""
    assert editor._top.state.endswith("version 2")
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
    assert drafts.waiting(book(one).shelter) == []
    later = open_served(clinic)
    assert drafts.drafts(later) == []
    later.leave()
    later.close()


def test_what_is_typed_on_while_a_save_waits_is_saved_over_it(
    opens: Opens, way: Proxy, clinic: Address, qtbot: QtBot, keys: Keyboard
) -> None:
    one = opens(way.address)
    book(one).link.patience_s = 0
    editor, case_id = editing(one, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    way.cut, way.goes_down = Cut.AFTER, True
    editor.save()
    qtbot.waitUntil(lambda: editor._notice.text.startswith("Not saved yet"), timeout=PATIENCE_MS)
    keys.go_to("Operator").type(" and Dr C. Operator")
    editor.save()
    qtbot.waitUntil(lambda: not editor._keeper.is_busy, timeout=PATIENCE_MS)
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        way.come_back()
    assert entered(clinic, case_id) == (3, "and Dr C. OperatorDr B. Operator")


def test_a_draft_is_kept_here_while_the_server_is_stopped_and_goes_there_when_it_starts(
    opens: Opens, clinic: Address, server: Server, qtbot: QtBot, keys: Keyboard
) -> None:
    one = opens(clinic)
    editor, case_id = editing(one, qtbot)
    server.pause()
    try:
        qtbot.waitUntil(lambda: says(one, _AWAY), timeout=PATIENCE_MS)
        assert "Go on typing" in editor._notice.text
        keys.go_to("Operator").type("Dr B. Operator")
        qtbot.waitUntil(lambda: "Dr B. Operator" in str(drafts.waiting(book(one).shelter)))
        qtbot.waitUntil(lambda: editor._drafting.words.startswith("Draft kept"))
    finally:
        server.go_on()
    qtbot.waitUntil(lambda: not says(one, _AWAY), timeout=2 * PATIENCE_MS)
    qtbot.waitUntil(lambda: not drafts.waiting(book(one).shelter), timeout=PATIENCE_MS)
    later = open_served(clinic)
    assert [one.case_id for one in drafts.drafts(later)] == [case_id]
    later.leave()
    later.close()
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor.save()
    assert entered(clinic, case_id) == (2, "Dr B. Operator")


def test_connections_that_the_server_ends_are_made_anew_and_nobody_notices(
    opens: Opens, clinic: Address, server: Server, qtbot: QtBot, keys: Keyboard
) -> None:
    one = opens(clinic)
    editor, case_id = editing(one, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    server.execute(_ENDS.format(clinic.name))
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        editor.save()
    assert entered(clinic, case_id) == (2, "Dr B. Operator")


def test_a_window_that_is_closed_meanwhile_offers_the_entry_the_next_time(
    opens: Opens, way: Proxy, clinic: Address, qtbot: QtBot, keys: Keyboard
) -> None:
    one = opens(way.address)
    editor, case_id = editing(one, qtbot)
    way.go_down()
    qtbot.waitUntil(lambda: says(one, _AWAY), timeout=PATIENCE_MS)
    keys.go_to("Operator").type("Dr B. Operator")
    assert editor.put_aside()
    one.session.close()
    way.come_back()
    next_one = opens(way.address)
    qtbot.waitUntil(lambda: next_one.window.desks.drafts._dialog is not None, timeout=PATIENCE_MS)
    assert [draft.case_id for draft in drafts.drafts(book(next_one))] == [case_id]
    dialog = next_one.window.desks.drafts._dialog
    assert dialog is not None
    dialog.reject()


def test_a_case_that_could_not_be_fetched_comes_when_the_server_is_back(
    opens: Opens, way: Proxy, qtbot: QtBot
) -> None:
    one = opens(way.address)
    window = one.window
    window.cases.select_row(0)
    (case_id,) = window.cases.selected_cases()
    way.go_down()
    qtbot.waitUntil(lambda: says(one, _AWAY), timeout=PATIENCE_MS)
    window.edit_case(case_id)
    assert window.editor is not None
    editor = window.editor
    qtbot.waitUntil(lambda: "does not answer" in editor._notice.text, timeout=PATIENCE_MS)
    for page in ("followup", "outcomes", "safety", "cases"):
        window.show_page(page)
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
    for box in window.findChildren(QMessageBox):
        assert "does not answer" in box.text()
        box.accept()
    window.edit_case(case_id)
    way.come_back()
    qtbot.waitUntil(lambda: editor.case_id == case_id, timeout=PATIENCE_MS)
    assert editor._notice.text == ""
