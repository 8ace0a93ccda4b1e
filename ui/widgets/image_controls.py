# SPDX-License-Identifier: MIT
"""The two rows under an image: what is in sight, and brightness and contrast."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from models.speech import numeral
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.widgets.image_tone import LIMIT, Tone


class ImageControls(QWidget):
    """Buttons and sliders; what they do, the viewer decides.

    Signals:
        pressed: (name) a button: smaller, larger, fit, one, full, reset.
        toggled: (name, on) a button that stays down: pair, linked.
        tone_changed: (Tone) the user set another brightness or contrast, or inverted.
    """

    pressed = Signal(str)
    toggled = Signal(str, bool)
    tone_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone()
        self._zoom = QLabel(self)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._brightness = self._slider(self.tr("Brightness"))
        self._contrast = self._slider(self.tr("Contrast"))
        self._invert = self._button(self.tr("Invert"), self.tr("Invert (I)"), checkable=True)
        self._invert.toggled.connect(self._take_tone)
        self._switches: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        keep(theme, self._column.setContentsMargins, 12, 8, 12, 8)
        keep(theme, self._column.setSpacing, 8)
        self._rows = (
            self._row(self._for_size(), self._for_sight()),
            self._row(self._for_tone(), self._for_ground()),
        )
        theme.follow(self._fold)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest half of a row, which may have a line to itself."""
        margins = self._column.contentsMargins()
        widest = max(half.minimumSize().width() for row in self._rows for half in _halves(row))
        around = margins.left() + margins.right()
        return QSize(widest + around, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """The halves of a row stand below each other where they have no room beside."""
        directions, margins = QBoxLayout.Direction, self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        for row in self._rows:
            wide = sum(half.minimumSize().width() for half in _halves(row)) + row.spacing()
            row.setDirection(directions.LeftToRight if wide <= room else directions.TopToBottom)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the image is; 1 is a pixel of the screen for each of its own."""
        self._zoom.setText(f"{numeral(zoom * 100, '.0f')} %" if zoom else "")

    def show_tone(self, tone: Tone) -> None:
        """Set the sliders. Not told by a signal."""
        self._tone = tone
        for control, value in (
            (self._brightness, tone.brightness),
            (self._contrast, tone.contrast),
        ):
            control.blockSignals(True)
            control.setValue(value)
            control.blockSignals(False)
        self._invert.blockSignals(True)
        self._invert.setChecked(tone.inverted)
        self._invert.blockSignals(False)

    def show_switch(self, name: str, *, on: bool, allowed: bool) -> None:
        """Set a button that stays down. Not told by a signal."""
        button = self._switches[name]
        button.blockSignals(True)
        button.setChecked(on)
        button.blockSignals(False)
        button.setEnabled(allowed)

    def _row(self, left: QHBoxLayout, right: QHBoxLayout) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        right.insertStretch(0, 1)
        row.addLayout(left, 1)
        row.addLayout(right)
        for layout in (left, right, row):
            keep(self._theme, layout.setSpacing, 6)
        self._column.addLayout(row)
        return row

    def _for_size(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._add(row, "smaller", "−", self.tr("Smaller (−)"))
        keep(self._theme, self._zoom.setMinimumWidth, 56)
        row.addWidget(self._zoom)
        self._add(row, "larger", "+", self.tr("Larger (+)"))
        self._add(row, "fit", self.tr("Fit"), self.tr("Whole image (Ctrl+0)"))
        self._add(row, "one", self.tr("1:1"), self.tr("Each pixel as it is (Ctrl+1)"))
        row.addStretch(1)
        return row

    def _for_sight(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for name, text, tip in (
            ("pair", self.tr("Side by side"), self.tr("Two images side by side (S)")),
            ("linked", self.tr("Linked"), self.tr("Zoom and move both together (L)")),
        ):
            button = self._button(text, tip, checkable=True)
            button.toggled.connect(lambda on, which=name: self.toggled.emit(which, on))
            self._switches[name] = button
            row.addWidget(button)
        self._add(row, "full", self.tr("Full screen"), self.tr("Full screen (F11)"))
        return row

    def _for_tone(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for slider in (self._brightness, self._contrast):
            label = QLabel(slider.accessibleName(), self)
            set_kind(label, "muted")
            label.setBuddy(slider)
            row.addWidget(label)
            row.addWidget(slider, 1)
            gap(self._theme, row, 8)
        return row

    def _for_ground(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._invert)
        self._add(row, "reset", self.tr("Reset"), self.tr("As it was in the beginning (R)"))
        return row

    def _slider(self, name: str) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(-LIMIT, LIMIT)
        slider.setPageStep(10)
        slider.setAccessibleName(name)
        keep(self._theme, slider.setMinimumSize, 60, 20)
        slider.valueChanged.connect(self._take_tone)
        return slider

    def _take_tone(self) -> None:
        self._tone = Tone(
            self._brightness.value(), self._contrast.value(), self._invert.isChecked()
        )
        self.tone_changed.emit(self._tone)

    def _add(self, row: QHBoxLayout, name: str, text: str, tip: str) -> None:
        button = self._button(text, tip)
        button.clicked.connect(lambda _on=False: self.pressed.emit(name))
        row.addWidget(button)

    def _button(self, text: str, tip: str, *, checkable: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCheckable(checkable)
        button.setAutoDefault(False)
        return button


def _halves(row: QBoxLayout) -> list[QLayoutItem]:
    return [half for at in range(row.count()) if (half := row.itemAt(at)) is not None]
