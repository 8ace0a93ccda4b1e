# SPDX-License-Identifier: MIT
"""What is painted, such as a figure or an image, is a picture for screen readers, too."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_PROPERTY = "is_graphic"


def tell_as_graphic(widget: QWidget) -> None:
    """Let a widget be a picture, whose name and description are told instead of what it shows."""
    _install()
    widget.setProperty(_PROPERTY, True)


@cache
def _install() -> None:
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, QWidget) and thing.property(_PROPERTY):
        return QAccessibleWidget(thing, QAccessible.Role.Graphic)
    return None
