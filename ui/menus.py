# SPDX-License-Identifier: MIT
"""The titles of the menus, which are in sight before anything can be chosen from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenuBar

from models.speech import say

FILE, EDIT, CASE = say("&File"), say("&Edit"), say("&Case")
VIEW, TOOLS, HELP = say("&View"), say("&Tools"), say("&Help")


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("actions", text)


def put_menus(bar: QMenuBar, fill: Callable[[], object]) -> None:
    """Make the menus; one that is opened before it is filled asks ``fill`` to do so."""
    for title in (FILE, EDIT, CASE, VIEW, TOOLS, HELP):
        menu = bar.addMenu(tr(title))
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(fill)
