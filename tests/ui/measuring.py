# SPDX-License-Identifier: MIT
"""Reads the measures of a window, to compare one that grew with one that was started large."""

from __future__ import annotations

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget


def measures_of(top: QWidget) -> dict[str, object]:
    """Every layout and every widget in sight, by its way from the top, with its measures."""
    found: dict[str, object] = {}
    _measure(top, "top", found)
    return found


def _measure(widget: QWidget, way: str, found: dict[str, object]) -> None:
    if (layout := widget.layout()) is not None:
        _measure_layout(layout, f"{way}/layout", found)
    least, most = widget.minimumSize().toTuple(), widget.maximumSize().toTuple()
    found[way] = (least, most, sides(widget.contentsMargins()))
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    for number, child in enumerate(child for child in children if not child.isHidden()):
        _measure(child, f"{way}/{type(child).__name__}-{number}", found)


def _measure_layout(layout: QLayout, way: str, found: dict[str, object]) -> None:
    gaps = [layout.spacing()]
    if isinstance(layout, QGridLayout):
        gaps = [layout.horizontalSpacing(), layout.verticalSpacing()]
    found[way] = (sides(layout.contentsMargins()), gaps)
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is None:
            continue
        if (inner := item.layout()) is not None:
            _measure_layout(inner, f"{way}-{number}", found)
        elif item.spacerItem() is not None and isinstance(layout, QBoxLayout):
            found[f"{way}-{number}"] = item.minimumSize().toTuple()


def sides(margins: QMargins) -> tuple[int, ...]:
    """Left, top, right and bottom."""
    return margins.left(), margins.top(), margins.right(), margins.bottom()
