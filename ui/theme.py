# SPDX-License-Identifier: MIT
"""One visual language: which palette is on, how large everything is, which font speaks.

The application makes one ``Theme`` and passes it to whatever paints; there is no global theme.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.dressing import Wardrobe
from ui.palette import DARK, LIGHT, Palette
from ui.style_sheet import RADIUS, SPACE, TYPE, style_sheet

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
FAMILY = "Inter"
SCALES = (0.8, 2.0)

__all__ = ["DARK", "LIGHT", "Mode", "Palette", "Theme", "load_fonts", "set_kind", "set_state"]


class Mode(StrEnum):
    """Light, dark, or whatever the desktop says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look of the program, as far as it can change while it runs.

    Signals:
        changing: the palette or the scale is another one; what is in sight is dressed from now on.
        dressed: what is in sight has the new look and lies in its place, and is seen soon.
        changed: the palette or the scale is another one, and seen by now.
    """

    changing = Signal()
    dressed = Signal()
    changed = Signal()

    def __init__(
        self, mode: Mode | str = Mode.SYSTEM, scale: float = 1.0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = Mode(mode)
        self._scale = _within_scales(scale)
        self._app: QApplication | None = None
        self._family = ""
        self._shown: Palette | None = None
        self._wardrobe = Wardrobe(self)
        self._wardrobe.begun.connect(self.changing)
        self._wardrobe.dressed.connect(self.dressed)
        self._wardrobe.worn.connect(self.changed)

    @property
    def mode(self) -> Mode:
        """What the user asked for; ``palette.dark`` tells what is shown."""
        return self._mode

    @property
    def scale(self) -> float:
        """The size of text and controls, 1 = 13 px text."""
        return self._scale

    @property
    def palette(self) -> Palette:
        """The colors in use."""
        if self._mode is Mode.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode is Mode.DARK else LIGHT

    def set_mode(self, mode: Mode | str) -> None:
        """Show the light or the dark palette, or follow the desktop.

        Raises:
            ValueError: ``mode`` is none of the three.
        """
        self.show(mode, self._scale)
        self.finish()

    def set_scale(self, scale: float) -> None:
        """Show everything larger or smaller, within 0.8 to 2."""
        self.show(self._mode, scale)
        self.finish()

    def show(self, mode: Mode | str, scale: float) -> None:
        """Look so from now on, and be seen so in some turns of the event loop, as a whole.

        Raises:
            ValueError: ``mode`` is none of the three.
        """
        before = self._mode, self._scale
        self._mode, self._scale = Mode(mode), _within_scales(scale)
        if (self._mode, self._scale) != before:
            self._refresh()

    def finish(self) -> None:
        """Have all look so now, and all called who follow."""
        self._wardrobe.finish()

    def follow(self, do: Callable[[], object]) -> None:
        """Call this method of an object whenever palette or scale are others.

        Whoever paints by hand paints anew then. It is called before that is seen; for what is out
        of sight, soon after.

        Raises:
            TypeError: it is a method of none.
        """
        self._wardrobe.follow(do)

    def px(self, length: float) -> int:
        """A length given for scale 1, in pixels at the scale in use; at least 1."""
        return max(1, round(length * self._scale))

    def space(self, step: int) -> int:
        """A distance of the spacing scale: step 1, 2, 3, 4 or 6, each 4 pixels at scale 1.

        Raises:
            KeyError: there is no such step.
        """
        return self.px(SPACE[f"s{step}"])

    def radius(self, name: str = "radius") -> int:
        """A corner radius: ``radius_small``, ``radius`` or ``radius_card``."""
        return self.px(RADIUS[name])

    def color(self, token: str) -> QColor:
        """A color of the palette by its name.

        Raises:
            AttributeError: the palette has no such color.
        """
        return QColor(getattr(self.palette, token))

    def font(self, size: str = "body", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """A font of the type scale: tiny, small, label, body, title or figure.

        Raises:
            KeyError: there is no such size.
        """
        font = QFont(self._family) if self._family else QFont(QGuiApplication.font())
        font.setPixelSize(self.px(TYPE[size]))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def numbers_font(self, size: str = "body") -> QFont:
        """A font in which all digits are as wide as one another, for columns of numbers."""
        return self.font(size)

    def apply(self, app: QApplication) -> None:
        """Dress the application, now and whenever mode, scale or desktop change."""
        is_first = self._app is None
        sheet = style_sheet(self.palette, self.px, RESOURCES / "icons")
        if is_first:
            self._family = load_fonts()
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_desktop)
        self._app = app
        self._shown = self.palette
        self._ask_desktop()
        app.setPalette(_qt_palette(self.palette))
        app.setFont(self.font())
        if not is_first:
            self._wardrobe.put_on(app, sheet)
        # Put on once more, Qt would dress every window that is there anew.
        elif app.styleSheet() != sheet:
            app.setStyleSheet(sheet)

    def _refresh(self) -> None:
        if self._app is not None:
            self.apply(self._app)
        else:
            self._wardrobe.call()

    def _follow_desktop(self) -> None:
        if self.palette is not self._shown:
            self._refresh()

    def _ask_desktop(self) -> None:
        """Let title bars and the desktop's own dialogs take the same side."""
        hints = QGuiApplication.styleHints()
        match self._mode:
            case Mode.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case Mode.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case Mode.SYSTEM:
                hints.unsetColorScheme()


