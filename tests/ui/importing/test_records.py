# SPDX-License-Identifier: MIT
"""The wizard takes our own files in without asking what their columns stand for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.case import save_case
from models.caselist import counts
from models.logbook import Logbook
from models.schema import Procedure
from tests.builders import a_case
from tests.models.importing.records import Export, held, package, redcap
from tests.ui.importing.conftest import Make, go_on, rest
from ui.importing.step import Step
from ui.importing.wizard import ImportWizard


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Logbook]:
    opened = Logbook.create(tmp_path / "other" / "Other.kypholog", user="ben")
    opened.database.pragma("synchronous", "OFF")
    for code in ("A", "B"):
        save_case(opened, a_case(code))
    yield opened
    opened.close()


def is_at(wizard: ImportWizard, step: Step) -> bool:
    return wizard.step is step


@pytest.mark.parametrize(
    ("export", "told"), [(package, "data package, Kypholog"), (redcap, "records of REDCap")]
)
def test_a_file_of_records_goes_from_the_file_to_the_preview(
    qtbot: QtBot, make: Make, logbook: Logbook, source: Logbook, export: Export, told: str
) -> None:
    file = export(source, None)
    wizard = make(file.read_bytes(), file.name)
    labels = [label.text() for label in wizard.file.findChildren(QLabel)]
    assert any(told in text for text in labels), labels
    go_on(qtbot, wizard, 1)
    assert is_at(wizard, wizard.preview)
    wizard.go_back()
    assert is_at(wizard, wizard.file)
    go_on(qtbot, wizard, 2)
    rest(qtbot, wizard)
    assert is_at(wizard, wizard.ending)
    assert counts(logbook).cases == 2
    for (case_id,) in Procedure.select(Procedure.id).tuples().execute(source.database):
        assert held(logbook, case_id) == held(source, case_id)
