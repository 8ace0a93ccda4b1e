# SPDX-License-Identifier: MIT
"""The list of versions tells all that was done, however narrow it is."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.history import Deed, Version
from tests.ui.cut import CutWatch
from ui.history.versions_list import VersionsList
from ui.theme import Theme


def test_what_was_done_goes_on_in_another_line(qtbot: QtBot, theme: Theme) -> None:
    theme.set_scale(2.0)
    place = QWidget()
    qtbot.addWidget(place)
    versions = VersionsList(theme, place)
    versions.resize(250, 400)
    place.resize(250, 400)
    place.show()
    at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    changed = Version(7, 3, at, "mary", Deed.NAMES_REMOVED, "", frozenset(), ())
    versions.show_versions([changed])
    watch = CutWatch()
    with watch.watching():
        assert list(watch.cut(place)) == []
