# SPDX-License-Identifier: MIT
"""The visual language: readable in both palettes, at every size, and complete."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QStyle,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.palette import DARK, LIGHT, Palette, blend, contrast
from ui.theme import RESOURCES, Mode, Theme, set_kind, set_state

GROUNDS = ("window", "surface", "raised", "hover", "selection", "accent_soft")
READ_ON = {
    "text": (*GROUNDS, "pressed", "badge", "warning_soft", "error_soft", "success_soft"),
    "text_muted": (*GROUNDS, "pressed"),
    "accent": GROUNDS,
    "accent_text": ("accent", "accent_hover"),
    "selection_text": ("selection",),
    "warning": (*GROUNDS, "warning_soft"),
    "error": (*GROUNDS, "error_soft"),
    "success": (*GROUNDS, "success_soft"),
    "badge_text": ("badge",),
    "tooltip_text": ("tooltip",),
}
SEEN_ON = {
    "before": ("surface", "acceptable"),
    "after": ("surface", "acceptable", "selection"),
    "focus": (*GROUNDS, "warning_soft", "error_soft"),
    "field_edge": ("window", "surface", "raised"),
    "scroll_handle": ("window", "surface"),
    "treated": ("surface", "treated_soft"),
    "leak": ("surface",),
}
both_palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, undressed again afterwards."""
    before = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(before[0])
    qapp.setFont(before[1])
    qapp.setPalette(before[2])


@both_palettes
@pytest.mark.parametrize("token", READ_ON)
def test_text_can_be_read_on_every_ground_it_stands_on(palette: Palette, token: str) -> None:
    for ground in READ_ON[token]:
        ratio = contrast(getattr(palette, token), getattr(palette, ground))
        assert ratio >= 4.5, f"{token} on {ground}: {ratio:.2f}"


@both_palettes
@pytest.mark.parametrize("token", SEEN_ON)
def test_marks_stand_out_from_the_grounds_they_lie_on(palette: Palette, token: str) -> None:
    for ground in SEEN_ON[token]:
        ratio = contrast(getattr(palette, token), getattr(palette, ground))
        assert ratio >= 3.0, f"{token} on {ground}: {ratio:.2f}"


@both_palettes
def test_every_color_is_written_out(palette: Palette) -> None:
    colors = [value for value in asdict(palette).values() if isinstance(value, str)]
    assert all(re.fullmatch(r"#[0-9a-fA-F]{6}", color) for color in [*colors, *palette.series])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#123456", "#123456") == 1


def test_blending_goes_from_one_color_to_the_other() -> None:
    assert blend("#000000", "#ffffff", 0) == "#000000"
    assert blend("#000000", "#ffffff", 1) == "#ffffff"
    assert blend("#204060", "#406080", 0.5) == "#305070"


def test_before_is_vermillion_and_after_is_blue() -> None:
    assert (LIGHT.before, LIGHT.after) == ("#D55E00", "#0072B2")


def test_light_and_dark_are_what_was_asked_for(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme(Mode.DARK)
    theme.apply(app)
    box = QLineEdit()
    qtbot.addWidget(box)
    box.resize(120, 30)
    assert box.grab().toImage().pixelColor(60, 0).name() == DARK.field_edge
    assert theme.palette is DARK
    assert app.palette().color(QPalette.ColorRole.Window).name() == DARK.surface
    theme.set_mode("light")
    assert theme.palette is LIGHT
    assert app.palette().color(QPalette.ColorRole.Window).name() == LIGHT.surface
    assert box.grab().toImage().pixelColor(60, 0).name() == LIGHT.field_edge


def test_the_desktop_decides_when_it_is_asked(app: QApplication) -> None:
    theme = Theme(Mode.SYSTEM)
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.palette is (DARK if dark else LIGHT)


def test_whoever_paints_hears_of_every_change_once(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme("light")
    theme.apply(app)
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.mode))
    theme.set_mode("dark")
    theme.set_mode("dark")
    theme.set_scale(1.25)
    assert heard == ["dark", "dark"]


def test_no_other_mode_is_taken() -> None:
    with pytest.raises(ValueError, match="sepia"):
        Theme("sepia")


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.8), (1.0, 1.0), (1.5, 1.5), (9.0, 2.0)])
def test_the_scale_stays_within_its_limits(asked: float, given: float) -> None:
    assert Theme(scale=asked).scale == given


def test_text_and_distances_grow_with_the_scale(app: QApplication) -> None:
    theme = Theme("light", 1.5)
    theme.apply(app)
    assert app.font().pixelSize() == 20
    assert theme.space(2) == 12
    assert "font-size: 18px" in app.styleSheet()


