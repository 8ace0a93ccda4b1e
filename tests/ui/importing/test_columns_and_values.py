# SPDX-License-Identifier: MIT
"""Columns are matched anew by typing, mappings are kept, and unknown cells get a meaning."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from models.importing.kept import list_mappings, save_mapping
from models.logbook import Logbook
from models.vocabulary import PainScale
from tests.ui.importing.conftest import CLINIC, Make, column, go_on, rest
from ui.importing.wizard import ImportWizard
from ui.widgets.pick_box import PickBox


def pick(qtbot: QtBot, box: PickBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def go_to_column(wizard: ImportWizard, name: str) -> None:
    wizard.columns.table.go_to(column(wizard, 0).index(name))


def test_each_column_tells_what_it_stands_for_why_and_what_it_holds(
    qtbot: QtBot, make: Make
) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    told = zip(column(wizard, 1), column(wizard, 2), strict=True)
    rows = dict(zip(column(wizard, 0), told, strict=True))
    assert rows["Zement (ml)"] == ("Level: Cement (mL)", "By another name of the field")
    assert rows["VAS 3 mo"] == ("Pain: 3 months, VAS 0–10", "Score and time point")
    assert rows["Zimmer"] == ("Not read", "No field has this name")
    assert column(wizard, 3)[0] == "A-1, A-2, A-3, A-4, A-5"
    assert wizard.columns.said.text() == (
        "8 of 9 columns are read.\nZimmer: no field has this name. Choose what is meant, or the "
        "notes to keep it there under its heading."
    )


def test_scores_at_no_time_point_of_a_case_are_told(qtbot: QtBot, make: Make) -> None:
    wizard = make("patient code;date;VAS 6 Wochen\nA;14.3.2026;4\n")
    go_on(qtbot, wizard)
    assert column(wizard, 2)[-1] == "A score, but no such time point"
    assert "VAS 6 Wochen: a case has no such time point." in wizard.columns.said.text()


def test_a_score_of_a_time_point_is_found_by_both(qtbot: QtBot, make: Make) -> None:
    wizard = make("patient code;date;ODI 3m;Oswestry score M1\nA;14.3.2026;40;50\n")
    go_on(qtbot, wizard)
    assert column(wizard, 1)[2] == "ODI (%): 3 months"
    assert column(wizard, 2)[2] == "Name and time point"
    go_to_column(wizard, "Oswestry score M1")
    pick(qtbot, wizard.columns.target, "oswestry 1 mo")
    assert column(wizard, 1)[3] == "ODI (%): 1 month"


def test_a_column_is_matched_by_a_part_of_a_name(qtbot: QtBot, make: Make) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    go_to_column(wizard, "Zimmer")
    pick(qtbot, wizard.columns.target, "notes on")
    assert column(wizard, 1)[-1] == "Patient: Notes on the patient"
    assert column(wizard, 2)[-1] == "Chosen"
    assert wizard.columns.table.hasFocus()
    pick(qtbot, wizard.columns.target, "not read")
    assert column(wizard, 1)[-1] == "Not read"


def test_two_columns_cannot_stand_for_the_same(qtbot: QtBot, make: Make) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    go_to_column(wizard, "Zimmer")
    pick(qtbot, wizard.columns.target, "patient code")
    assert "both stand for Patient code" in wizard.columns.notice.text
    assert column(wizard, 1)[-1] == "Not read"
    assert wizard.columns.target.text() == "Not read"


def test_what_is_called_nothing_is_said_so_and_escape_takes_it_back(
    qtbot: QtBot, make: Make
) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    box = wizard.columns.target
    pick(qtbot, box, "xyzzy")
    assert "Nothing is called xyzzy" in box.toolTip()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "Patient: Patient code"
    assert wizard.isVisible()


def test_a_scale_belongs_to_a_score_only(qtbot: QtBot, make: Make) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    go_to_column(wizard, "VAS pre")
    assert wizard.columns.scale.isVisible()
    box = wizard.columns.scale
    box.setCurrentIndex(box.findData(PainScale.NRS.value))
    box.activated.emit(box.currentIndex())
    assert column(wizard, 1)[6] == f"Pain: Before, {PainScale.NRS.label}"
    pick(qtbot, wizard.columns.target, "operator")
    assert not wizard.columns.scale.isVisible()
    assert column(wizard, 1)[6] == "Procedure: Operator"


def test_a_mapping_is_kept_and_offered_for_the_next_file_of_the_kind(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    go_to_column(wizard, "Zimmer")
    pick(qtbot, wizard.columns.target, "notes on")
    wizard.columns.save_wanted.emit("Station 3")
    rest(qtbot, wizard)
    assert "Saved as Station 3" in wizard.columns.notice.text
    assert [one.name for one in list_mappings(logbook)] == ["Station 3"]
    wizard.close()
    again = make(CLINIC.replace("A-", "B-"), "next.csv")
    go_on(qtbot, again)
    assert "Station 3 was made for a file with these columns" in again.columns.notice.text
    press(again, "Use it")
    rest(qtbot, again)
    assert column(again, 1)[-1] == "Patient: Notes on the patient"
    assert again.columns.notice.text == "Station 3 is used."


def test_a_kept_mapping_is_deleted_and_brought_back(
    qtbot: QtBot, make: Make, logbook: Logbook
) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    wizard.columns.save_wanted.emit("Ward & more")
    rest(qtbot, wizard)
    menu = wizard.columns.menu.menu()
    (delete,) = [sub for sub in menu.findChildren(QMenu) if sub.title() == "&Delete"]
    (named,) = delete.actions()
    assert named.text() == "Ward && more"
    named.trigger()
    rest(qtbot, wizard)
    assert list_mappings(logbook) == []
    assert "Ward & more was deleted" in wizard.columns.notice.text
    assert "&Delete" not in [action.text() for action in menu.actions()]
    press(wizard, "Bring it back")
    rest(qtbot, wizard)
    assert [one.name for one in list_mappings(logbook)] == ["Ward & more"]


def test_a_mapping_goes_into_a_file_and_comes_back(
    qtbot: QtBot, make: Make, tmp_path: Path
) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    go_to_column(wizard, "Zimmer")
    pick(qtbot, wizard.columns.target, "notes on")
    target = tmp_path / "mapping.json"
    wizard.columns.write_wanted.emit(target)
    rest(qtbot, wizard)
    wizard.columns.proposal_wanted.emit()
    rest(qtbot, wizard)
    assert column(wizard, 1)[-1] == "Not read"
    wizard.columns.load_wanted.emit(target)
    rest(qtbot, wizard)
    assert column(wizard, 1)[-1] == "Patient: Notes on the patient"
    target.write_text("{}")
    wizard.columns.load_wanted.emit(target)
    rest(qtbot, wizard)
    assert "it is no mapping of this program" in wizard.columns.notice.text


def test_unknown_cells_stand_once_and_get_a_term_or_nothing(qtbot: QtBot, make: Make) -> None:
    wizard = make()
    go_on(qtbot, wizard, 2)
    assert wizard.step is wizard.values
    cells = dict(zip(column(wizard, 1), column(wizard, 2), strict=True))
    assert cells == {"T99": "1", "Ballon": "1"}
    wizard.values.table.go_to(column(wizard, 1).index("Ballon"))
    pick(qtbot, wizard.values.term, "bkp")
    becomes = dict(zip(column(wizard, 1), column(wizard, 3), strict=True))
    assert becomes == {"T99": "Nothing: its rows are refused", "Ballon": "Balloon kyphoplasty"}
    wizard.values.leave_all.click()
    assert "Left empty" in column(wizard, 3)
    assert "refused" not in wizard.values.said.text()
    wizard.values.table.go_to(column(wizard, 1).index("T99"))
    wizard.values.refuse.click()
    go_on(qtbot, wizard)
    assert {"T99", "99,0"} == set(column(wizard, 4))
    wizard.back.click()
    assert wizard.step is wizard.values


def press(wizard: ImportWizard, text: str) -> None:
    buttons = wizard.findChildren(QPushButton)
    next(one for one in buttons if one.text().replace("&", "") == text and one.isVisible()).click()


def test_a_run_of_levels_is_asked_about_and_the_preview_tells_how_it_is_read(
    qtbot: QtBot, make: Make
) -> None:
    wizard = make("id,level,cement\nA,T11-L1,\nB,L1-L2,8\n")
    go_on(qtbot, wizard, 2)
    assert wizard.step.title == "Values"
    assert column(wizard, 1) == ["T11-L1"]
    asked = "level: T11-L1 – All of T11, T12, L1, or only T11, L1?"
    assert wizard.values.cell.text() == asked
    pick(qtbot, wizard.values.term, "All of")
    assert column(wizard, 3) == ["All of T11, T12, L1"]
    go_on(qtbot, wizard)
    assert wizard.step.title == "Preview"
    assert column(wizard, 6) == [
        "Read as 3 levels, T11, T12 and L1.",
        "Read as 2 levels, L1 and L2.",
        "Said of L1 and L2 together: it goes into the notes, and is not divided.",
    ]


def test_a_kept_mapping_gets_another_name(qtbot: QtBot, make: Make, logbook: Logbook) -> None:
    wizard = make()
    go_on(qtbot, wizard)
    wizard.columns.save_wanted.emit("Study A")
    rest(qtbot, wizard)
    menus = [menu for menu in wizard.columns.menu.menu().findChildren(QMenu) if menu.actions()]
    (renaming,) = (menu for menu in menus if menu.title() == "&Rename")
    renaming.actions()[0].trigger()
    (dialog,) = wizard.findChildren(QInputDialog)
    assert dialog.textValue() == "Study A"
    dialog.setTextValue("Registry")
    dialog.accept()
    rest(qtbot, wizard)
    assert [one.name for one in list_mappings(logbook)] == ["Registry"]
    assert wizard.columns.notice.text == "Study A is called Registry now."
    save_mapping(logbook, "Other", list_mappings(logbook)[0].mapping)
    wizard.columns.rename_wanted.emit(list_mappings(logbook)[1], "Other")
    rest(qtbot, wizard)
    assert "There is a mapping Other already" in wizard.columns.notice.text


def test_a_column_in_another_unit_is_offered_to_be_converted_once(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,date,level,Fluoro time (min)\nA,2026-01-02,T12,3.5\n")
    go_on(qtbot, wizard, 2)
    step = wizard.columns
    assert wizard.step is step
    assert "taken times 60" in step.notice.text
    step.notice.button.click()
    assert step.table.model().index(3, 1).data().endswith("given in min")
    step.table.go_to(3)
    assert step.unit.currentText() == "min, converted: times 60"
    go_on(qtbot, wizard)
    assert wizard.preview.writes == 1
    assert wizard.preview.notice.text == "Fluoro time (min): converted from min to s, times 60."
    go_on(qtbot, wizard)
    assert "converted from min to s" in wizard.ending.said.text()


def test_who_goes_on_does_without_the_conversion(qtbot: QtBot, make: Make) -> None:
    wizard = make("id,date,level,Fluoro time (min)\nA,2026-01-02,T12,3.5\n")
    go_on(qtbot, wizard, 3)
    assert wizard.step is wizard.preview
    assert wizard.preview.writes == 0
