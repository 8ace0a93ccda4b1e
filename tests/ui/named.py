# SPDX-License-Identifier: MIT
"""Finds controls that somebody who cannot see them would meet without a name, role or value."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

_ROLE = QAccessible.Role
_NO_ROLE = (_ROLE.NoRole, _ROLE.Client)
_SHOWING_FOCUS = ("read", "desk")
"""Kinds of scroll areas that show it; the others leave the focus to what they hold."""
_NAME = QAccessible.Text.Name


def unnamed(top: QWidget) -> Iterator[str]:
    """Every control in sight that takes the focus or can be pressed, with what it lacks."""
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible() or not _is_control(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None:
            yield f"{_path(widget, top)}: cannot be met at all"
        elif lack := _lack(widget, told):
            yield f"{_path(widget, top)}: has no {lack}"


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QAbstractButton):
        return True
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def _lack(widget: QWidget, told: QAccessibleInterface) -> str:
    # Qt has no role for what only scrolls, and screen readers pass through it by its name.
    if told.role() in _NO_ROLE and not isinstance(widget, QScrollArea):
        return "role"
    if isinstance(widget, QScrollArea) and widget.property("kind") not in _SHOWING_FOCUS:
        return "sign of the focus"
    if not told.text(_NAME).strip():
        return "name"
    return ""


def _path(widget: QWidget, top: QWidget) -> str:
    steps = []
    step: QWidget | None = widget
    while step is not None and step is not top:
        steps.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    return " < ".join(steps[:5])
