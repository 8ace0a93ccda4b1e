# SPDX-License-Identifier: MIT
"""The export dialog offers all cases or those selected, and says what it will write."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from ui.data.export_dialog import ExportDialog
from ui.theme import Theme


@pytest.mark.parametrize(
    ("selected", "offered", "chosen"),
    [
        ([], ["All cases (9)"], None),
        (["a"], ["All cases (9)", "Selected cases (1)"], None),
        (["a", "b"], ["All cases (9)", "Selected cases (2)"], ["a", "b"]),
    ],
)
def test_several_selected_cases_are_what_is_wanted_first(
    qtbot: QtBot, tmp_path: Path, selected: list[str], offered: list[str], chosen: list[str] | None
) -> None:
    dialog = ExportDialog(Theme("light"), tmp_path, "Clinic", 9, selected)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = [button.text() for button in dialog.findChildren(QRadioButton) if button.isVisible()]
    assert shown == offered
    assert dialog.choice.case_ids == chosen
    assert dialog.choice.target == tmp_path / "Clinic.csv"


def test_the_home_of_nobody_is_a_name_like_any_other(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(Theme("light"), Path("~nobody-of-that-name"), "Clinic", 9, [])
    qtbot.addWidget(dialog)
    assert dialog.choice.target == Path("~nobody-of-that-name/Clinic.csv")


def test_one_selected_case_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(Theme("light"), tmp_path, "Clinic", 9, ["a"])
    qtbot.addWidget(dialog)
    dialog.findChildren(QRadioButton)[1].click()
    assert dialog.choice.case_ids == ["a"]
