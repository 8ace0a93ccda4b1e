# SPDX-License-Identifier: MIT
"""What the dialogs about passwords have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ui.measures import OF_THE_SCREEN, keep
from ui.theme import Theme, set_kind, set_state
from ui.widgets.steady_scroll import SteadyScrollArea

WIDTH = 460
_MARGIN = 24
_AREA = "content"


def layout_of(dialog: QDialog, theme: Theme, title: str, about: str) -> QVBoxLayout:
    """The layout of a dialog, with a title and what it is about in it.

    It scrolls where the text is large and the screen is small; ``put_below`` is for what does not.
    """
    keep(theme, dialog.setMinimumWidth, WIDTH)
    outer = QVBoxLayout(dialog)
    outer.setSpacing(0)
    outer.setContentsMargins(0, 0, 0, 0)
    area = _Content(dialog)
    area.setObjectName(_AREA)
    area.setAccessibleName(title)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page = QWidget(area)
    set_kind(page, "page")
    area.setWidget(page)
    outer.addWidget(area, 1)
    layout = QVBoxLayout(page)
    keep(theme, layout.setContentsMargins, _MARGIN, _MARGIN, _MARGIN, 16)
    keep(theme, layout.setSpacing, 8)
    heading = QLabel(title, dialog)
    set_kind(heading, "title")
    heading.setWordWrap(True)
    layout.addWidget(heading)
    layout.addWidget(sentence(about, dialog))
    return layout


def put_below(dialog: QDialog, theme: Theme, *widgets: QWidget) -> None:
    """What is always in sight: what is wrong, and the buttons."""
    outer = dialog.layout()
    assert isinstance(outer, QVBoxLayout)
    foot = QVBoxLayout()
    keep(theme, foot.setContentsMargins, _MARGIN, 8, _MARGIN, _MARGIN)
    keep(theme, foot.setSpacing, 12)
    for widget in widgets:
        foot.addWidget(widget)
    outer.addLayout(foot)


def fit(dialog: QDialog) -> None:
    """Make a dialog as large as what is in it needs, or as its window or the screen has room."""
    area, outer = dialog.findChild(SteadyScrollArea, _AREA), dialog.layout()
    assert isinstance(area, SteadyScrollArea)
    assert outer is not None
    page = area.widget()
    inner = page.layout() if page is not None else None
    assert inner is not None
    # The style may have been told to what is in it only after it was laid out.
    inner.invalidate()
    inner.activate()
    foot = outer.itemAt(1)
    if foot is not None:
        # What is in it may just have come into sight.
        foot.invalidate()
    needed = [dialog.minimumWidth(), inner.sizeHint().width()]
    needed += [foot.sizeHint().width()] if foot is not None else []
    room = dialog.screen().availableSize() * OF_THE_SCREEN
    if (parent := dialog.parentWidget()) is not None:
        room = parent.window().size().expandedTo(room / 2) * OF_THE_SCREEN
    width = min(max(needed), room.width())
    height = inner.totalHeightForWidth(width)
    if foot is not None:
        tall = foot.heightForWidth(width) if foot.hasHeightForWidth() else foot.sizeHint().height()
        height += tall
    # A scroll bar that came before there was room would stay, for beside it the words take more.
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    dialog.resize(width, min(height, room.height()))
    if area.isVisible():
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)


class _Content(SteadyScrollArea):
    """Has its dialog fitted anew when it comes into sight: only then the style tells all sizes."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        dialog = self.window()
        if isinstance(dialog, QDialog):
            fit(dialog)


def sentence(text: str, parent: QWidget) -> QLabel:
    """Small print that wraps."""
    said = QLabel(text, parent)
    said.setWordWrap(True)
    said.setTextFormat(Qt.TextFormat.PlainText)
    set_kind(said, "muted")
    return said


def trouble(parent: QWidget) -> QLabel:
    """Where it stands what was wrong; out of sight while nothing is."""
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_state(label, "error")
    label.hide()
    return label


def form_of(theme: Theme) -> QFormLayout:
    """Labels with boxes beside them."""
    form = QFormLayout()
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    keep(theme, form.setHorizontalSpacing, 12)
    keep(theme, form.setVerticalSpacing, 8)
    return form


def password_box(parent: QWidget, name: str) -> QLineEdit:
    """A box that shows dots."""
    box = QLineEdit(parent)
    box.setEchoMode(QLineEdit.EchoMode.Password)
    box.setAccessibleName(name)
    return box
