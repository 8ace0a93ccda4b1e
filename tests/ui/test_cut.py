# SPDX-License-Identifier: MIT
"""The walk over all widgets finds what is cut off, by whomever, and nothing that is whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.cut import CutWatch


class Painted(QWidget):
    """Shortens a sentence by itself, as a delegate does."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - as Qt declares it
        painter, side = QPainter(self), Qt.TextElideMode.ElideRight
        said = painter.fontMetrics().elidedText("Cement leaked", side, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft, said)
        painter.end()


def found(qtbot: QtBot, widget: QWidget, width: int) -> list[str]:
    """What is cut off where the widget is so wide."""
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    layout.addWidget(widget)
    widget.setFixedWidth(width)
    widget.setMinimumHeight(20)
    page.show()
    watch = CutWatch()
    with watch.watching():
        return list(watch.cut(page))


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.setElideMode(Qt.TextElideMode.ElideRight)
    bar.setUsesScrollButtons(False)
    for name in ("Spine", "Cement leakage"):
        bar.addTab(name)
    return bar


def test_what_qt_shortens_is_found(qtbot: QtBot) -> None:
    assert "Cement leakage" in " ".join(found(qtbot, tabs(), 90))
    assert found(qtbot, tabs(), 300) == []


def test_what_a_widget_shortens_by_itself_is_found(qtbot: QtBot) -> None:
    assert "of “Cement leaked”" in " ".join(found(qtbot, Painted(), 40))
    assert found(qtbot, Painted(), 200) == []


def test_what_stands_out_of_its_box_is_found(qtbot: QtBot) -> None:
    assert "stands out" in " ".join(found(qtbot, QPushButton("Balloon kyphoplasty"), 50))
    assert found(qtbot, QPushButton("Balloon kyphoplasty"), 200) == []
    assert "stands out" in " ".join(found(qtbot, QLabel("Balloon kyphoplasty"), 50))


def test_what_ends_in_an_ellipsis_or_is_scrolled_to_is_whole(qtbot: QtBot) -> None:
    assert found(qtbot, QPushButton("Export…"), 200) == []
    rows = QListWidget()
    rows.addItem("Paravertebral soft tissue, and spinal canal")
    assert found(qtbot, rows, 100) == []
