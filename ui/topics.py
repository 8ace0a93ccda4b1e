# SPDX-License-Identifier: MIT
"""F1 opens the page of help that is about the place one is at.

A dialog says which page that is; the window that it stands over shows it, so that no dialog has to
know how help looks.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ENCRYPTION, TOGETHER, BACKUPS = "encryption", "several-at-once", "backups"
SERVERS = "servers"
"""The pages, by the names of their files in ``resources/help``."""


class Topics(QObject):
    """What is asked in one window, which is its parent.

    Signals:
        wanted: (str) the page of this name is to be shown.
    """

    wanted = Signal(str)


def explain(widget: QWidget, topic: str) -> None:
    """Let F1 in a widget, and in what is in it, show a page."""
    key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), widget)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(lambda: _want(widget, topic))


def _want(widget: QWidget, topic: str) -> None:
    top: QObject = widget
    while (above := top.parent()) is not None:
        top = above
    topics = top.findChild(Topics, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if topics is not None:
        topics.wanted.emit(topic)