@cache
def load_fonts() -> str:
    """Load the fonts that come with the program; the family to use, "" if they are not there.

    Once in a process: each load would make Qt forget every font that it has measured.
    """
    families = [
        family
        for name in FONT_FILES
        if (number := QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))) >= 0
        for family in QFontDatabase.applicationFontFamilies(number)
    ]
    return FAMILY if FAMILY in families else ""


def polish(widget: QWidget) -> None:
    """Give a widget and all in it their looks now, and not when they first come into sight."""
    for part in (widget, *widget.findChildren(QWidget)):
        part.ensurePolished()


def set_kind(widget: QWidget, kind: str) -> None:
    """Give a widget one of the looks of the style sheet, such as "primary" or "muted"."""
    _set_look(widget, "kind", kind)


def set_state(widget: QWidget, state: str) -> None:
    """Mark a widget as "error", "warning" or "success"; "" takes the mark away."""
    _set_look(widget, "state", state)


def set_proposed(widget: QWidget, *, is_proposed: bool) -> None:
    """Show the pale words in a box as a value that may be taken, or as a mere hint."""
    _set_look(widget, "proposed", "true" if is_proposed else "")


def _set_look(widget: QWidget, name: str, value: str) -> None:
    # One that was never set is as good as none.
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    # Qt looks at dynamic properties only when it polishes a widget; one that is new it will.
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _within_scales(scale: float) -> float:
    return min(max(scale, SCALES[0]), SCALES[1])


def _qt_palette(colors: Palette) -> QPalette:
    """The same colors for what Qt paints without asking the style sheet."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, color in {
        role.Window: colors.surface,
        role.WindowText: colors.text,
        role.Base: colors.surface,
        role.AlternateBase: colors.raised,
        role.Text: colors.text,
        role.PlaceholderText: colors.text_muted,
        role.Button: colors.surface,
        role.ButtonText: colors.text,
        role.BrightText: colors.error,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.selection_text,
        role.Accent: colors.accent,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent,
        role.ToolTipBase: colors.tooltip,
        role.ToolTipText: colors.tooltip_text,
        role.Light: colors.raised,
        role.Midlight: colors.hairline,
        role.Mid: colors.border,
        role.Dark: colors.control_edge,
        role.Shadow: colors.control_edge,
    }.items():
        palette.setColor(where, QColor(color))
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colors.text_disabled))
    return palette
