# SPDX-License-Identifier: MIT
"""What of a scene has no room, or no name for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QDialog, QWidget

from tests.pictures.stage import Stage
from tests.ui.named import unnamed
from tests.ui.room import offenders
from ui.measures import OF_THE_SCREEN


def lacking(stage: Stage, shown: QWidget, screen: QSize) -> Iterator[str]:
    """What has no room or no name, once everything has found its place."""
    if isinstance(shown, QDialog) and shown.size().boundedTo(screen) != shown.size():
        # The screen of the tests has another size than the one that is meant here.
        shown.resize(shown.size().boundedTo(screen * OF_THE_SCREEN))
    stage.settle()
    if not QRect(QPoint(), stage.window.size()).contains(shown.rect()):
        yield f"is larger than the screen: {shown.width()} by {shown.height()}"
    for top in (shown, *stage.popups()):
        yield from dict.fromkeys((*offenders(top), *unnamed(top)))
