# SPDX-License-Identifier: MIT
"""A window over a server that has fallen silent: it closes at once, and what was typed is kept."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from models import drafts
from models.address import Address
from tests.proxy import Proxy
from tests.ui.editor.keyboard import Keyboard
from tests.ui.server.conftest import PATIENCE_MS, Opens
from tests.ui.server.test_lost_connection import book, editing, entered, way
from ui.application import Application
from ui.editor.questions import Leaving

__all__ = ["way"]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits as long as people do."""
    monkeypatch.setattr("ui.patience.PATIENCE_MS", 20)
    monkeypatch.setattr("ui.editor.saving._SAVING_MS", 20)
    monkeypatch.setattr("models.served._LOOKING_S", 0.0)


def test_the_window_closes_at_once_and_what_it_had_asked_for_ends(
    opens: Opens, way: Proxy, qtbot: QtBot
) -> None:
    one = opens(way.address)
    way.fall_silent()
    one.events.cases_changed.emit()
    qtbot.waitUntil(lambda: one.jobs.is_busy)
    one.window.close()
    assert not one.window.isVisible()
    assert one.jobs.is_busy
    one.session.finish()
    assert one.jobs.wait(0)
    # What the desk of the others asks ends too.
    assert one.window.others._link._jobs.wait(PATIENCE_MS)


def test_what_is_typed_is_kept_here_when_the_window_is_closed(
    opens: Opens, way: Proxy, qtbot: QtBot, keys: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opens(way.address)
    shelter = book(one).shelter
    editor, case_id = editing(one, qtbot)
    way.fall_silent()
    keys.go_to("Operator").type("Dr B. Operator")
    editor._drafting.look()
    monkeypatch.setattr("ui.editor.page.ask_about_changes", lambda _page: Leaving.KEEP)
    one.window.close()
    assert not one.window.isVisible()
    (draft,) = drafts.waiting(shelter)
    assert draft.case_id == case_id
    assert "Dr B. Operator" in str(draft.document)
    one.session.finish()


def test_a_case_that_is_on_its_way_holds_no_window_open(
    opens: Opens, way: Proxy, qtbot: QtBot
) -> None:
    one = opens(way.address)
    one.window.cases.select_row(0)
    (case_id,) = one.window.cases.selected_cases()
    way.fall_silent()
    one.window.edit_case(case_id)
    one.window.close()
    assert not one.window.isVisible()
    one.session.finish()


def test_a_save_before_leaving_is_not_waited_for_without_end_and_done_once(
    opens: Opens,
    way: Proxy,
    clinic: Address,
    qtbot: QtBot,
    keys: Keyboard,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = opens(way.address)
    editor, case_id = editing(one, qtbot)
    keys.go_to("Operator").type("Dr B. Operator")
    way.fall_silent()
    monkeypatch.setattr("ui.editor.page.ask_about_changes", lambda _page: Leaving.SAVE)
    one.window.close()
    assert one.window.isVisible()
    assert editor._notice.text.startswith("Not saved yet")
    with qtbot.waitSignal(editor.saved, timeout=PATIENCE_MS):
        way.come_back()
    assert entered(clinic, case_id) == (2, "Dr B. Operator")


def test_a_window_that_asks_a_host_which_never_answers_closes_at_once(
    starts: Callable[[], Application], qtbot: QtBot
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        one = starts()
        nowhere = f"postgresql://postgres@127.0.0.1:{port}/none?connect_timeout=600"
        one.session.open_served(Address(nowhere))
        door.accept()
        one.window.close()
        assert not one.window.isVisible()
        assert one.jobs.wait(PATIENCE_MS)
        qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
