# SPDX-License-Identifier: MIT
"""Boxes that tell or ask one thing, over the part of the window that it comes from."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from models.errors import LogbookError
from ui.topics import explain

Icon: TypeAlias = QMessageBox.Icon
Answer: TypeAlias = QMessageBox.StandardButton


def message(
    parent: QWidget,
    title: str,
    text: str,
    *,
    topic: str,
    more: str = "",
    icon: Icon = Icon.Information,
    answers: Answer = Answer.Ok,
) -> QMessageBox:
    """A box that is still to be opened, and goes when it is closed.

    Args:
        parent: what it stands over.
        title: of its window.
        text: what is told or asked.
        topic: the page of help that F1 opens.
        more: the rest, in smaller words.
        icon: what kind it is of.
        answers: its buttons.
    """
    box = QMessageBox(icon, title, text, answers, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(more)
    explain(box, topic)
    return box


def tell_error(parent: QWidget, title: str, error: LogbookError, topic: str) -> None:
    """Show an error of the world in its own words, once however many pieces of work meet it."""
    told = (box for box in parent.findChildren(QMessageBox) if box.isVisible())
    if any(box.text() == error.message for box in told):
        return
    message(parent, title, error.message, topic=topic, more=error.cure, icon=Icon.Warning).open()


def is_wanted(
    parent: QWidget,
    title: str,
    question: str,
    *,
    topic: str,
    does: Answer = Answer.Yes,
    leaves: Answer = Answer.No,
) -> bool:
    """Ask before something is done, by ``does``, or not, by ``leaves``, which is the default."""
    answers = does | leaves
    box = message(parent, title, question, topic=topic, icon=Icon.Question, answers=answers)
    box.setDefaultButton(leaves)
    # It would be gone before it could be asked for its answer.
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    is_so = box.exec() == does
    box.deleteLater()
    return is_so
