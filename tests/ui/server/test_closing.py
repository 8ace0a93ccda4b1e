# SPDX-License-Identifier: MIT
"""A window that is closed while a change is under way: it is done, or said to be not done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.address import Address
from models.casebin import binned_cases
from models.filters import list_filters
from models.query import parse
from models.served import open_served
from models.settings import STORE_IDENTITY
from tests.proxy import Proxy
from tests.ui.answering import answer
from tests.ui.server.conftest import PATIENCE_MS, Opens
from tests.ui.server.test_lost_connection import book, way
from ui.application import Application

__all__ = ["way"]

Answer = QMessageBox.StandardButton
Said = list[str]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits as long as people do."""
    monkeypatch.setattr("ui.patience.PATIENCE_MS", 20)
    monkeypatch.setattr("models.served._LOOKING_S", 0.0)


def boxes(one: Application) -> str:
    found = one.window.findChildren(QMessageBox)
    return " ".join(f"{box.text()} {box.informativeText()}" for box in found)


def name_a_filter(one: Application, said: Said) -> None:
    asked = parse("leak:yes")
    one.window.shelf.save("Mine", asked, lambda: None, lambda error: said.append(str(error)))


def change_a_setting(one: Application, _said: Said) -> None:
    one.window.desks._record._change(book(one), [(STORE_IDENTITY, True)], remove=False)


def sign_off(one: Application, _said: Said) -> None:
    locks, ids = one.window.desks.recall._locks, one.window.cases.selected_cases()
    locks._do(book(one), ids, "", unlocks=False)


@pytest.mark.parametrize("change", [name_a_filter, change_a_setting, sign_off])
def test_what_a_silent_server_did_not_take_is_told_before_the_window_closes(
    opens: Opens, way: Proxy, qtbot: QtBot, change: Callable[[Application, Said], None]
) -> None:
    one = opens(way.address)
    one.window.cases.select_row(0)
    said: Said = []
    way.fall_silent()
    change(one, said)
    one.window.close()
    assert one.window.isVisible()
    assert "Nothing was saved." in boxes(one) + str(said)
    one.window.close()
    assert not one.window.isVisible()
    way.come_back()


def test_a_change_under_way_is_done_when_the_window_has_closed(
    opens: Opens, clinic: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.patience.PATIENCE_MS", PATIENCE_MS)
    one = opens(clinic)
    name_a_filter(one, [])
    one.window.close()
    assert not one.window.isVisible()
    there = open_served(clinic)
    assert [kept.name for kept in list_filters(there)] == ["Mine"]
    there.leave()
    there.close()


def test_what_waits_for_the_server_is_asked_about_before_it_is_given_up(
    opens: Opens, way: Proxy, clinic: Address, qtbot: QtBot
) -> None:
    one = opens(way.address)
    book(one).link.patience_s = 0
    one.window.cases.select_row(0)
    way.go_down()
    one.window.cases._binning.move(book(one), one.window.cases.selected_cases(), "Twice.")
    qtbot.waitUntil(lambda: "Not in the bin yet" in boxes(one), timeout=PATIENCE_MS)
    for told in one.window.findChildren(QMessageBox):
        told.close()
    asked = answer(Answer.No)
    one.window.close()
    assert one.window.isVisible()
    assert asked[0].startswith("Moving cases into the bin waits for the server")
    answer(Answer.Yes)
    one.window.close()
    assert not one.window.isVisible()
    assert "About the logbook" not in boxes(one)
    there = open_served(clinic)
    assert binned_cases(there) == []
    there.leave()
    there.close()


@pytest.mark.parametrize("waits", [True, False])
def test_what_a_logbook_that_was_left_did_not_take_is_told_too(
    opens: Opens, way: Proxy, qtbot: QtBot, *, waits: bool
) -> None:
    one = opens(way.address)
    book(one).link.patience_s = 0
    one.window.cases.select_row(0)
    (way.go_down if waits else way.fall_silent)()
    one.window.cases._binning.move(book(one), one.window.cases.selected_cases(), "Twice.")
    if waits:
        qtbot.waitUntil(lambda: "Not in the bin yet" in boxes(one), timeout=PATIENCE_MS)
    one.session.close()
    qtbot.waitUntil(lambda: "About the logbook that was open" in boxes(one), timeout=PATIENCE_MS)