@both_palettes
def test_the_style_sheet_is_filled_in_and_its_pictures_exist(
    app: QApplication, palette: Palette
) -> None:
    theme = Theme("dark" if palette.dark else "light")
    theme.apply(app)
    assert "$" not in app.styleSheet()
    pictures = re.findall(r'url\("([^"]+)"\)', app.styleSheet())
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_the_fonts_of_the_program_are_used(app: QApplication) -> None:
    theme = Theme("light")
    theme.apply(app)
    assert app.font().family() == "Inter"
    assert (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8").startswith("Copyright")


def test_digits_stand_in_columns(app: QApplication) -> None:
    theme = Theme("light")
    theme.apply(app)
    widths = {QFontMetricsF(theme.numbers_font()).horizontalAdvance(d * 4) for d in "0123456789"}
    assert len(widths) == 1


def test_a_font_of_the_scale_has_size_and_weight(qapp: QApplication) -> None:
    font = Theme("light").font("title", QFont.Weight.Bold)
    assert (font.pixelSize(), font.weight()) == (16, QFont.Weight.Bold)


def test_a_mark_is_seen_at_once_and_can_be_taken_away(app: QApplication, qtbot: QtBot) -> None:
    theme = Theme("light")
    theme.apply(app)
    box = QLineEdit()
    qtbot.addWidget(box)
    box.resize(120, 30)
    plain = box.grab().toImage()
    set_state(box, "error")
    marked = box.grab().toImage()
    assert marked.pixelColor(60, 0).name() == LIGHT.error
    set_state(box, "")
    assert box.grab().toImage() == plain
    set_kind(box, "whatever")
    assert box.property("kind") == "whatever"


@both_palettes
@pytest.mark.parametrize(
    ("kind", "token"), [("Information", "accent"), ("Warning", "warning"), ("Critical", "error")]
)
def test_boxes_bear_signs_of_the_same_hand_as_the_icons(
    app: QApplication, qtbot: QtBot, palette: Palette, kind: str, token: str
) -> None:
    Theme("dark" if palette.dark else "light").apply(app)
    box = QMessageBox(QMessageBox.Icon[kind], "Kypholog", "Told.")
    qtbot.addWidget(box)
    sign = box.iconPixmap().toImage()
    middle = range(sign.width()), range(sign.height())
    colors = {sign.pixelColor(x, y).name() for x in middle[0] for y in middle[1]}
    assert getattr(palette, token) in colors


def test_buttons_of_dialogs_have_words_and_no_pictures(app: QApplication, qtbot: QtBot) -> None:
    Theme("light").apply(app)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    assert not box.style().styleHint(hint, None, box)


KINDS = ("", "primary", "danger", "quiet", "link", "dashed", "chip", "rail", "fold", "finding")


def _focusable() -> Iterator[QWidget]:
    for kind in KINDS:
        button = QPushButton("Open")
        set_kind(button, kind)
        yield button
    tool = QToolButton()
    tool.setText("Open")
    combo = QComboBox()
    combo.addItem("Open")
    tabs = QTabBar()
    tabs.addTab("Open")
    yield from (tool, combo, tabs, QCheckBox("Open"), QRadioButton("Open"))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_focus_is_seen_and_has_one_frame_however_it_came(
    app: QApplication, qtbot: QtBot, mode: str
) -> None:
    Theme(mode).apply(app)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    controls = list(_focusable())
    for control in controls:
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(control)
    with qtbot.waitActive(window):
        window.show()
    for control in controls:
        told = f"{type(control).__name__} {control.property('kind') or ''}"
        control.clearFocus()
        without = control.grab().toImage()
        control.setFocus()
        clicked = control.grab().toImage()
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        assert control.grab().toImage() == clicked, told
        window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, on=False)
        assert clicked != without, told


def test_the_look_loads_nothing_heavy() -> None:
    rooms = "ui.theme, ui.widgets.spine, ui.widgets.pain_curve"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {rooms}\nprint(*sys.modules)"],
        cwd=RESOURCES.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"matplotlib", "numpy", "scipy"} & set(done.stdout.split())


def test_the_row_with_the_keys_is_seen_where_another_is_selected(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.addItems(["One", "Two", "Three"])
    rows.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
    rows.setCurrentRow(0)
    with qtbot.waitActive(rows):
        rows.show()
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [index.row() for index in rows.selectedIndexes()] == [0]
    seen = rows.grab().toImage()

    def edge(row: int) -> str:
        place = rows.viewport().mapTo(rows, rows.visualItemRect(rows.item(row)).topLeft())
        return seen.pixelColor(place.x() + 40, place.y() + 1).name()

    assert edge(1) == theme.palette.focus
    assert theme.palette.focus not in (edge(0), edge(2))
