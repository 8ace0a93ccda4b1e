# SPDX-License-Identifier: MIT
"""While a patient is typed, those who are similar are offered, and never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.case import Case, find_patient, load_case, save_case
from models.logbook import Logbook
from models.numbers import Reported
from models.partial_date import PartialDate
from models.patients import EarlierCase, Similar
from models.schema import Patient, PatientIdentity, Procedure
from models.settings import STORE_IDENTITY, LogbookSettings, change_setting
from models.vocabulary import Level, PainScale, Technique
from tests.builders import a_case, store_names
from tests.ui.editor.keyboard import Key, Keyboard
from tests.ui.room import offenders
from ui.editor.page import EditorPage
from ui.editor.similar_panel import SimilarPanel
from ui.theme import Theme


@pytest.fixture
def stored(logbook: Logbook) -> Case:
    case = a_case("KYP-0042", Level.T12, Level.L1)
    case.patient.birth_date = PartialDate("1950-03-14")
    case.identity = PatientIdentity(
        patient=case.patient.id, full_name="Jürgen Müller", record_number="4711"
    )
    save_case(store_names(logbook), case)
    # The name stays in the record, hidden.
    store_names(logbook, on=False)
    return case


@pytest.fixture
def page(page: EditorPage, stored: Case, logbook: Logbook) -> EditorPage:
    page.start_new(logbook)
    return page


@pytest.fixture
def panel(page: EditorPage) -> SimilarPanel:
    found = page.findChild(SimilarPanel)
    assert isinstance(found, SimilarPanel)
    return found


def stores_names(logbook: Logbook) -> LogbookSettings:
    return change_setting(logbook, STORE_IDENTITY, True)


def names(page: EditorPage) -> list[str]:
    boxes = page._form.focus_boxes()
    return [box.accessibleName() for box in boxes if box.isVisibleTo(page)]


def test_a_similar_code_is_offered_while_it_is_typed(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard
) -> None:
    box = QApplication.focusWidget()
    keys.type("kyp-42")
    qtbot.waitUntil(lambda: panel.lists)
    assert QApplication.focusWidget() is box
    (found,) = panel.list.patients
    assert (found.code, found.cases, found.name) == ("KYP-0042", 1, "")
    keys.type("1")
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_codes_next_to_the_one_that_is_typed_do_not_fill_the_list(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, logbook: Logbook
) -> None:
    for number in (*range(50, 59), 1050):
        save_case(logbook, a_case(f"KYP-{number:04d}"))
    keys.type("KYP-0059")
    qtbot.waitUntil(lambda: panel.lists)
    assert len(panel.list.patients) == 3
    keys.press(Key.Key_Backspace).type("5")
    qtbot.waitUntil(lambda: [one.code for one in panel.list.patients] == ["KYP-0055"])


def test_arrow_and_enter_show_earlier_cases_and_enter_adds_the_case(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, stored: Case
) -> None:
    keys.type("KYP-024")
    keys.press(Key.Key_Backspace, Key.Key_Backspace).type("42")
    qtbot.waitUntil(lambda: panel.lists)
    keys.press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.tells)
    assert "2026-03-04" in panel.earlier.text
    assert "T12 L1" in panel.earlier.text
    assert "pain 2 (NRS 0–10)" in panel.earlier.text
    with qtbot.waitSignal(page._known_patient.adopted) as adopted:
        keys.press(Key.Key_Return)
    assert adopted.args == [str(stored.patient.id)]
    assert not panel.isVisible()
    assert keys.place.startswith("Patient code")
    shown = page._form.find_box(str(stored.patient.id), "birth_date")
    assert shown is not None
    assert shown.text() == "1950-03-14"
    with qtbot.waitSignal(page.saved):
        page.save()
    assert (
        Procedure.select()
        .where(Procedure.patient == stored.patient.id)
        .count(
            page._editing.logbook.database  # type: ignore[union-attr]
        )
        == 2
    )


def test_who_is_said_to_be_another_person_is_not_offered_again(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, logbook: Logbook
) -> None:
    save_case(logbook, a_case("KYP-0043"))
    keys.type("KYP-004")
    qtbot.waitUntil(lambda: len(panel.list.patients) == 2)
    first = panel.list.patients[0].code
    keys.press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.tells)
    keys.press(Key.Key_Tab, Key.Key_Return)
    assert not panel.isVisible()
    assert keys.place.startswith("Patient code")
    keys.press(Key.Key_End).type("4")
    qtbot.waitUntil(lambda: panel.lists)
    assert first not in [one.code for one in panel.list.patients]


def test_escape_closes_the_list_and_keeps_the_typing(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard
) -> None:
    keys.type("KYP-0041")
    qtbot.waitUntil(lambda: panel.lists)
    keys.press(Key.Key_Escape)
    assert not panel.isVisible()
    keys.press(Key.Key_Tab)
    case = page._editing.case
    assert case is not None
    assert case.patient.patient_code == "KYP-0041"
    assert case.patient.version == 0


def test_tab_goes_on_past_the_list(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard
) -> None:
    keys.type("KYP-0041")
    qtbot.waitUntil(lambda: panel.lists)
    keys.press(Key.Key_Tab)
    assert keys.place.startswith("Sex")
    assert not panel.isVisible()


def test_a_birth_date_alone_finds_the_patient(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard
) -> None:
    keys.go_to("Birth date").type("14.3.1950")
    qtbot.waitUntil(lambda: panel.lists)
    assert [one.code for one in panel.list.patients] == ["KYP-0042"]


def test_a_stored_case_is_not_offered_other_patients(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, stored: Case
) -> None:
    logbook = page._editing.logbook
    assert logbook is not None
    page.edit(logbook, stored.id)
    qtbot.waitUntil(lambda: page.case_id == stored.id)
    keys.type("KYP-0042")
    assert not page._known_patient._similar._soon.isActive()
    assert not panel.isVisible()


def test_names_are_neither_asked_for_nor_shown_unless_they_are_stored(
    qtbot: QtBot, page: EditorPage, stored: Case, logbook: Logbook
) -> None:
    assert not {"Name", "Record number"} & set(names(page))
    page.edit(logbook, stored.id)
    qtbot.waitUntil(lambda: page.case_id == stored.id)
    assert not {"Name", "Record number"} & set(names(page))
    page.use_settings(stores_names(logbook))
    assert {"Name", "Record number"} <= set(names(page))
    assert stored.identity is not None
    row_id = str(stored.identity.id)
    qtbot.waitUntil(lambda: page._form.find_box(row_id, "full_name") is not None)
    box = page._form.find_box(row_id, "full_name")
    assert box is not None
    assert box.text() == "Jürgen Müller"
    page.use_settings(LogbookSettings())
    assert not {"Name", "Record number"} & set(names(page))
    assert page._form.find_box(str(stored.identity.id), "full_name") is None


def test_a_name_is_typed_searched_and_saved(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, logbook: Logbook
) -> None:
    page.use_settings(stores_names(logbook))
    keys.type("P-1").go_to("Name").type("muller jurgen")
    qtbot.waitUntil(lambda: panel.lists)
    assert [one.name for one in panel.list.patients] == ["Jürgen Müller"]
    keys.press(Key.Key_Tab).type("0815")
    with qtbot.waitSignal(page.saved) as saved:
        page.save()
    identity = load_case(logbook, saved.args[0]).identity
    assert identity is not None
    assert (identity.full_name, identity.record_number) == ("muller jurgen", "0815")
    assert "muller" not in page._top.title


def test_a_chosen_patient_brings_the_name_and_keeps_the_record_number(
    qtbot: QtBot, page: EditorPage, panel: SimilarPanel, keys: Keyboard, logbook: Logbook
) -> None:
    page.use_settings(stores_names(logbook))
    keys.go_to("Name").type("Jurgen Muller")
    qtbot.waitUntil(lambda: panel.lists)
    keys.press(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.tells)
    keys.press(Key.Key_Return)
    assert page._notice.text.startswith("Kept as the logbook has it: Name.")
    with qtbot.waitSignal(page.saved) as saved:
        page.save()
    identity = load_case(logbook, saved.args[0]).identity
    assert identity is not None
    assert (identity.full_name, identity.record_number) == ("Jürgen Müller", "4711")


def test_a_name_that_is_taken_out_again_leaves_no_row(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook
) -> None:
    page.use_settings(stores_names(logbook))
    keys.type("P-1").go_to("Name").enter("A")
    keys.go_to("Name", backward=True).press(Key.Key_Backspace, Key.Key_Tab)
    with qtbot.waitSignal(page.saved):
        page.save()
    patient = find_patient(logbook, "P-1")
    assert isinstance(patient, Patient)
    rows = PatientIdentity.select().where(PatientIdentity.patient == patient.id)
    assert rows.count(logbook.database) == 0


def test_what_was_done_before_is_told_whole_where_letters_are_large(
    page: EditorPage, panel: SimilarPanel, theme: Theme
) -> None:
    theme.set_scale(2.0)
    page.resize(700, 640)
    done = (Technique.RF_KYPHOPLASTY, Technique.MECHANICAL_IMPLANT, Technique.VERTEBROPLASTY)
    day, levels = PartialDate("2026-03-04"), (Level.T12, Level.L1)
    case = EarlierCase("", day, levels, done, PainScale.NRS, Reported(2, 2))
    box = QApplication.focusWidget()
    assert box is not None
    panel.show_cases(Similar("", "KYP-0042", None, None), [case], box)
    QApplication.processEvents()
    assert list(offenders(panel)) == []


def test_both_answers_are_seen_whole_where_the_box_stands_low(
    page: EditorPage, panel: SimilarPanel, theme: Theme
) -> None:
    theme.set_scale(2.0)
    page.resize(900, 640)
    case = EarlierCase("", PartialDate("2026-03-04"), (Level.T12,), (), None, Reported())
    around = panel.parentWidget()
    assert around is not None
    for low in (100, 400):
        place = QWidget(around)
        place.setGeometry(40, low, 300, 60)
        panel.show_cases(Similar("", "KYP-0042", None, None), [case], place)
        QApplication.processEvents()
        assert around.rect().contains(panel.geometry())
        assert list(offenders(panel)) == []
