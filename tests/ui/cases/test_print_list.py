# SPDX-License-Identifier: MIT
"""The list of cases on paper: the rows and columns in sight, what was left out, and no name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models.audit import Action
from models.bulk import save_many
from models.case import save_case
from models.caselist import Query
from models.logbook import Logbook
from models.query import parse
from models.sample import make_cases
from models.schema import AuditEntry, PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from models.vocabulary import Leakage, LeakLocation, Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.ui.printing.lists import quietly, texts_of
from ui.application import Application
from ui.cases.columns import Key
from ui.cases.page import CasesPage
from ui.cases.print_list import Circumstances, Wanted, make_listing, say_query
from ui.printing.dialog import PrintDialog
from ui.printing.listing import Drawing, Listing
from ui.settings import Settings

AROUND = Circumstances("Clinic", "A. Operator", datetime(2026, 11, 27, 14, 3), stores_names=False)


def listed(page: CasesPage, logbook: Logbook) -> Listing:
    wanted = Wanted.of(page)
    columns = page.table.arrangement.in_sight
    return make_listing(wanted.lines(logbook, quietly), columns, wanted, AROUND)


def cells(listing: Listing, heading: str) -> list[object]:
    place = [column.heading for column in listing.columns].index(heading)
    return [row[place] for row in listing.rows]


def test_the_whole_list_is_printed_where_one_case_is_selected(
    page: CasesPage, logbook: Logbook
) -> None:
    listing = listed(page, logbook)
    assert listing.subtitle == (
        "5 cases. Sorted by date, descending.",
        "Logbook Clinic, printed 2026-11-27 14:03 by A. Operator.",
    )
    assert cells(listing, "Patient code") == ["P-5", "P-4", "P-3", "P-2", "P-1"]


def test_several_selected_cases_are_what_is_printed(page: CasesPage, logbook: Logbook) -> None:
    page.table.choose([0, 3])
    listing = listed(page, logbook)
    assert listing.subtitle[0].startswith("2 of 5 cases, selected.")
    assert cells(listing, "Patient code") == ["P-5", "P-2"]


def test_the_search_is_told(qtbot: QtBot, page: CasesPage, logbook: Logbook) -> None:
    with qtbot.waitSignal(page.filled):
        qtbot.keyClicks(page.bar.filters.line, "vertebro")
    listing = listed(page, logbook)
    assert listing.subtitle[0] == "2 cases. Search: vertebro. Sorted by date, descending."
    assert cells(listing, "Technique") == ["Vertebroplasty", "Vertebroplasty"]


def test_what_was_searched_for_may_be_a_name_where_names_are_stored() -> None:
    query = Query(parse("Miller technique:vertebroplasty level:T12"))
    assert list(say_query(query, stores_names=False)) == [
        "Search: Miller.",
        "Filter: Technique vertebroplasty, level T12.",
    ]
    assert "Miller" not in " ".join(say_query(query, stores_names=True))


def test_columns_are_those_in_sight_in_their_order(page: CasesPage, logbook: Logbook) -> None:
    layout = page.table.arrangement.layout.with_shown(Key.TECHNIQUE, shown=False)
    page.table.arrangement.arrange(layout)
    page.table.horizontalHeader().moveSection(0, 2)
    shown = [column.heading for column in listed(page, logbook).columns]
    assert shown[:4] == ["Patient code", "Age, sex", "Date", "Levels"]
    assert "Technique" not in shown


def test_a_cell_says_what_nobody_can_point_at(
    qtbot: QtBot, page: CasesPage, logbook: Logbook
) -> None:
    case = a_case("P-9", Level.T11, Level.T12, on="2026-01-01", leakage=Leakage.PRESENT)
    case.add_leak(case.levels[0], location=LeakLocation.EPIDURAL)
    save_case(logbook, case)
    save_case(logbook, a_case("P-8", on="2026-01-02", leakage=None))
    with qtbot.waitSignal(page.filled):
        page.refresh()
    listing = listed(page, logbook)
    row = dict(
        zip([column.heading for column in listing.columns], list(listing.rows)[1], strict=True)
    )
    assert row["Leakage"] == "Present: Spinal canal"
    assert row["Levels"] == "T11, T12"
    assert row["Pain"] == "8 → 2"
    assert isinstance(row["Course"], Drawing)
    assert cells(listed(page, logbook), "Leakage")[0] == "Not answered"


def test_synthetic_cases_are_told(qtbot: QtBot, page: CasesPage, logbook: Logbook) -> None:
    save_many(logbook, make_cases(3, seed=1))
    with qtbot.waitSignal(page.filled):
        page.refresh()
    assert listed(page, logbook).subtitle[1].endswith("Synthetic cases among them: 3.")


# in the program


@pytest.fixture
def kypholog(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    folder = tmp_path / "Clinic.kypholog"
    logbook = new_logbook(folder)
    change_setting(logbook, STORE_IDENTITY, True)
    for number in range(3):
        case = a_case(f"P-{number}")
        case.identity = PatientIdentity(patient=case.patient, full_name="Eve Miller")
        save_case(logbook, case)
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(app, Settings(store))
    qtbot.addWidget(made.window)
    made.window.show()
    with qtbot.waitSignal(made.window.cases.filled):
        made.session.open(folder)
    qtbot.waitUntil(lambda: not made.jobs.is_busy)
    yield made
    qtbot.waitUntil(lambda: not made.jobs.is_busy)
    made.session.close()
    made.jobs.wait()


def open_dialog(qtbot: QtBot, kypholog: Application) -> PrintDialog:
    qtbot.keyClick(kypholog.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialogs = kypholog.window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: not dialogs[-1].is_busy)
    return dialogs[-1]


def test_ctrl_p_prints_the_list_and_no_name(
    qtbot: QtBot, kypholog: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(kypholog.window.cases.filled):
        qtbot.keyClicks(kypholog.window.cases.bar.filters.line, "miller")
    dialog = open_dialog(qtbot, kypholog)
    target = tmp_path / "cases.pdf"
    chosen = (str(target.with_suffix("")), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: chosen)
    qtbot.mouseClick(dialog.pdf_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Saved as" in dialog.said)
    (text,) = texts_of(target)
    assert "Found by a search." in text
    assert all(code in text for code in ("P-0", "P-1", "P-2"))
    assert "iller" not in text
    assert "Page 1 of 1" in text
    logbook = kypholog.session.logbook
    assert logbook is not None
    with logbook.session():
        entry = AuditEntry.select().order_by(AuditEntry.number.desc()).first(logbook.database)
    assert (entry.action, entry.reason) == (Action.PRINT, "List of cases, PDF file. Rows: 3.")
    dialog.close()


def test_printing_belongs_to_the_list(qtbot: QtBot, kypholog: Application) -> None:
    action = kypholog.window.desks.actions["print"]
    assert isinstance(action, QAction)
    assert action.isEnabled()
    kypholog.window.new_case()
    assert kypholog.window.shown_page == "editor"
    assert not action.isEnabled()
    kypholog.window.show_page("cases")
    assert action.isEnabled()


def test_nothing_to_print_is_told(qtbot: QtBot, kypholog: Application) -> None:
    with qtbot.waitSignal(kypholog.window.cases.filled):
        qtbot.keyClicks(kypholog.window.cases.bar.filters.line, "nobody")
    action = kypholog.window.desks.actions["print"]
    assert isinstance(action, QAction)
    action.trigger()
    box = kypholog.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "no case" in box.text()
    box.close()
    assert not kypholog.window.findChildren(PrintDialog)


def test_the_menu_of_the_list_offers_it(qtbot: QtBot, kypholog: Application) -> None:
    menu = kypholog.window.cases.context_menu()
    entry = next(one for one in menu.actions() if one.text() == "&Print…")
    entry.trigger()
    (dialog,) = kypholog.window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert dialog.said == "3 rows on 1 page"
    dialog.close()
