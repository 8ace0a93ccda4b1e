# SPDX-License-Identifier: MIT
"""All that can be in sight when somebody locks: scenes, and the dialogs they are held against."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui
from tests.pictures.scenes import SCENES, Scene
from tests.pictures.stage import Stage
from ui.access.encrypt_dialog import EncryptDialog
from ui.access.new_dialog import NewLogbookDialog
from ui.access.sign_in_dialog import SignInDialog
from ui.access.work_dialog import WorkDialog
from ui.backups.closing import ClosingDialog
from ui.widgets.why_dialog import WhyDialog

OPEN = (
    *("cases", "patient", "cases-menu", "cases-arranging", "filters-completions"),
    *("editor-half-filled", "editor-images", "images-side-by-side", "similar-patient"),
    *("followup-typed", "followup-menu", "followup-death", "followup-calendar"),
    *("outcomes", "safety", "safety-recall", "literature", "changed-elsewhere", "company"),
    *("merge-compare", "import-columns", "import-conflicts", "merge-place"),
    *("report-summary", "export-columns", "print"),
    "filters-manage",
    ("outcomes-thresholds", "audit", "help", "shortcuts", "about"),
    ("history-changes", "why", "bin", "bin-ask", "drafts", "clash"),
    ("cases-own-columns", "filters-save", "followup-plan", "backups-none", "check"),
    ("settings", "settings-names", "users", "password", "key-change", "copies"),
    ("sign-off", "recovery"),
    ("tour", "open-server", "unexpected", "find-command"),
)
"""One of each page, menu and list, and every dialog; those that stand together are open at once."""

UNSEEN: dict[type[QDialog], str] = {
    NewLogbookDialog: "no logbook is open beside it",
    SignInDialog: "what a lock shows",
    EncryptDialog: "a logbook that is not encrypted is not locked",
    WorkDialog: "the logbook is closed meanwhile",
    ClosingDialog: "the window is hidden, and closes the logbook",
}
"""Dialogs that cannot be in sight of anybody who locks, and why."""


def _why(stage: Stage) -> QWidget:
    words = ("Bring back?", "It is told.", "Bring back")
    WhyDialog(stage.kypholog.theme, *words, stage.window).open()
    return stage.dialog(WhyDialog)


_ONLY_HERE: dict[str, Scene] = {"why": _why}


def begin(stage: Stage, opening: str | tuple[str, ...]) -> set[type[QDialog]]:
    """Bring these scenes into sight; the dialogs that are there then."""
    for name in (opening,) if isinstance(opening, str) else opening:
        (_ONLY_HERE.get(name) or SCENES[name])(stage)
    tops = QApplication.topLevelWidgets()
    return {type(one) for one in tops if isinstance(one, QDialog) and one.isVisible()}


def dialogs() -> set[type[QDialog]]:
    """Every dialog of the program that is no mere base of others."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    return set(_of_ui(QDialog))


def _of_ui(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("ui.") and not below.__subclasses__():
            yield below
        yield from _of_ui(below)
