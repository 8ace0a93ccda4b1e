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
from models.exchange.deidentify import Kind, Rules
from models.exchange.orders import Order
from models.exchange.orders import export as write_export
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.logbook import Logbook
from models.schema import Procedure
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.importing.records import Export, held, package, redcap
from tests.ui.importing.conftest import Make, go_on, rest


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "other" / "Other.kypholog", user="ben")
    opened.database.pragma("synchronous", "OFF")
    for code in ("A", "B"):
        save_case(opened, a_case(code))
    yield opened
    opened.close()


def test_patients_of_a_limited_data_set_come_in_when_they_are_said_to_be_others(
    qtbot: QtBot, make: Make, logbook: Logbook, source: Logbook, tmp_path: Path
) -> None:
    target = tmp_path / "limited.zip"
    rules = Rules.of(Kind.LIMITED)
    write_export(source, target, Order(Profile.PACKAGE, Shape.TABLES, rules))
    wizard = make(target.read_bytes(), target.name)
    go_on(qtbot, wizard)
    assert wizard.step is wizard.preview
    assert "random" in wizard.preview.notice.text
    assert not wizard.next.isEnabled()
    wizard.preview.others.click()
    assert wizard.next.isEnabled()
    go_on(qtbot, wizard)
    assert wizard.step is wizard.ending
    assert counts(logbook).cases == 2


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
    steps = []
    for turn in (1, -1, 2):
        go_on(qtbot, wizard, turn) if turn > 0 else wizard.go_back()
        rest(qtbot, wizard)
        steps.append(wizard.step)
    assert steps == [wizard.preview, wizard.file, wizard.ending]
    assert counts(logbook).cases == 2
    for (case_id,) in Procedure.select(Procedure.id).tuples().execute(source.database):
        assert held(logbook, case_id) == held(source, case_id)
