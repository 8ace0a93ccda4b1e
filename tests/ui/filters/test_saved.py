# SPDX-License-Identifier: MIT
"""Saved filters in the bar: used, saved, replaced, renamed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.audit import Action, Subject
from models.filters import list_filters, save_filter
from models.logbook import Logbook
from models.query import parse, text_of
from models.schema import AuditEntry, SavedFilter
from tests.ui.cut import CutWatch
from tests.ui.filters.asking import heard, type_in
from ui.events import LogbookEvents
from ui.filters.bar import FilterBar
from ui.filters.manage_dialog import ManageDialog
from ui.filters.save_dialog import SaveDialog
from ui.filters.shelf import MOST_RECENT, FilterShelf
from ui.jobs import Jobs
from ui.theme import Theme

Key = Qt.Key


def put(logbook: Logbook, **named: str) -> None:
    for name, text in named.items():
        save_filter(logbook, name, parse(text))


def put_unknown(logbook: Logbook, name: str, text: str) -> None:
    """What another version of the program left."""
    with logbook.transaction():
        SavedFilter.insert(name=name, query=text).execute(logbook.database)


def stored(logbook: Logbook) -> dict[str, str]:
    return {kept.name: kept.text for kept in list_filters(logbook)}


def refreshed(qtbot: QtBot, shelf: FilterShelf) -> None:
    with qtbot.waitSignal(shelf.changed):
        shelf.refresh()


def menu(qtbot: QtBot, bar: FilterBar, jobs: Jobs) -> dict[str, QAction]:
    """The menu as it is when it has been open for a moment."""
    bar.saved.menu().aboutToShow.emit()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    bar.saved.menu().aboutToShow.emit()
    actions = bar.saved.menu().actions()
    return {action.text().replace("&", ""): action for action in actions if action.text()}


@contextmanager
def save_dialog(qtbot: QtBot, bar: FilterBar) -> Iterator[SaveDialog]:
    bar.saved.ask_name()
    (dialog,) = bar.window().findChildren(SaveDialog)
    yield dialog
    qtbot.waitUntil(lambda: not bar.window().findChildren(SaveDialog))


@pytest.fixture
def manage(qtbot: QtBot, bar: FilterBar, shelf: FilterShelf, logbook: Logbook) -> ManageDialog:
    put(logbook, Leaks="leak:yes", Dry="leak:none", Old="age:>=80")
    refreshed(qtbot, shelf)
    bar.saved.manage()
    (dialog,) = bar.window().findChildren(ManageDialog)
    return dialog


def rows(dialog: ManageDialog) -> list[tuple[str, str]]:
    table = dialog.table
    texts = []
    for row in range(table.rowCount()):
        name, words = table.item(row, 0), table.item(row, 1)
        assert name is not None
        assert words is not None
        texts.append((name.text(), words.text()))
    return texts


def rename(qtbot: QtBot, dialog: ManageDialog, name: str) -> None:
    qtbot.keyClick(dialog.table, Key.Key_F2)
    (editor,) = dialog.table.viewport().findChildren(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, name)
    qtbot.keyClick(editor, Key.Key_Return)


# using


def test_a_saved_filter_is_used_by_a_click(
    qtbot: QtBot, bar: FilterBar, logbook: Logbook, jobs: Jobs
) -> None:
    put(logbook, Leaks="leak:yes level:T10-L2")
    said = heard(bar)
    action = menu(qtbot, bar, jobs)["Leaks"]
    assert action.toolTip() == "Leaks\nLeakage present, level T10 to L2"
    assert not action.isChecked()
    action.trigger()
    assert bar.line.text() == "leak:present level:T10-L2"
    assert said == ["leak:present level:T10-L2"]
    assert menu(qtbot, bar, jobs)["Leaks"].isChecked()


def test_an_ampersand_in_a_name_is_no_mnemonic(
    qtbot: QtBot, bar: FilterBar, logbook: Logbook, jobs: Jobs
) -> None:
    put(logbook, **{"R&D": "leak:yes"})
    menu(qtbot, bar, jobs)
    assert bar.saved.menu().actions()[0].text() == "R&&D"


def test_what_is_not_understood_cannot_be_used_and_says_why(
    qtbot: QtBot, bar: FilterBar, logbook: Logbook, jobs: Jobs
) -> None:
    put_unknown(logbook, "Later", "robot:yes")
    action = menu(qtbot, bar, jobs)["Later"]
    assert not action.isEnabled()
    assert action.toolTip().startswith("There is no field robot.")


def test_a_logbook_without_filters_says_so(qtbot: QtBot, bar: FilterBar, jobs: Jobs) -> None:
    shown = menu(qtbot, bar, jobs)
    assert not shown["No filter was saved yet"].isEnabled()
    assert not shown["Save filter…"].isEnabled()
    assert not shown["Manage filters…"].isEnabled()
    assert "Last searches" not in shown


# last searches


def test_last_searches_are_offered_and_kept_nowhere(
    qtbot: QtBot, bar: FilterBar, shelf: FilterShelf, logbook: Logbook, jobs: Jobs, home: Path
) -> None:
    for text in ("miller", "level:T12"):
        qtbot.keyClicks(bar.line, text)
        qtbot.keyClick(bar.line, Key.Key_Return)
        bar.clear()
    shown = list(menu(qtbot, bar, jobs))
    assert shown[shown.index("Last searches") + 1 :] == ["level:T12", "miller"]
    menu(qtbot, bar, jobs)["miller"].trigger()
    assert bar.line.text() == "miller"
    settings = QSettings("Kypholog", "Kypholog")
    settings.sync()
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert not any(b"miller" in path.read_bytes() for path in kept)
    assert b"miller" not in logbook.file.read_bytes()
    shelf.set_logbook(None)
    assert shelf.recent == ()


def test_every_letter_is_no_search_of_its_own(
    qtbot: QtBot, bar: FilterBar, shelf: FilterShelf
) -> None:
    for letter in "smith":
        type_in(qtbot, bar, letter)
    bar.clear()
    assert [text_of(one) for one in shelf.recent] == ["smith"]


def test_the_newest_searches_are_kept_once_each(shelf: FilterShelf) -> None:
    for number in range(MOST_RECENT + 3):
        shelf.remember(parse(f"age:{number}"))
    shelf.remember(parse("age:5"))
    shelf.remember(parse(""))
    texts = [text_of(one) for one in shelf.recent]
    assert len(texts) == len(set(texts)) == MOST_RECENT
    assert texts[:2] == ["age:5", f"age:{MOST_RECENT + 2}"]


# saving


def test_a_filter_is_saved_under_a_name(
    qtbot: QtBot, bar: FilterBar, shelf: FilterShelf, logbook: Logbook
) -> None:
    type_in(qtbot, bar, "leak:yes lvl:T1")
    with qtbot.waitSignal(shelf.changed), save_dialog(qtbot, bar) as dialog:
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(dialog.name, "Leaks")
        qtbot.keyClick(dialog.name, Key.Key_Return)
    assert stored(logbook) == {"Leaks": "leak:present"}
    assert [kept.name for kept in shelf.named] == ["Leaks"]


def test_a_name_that_is_taken_is_asked_about(
    qtbot: QtBot, bar: FilterBar, shelf: FilterShelf, logbook: Logbook
) -> None:
    put(logbook, Leaks="leak:yes")
    type_in(qtbot, bar, "leak:none")
    with save_dialog(qtbot, bar) as dialog:
        qtbot.keyClicks(dialog.name, "leaks")
        qtbot.keyClick(dialog.name, Key.Key_Return)
        qtbot.waitUntil(dialog.said.isVisible)
        assert dialog.said.text() == "There is already a filter “Leaks”: Leakage present."
        assert dialog.accept_button.text() == "Replace it"
        assert stored(logbook) == {"Leaks": "leak:present"}
        qtbot.keyClicks(dialog.name, " too")
        assert not dialog.said.isVisible()
        assert dialog.accept_button.text() == "Save"
        for _ in range(4):
            qtbot.keyClick(dialog.name, Key.Key_Backspace)
        qtbot.keyClick(dialog.name, Key.Key_Return)
        qtbot.waitUntil(dialog.said.isVisible)
        qtbot.keyClick(dialog.name, Key.Key_Return)
    assert stored(logbook) == {"leaks": "leak:none"}


def test_what_cannot_be_saved_is_told_in_words(
    qtbot: QtBot, bar: FilterBar, logbook: Logbook
) -> None:
    type_in(qtbot, bar, "leak:none")
    logbook.close()
    logbook.file.unlink()
    with save_dialog(qtbot, bar) as dialog:
        qtbot.keyClicks(dialog.name, "Leaks")
        qtbot.keyClick(dialog.name, Key.Key_Return)
        qtbot.waitUntil(dialog.said.isVisible)
        assert str(logbook.folder) in dialog.said.text()
        assert dialog.accept_button.isEnabled()
        dialog.reject()


# managing


def test_filters_are_listed_with_what_they_ask_for(
    qtbot: QtBot, manage: ManageDialog, shelf: FilterShelf, logbook: Logbook
) -> None:
    assert rows(manage) == [
        ("Dry", "Leakage none"),
        ("Leaks", "Leakage present"),
        ("Old", "Age at procedure at least 80 years"),
    ]
    put_unknown(logbook, "Later", "robot:yes")
    refreshed(qtbot, shelf)
    assert rows(manage)[1][0] == "Later"
    assert rows(manage)[1][1].startswith("There is no field robot.")


def test_a_filter_is_renamed_in_its_line(
    qtbot: QtBot, manage: ManageDialog, shelf: FilterShelf, logbook: Logbook
) -> None:
    with qtbot.waitSignal(shelf.changed):
        rename(qtbot, manage, "No leak")
    assert stored(logbook)["No leak"] == "leak:none"
    assert manage.table.currentRow() == 1
    with qtbot.waitSignal(shelf.changed):
        manage.undo.click()
    assert "Dry" in stored(logbook)
    assert not manage.undo.isEnabled()


def test_headings_have_room_where_no_filter_is_kept(bar: FilterBar) -> None:
    bar.saved.manage()
    (dialog,) = bar.window().findChildren(ManageDialog)
    watch = CutWatch()
    with watch.watching():
        assert list(watch.cut(dialog)) == []


def test_a_row_is_as_high_as_its_words_at_any_width(manage: ManageDialog) -> None:
    watch, table = CutWatch(), manage.table
    words = "Diagnosis vertebral hemangioma, pain before at least 7, leakage present"
    item = table.item(0, 1)
    assert item is not None
    item.setText(words)
    with watch.watching():
        for width in range(180, 420, 8):
            table.setColumnWidth(1, width)
            table.horizontalHeader().setStretchLastSection(False)
            manage._fit_rows()
            assert list(watch.cut(table)) == []


def test_a_name_that_is_taken_is_refused_and_the_old_one_stays(
    qtbot: QtBot, manage: ManageDialog
) -> None:
    rename(qtbot, manage, "leaks")
    qtbot.waitUntil(manage.said.isVisible)
    assert manage.said.text().startswith("There is already a filter Leaks.")
    assert [name for name, _ in rows(manage)] == ["Dry", "Leaks", "Old"]


def test_deleted_filters_come_back_the_last_one_first(
    qtbot: QtBot, manage: ManageDialog, shelf: FilterShelf, logbook: Logbook
) -> None:
    before = list_filters(logbook)
    for left in (["Leaks", "Old"], ["Old"]):
        with qtbot.waitSignal(shelf.changed):
            qtbot.keyClick(manage.table, Key.Key_Delete)
        assert [name for name, _ in rows(manage)] == left
    undo = QKeySequence(QKeySequence.StandardKey.Undo)
    for left in (["Leaks", "Old"], ["Dry", "Leaks", "Old"]):
        with qtbot.waitSignal(shelf.changed):
            qtbot.keySequence(manage.table, undo)
        assert [name for name, _ in rows(manage)] == left
    assert list_filters(logbook) == before
    with logbook.session():
        notes = AuditEntry.select().where(
            AuditEntry.action == Action.SETTING, AuditEntry.subject == Subject.LOGBOOK
        )
        assert notes.count(logbook.database) >= 7


def test_what_is_not_understood_can_be_deleted_and_brought_back(
    qtbot: QtBot, manage: ManageDialog, shelf: FilterShelf, logbook: Logbook
) -> None:
    put_unknown(logbook, "A later one", "robot:yes")
    refreshed(qtbot, shelf)
    manage.table.selectRow(0)
    for button in (manage.delete, manage.undo):
        with qtbot.waitSignal(shelf.changed):
            button.click()
    assert stored(logbook)["A later one"] == "robot:yes"


def test_a_filter_that_is_gone_meanwhile_is_told(
    qtbot: QtBot, manage: ManageDialog, logbook: Logbook
) -> None:
    with logbook.transaction():
        SavedFilter.delete().execute(logbook.database)
    manage.delete.click()
    qtbot.waitUntil(manage.said.isVisible)
    assert "not in the logbook any more" in manage.said.text()
    assert not manage.undo.isEnabled()
    qtbot.waitUntil(lambda: rows(manage) == [])


def test_a_dialog_closed_at_once_lets_its_change_end(
    qtbot: QtBot, manage: ManageDialog, logbook: Logbook, jobs: Jobs
) -> None:
    manage.delete.click()
    manage.reject()
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert set(stored(logbook)) == {"Leaks", "Old"}


# everywhere


def test_another_page_shows_the_change(
    qtbot: QtBot,
    manage: ManageDialog,
    jobs: Jobs,
    dressed: Theme,
    events: LogbookEvents,
    logbook: Logbook,
) -> None:
    other = FilterBar(jobs, dressed, events, compact=True)
    qtbot.addWidget(other)
    other.set_logbook(logbook)
    manage.delete.click()
    qtbot.waitUntil(lambda: "Leaks" in menu(qtbot, other, jobs))
    qtbot.waitUntil(lambda: "Dry" not in menu(qtbot, other, jobs))
