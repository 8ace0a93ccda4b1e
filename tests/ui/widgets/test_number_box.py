# SPDX-License-Identifier: MIT
"""The box for numbers: comma or point, the unit inside, impossible values refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.schema import Procedure, TreatedLevel
from ui.widgets.number_box import NumberBox


def box(qtbot: QtBot) -> NumberBox:
    made = NumberBox(TreatedLevel.cement_ml)
    qtbot.addWidget(made)
    return made


def enter(made: NumberBox, text: str) -> None:
    made.input.setText(text)
    made.commit()


@pytest.mark.parametrize("text", ["4.5", "4,5", " 4.5 ", "4,5 mL", "4.5ml"])
def test_comma_and_point_mean_the_same_and_the_unit_may_follow(qtbot: QtBot, text: str) -> None:
    made = box(qtbot)
    enter(made, text)
    assert (made.value(), made.text()) == (4.5, "4.5")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("45", "Cement 45 is not possible: expected 0.1 to 30 mL."),
        ("0", "Cement 0 is not possible: expected 0.1 to 30 mL."),
        (
            "six",
            "Cement: six is not a number. Write digits with a decimal point or comma, such as 1.5.",
        ),
        ("4-5", "Cement: 4-5 is not a number. Write one number."),
    ],
)
def test_the_impossible_is_refused_in_words(qtbot: QtBot, text: str, sentence: str) -> None:
    made = box(qtbot)
    enter(made, text)
    assert (made.value(), made.problem(), made.text()) == (None, sentence, text)


def test_an_unusual_number_is_taken(qtbot: QtBot) -> None:
    made = box(qtbot)
    enter(made, "18")
    assert (made.value(), made.problem()) == (18, "")


def test_a_count_is_whole(qtbot: QtBot) -> None:
    made = NumberBox(Procedure.age_at_procedure)
    qtbot.addWidget(made)
    enter(made, "75.5")
    assert made.problem() == "Age at procedure is a whole number, 75.5 is not."


def test_emptied_it_holds_nothing(qtbot: QtBot) -> None:
    made = box(qtbot)
    made.set_value(6)
    enter(made, "")
    assert made.value() is None
    assert made.is_empty()


@given(value=st.integers(1, 300).map(lambda tenths: tenths / 10))
def test_what_it_shows_it_reads_again(qapp: QApplication, value: float) -> None:
    made = NumberBox(TreatedLevel.cement_ml)
    made.set_value(value)
    enter(made, made.text())
    assert made.value() == value
    made.deleteLater()
