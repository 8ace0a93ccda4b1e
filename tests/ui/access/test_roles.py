# SPDX-License-Identifier: MIT
"""What a role may not do cannot be pressed, and says why; the models refuse the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models import vocabulary
from models.access import Door
from models.access.needs import NEEDS, OF_ENCRYPTED, why_not
from models.access.rights import has
from models.exchange.column_sets import save_set
from tests.encrypted import ADMIN, ENTRY, READER, make
from tests.encrypted import enter as enter_models
from tests.ui.access.desk import a_clinic, action, enter, settle
from ui.actions import ACTIONS
from ui.application import Application
from ui.data.columns_dialog import ColumnsDialog
from ui.data.export_dialog import ExportDialog, Scope
from ui.filters.saved_button import SavedButton
from ui.history.dialog import HistoryDialog
from ui.importing.columns_step import ColumnsStep
from ui.importing.merge_ends import EndStep
from ui.importing.result_step import ResultStep
from ui.preferences.dialog import PreferencesDialog
from ui.preferences.row import SettingRow
from ui.rail import Rail
from ui.widgets.add_tile import AddTile

NOT_ENTERING = "may look, print and export, but change nothing"
NOT_ADMINISTERING = "Only an administrator may do this"


def test_the_list_and_the_rights_agree(tmp_path: Path) -> None:
    logbook, _ = make(tmp_path / "Clinic.kypholog", ENTRY, READER)
    logbook.close()
    for name in (ADMIN, ENTRY, READER):
        entered = enter_models(logbook.folder, name)
        door = entered.door
        for deed, right in NEEDS.items():
            if deed != "encrypt":
                assert bool(why_not(door, deed)) is not has(door.role, right), (name, deed)
        assert "encrypted already" in why_not(door, "encrypt")
        assert why_not(door, "export") == ""
        entered.close()


def test_a_logbook_without_users_offers_nothing_about_users() -> None:
    for deed in OF_ENCRYPTED:
        assert "not encrypted" in why_not(Door(), deed)
    for deed in set(NEEDS) - OF_ENCRYPTED:
        assert why_not(Door(), deed) == ""


@pytest.mark.parametrize("name", [READER, ENTRY, ADMIN])
def test_the_menus_offer_what_the_role_may(
    kypholog: Application, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER), name)
    logbook = kypholog.session.logbook
    assert logbook is not None
    for spec in ACTIONS:
        found, reason = action(kypholog, spec.name), why_not(logbook.door, spec.name)
        if reason:
            assert not found.isEnabled(), spec.name
            assert found.toolTip() == found.statusTip() == reason
        elif spec.name not in ("save_case", "save_and_new", "close_editor"):
            assert found.isEnabled(), spec.name
    assert action(kypholog, "sign_off").isEnabled() is (name != READER)
    assert action(kypholog, "unlock").isEnabled() is (name == ADMIN)
    role = vocabulary.Role(logbook.door.role).label
    rail = kypholog.window.findChild(Rail)
    assert rail is not None
    assert f"{name} · {role}" in rail.user


def test_a_reader_cannot_press_what_changes_the_record(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog", READER), READER)
    page = kypholog.window.cases
    for button in (page.bar.new, page.detail.case.edit):
        assert not button.isEnabled()
        assert NOT_ENTERING in button.toolTip()
        assert NOT_ENTERING in button.accessibleDescription()
    qtbot.waitUntil(lambda: bool(page.detail.findChildren(AddTile)))
    (tile,) = page.detail.findChildren(AddTile)
    assert not tile.isEnabled()
    menu = page.context_menu()
    allowed = {one.text(): one.isEnabled() for one in menu.actions() if one.text()}
    assert not allowed["&Edit"]
    assert not allowed["&Move to bin…"]
    assert not allowed["Merge &patients…"]
    assert allowed["E&xport selected…"]
    assert allowed["&History…"]
    menu.close()
    page.table.opened.emit(0)
    page.table.bin_wanted.emit()
    assert kypholog.window.shown_page == "cases"
    assert NOT_ENTERING in kypholog.window.statusBar().currentMessage()


def test_the_keys_of_what_a_reader_may_not_do_say_why(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog", READER), READER)
    keys = action(kypholog, "new_case").shortcuts()
    saying = [one for one in kypholog.window.findChildren(QShortcut) if one.key() in keys]
    assert saying
    saying[0].activated.emit()
    assert NOT_ENTERING in kypholog.window.statusBar().currentMessage()


def test_a_table_dropped_by_a_reader_is_not_taken(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cases.csv"
    file.write_text("patient_code\nP-2\n", encoding="utf-8")
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER)
    for name, taken in ((READER, False), (ENTRY, True)):
        enter(kypholog, qtbot, folder, name)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        dragged = QDragEnterEvent(
            QPointF(5, 5).toPoint(), copy, data, left, Qt.KeyboardModifier.NoModifier
        )
        dragged.ignore()
        QApplication.sendEvent(kypholog.window, dragged)
        assert dragged.isAccepted() is taken


def test_a_reader_exports_any_columns_and_keeps_no_set_of_them(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER)
    entered = enter_models(folder, ENTRY)
    save_set(entered, "Study A", ["level"])
    entered.close()
    for name, may in ((ENTRY, True), (READER, False)):
        enter(kypholog, qtbot, folder, name)
        logbook = kypholog.session.logbook
        assert logbook is not None
        given = (kypholog.jobs, kypholog.theme, kypholog.events, logbook, tmp_path, Scope(1, []))
        export = ExportDialog(*given, parent=kypholog.window)
        export.open()
        settle(kypholog, qtbot)
        export.form.columns.setCurrentIndex(export.form.columns.findData("Study A"))
        export.form.columns_wanted.emit()
        (columns,) = export.findChildren(ColumnsDialog)
        columns.name.setText("Study B")
        for button in (columns.save, columns.rename, columns.delete):
            assert button.isVisible()
            assert button.isEnabled() is may
            assert (NOT_ENTERING in button.toolTip()) is not may
        columns.use.click()
        settle(kypholog, qtbot)
        assert export.form.columns.currentText() == "Chosen for this export"
        assert export.choice.order().columns == ("level",)
        export.reject()
        settle(kypholog, qtbot)


def test_undoing_an_import_or_a_merge_is_for_those_who_enter(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder, theme = a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER), kypholog.theme
    for name, may in ((READER, False), (ENTRY, True)):
        enter(kypholog, qtbot, folder, name)
        columns = ColumnsStep(theme, kypholog.window)
        ends = (ResultStep(theme, kypholog.window), EndStep(theme, kypholog.window))
        assert all(end.undo.isEnabled() is may for end in ends)
        words = ("&Save under a name…",)
        saving = [one for one in columns.menu.menu().actions() if one.text() in words]
        assert [one.isEnabled() for one in saving] == [may]
        for one in (columns, *ends):
            one.deleteLater()


def test_a_reader_sees_who_is_due_and_enters_no_score(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", ENTRY, READER)
    for name, enters in ((READER, False), (ENTRY, True)):
        enter(kypholog, qtbot, folder, name)
        kypholog.window.show_page("followup")
        page = kypholog.window.followup.page
        assert page is not None
        settle(kypholog, qtbot)
        assert page.model.rowCount()
        assert page.table.score.isVisible() is enters
        assert page.asked.mode_box.isEnabled() is enters
        assert all(one.isEnabled() is enters for one in page.row_actions.reasons)
        assert (NOT_ENTERING in page.asked.hint.toolTip()) is not enters
        kypholog.window.show_page("cases")


def test_a_reader_reads_the_history_and_brings_nothing_back(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog", READER), READER)
    action(kypholog, "case_history").trigger()
    qtbot.waitUntil(lambda: bool(kypholog.window.findChildren(HistoryDialog)))
    (dialog,) = kypholog.window.findChildren(HistoryDialog)
    qtbot.waitUntil(lambda: dialog.history is not None)
    for button in (dialog.bring_value, dialog.bring_version):
        assert not button.isEnabled()
        assert NOT_ENTERING in button.toolTip()
    dialog.close()


def test_who_enters_cases_saves_no_settings_for_everybody(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    enter(kypholog, qtbot, a_clinic(tmp_path / "Clinic.kypholog", ENTRY), ENTRY)
    assert kypholog.window.cases.bar.new.isEnabled()
    for name in ("users", "recovery_key", "change_key"):
        assert not action(kypholog, name).isEnabled()
        assert NOT_ADMINISTERING in action(kypholog, name).toolTip()
    # How it looks on this computer is everybody's own business.
    action(kypholog, "settings").trigger()
    dialog = kypholog.window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    for row in dialog.findChildren(SettingRow):
        assert row.isEnabled() is (row in dialog.looks.rows)
        assert row.isEnabled() or NOT_ADMINISTERING in row.toolTip()
    dialog.close()


def test_with_another_user_everything_is_as_he_may(
    kypholog: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = a_clinic(tmp_path / "Clinic.kypholog", READER)
    button: QPushButton = kypholog.window.cases.bar.new
    tip = button.toolTip()
    for name, may in ((READER, False), (ADMIN, True), (READER, False)):
        enter(kypholog, qtbot, folder, name)
        assert button.isEnabled() is may
        assert (button.toolTip() == tip) is may
        saved = kypholog.window.cases.findChild(SavedButton)
        assert saved is not None
        saved.menu().aboutToShow.emit()
        save = next(one for one in saved.menu().actions() if "Save filter" in one.text())
        assert (NOT_ENTERING in save.toolTip()) is not may
    kypholog.session.close()
    assert kypholog.window.statusBar().currentMessage() == ""
