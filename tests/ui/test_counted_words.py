# SPDX-License-Identifier: MIT
"""One of a thing is told in the singular, wherever things are counted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.caselist import Counts
from models.patients import Similar
from ui.data.check_dialog import CheckDialog
from ui.status import StatusBar
from ui.theme import Theme
from ui.widgets.patient_list import who_is


def said_by(widget: StatusBar | CheckDialog) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(0, 0, 0, 0), "0 cases · 0 patients · 0 levels"),
        (Counts(1, 1, 1, 0), "1 case · 1 patient · 1 level"),
        (Counts(2, 1, 1_400, 0), "2 cases · 1 patient · 1,400 levels"),
    ],
)
def test_the_status_bar_counts_what_the_logbook_holds(
    qtbot: QtBot, theme: Theme, counts: Counts, words: str
) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_counts(counts)
    assert words in said_by(bar)


@pytest.mark.parametrize(("number", "words"), [(1, "1 finding"), (2, "2 findings")])
def test_the_check_of_a_logbook_counts_what_it_found(
    qtbot: QtBot, theme: Theme, number: int, words: str
) -> None:
    dialog = CheckDialog(theme, ["Something is amiss."] * number)
    qtbot.addWidget(dialog)
    assert words in said_by(dialog)


@pytest.mark.parametrize(("age", "words"), [(1, "1 year"), (75, "75 years")])
def test_the_age_of_a_patient_is_counted(age: int, words: str) -> None:
    patient = Similar("id", "P-1", None, None, age=age, cases=1)
    assert who_is(patient) == f"P-1 · {words} · 1 case"
