# SPDX-License-Identifier: MIT
"""Findings beside the form: gone to, stepped through, explained and folded away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models.case import Case, load_case
from models.document import changes_from_json
from models.findings import Severity
from models.logbook import Logbook
from models.schema import AuditEntry
from models.vocabulary import Level
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard, settle
from ui.editor.finding_entry import FindingEntry
from ui.editor.findings_panel import FindingsPanel
from ui.editor.notice_bar import NoticeBar
from ui.editor.page import EditorPage
from ui.theme import Theme
from ui.widgets.field_form import focused_box

Edit = Callable[[Case], EditorPage]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def panel(page: EditorPage) -> FindingsPanel:
    found = page.findChild(FindingsPanel)
    assert found is not None
    return found


def entries(page: EditorPage) -> list[FindingEntry]:
    shown = panel(page).findChildren(FindingEntry)
    return [entry for entry in shown if not entry.isHidden()]


def lines(page: EditorPage) -> list[str]:
    return [entry.button.accessibleName() for entry in entries(page)]


def entry_of(page: EditorPage, field: str) -> FindingEntry:
    (found,) = [e for e in entries(page) if e.finding is not None and e.finding.field == field]
    return found


def field_in_focus() -> str:
    box = focused_box()
    return box.field.name if box is not None else ""


@pytest.fixture
def odd(edit: Edit) -> EditorPage:
    """A case with 18 mL of cement and a patient of fourteen."""
    return edit(a_case("P-1", Level.L3, cement_ml=18, age=14))


def test_what_is_unusual_is_listed_before_what_is_open(odd: EditorPage) -> None:
    said = [entry.button.accessibleDescription() for entry in entries(odd)]
    assert [words.partition(".")[0] for words in said] == ["Unusual", "Unusual", ""]
    assert "core fields open" in lines(odd)[-1]


def test_a_press_on_a_finding_goes_to_its_field(odd: EditorPage) -> None:
    entry_of(odd, "cement_ml").button.click()
    assert field_in_focus() == "cement_ml"


def test_f8_steps_through_the_findings_and_shift_f8_back(odd: EditorPage, keys: Keyboard) -> None:
    keys.press(Key.Key_F8)
    assert field_in_focus() == "age_at_procedure"
    keys.press(Key.Key_F8)
    assert field_in_focus() == "cement_ml"
    keys.press(Key.Key_F8, with_=SHIFT)
    assert field_in_focus() == "age_at_procedure"
    keys.press(Key.Key_F8, with_=SHIFT)
    assert field_in_focus() not in ("age_at_procedure", "cement_ml", "")


def test_f8_goes_on_from_where_one_is(odd: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Age at procedure").press(Key.Key_F8)
    assert field_in_focus() == "cement_ml"


def test_a_warning_is_explained_by_key_from_its_field(
    odd: EditorPage, keys: Keyboard, logbook: Logbook, qtbot: QtBot
) -> None:
    keys.press(Key.Key_F8, Key.Key_F8).press(Key.Key_M, with_=CTRL)
    keys.type("Large lesion, filled as planned").press(Key.Key_Return)
    assert lines(odd)[-1] == "1 explained"
    assert not any("Cement 18" in line for line in lines(odd))
    with qtbot.waitSignal(odd.saved):
        keys.press(Key.Key_Return, with_=CTRL)
    case = load_case(logbook, odd.case_id)
    assert case.levels[0].explained == {"cement_ml": "Large lesion, filled as planned"}
    chosen = AuditEntry.select().where(AuditEntry.subject_id == case.id, AuditEntry.version == 2)
    with logbook.session():
        (entry,) = chosen.execute(logbook.database)
    (change,) = changes_from_json(entry.changes)
    assert (change.field, change.old) == ("explained", None)
    assert "Large lesion" in str(change.new)


def test_a_warning_is_explained_by_mouse_in_the_list(odd: EditorPage, keys: Keyboard) -> None:
    entry = entry_of(odd, "age_at_procedure")
    QTest.mouseClick(entry.explain, Qt.MouseButton.LeftButton)
    keys.type("A published case").press(Key.Key_Return)
    assert lines(odd)[-1] == "1 explained"


def test_the_box_for_an_explanation_is_wholly_seen_where_room_is_short(
    odd: EditorPage, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_scale(2.0)
    odd.resize(1040, 628)
    entry = entry_of(odd, "age_at_procedure")
    entry.open_line()
    qtbot.waitUntil(lambda: entry.line.visibleRegion().boundingRect() == entry.line.rect())


def test_escape_leaves_the_warning_as_it_was(odd: EditorPage, keys: Keyboard) -> None:
    before = lines(odd)
    entry = entry_of(odd, "age_at_procedure")
    entry.button.setFocus()
    keys.press(Key.Key_F2).type("A publ").press(Key.Key_Escape)
    assert lines(odd) == before
    assert not entry.is_open
    assert entry.button.hasFocus()


def test_leaving_the_line_keeps_what_was_typed(odd: EditorPage, keys: Keyboard) -> None:
    entry_of(odd, "age_at_procedure").open_line()
    keys.type("A published case").press(Key.Key_Tab)
    assert lines(odd)[-1] == "1 explained"


def test_an_explanation_is_shown_changed_and_taken_away(odd: EditorPage, keys: Keyboard) -> None:
    entry_of(odd, "cement_ml").open_line()
    keys.type("Large").press(Key.Key_Return)
    entries(odd)[-1].button.click()
    shown = entries(odd)[-1]
    assert "“Large”" in shown.button.accessibleName()
    assert shown.button.accessibleDescription().startswith("Explained.")
    shown.open_line()
    assert shown.line.text() == "Large"
    shown.line.clear()
    keys.press(Key.Key_Return)
    assert entry_of(odd, "cement_ml").finding is not None
    assert not any("explained" in line for line in lines(odd))


def test_another_value_drops_the_explanation_and_says_so(odd: EditorPage, keys: Keyboard) -> None:
    entry_of(odd, "cement_ml").open_line()
    keys.type("Large").press(Key.Key_Return)
    keys.go_to("Cement").type("17").press(Key.Key_Tab)
    settle()
    assert any("Cement 17" in line for line in lines(odd))
    notice = odd.findChild(NoticeBar)
    assert notice is not None
    assert notice.text == "The explanation of Cement went with its value: Large"
    notice.act()
    settle()
    assert lines(odd)[-1] == "1 explained"


def test_another_field_of_the_level_leaves_the_explanation(odd: EditorPage, keys: Keyboard) -> None:
    entry_of(odd, "cement_ml").open_line()
    keys.type("Large").press(Key.Key_Return)
    keys.go_to("Cement").type("18,0").press(Key.Key_Tab)
    keys.go_to("Technique").enter("VP")
    settle()
    assert lines(odd)[-1] == "1 explained"


def test_nothing_unusual_is_nothing_to_explain(odd: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Patient code").press(Key.Key_M, with_=CTRL)
    notice = odd.findChild(NoticeBar)
    assert notice is not None
    assert notice.text == "Nothing about Patient code is unusual."


def test_an_explained_warning_marks_no_chip_and_no_section(edit: Edit) -> None:
    case = a_case("P-1", Level.L3, cement_ml=18)
    case.levels[0].explained = {"cement_ml": "Large"}
    page = edit(case)
    box = page._form.find_box(str(case.levels[0].id), "cement_ml")
    assert box is not None
    notice = box.notice()
    assert notice is not None
    assert notice.severity is Severity.EXPLAINED
    assert "Large" in box.input.toolTip()


def test_errors_name_their_weight_for_a_screen_reader(new: EditorPage, keys: Keyboard) -> None:
    keys.go_to("Age at procedure").enter("130")
    assert lines(new)[0].startswith("Age at procedure 130 is not possible")
    assert entries(new)[0].button.accessibleDescription() == "Impossible."


def test_the_duration_follows_from_start_and_end_and_goes_with_them(
    new: EditorPage, keys: Keyboard
) -> None:
    case = new._editing.case
    assert case is not None
    box = new._form.find_box(case.id, "started_at")
    assert box is not None
    box.input.setFocus()
    keys.fill(Start="2330").fill(End="0010").press(Key.Key_Tab)
    assert case.procedure.minutes == 40
    keys.go_to("End", backward=True).type("0020").press(Key.Key_Tab)
    assert case.procedure.minutes == 50
    keys.go_to("Duration").type("45").press(Key.Key_Tab)
    keys.go_to("End", backward=True).type("0025").press(Key.Key_Tab)
    assert case.procedure.minutes == 45
    assert any("55 minutes, not 45" in line for line in lines(new))
