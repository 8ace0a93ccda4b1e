# SPDX-License-Identifier: MIT
"""The wizard, shown, on a logbook and real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.writing import write
from models.logbook import Logbook
from tests.fresh import new_logbook
from ui.importing.wizard import ImportWizard
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme

WriteFile = Callable[..., Path]
Make = Callable[..., ImportWizard]

CLINIC = (
    "Pat.-Nr.;OP-Datum;Geschlecht;Wirbel;Verfahren;Zement (ml);VAS pre;VAS 3 mo;Zimmer\r\n"
    "A-1;10.01.2026;w;BWK 12;Kyphon;4,0;8;2;Süd 12\r\n"
    "A-2;11.01.2026;w;L1;BKP;6,2;7;0-1;3\r\n"
    "A-3;14.01.2026;m;BWK 11;Kyphon;6,5;9;1;4\r\n"
    "A-3;14.01.2026;m;BWK 12;Kyphon;5,5;9;1;4\r\n"
    "A-4;14.01.2026;m;T99;Ballon;99,0;7;;3\r\n"
    "A-5;15.01.2026;m;L3;BKP;5,0;7;2;3\r\n"
)
"""As a German clinic keeps it: two rows of one case, and a row that cannot be taken."""

KNOWN = (
    "patient code,date,sex,level,technique,cement_ml,VAS pre,VAS 3 mo\n"
    "A-1,2026-01-10,f,T12,BKP,4,8,\n"
    "A-2,2026-01-11,f,L1,BKP,5,7,\n"
    "A-5,2026-01-15,m,L3,BKP,5,7,2\n"
)
"""What the logbook holds of it already."""


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="anna")
    opened.database.pragma("synchronous", "OFF")
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> WriteFile:
    """Writes a file of this text, or of these bytes."""

    def write_file(content: str | bytes = CLINIC, name: str = "clinic.csv") -> Path:
        target = tmp_path / name
        target.write_bytes(content if isinstance(content, bytes) else content.encode("cp1252"))
        return target

    return write_file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def make(
    qtbot: QtBot, jobs: Jobs, theme: Theme, settings: Settings, logbook: Logbook, file: WriteFile
) -> Make:
    """The wizard, at the step of the file, which was read."""

    def made(content: str | bytes = CLINIC, name: str = "clinic.csv") -> ImportWizard:
        wizard = ImportWizard(theme, jobs, settings, logbook)
        qtbot.addWidget(wizard)
        wizard.show()
        wizard.open_file(file(content, name))
        rest(qtbot, wizard)
        return wizard

    return made


def rest(qtbot: QtBot, wizard: ImportWizard) -> None:
    """Wait until nothing is under way."""
    qtbot.waitUntil(lambda: not wizard.flow.is_busy, timeout=30_000)


def go_on(qtbot: QtBot, wizard: ImportWizard, times: int = 1) -> None:
    """Press Next so often."""
    for _ in range(times):
        assert wizard.next.isEnabled()
        wizard.next.click()
        rest(qtbot, wizard)


def enter(logbook: Logbook, file: WriteFile, content: str = KNOWN) -> None:
    """Put cases into the logbook."""
    table = CsvTable(file(content, "known.csv"))
    write(logbook, preview(logbook, table, propose(table)))


def column(wizard: ImportWizard, number: int) -> list[str]:
    """The texts of a column of the table of the step that is on."""
    model = wizard.step.table.model()  # type: ignore[attr-defined]
    return [model.index(row, number).data() for row in range(model.rowCount())]
