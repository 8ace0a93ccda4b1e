# SPDX-License-Identifier: MIT
"""The window in which the images of a case are looked at, one by one or two side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from ui.jobs import Jobs
from ui.measures import keep
from ui.theme import Theme, set_kind
from ui.topics import ENTRY, below, explain
from ui.widgets.image_controls import ImageControls
from ui.widgets.image_entry import ImageEntry, partner_of
from ui.widgets.image_loader import ImageLoader
from ui.widgets.image_tone import Tone
from ui.widgets.image_view import ImageView, Sight

if TYPE_CHECKING:
    from models.images.pixels import Pixels

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHARE = 0.94
_TONE_STEP = 5


@dataclass(slots=True)
class _Pane:
    """One of the two views, and which image it shows."""

    view: ImageView
    title: QLabel
    place: int = 0


class ImageViewer(QDialog):
    """Shows the images of a case.

    Keys: + and - zoom, Ctrl+0 fits, Ctrl+1 is 1:1, arrows move, Page Up and Page Down go to other
    images, Ctrl with arrows sets brightness and contrast, I inverts, R resets, S shows two, of
    which a click or Tab chooses one, L links them, F11 or F fills the screen, Escape closes.

    Args:
        jobs: runs the reading of images.
        logbook: where they are stored.
        entries: all images of the case; at least one.
        place: the one that is shown first.
    """

    def __init__(
        self,
        jobs: Jobs,
        theme: Theme,
        logbook: Logbook,
        entries: tuple[ImageEntry, ...],
        place: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(ENTRY, "Images"))
        self._theme = theme
        self._entries = entries
        self._tones: dict[int, Tone] = {}
        self._loader = ImageLoader(jobs, logbook, self)
        self._previous = QPushButton(self.tr("Previous"), self)
        self._next = QPushButton(self.tr("Next"), self)
        self._count = QLabel(self)
        self._close = QPushButton(self.tr("Close"), self)
        self._middle = QGridLayout()
        self._panes = [self._pane(), self._pane()]
        self._active = self._panes[0]
        self._is_pair, self._is_linked = False, True
        self._controls = ImageControls(theme, self)
        # The title of a window reaches the desktop, so it names nobody.
        self.setWindowTitle(self.tr("Images"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._arrange()
        self._connect()
        self.resize(self.sizeHint())
        self._show_pair(on=False)
        self._show(self._active, place)
        self._active.view.setFocus()

    # what is shown

    @property
    def views(self) -> tuple[ImageView, ...]:
        """The views in sight, from left to right."""
        return tuple(pane.view for pane in self._shown())

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the images in sight."""
        return tuple(self._entries[pane.place].title for pane in self._shown())

    @property
    def controls(self) -> ImageControls:
        """Buttons and sliders."""
        return self._controls

    def step(self, by: int) -> None:
        """Go to another image, around at the ends."""
        place = (self._active.place + by) % len(self._entries)
        if self._is_pair and len(self._entries) > 2:
            other = next(pane for pane in self._panes if pane is not self._active)
            if place == other.place:
                place = (place + by) % len(self._entries)
        self._show(self._active, place)

    def show_pair(self, *, on: bool) -> None:
        """Show two images side by side, or one again."""
        self._show_pair(on=on and len(self._entries) > 1)

    def sizeHint(self) -> QSize:
        parent = self.parentWidget()
        return parent.window().size() * _SHARE if parent is not None else QSize(1100, 760)

    # the user

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._for_key(event)
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _for_key(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, view = Qt.Key, self._active.view
        with_ctrl: dict[int, Callable[[], None]] = {
            key.Key_0: view.fit,
            key.Key_1: view.show_one_to_one,
            key.Key_Plus: lambda: view.zoom_by(1),
            key.Key_Equal: lambda: view.zoom_by(1),
            key.Key_Minus: lambda: view.zoom_by(-1),
            key.Key_Up: lambda: self._set_tone(view.tone.moved(_TONE_STEP, 0)),
            key.Key_Down: lambda: self._set_tone(view.tone.moved(-_TONE_STEP, 0)),
            key.Key_Right: lambda: self._set_tone(view.tone.moved(0, _TONE_STEP)),
            key.Key_Left: lambda: self._set_tone(view.tone.moved(0, -_TONE_STEP)),
        }
        plain: dict[int, Callable[[], None]] = {
            key.Key_Plus: lambda: view.zoom_by(1),
            key.Key_Equal: lambda: view.zoom_by(1),
            key.Key_Minus: lambda: view.zoom_by(-1),
            key.Key_PageDown: lambda: self.step(1),
            key.Key_PageUp: lambda: self.step(-1),
            key.Key_I: lambda: self._set_tone(replace(view.tone, inverted=not view.tone.inverted)),
            key.Key_R: self._reset,
            key.Key_S: lambda: self.show_pair(on=not self._is_pair),
            key.Key_L: lambda: self._link(on=not self._is_linked),
            key.Key_F: self._fill_screen,
            key.Key_F11: self._fill_screen,
        }
        return (with_ctrl if event.modifiers() & _CTRL else plain).get(event.key())

    def done(self, result: int) -> None:
        self._loader.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._show_zoom()

    def _fill_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _press(self, name: str) -> None:
        view = self._active.view
        {
            "smaller": lambda: view.zoom_by(-1),
            "larger": lambda: view.zoom_by(1),
            "fit": view.fit,
            "one": view.show_one_to_one,
            "full": self._fill_screen,
            "reset": self._reset,
        }[name]()

    def _toggle(self, name: str, on: bool) -> None:
        if name == "pair":
            self.show_pair(on=on)
        else:
            self._link(on=on)

    def _reset(self) -> None:
        self._set_tone(Tone())
        self._active.view.fit()

    def _set_tone(self, tone: Tone) -> None:
        self._tones[self._active.place] = tone
        self._active.view.set_tone(tone)
        self._controls.show_tone(tone)

    def _link(self, *, on: bool) -> None:
        self._is_linked = on
        self._show_switches()
        if on:
            self._follow(self._active, self._active.view.sight)

    # inside

    def _shown(self) -> list[_Pane]:
        return self._panes if self._is_pair else self._panes[:1]

    def _show_pair(self, *, on: bool) -> None:
        first, second = self._panes
        if not on and self._active is second:
            self._show(first, second.place)
        self._is_pair = on
        second.title.setVisible(on)
        second.view.setVisible(on)
        self._middle.setColumnStretch(1, int(on))
        self._choose(first)
        self._show_switches()
        if on:
            pair = sorted((first.place, partner_of(self._entries, first.place)))
            for pane, place in zip(self._panes, pair, strict=True):
                self._show(pane, place)

    def _show(self, pane: _Pane, place: int) -> None:
        pane.place = place
        entry = self._entries[place]
        pane.title.setText(entry.title)
        pane.view.setAccessibleName(entry.title)
        pane.view.show_words(self.tr("Opening…"))

        def take(pixels: Pixels) -> None:
            if pane.place == place:
                pane.view.show_pixels(pixels, self._tones.get(place, Tone()))
                self._show_state()

        def tell(error: LogbookError) -> None:
            if pane.place == place:
                pane.view.show_words(str(error))

        self._loader.load(entry.content, take, tell)
        self._show_state()

    def _choose(self, pane: _Pane) -> None:
        self._active = pane
        for one in self._panes:
            one.view.set_marked(self._is_pair and one is pane)
        self._show_state()

    def _follow(self, pane: _Pane, sight: Sight) -> None:
        """The other view shows the same part, if the two are linked."""
        if self._is_linked and self._is_pair:
            for other in self._panes:
                if other is not pane:
                    other.view.set_sight(sight)
        self._show_zoom()

    def _show_state(self) -> None:
        number, several = self._active.place + 1, len(self._entries) > 1
        text = self.tr("{number} of {count}").format(number=number, count=len(self._entries))
        self._count.setText(text)
        for button in (self._previous, self._next):
            button.setEnabled(several)
        self._controls.show_tone(self._active.view.tone)
        self._show_zoom()

    def _show_zoom(self) -> None:
        self._controls.show_zoom(self._active.view.zoom)

    def _show_switches(self) -> None:
        several = len(self._entries) > 1
        self._controls.show_switch("pair", on=self._is_pair, allowed=several)
        self._controls.show_switch("linked", on=self._is_linked, allowed=self._is_pair)

    # putting together

    def _pane(self) -> _Pane:
        pane = _Pane(ImageView(self._theme, self), QLabel(self))
        pane.title.setTextFormat(Qt.TextFormat.PlainText)
        pane.title.setWordWrap(True)
        return pane

    def _arrange(self) -> None:
        theme = self._theme
        set_kind(self._count, "muted")
        for button, tip in (
            (self._previous, self.tr("Previous image (Page Up)")),
            (self._next, self.tr("Next image (Page Down)")),
            (self._close, self.tr("Close (Escape)")),
        ):
            button.setToolTip(tip)
            button.setAutoDefault(False)
        top = QHBoxLayout()
        keep(theme, top.setContentsMargins, 12, 8, 12, 0)
        keep(theme, top.setSpacing, 6)
        for widget in (self._previous, self._next, self._count):
            top.addWidget(widget)
        top.addStretch(1)
        top.addWidget(self._close)
        keep(theme, self._middle.setContentsMargins, 12, 0, 12, 0)
        keep(theme, self._middle.setHorizontalSpacing, 8)
        keep(theme, self._middle.setVerticalSpacing, 4)
        self._middle.setRowStretch(1, 1)
        self._middle.setColumnStretch(0, 1)
        for column, pane in enumerate(self._panes):
            self._middle.addWidget(pane.title, 0, column)
            self._middle.addWidget(pane.view, 1, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, layout.setSpacing, 8)
        layout.addLayout(top)
        layout.addLayout(self._middle, 1)
        layout.addWidget(self._controls)

    def _connect(self) -> None:
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self.reject)
        self._controls.pressed.connect(self._press)
        self._controls.toggled.connect(self._toggle)
        self._controls.tone_changed.connect(self._set_tone)
        for pane in self._panes:
            view = pane.view
            view.chosen.connect(lambda chosen=pane: self._choose(chosen))
            view.sight_changed.connect(lambda sight, of=pane: self._follow(of, sight))
            view.tone_changed.connect(self._set_tone)
            view.step_wanted.connect(self.step)
