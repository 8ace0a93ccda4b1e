# SPDX-License-Identifier: MIT
"""A new case of a known patient, who is changed or merged into another one meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.case import Case, load_case, save_case
from models.drafts import drafts
from models.logbook import Logbook
from models.merging import merge, preview
from models.partial_date import PartialDate
from models.verify import verify
from models.vocabulary import Sex
from tests.builders import a_case
from tests.ui.editor.keyboard import Key, Keyboard
from ui.editor.page import EditorPage

CTRL = Qt.KeyboardModifier.ControlModifier
MERGED = (
    "The patient was merged into P-1 meanwhile, and the case is one of P-1 now. "
    "Look it over, then save."
)


@pytest.fixture
def two(logbook: Logbook) -> tuple[Case, Case]:
    """P-1, and P-2 who will turn out to be the same person."""
    made = a_case("P-1"), a_case("P-2")
    for case in made:
        save_case(logbook, case)
    return made


@pytest.fixture
def begun(
    qtbot: QtBot, page: EditorPage, keys: Keyboard, logbook: Logbook, two: tuple[Case, Case]
) -> EditorPage:
    """A new case of P-2 with an operator, kept as a draft."""
    page.start_new(logbook)
    keys.enter("P-2")
    qtbot.waitUntil(lambda: "already in this logbook" in page._notice.text)
    page._notice.act()
    keys.go_to("Operator").enter("Dr B")
    qtbot.waitUntil(lambda: "Dr B" in repr(drafts(logbook)), timeout=30_000)
    return page


def merge_two(logbook: Logbook, two: tuple[Case, Case]) -> None:
    merge(logbook, preview(logbook, *(str(case.patient.id) for case in two)), {})


def save(qtbot: QtBot, page: EditorPage, logbook: Logbook) -> Case:
    with qtbot.waitSignal(page.saved) as saved:
        page.save()
    return load_case(logbook, saved.args[0])


def test_a_draft_is_resumed_as_a_case_of_the_kept_patient(
    qtbot: QtBot, begun: EditorPage, logbook: Logbook, two: tuple[Case, Case]
) -> None:
    (draft,) = drafts(logbook)
    begun.start_new(logbook)
    merge_two(logbook, two)
    begun.resume(logbook, draft)
    qtbot.waitUntil(lambda: begun._notice.text == MERGED)
    assert begun._top.title == "New case · P-1"
    stored = save(qtbot, begun, logbook)
    assert (stored.patient.id, stored.procedure.operator) == (two[0].patient.id, "Dr B")
    assert drafts(logbook) == []
    assert verify(logbook) == []


def test_a_case_that_is_open_goes_on_with_the_kept_patient(
    qtbot: QtBot, begun: EditorPage, keys: Keyboard, logbook: Logbook, two: tuple[Case, Case]
) -> None:
    keys.go_to("Notes").enter("As before.")
    merge_two(logbook, two)
    begun.save()
    qtbot.waitUntil(lambda: begun._notice.text == MERGED)
    assert begun._top.title == "New case · P-1"
    stored = save(qtbot, begun, logbook)
    assert (stored.patient.id, stored.procedure.notes) == (two[0].patient.id, "As before.")
    assert drafts(logbook) == []


def test_a_case_that_is_open_takes_over_what_somebody_changed_of_the_patient(
    qtbot: QtBot, begun: EditorPage, keys: Keyboard, logbook: Logbook, two: tuple[Case, Case]
) -> None:
    keys.go_to("Sex", backward=True).press(Key.Key_A, with_=CTRL).enter("o")
    theirs = load_case(logbook, two[1].id)
    theirs.patient.sex, theirs.patient.birth_date = Sex.MALE, PartialDate("1950")
    save_case(logbook, theirs)
    begun.save()
    qtbot.waitUntil(lambda: "Someone else changed patient P-2" in begun._notice.text)
    assert "Kept as the logbook has it: Sex." in begun._notice.text
    patient = save(qtbot, begun, logbook).patient
    assert (patient.sex, patient.birth_date) == (Sex.MALE, PartialDate("1950"))
