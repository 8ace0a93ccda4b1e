# SPDX-License-Identifier: MIT
"""How a table of records behaves, whichever records they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


def dress_rows(table: QTableView) -> None:
    """Whole rows are chosen, nothing is edited in place, and all rows have one height.

    Tab leaves the table, and the rows have a menu of their own.
    """
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setMouseTracking(True)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def lay_ground(table: QTableView) -> None:
    """Give a table what its rows are painted on, as Qt's own is, but known to Python.

    Of a widget that Qt has made PySide finds out the kind, for which it gets acquainted with every
    kind of widget that there is. It takes longer than to make the table.
    """
    ground = QWidget(table)
    ground.setObjectName("qt_scrollarea_viewport")
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    ground.setAutoFillBackground(True)
    table.setViewport(ground)
