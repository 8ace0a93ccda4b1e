# SPDX-License-Identifier: MIT
"""What the dialogs about passwords have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.measures import keep
from ui.theme import Theme, set_kind, set_state

WIDTH = 460


def layout_of(dialog: QDialog, theme: Theme, title: str, about: str) -> QVBoxLayout:
    """The layout of a dialog, with a title and what it is about in it."""
    keep(theme, dialog.setMinimumWidth, WIDTH)
    layout = QVBoxLayout(dialog)
    keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
    keep(theme, layout.setSpacing, 8)
    heading = QLabel(title, dialog)
    set_kind(heading, "title")
    heading.setWordWrap(True)
    layout.addWidget(heading)
    layout.addWidget(sentence(about, dialog))
    return layout


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
