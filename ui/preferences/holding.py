# SPDX-License-Identifier: MIT
"""What a control of a setting holds, whatever kind of control it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

Control: TypeAlias = QCheckBox | QComboBox | QDoubleSpinBox | QLineEdit | QSpinBox


def held(control: Control) -> object:
    """What was chosen or typed; of a selector, its data."""
    match control:
        case QCheckBox():
            return control.isChecked()
        case QComboBox():
            return control.currentData()
        case QLineEdit():
            return control.text()
        case _:
            return control.value()


def put(control: Control, value: object) -> None:
    """Choose or type something else."""
    match control:
        case QCheckBox():
            control.setChecked(bool(value))
        case QComboBox():
            control.setCurrentIndex(control.findData(value))
        case QLineEdit():
            control.setText(str(value))
        case QSpinBox():
            control.setValue(int(str(value)))
        case _:
            control.setValue(float(str(value)))


def on_change(control: Control, do: Callable[[], None]) -> None:
    """Do something whenever it holds something else."""
    match control:
        case QCheckBox():
            control.toggled.connect(lambda _on: do())
        case QComboBox():
            control.currentIndexChanged.connect(lambda _place: do())
        case QLineEdit():
            control.textChanged.connect(lambda _text: do())
        case _:
            control.valueChanged.connect(lambda _number: do())
