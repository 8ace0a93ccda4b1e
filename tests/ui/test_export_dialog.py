# SPDX-License-Identifier: MIT
"""The export dialog offers all cases, those of a filter, or those selected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.logbook import Logbook
from models.query import EVERYTHING, parse
from models.vocabulary import Level
from tests.builders import a_case
from ui.data.export_dialog import ExportDialog, Scope
from ui.events import LogbookEvents
from ui.jobs import Jobs
from ui.theme import Theme

Make = Callable[..., ExportDialog]


@pytest.fixture
def make(
    qtbot: QtBot,
    jobs: Jobs,
    theme: Theme,
    events: LogbookEvents,
    logbook: Logbook,
    tmp_path: Path,
) -> Make:
    """The dialog, shown, on a logbook of three cases."""
    levels = (Level.T12, Level.T12, Level.L1)
    save_many(logbook, [a_case(f"P-{n}", level) for n, level in enumerate(levels)])

    def made(selected: list[str], query: str = "", folder: Path = tmp_path) -> ExportDialog:
        scope = Scope(1234, selected, parse(query))
        dialog = ExportDialog(jobs, theme, events, logbook, folder, scope)
        qtbot.addWidget(dialog, before_close_func=lambda _: settle(qtbot, jobs))
        dialog.show()
        return dialog

    return made


def settle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy)


def offered(dialog: ExportDialog) -> list[str]:
    return [one.text() for one in dialog.findChildren(QRadioButton) if one.isVisible()]


def press(dialog: ExportDialog, text: str) -> None:
    next(one for one in dialog.findChildren(QRadioButton) if one.text() == text).click()


def said(dialog: ExportDialog) -> list[str]:
    return [label.text() for label in dialog.filters.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("selected", "some", "chosen"),
    [
        ([], [], None),
        (["a"], ["Selected cases (1)"], None),
        (["a", "b"], ["Selected cases (2)"], ["a", "b"]),
    ],
)
def test_several_selected_cases_are_what_is_wanted_first(
    make: Make, tmp_path: Path, selected: list[str], some: list[str], chosen: list[str] | None
) -> None:
    dialog = make(selected)
    assert offered(dialog) == ["All cases (1,234)", *some, "Cases of a filter"]
    assert not dialog.filters.isVisible()
    assert dialog.choice.case_ids == chosen
    assert dialog.choice.asked == EVERYTHING
    assert dialog.choice.target == tmp_path / "Clinic.csv"


def test_the_filter_of_the_page_is_what_is_wanted_first(qtbot: QtBot, make: Make) -> None:
    dialog = make(["a"], "level:T12")
    assert dialog.filters.isVisible()
    assert dialog.filters.line.text() == "level:T12"
    assert (dialog.choice.case_ids, dialog.choice.asked) == (None, parse("level:T12"))
    qtbot.waitUntil(lambda: "2 cases" in said(dialog))
    press(dialog, "All cases (1,234)")
    assert not dialog.filters.isVisible()
    assert dialog.choice.asked == EVERYTHING


def test_several_selected_cases_go_before_the_filter(make: Make) -> None:
    dialog = make(["a", "b"], "level:T12")
    assert (dialog.choice.case_ids, dialog.choice.asked) == (["a", "b"], EVERYTHING)


def test_a_filter_is_typed_and_its_cases_are_counted(qtbot: QtBot, make: Make) -> None:
    dialog = make([])
    press(dialog, "Cases of a filter")
    qtbot.keyClicks(dialog.filters.line, "level:L1")
    qtbot.waitUntil(lambda: "1 case" in said(dialog))
    assert dialog.choice.asked == parse("level:L1")
    qtbot.keyClick(dialog.filters.line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.export


def test_the_home_of_nobody_is_a_name_like_any_other(make: Make) -> None:
    dialog = make([], folder=Path("~nobody-of-that-name"))
    assert dialog.choice.target == Path("~nobody-of-that-name/Clinic.csv")


def test_one_selected_case_can_be_chosen(make: Make) -> None:
    dialog = make(["a"])
    press(dialog, "Selected cases (1)")
    assert dialog.choice.case_ids == ["a"]
