# SPDX-License-Identifier: MIT
"""What of a scene has no room, or no name for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QDialog, QWidget

from tests.pictures.stage import Stage
from tests.ui.cut import CutWatch
from tests.ui.named import unnamed
from tests.ui.room import offenders
from ui.measures import OF_THE_SCREEN

REPRESENTATIVE = frozenset(
    {
        *("cases", "cases-history", "cases-columns", "patient", "filters-chips", "filters-manage"),
        *("filters-completions", "filters-saved", "followup", "followup-conflict", "outcomes"),
        *("outcomes-rmdq", "outcomes-followed", "safety", "literature", "editor-half-filled"),
        *("editor-findings", "editor-leaks", "editor-heights", "history-as-it-was", "audit"),
        *("backups-audit", "export", "import-columns", "merge-preview", "company", "settings"),
    }
)
"""Scenes that between them have every kind of control; in these every written word is looked at.
``make pictures ARGS=--cut`` does so in all of them."""


def lacking(
    stage: Stage, shown: QWidget, screen: QSize, watch: CutWatch | None = None
) -> Iterator[str]:
    """What has no room or no name, once everything has found its place.

    With a ``watch`` every word that is written is looked at, too.
    """
    if isinstance(shown, QDialog) and shown.size().boundedTo(screen) != shown.size():
        # The screen of the tests has another size than the one that is meant here.
        shown.resize(shown.size().boundedTo(screen * OF_THE_SCREEN))
    stage.settle()
    if not QRect(QPoint(), stage.window.size()).contains(shown.rect()):
        yield f"is larger than the screen: {shown.width()} by {shown.height()}"
    for top in (shown, *stage.popups()):
        yield from dict.fromkeys((*offenders(top), *unnamed(top)))
        yield from dict.fromkeys(watch.cut(top) if watch is not None else ())
    if watch is not None:
        # What was painted may have asked for more, which is to come while there is a view for it.
        stage.settle()
