# SPDX-License-Identifier: MIT
"""F1 opens the page of help that is about the place one is at.

A page, a box or a dialog says which page that is; the window shows it, so that none of them has to
know how help looks.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from models.fields import ClinicalField

_PROPERTY = "help_topic"

ENCRYPTION, TOGETHER, BACKUPS, AUDIT = "encryption", "several-at-once", "backups", "audit"
IMPORT, EXPORT, SERVERS = "import", "export", "servers"
CASES, ENTRY, FOLLOW_UP, OUTCOMES = "cases", "editor", "followup", "outcomes"
SAFETY, LITERATURE = "safety", "literature"
FIRST_STEPS, PROMISES, SEARCH, SETTINGS = "first-steps", "promises", "search", "settings"
"""The pages, by the names of their files in ``resources/help``; two of them tell themselves."""


class Topics(QObject):
    """What is asked in one window, which is its parent.

    Signals:
        wanted: (str) the page of this name is to be shown.
    """

    wanted = Signal(str)


def set_topic(widget: QWidget, topic: str) -> None:
    """Say what a part is about: a page, a place ``below`` one of its headings, or a field."""
    widget.setProperty(_PROPERTY, topic)


def topic_at(widget: QWidget | None) -> str:
    """What the place is about in which a control stands; "" where nobody said so."""
    while widget is not None:
        if topic := widget.property(_PROPERTY):
            return str(topic)
        widget = widget.parentWidget()
    return ""


def topic_of(field: ClinicalField) -> str:
    """The topic of a field of the record."""
    return f"{field.model.__name__}.{field.name}"


def below(page: str, heading: str) -> str:
    """The topic of what a page tells below one of its headings, which is named in English."""
    return f"{page}/{heading}"


def topic_of_setting(name: str) -> str:
    """The topic of a setting, by the name under which it is kept."""
    return f"{SETTINGS}.{name}"


def explain(widget: QWidget, topic: str) -> None:
    """Let F1 in a dialog, which the keys of the window do not reach, show a page.

    A part of the dialog that is about something else is asked for that.
    """
    set_topic(widget, topic)
    key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), widget)
    key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    key.activated.connect(lambda: want(widget, topic_at(QApplication.focusWidget()) or topic))


def want(widget: QWidget, topic: str) -> None:
    """Let a page be shown in the window that the widget belongs to."""
    top: QObject = widget
    while (above := top.parent()) is not None:
        top = above
    topics = top.findChild(Topics, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if topics is not None:
        topics.wanted.emit(topic)
