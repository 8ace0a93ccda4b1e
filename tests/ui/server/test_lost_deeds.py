# SPDX-License-Identifier: MIT
"""Scores, the bin, imports and merges when the server goes away: done once, or told as not done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from models.address import Address
from models.case import load_case, save_case
from models.casebin import binned_cases
from models.followup.unsaved import unsaved
from models.schema import AuditEntry
from models.served import ServedLogbook, create, open_served
from models.verify import verify
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.proxy import Cut, Proxy
from tests.ui.server.conftest import PATIENCE_MS, Opens
from ui.application import Application
from ui.importing.merge_dialog import MergeLogbookDialog
from ui.importing.step import Step
from ui.importing.wizard import ImportWizard

CUTS = [(Cut.BEFORE, False), (Cut.BEFORE, True), (Cut.AFTER, True)]


@pytest.fixture
def way(address: Address) -> Iterator[Proxy]:
    """The way to a logbook of two patients who are to be asked."""
    logbook = create(address)
    day = (datetime.now(UTC).date() - timedelta(days=56)).isoformat()
    for code in ("P-1", "P-2"):
        save_case(logbook, a_case(code, on=day, before=8, after=None))
    logbook.leave()
    logbook.close()
    proxy = Proxy(address)
    yield proxy
    proxy.close()


@pytest.fixture
def there(address: Address, way: Proxy) -> Iterator[ServedLogbook]:
    """The logbook as the server has it."""
    logbook = open_served(address)
    yield logbook
    assert verify(logbook) == []
    logbook.leave()
    logbook.close()


def opened(opens: Opens, way: Proxy) -> tuple[Application, ServedLogbook]:
    one = opens(way.address)
    book = one.session.logbook
    assert isinstance(book, ServedLogbook)
    book.link.patience_s = 0
    return one, book


def changes(logbook: ServedLogbook, case_id: str) -> int:
    query = AuditEntry.select().where(AuditEntry.subject_id == case_id)
    return int(query.count(logbook.database))


def comes_back(one: Application, way: Proxy, qtbot: QtBot, done: Callable[[], bool]) -> None:
    way.come_back()

    def is_done() -> None:
        assert done(), said(one)

    qtbot.waitUntil(is_done, timeout=2 * PATIENCE_MS)
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)


@pytest.mark.parametrize(("cut", "goes_down"), CUTS)
def test_a_score_is_saved_once_when_the_server_is_back(
    opens: Opens, way: Proxy, there: ServedLogbook, qtbot: QtBot, cut: Cut, *, goes_down: bool
) -> None:
    one, book = opened(opens, way)
    one.window.show_page("followup")
    page = one.window.followup.page
    assert page is not None
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
    line = page.table.line
    assert line is not None
    case_id = line.case.case_id
    page.calls.entry(line).text = "3"
    page.calls.typed.emit()
    qtbot.waitUntil(lambda: bool(unsaved(book)), timeout=PATIENCE_MS)
    before = changes(there, case_id)
    way.cut, way.goes_down = cut, goes_down
    with qtbot.waitSignal(page.calls.saved, timeout=2 * PATIENCE_MS):
        page.save_score()
        if goes_down:
            qtbot.waitUntil(lambda: "not saved yet" in page.notice.text, timeout=PATIENCE_MS)
            assert "saved once" in page.notice.text
            assert page.calls.is_saving
            way.come_back()
    rows = [row.pain_low for row in load_case(there, case_id).assessments]
    assert rows == [8, 3]
    assert changes(there, case_id) == before + 1
    qtbot.waitUntil(lambda: "not saved yet" not in page.notice.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not one.jobs.is_busy, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: unsaved(book) == [], timeout=PATIENCE_MS)


def test_a_score_that_waits_is_kept_when_the_window_is_closed(
    opens: Opens, way: Proxy, there: ServedLogbook, qtbot: QtBot
) -> None:
    one, book = opened(opens, way)
    one.window.show_page("followup")
    page = one.window.followup.page
    assert page is not None
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=PATIENCE_MS)
    line = page.table.line
    assert line is not None
    way.go_down()
    page.calls.entry(line).text = "3"
    page.save_score()
    qtbot.waitUntil(lambda: "not saved yet" in page.notice.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: any("followup" in name for name in book.shelter.kept()))
    assert book.shelter.folder is not None
    assert all(
        line.case.case_id.encode() not in f.read_bytes() for f in book.shelter.folder.iterdir()
    )
    one.session.close()
    way.come_back()
    next_one = opens(way.address)
    next_one.window.show_page("followup")
    later = next_one.window.followup.page
    assert later is not None
    qtbot.waitUntil(lambda: "Typed before and not saved" in later.notice.text, timeout=PATIENCE_MS)
    assert load_case(there, line.case.case_id).assessments[1:] == []


@pytest.mark.parametrize(("cut", "goes_down"), CUTS)
def test_the_bin_takes_and_gives_once_when_the_server_is_back(
    opens: Opens, way: Proxy, there: ServedLogbook, qtbot: QtBot, cut: Cut, *, goes_down: bool
) -> None:
    one, _ = opened(opens, way)
    window = one.window
    window.cases.select_row(0)
    (case_id,) = window.cases.selected_cases()
    before = changes(there, case_id)
    way.cut, way.goes_down = cut, goes_down
    logbook = one.session.logbook
    assert logbook is not None
    window.cases._binning.move(logbook, [case_id], "Twice.")
    if goes_down:
        qtbot.waitUntil(lambda: "Not in the bin yet" in said(one), timeout=PATIENCE_MS)
    comes_back(one, way, qtbot, lambda: bool(binned_cases(there)))
    assert changes(there, case_id) == before + 1
    way.cut, way.goes_down = cut, goes_down
    window.desks.recall._unbin(case_id, "")
    if goes_down:
        qtbot.waitUntil(lambda: "Not out of the bin yet" in said(one), timeout=PATIENCE_MS)
    comes_back(one, way, qtbot, lambda: not binned_cases(there))
    assert changes(there, case_id) == before + 2
    # It may be done already, and the window knows only when it has asked; else it asks at its end.
    qtbot.waitUntil(lambda: not one.jobs.postponed, timeout=PATIENCE_MS)


def said(one: Application) -> str:
    boxes = one.window.findChildren(QMessageBox)
    return " ".join(box.text() for box in boxes)


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_merge_that_was_cut_says_so_and_begins_again_with_one_click(
    opens: Opens, way: Proxy, there: ServedLogbook, tmp_path: Path, qtbot: QtBot, cut: Cut
) -> None:
    office = new_logbook(tmp_path / "Office.kypholog", user="ben")
    save_case(office, a_case("N-1"))
    office.close()
    one, book = opened(opens, way)
    dialog = MergeLogbookDialog(one.theme, one.jobs, one.settings, book)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.where.place.setText(str(office.folder))
    dialog.next.click()
    qtbot.waitUntil(lambda: dialog.step is dialog.preview and not dialog.is_busy)
    if cut is Cut.BEFORE:
        # Long enough to ask whether it arrived.
        book.link.patience_s = PATIENCE_MS / 1_000
    way.cut, way.goes_down = cut, cut is Cut.AFTER
    dialog.next.click()
    notice = dialog.preview.notice
    words = "Nothing was written" if cut is Cut.BEFORE else "not known whether"
    qtbot.waitUntil(lambda: words in notice.text, timeout=PATIENCE_MS)
    way.come_back()
    qtbot.waitUntil(lambda: not book.link.is_away, timeout=2 * PATIENCE_MS)
    notice.button.click()
    if cut is Cut.BEFORE:
        qtbot.waitUntil(lambda: dialog.step is dialog.ending, timeout=PATIENCE_MS)
        assert "the server looks after those" in dialog.ending._backup.text()
    else:
        qtbot.waitUntil(lambda: not dialog.is_busy, timeout=PATIENCE_MS)
        assert dialog._shown is not None
        assert dialog._shown.is_empty
    assert len([1 for row in cases_of(there) if row == "N-1"]) == 1


def cases_of(logbook: ServedLogbook) -> list[str]:
    from models.schema import CaseRow

    rows = CaseRow.select(CaseRow.patient_code).tuples().execute(logbook.database)
    return [str(code) for (code,) in rows]


def test_an_import_that_was_cut_says_so_and_begins_again_with_one_click(
    opens: Opens, way: Proxy, there: ServedLogbook, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "clinic.csv"
    file.write_text("patient_code,performed_on,level,technique\nN-1,2026-03-04,T12,bkp\n")
    one, book = opened(opens, way)
    wizard = ImportWizard(one.theme, one.jobs, one.settings, book)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.open_file(file)
    while wizard.step is not wizard.preview:
        qtbot.waitUntil(lambda: not wizard.is_busy and wizard.next.isEnabled(), timeout=PATIENCE_MS)
        left = wizard.step
        wizard.next.click()
        qtbot.waitUntil(partial(_is_past, wizard, left), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not wizard.is_busy and wizard.next.isEnabled(), timeout=PATIENCE_MS)
    book.link.patience_s = PATIENCE_MS / 1_000
    way.cut = Cut.BEFORE
    wizard.next.click()
    notice = wizard.preview.notice
    qtbot.waitUntil(lambda: "Nothing was written" in notice.text, timeout=PATIENCE_MS)
    assert "N-1" not in cases_of(there)
    qtbot.waitUntil(lambda: not book.link.is_away, timeout=2 * PATIENCE_MS)
    notice.button.click()
    qtbot.waitUntil(lambda: wizard.step is wizard.ending, timeout=PATIENCE_MS)
    assert cases_of(there).count("N-1") == 1


def _is_past(wizard: ImportWizard, step: Step) -> bool:
    return wizard.step is not step
