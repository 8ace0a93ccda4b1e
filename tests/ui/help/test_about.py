# SPDX-License-Identifier: MIT
"""The About box tells every part with its license, and where the data lies."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.logbook import Logbook
from ui.help.about import AboutDialog
from ui.help.parts import PACKAGES, SERVER_PACKAGES, parts
from ui.jobs import Jobs
from ui.settings import Settings
from ui.theme import Theme

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


@pytest.fixture
def about(
    qtbot: QtBot, tmp_path: Path, theme: Theme, jobs: Jobs
) -> Callable[[Logbook | None], AboutDialog]:
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)

    def shown(logbook: Logbook | None) -> AboutDialog:
        example = tmp_path / "Example.kypholog"
        dialog = AboutDialog(theme, jobs, logbook, Settings(store).where, example)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return shown


def places(dialog: AboutDialog) -> dict[str, str]:
    return {line.accessibleName(): line.text() for line in dialog.findChildren(QLineEdit)}


def test_every_part_has_a_version_and_a_license_with_its_text() -> None:
    found = parts()
    assert found[0].name == "Kypholog"
    for part in found:
        assert part.version or part.name == "Inter"
        assert part.license, part.name
        assert part.text.strip(), part.name


def test_parts_of_parts_are_told_too() -> None:
    told = {part.name.lower() for part in parts()}
    assert {name.lower().replace("-", "_") for name in PACKAGES} <= {
        name.replace("-", "_") for name in told
    }
    assert {"python", "qt", "inter", "sqlite", "sqlcipher", "openssl"} <= told
    assert {"cffi", "kiwisolver", "shiboken6"} <= told
    assert not {"pytest", "mypy", "hypothesis"} & told


def test_the_parts_are_those_that_the_project_asks_for() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    asked = [requirement.partition(">")[0] for requirement in project["dependencies"]]
    assert [name.partition("=")[0] for name in asked] == list(PACKAGES)
    (extra,) = project["optional-dependencies"]["postgres"]
    assert extra.startswith(SERVER_PACKAGES[0])


def test_the_license_of_the_chosen_part_is_shown(
    qtbot: QtBot, about: Callable[[Logbook | None], AboutDialog]
) -> None:
    dialog = about(None)
    qtbot.waitUntil(lambda: dialog.table.rows.rowCount() > 0)
    assert "Kypholog contributors" in dialog.text.toPlainText()
    names = dialog.table.rows.texts_of(0)
    dialog.table.selectRow(names["Qt"])
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()


def test_the_box_is_there_before_its_parts_are_read_and_may_go_before(
    about: Callable[[Logbook | None], AboutDialog], jobs: Jobs
) -> None:
    dialog = about(None)
    assert dialog.table.rows.rowCount() == 0
    assert dialog.text.placeholderText()
    dialog.reject()
    assert jobs.wait()


def test_it_tells_where_logbook_backups_and_settings_lie(
    about: Callable[[Logbook | None], AboutDialog], tmp_path: Path
) -> None:
    folder = tmp_path / "Clinic.kypholog"
    logbook = Logbook.create(folder)
    told = places(about(logbook))
    assert told["Logbook"] == str(folder)
    assert told["Its backups"] == str(folder / "backups")
    assert told["Your settings"] == str(tmp_path / "settings.ini")
    logbook.close()
    assert "Logbook" not in places(about(None))
