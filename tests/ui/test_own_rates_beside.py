# SPDX-License-Identifier: MIT
"""A rate added on the Literature page stands beside the own ones as soon as one goes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from models.bulk import save_many
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.models.safety.clinic import leaking
from ui.application import Application
from ui.settings import Settings

SOURCE = "Our audit 2026"
RATES = f"""source,measure,technique,numerator,denominator,unit
{SOURCE},leak,BKP,4,40,level
{SOURCE},relief,BKP,30,40,procedure
"""
OUTCOMES, SAFETY, LITERATURE = Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5


@pytest.fixture
def kypholog(qtbot: QtBot, tmp_path: Path) -> Iterator[Application]:
    logbook = new_logbook(tmp_path / "Clinic.kypholog")
    save_many(logbook, [a_case("P-1", before=8, after=2), leaking(Level.L1)])
    logbook.close()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(app, Settings(store))
    qtbot.addWidget(made.window)
    made.window.show()
    with qtbot.waitSignal(made.window.cases.filled):
        made.session.open(logbook.folder)
    yield made
    made.session.close()
    made.jobs.wait()


@pytest.mark.parametrize(("page", "key"), [("outcomes", OUTCOMES), ("safety", SAFETY)])
def test_an_added_rate_is_there_when_one_goes_back(
    qtbot: QtBot, kypholog: Application, tmp_path: Path, page: str, key: Qt.Key
) -> None:
    window = kypholog.window

    def go(to: Qt.Key) -> None:
        qtbot.keyClick(window, to, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: not kypholog.jobs.is_busy, timeout=60_000)

    def beside() -> list[str]:
        shown = getattr(window, page)
        return texts(shown.content.beside.table)

    go(key)
    qtbot.waitUntil(lambda: bool(beside()), timeout=60_000)
    assert SOURCE not in " ".join(beside())
    go(LITERATURE)
    assert window.literature is not None
    file = tmp_path / "audit.csv"
    file.write_text(RATES, encoding="utf-8")
    window.literature.add_file(file)
    qtbot.waitUntil(lambda: bool(window.literature and window.literature.notice.text))
    go(key)
    qtbot.waitUntil(lambda: SOURCE in " ".join(beside()), timeout=60_000)


def texts(table: QTableView) -> list[str]:
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
