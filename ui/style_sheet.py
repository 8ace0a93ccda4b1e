# SPDX-License-Identifier: MIT
"""The style sheet: how every kind of control looks, filled with the palette's colors and sizes.

A widget asks for a look by its dynamic properties ``kind`` and ``state``: ``ui.theme.set_kind``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from string import Template

from ui.palette import Palette

RADIUS = {"radius_small": 4, "radius": 6, "radius_card": 8}
TYPE = {"tiny": 10, "small": 11, "label": 12, "body": 13, "title": 16, "figure": 24}
SIGNS = ("information", "question", "warning", "critical")
SPACE = {"s1": 4, "s2": 8, "s3": 12, "s4": 16, "s6": 24}


def style_sheet(palette: Palette, px: Callable[[float], int], icons: Path) -> str:
    """The style sheet of the whole application.

    Args:
        palette: the colors.
        px: turns a length at scale 1 into pixels at the scale of the window.
        icons: the folder with the small marks (arrows, ticks).
    """
    sizes = {name: f"{px(value)}px" for name, value in {**RADIUS, **TYPE, **SPACE}.items()}
    # Half of what a mark of 14 pixels takes with its border; a larger radius would be none.
    sizes["round"] = f"{(px(14) + 2) // 2}px"
    lengths = {f"p{value}": f"{px(value)}px" for value in range(1, 41)}
    shade = "dark" if palette.dark else "light"
    marks = {name: f"{name}-{shade}.svg" for name in ("tick", "dash", "dot")}
    marks |= {f"sign_{name}": f"{name}-{shade}.svg" for name in SIGNS}
    marks["folder"] = icons.as_posix()
    colors = {name: value for name, value in asdict(palette).items() if isinstance(value, str)}
    pieces = (FRAMES, TEXTS, BUTTONS, INPUTS, TICKS, VIEWS, MENUS, BARS, EDITOR)
    return Template("\n".join(pieces)).substitute(colors, **sizes, **lengths, **marks)


FRAMES = """
QDialog, QMessageBox, QWizard { background: $surface; }
QMessageBox {
    messagebox-information-icon: url("$folder/$sign_information");
    messagebox-question-icon: url("$folder/$sign_question");
    messagebox-warning-icon: url("$folder/$sign_warning");
    messagebox-critical-icon: url("$folder/$sign_critical"); }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFrame[kind="rail"] { background: $window; border: 0; border-right: 1px solid $border; }
QFrame[kind="toolbar"] { background: $surface; border: 0; border-bottom: 1px solid $border; }
QFrame[kind="side"] { background: $surface; border: 0; border-left: 1px solid $border; }
QFrame[kind="sections"] { background: $surface; border: 0; border-right: 1px solid $border; }
QFrame[kind="card"] {
    background: $surface; border: 1px solid $border; border-radius: $radius_card; }
QFrame[kind="notice"] {
    background: $accent_soft; border: 0; border-radius: $radius; }
QFrame[kind="notice"][state="warning"] { background: $warning_soft; }
QFrame[kind="notice"][state="error"] { background: $error_soft; }
QLabel[kind="callout"] {
    background: $error_soft; color: $error; border: 1px solid $error; border-radius: $radius; }
QFrame[kind="foot"] { background: $surface; border: 0; border-top: 1px solid $border; }
QFrame[kind="popover"] { background: $surface; border: 1px solid $border; }
QFrame[kind="hairline"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }
QScrollArea { background: transparent; border: 0; }
QScrollArea[kind="read"], QScrollArea[kind="desk"] { border-left: $p3 solid transparent; }
QScrollArea[kind="read"]:focus, QScrollArea[kind="desk"]:focus { border-left-color: $focus; }
QScrollArea > QWidget > QWidget[kind="page"] { background: $surface; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QToolTip {
    background: $tooltip; color: $tooltip_text; border: 1px solid $tooltip; padding: $p4 $p7; }
QGroupBox {
    border: 1px solid $border; border-radius: $radius_card; margin-top: $p20; padding: $s3; }
QGroupBox::title {
    subcontrol-origin: margin; subcontrol-position: top left; left: 0; top: 0; font-weight: 600; }
"""

TEXTS = """
QLabel { background: transparent; }
QLabel[kind="title"] { font-size: $title; font-weight: 600; }
QLabel[kind="heading"] { font-weight: 600; }
QLabel[kind="field"] { font-size: $label; color: $text_muted; }
QLabel[kind="muted"] { color: $text_muted; }
QLabel[kind="small"] { font-size: $label; color: $text_muted; }
QLabel[kind="figure"] { font-size: $figure; font-weight: 700; }
QLabel[state="warning"] { color: $warning; }
QLabel[state="error"] { color: $error; }
QLabel[state="success"] { color: $success; }
QLabel[kind="badge"] {
    background: $badge; color: $badge_text; border-radius: $p8;
    font-size: $small; font-weight: 500; padding: 0 $p6; min-height: $p18; max-height: $p18; }
QLabel[kind="badge"][state="warning"] { background: $warning_soft; color: $warning; }
QLabel[kind="badge"][state="accent"] { background: $accent_soft; color: $accent; }
"""

# A frame of our own says where the focus is; the one that Qt adds inside it for those who came by
# Tab would lie as a gray plate under the words.
BUTTONS = """
QPushButton, QToolButton, QCheckBox, QRadioButton, QComboBox, QTabBar { outline: 0; }
QPushButton {
    background: $surface; color: $text; border: 1px solid $control_edge; border-radius: $radius;
    padding: $p5 $p12; min-height: $p18; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:open { background: $pressed; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton:focus { border: 2px solid $focus; padding: $p4 $p11; }
QPushButton:disabled { color: $text_disabled; border-color: $border; background: $surface; }
QPushButton::menu-indicator {
    image: url("$folder/chevron-down.svg"); subcontrol-origin: padding;
    subcontrol-position: center right; right: $p8; width: $p10; height: $p10; }
QPushButton[kind="menu"] { padding-left: $p4; padding-right: $p26; }
QPushButton[kind="menu"]:focus { padding-left: $p3; padding-right: $p25; }
QPushButton[kind="primary"] {
    background: $accent; color: $accent_text; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
    background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled {
    background: $badge; border-color: $badge; color: $text_disabled; }
QPushButton[kind="danger"] { color: $error; border-color: $error; }
QPushButton[kind="danger"]:hover { background: $error_soft; }
QPushButton[kind="danger"]:disabled {
    color: $text_disabled; border-color: $border; background: $surface; }
QPushButton[kind="quiet"], QToolButton {
    background: transparent; border: 1px solid transparent; border-radius: $radius; }
QPushButton[kind="quiet"]:hover, QToolButton:hover { background: $hover; }
QPushButton[kind="quiet"]:pressed, QToolButton:pressed, QToolButton:open { background: $pressed; }
QPushButton[kind="quiet"]:focus, QToolButton:focus { border: 2px solid $focus; }
QPushButton[kind="quiet"]:disabled, QToolButton:disabled { color: $text_disabled; }
QPushButton[kind="link"] {
    background: transparent; border: 1px solid transparent; border-radius: $radius_small;
    color: $accent; padding: 0 $p4; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 $p3; }
QPushButton[kind="dashed"] {
    background: transparent; border: 1px dashed $control_edge; color: $text_muted; }
QPushButton[kind="dashed"]:hover { background: $hover; color: $text; }
QPushButton[kind="dashed"]:focus { border: 2px solid $focus; }
QPushButton[kind="chip"] {
    border-radius: $p12; padding: $p3 $p11; min-height: $p18; color: $text; }
QPushButton[kind="chip"]:focus { border: 2px solid $focus; padding: $p2 $p10; }
QPushButton[kind="chip"]:checked, QPushButton[kind="chip"][state="on"] {
    background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[kind="chip-menu"] {
    border-radius: $p12; padding: $p3 $p26 $p3 $p4; min-height: $p18; color: $text; }
QPushButton[kind="chip-menu"]:focus { border: 2px solid $focus; padding: $p2 $p25 $p2 $p3; }
QPushButton[kind="chip-menu"][state="on"] {
    background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[kind="rail"] {
    background: transparent; border: 1px solid transparent; border-radius: $radius;
    padding: $p6 $p11; text-align: left; color: $text; icon-size: $p16; }
QPushButton[kind="rail"]:hover { background: $hover; }
QPushButton[kind="rail"]:checked {
    background: $accent_soft; border-color: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="rail"]:focus { border: 2px solid $focus; padding: $p5 $p10; }
QToolButton { padding: $p4; color: $text; }
QToolButton:focus { padding: $p3; }
QToolButton:checked { background: $accent_soft; color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton::left-arrow { image: url("$folder/chevron-left.svg"); width: $p12; height: $p12; }
QToolButton::left-arrow:disabled, QToolButton::right-arrow:disabled { image: none; }
QToolButton::right-arrow { image: url("$folder/chevron-right.svg"); width: $p12; height: $p12; }
"""

# Qt 6.11 puts the text of a styled spin box at its left edge, whatever the padding says, so numbers
# stand at the right and dates in the middle.
INPUTS = """
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
    background: $surface; color: $text; border: 1px solid $field_edge; border-radius: $radius;
    padding: $p4 $p8; selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: $p18; }
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:pressed {
    background: transparent; border: 0; padding: 0; }
QPlainTextEdit, QTextEdit { padding: $p3 $p5; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover, QPlainTextEdit:hover {
    border-color: $text_muted; }
QLineEdit[state="warning"], QComboBox[state="warning"], QAbstractSpinBox[state="warning"],
QPlainTextEdit[state="warning"] { border-color: $warning; }
QLineEdit[state="error"], QComboBox[state="error"], QAbstractSpinBox[state="error"],
QPlainTextEdit[state="error"] { border-color: $error; }
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {
    border: 2px solid $focus; padding: $p3 $p7; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; padding: $p2 $p4; }
QLineEdit[state="warning"]:focus, QComboBox[state="warning"]:focus,
QAbstractSpinBox[state="warning"]:focus { border-color: $warning; }
QLineEdit[state="error"]:focus, QComboBox[state="error"]:focus,
QAbstractSpinBox[state="error"]:focus { border-color: $error; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
    background: $raised; color: $text_disabled; border-color: $border; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $raised; border-color: $border; }
QLineEdit:read-only:focus, QPlainTextEdit:read-only:focus { border-color: $focus; }
QComboBox {
    padding-right: $p22; combobox-popup: 0;
    selection-background-color: $selection; selection-color: $selection_text; }
QComboBox:focus, QComboBox:on { padding-right: $p21; }
QComboBox:editable { padding-right: $p4; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit {
    border: 0; padding: 0; min-height: 0; background: transparent;
    selection-background-color: $accent; selection-color: $accent_text; }
QComboBox::drop-down { border: 0; width: $p22; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$folder/chevron-down.svg"); width: $p10; height: $p10; }
QComboBox QAbstractItemView {
    background: $surface; border: 1px solid $border; border-radius: $radius_small; outline: 0;
    padding: $p4; selection-background-color: $selection; selection-color: $selection_text; }
QAbstractSpinBox { padding: $p3 $p20 $p3 $p8; }
QAbstractSpinBox:focus { padding: $p2 $p19 $p2 $p7; }
QSpinBox, QDoubleSpinBox { qproperty-alignment: "AlignRight | AlignVCenter"; }
QDateTimeEdit { qproperty-alignment: "AlignCenter"; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    border: 0; background: transparent; width: $p18; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: $p2; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: $p2; }
QAbstractSpinBox::up-arrow { image: url("$folder/chevron-up.svg"); width: $p9; height: $p9; }
QAbstractSpinBox::down-arrow { image: url("$folder/chevron-down.svg"); width: $p9; height: $p9; }
"""

TICKS = """
QCheckBox, QRadioButton { spacing: $s2; background: transparent; border: 1px solid transparent;
    border-radius: $radius_small; padding: $p2; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QMenu::indicator {
    width: $p14; height: $p14; border: 1px solid $text_muted; background: $surface; }
QCheckBox::indicator, QAbstractItemView::indicator, QMenu::indicator {
    border-radius: $radius_small; }
QRadioButton::indicator, QMenu::indicator:exclusive { border-radius: $round; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:checked {
    background: $accent; border-color: $accent; image: url("$folder/$tick"); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
    image: url("$folder/$dash"); }
QRadioButton::indicator:checked, QMenu::indicator:exclusive:checked {
    background: $accent; border-color: $accent; image: url("$folder/$dot"); }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; }
"""

# Qt gives a list that drops down its rows and three pixels above and below, at every scale.
VIEWS = """
QAbstractItemView {
    background: $surface; border: 0; outline: 0;
    selection-background-color: $selection; selection-color: $selection_text; }
QTableView, QTreeView { alternate-background-color: $raised; gridline-color: $hairline; }
QTableView::item, QTreeView::item { border: 0; border-bottom: 1px solid $hairline; }
QTableView::item { padding: 0 $s2; }
QTableView::item:selected, QTreeView::item:selected {
    background: $selection; color: $selection_text; }
QTableView::item:focus { border: 2px solid $focus; padding: 0 $p6; }
QTableView[kind="rows"]::item:focus, QTableView[kind="list"]::item:focus {
    border: 0; border-bottom: 1px solid $hairline; padding: 0 $s2; }
QTableView[kind="rows"] { border-left: $p3 solid transparent; }
QTableView[kind="rows"]:focus { border-left-color: $focus; }
QHeaderView { background: $raised; border: 0; }
QHeaderView::section {
    background: $raised; color: $text_muted; border: 0; border-bottom: 1px solid $border;
    padding: $p6 $p11; font-size: $label; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QHeaderView::down-arrow { image: url("$folder/chevron-down.svg"); width: $p9; height: $p9; }
QHeaderView::up-arrow { image: url("$folder/chevron-up.svg"); width: $p9; height: $p9; }
QTableCornerButton::section { background: $raised; border: 0; }
QListView::item { padding: $p3 $p6; border: 2px solid transparent; border-radius: $radius_small;
    color: $text; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $selection; color: $selection_text; }
QListView::item:focus { border-color: $focus; }
QComboBox QListView::item:focus { border-color: transparent; }
QListView[kind="rail"] { background: transparent; border: 0; padding: $s2; }
QListView[kind="rail"]::item {
    padding: $p5 $p10; border-radius: $radius; margin: 1px 0; color: $text; }
QListView[kind="rail"]::item:hover { background: $hover; }
QListView[kind="rail"]::item:selected {
    background: $accent_soft; color: $accent; font-weight: 600; }
QTableView[kind="levels"] { selection-background-color: transparent; }
QTableView[kind="levels"]::item, QTableView[kind="levels"]::item:focus,
QTableView[kind="levels"]::item:selected { background: transparent; border: 0; padding: 0; }
QTableView[kind="offers"]::item {
    border: 1px solid transparent; border-radius: $radius_small; padding: 0 $s2; }
QTableView[kind="offers"]::item:hover { background: $hover; }
QTableView[kind="offers"]::item:selected { background: $selection; color: $selection_text; }
QTableView[kind="offers"]::item:focus { border: 1px solid $focus; padding: 0 $s2; }
QFrame[kind="boxed"], QAbstractItemView[kind="boxed"], QAbstractItemView[kind="dropped"] {
    border: 1px solid $border; border-radius: $radius_card; }
QAbstractItemView[kind="boxed"] { padding: $p3; }
QAbstractItemView[kind="dropped"] { padding: 2px; }
"""

MENUS = """
QMenuBar { background: $window; border-bottom: 1px solid $border; padding: $p1 $p4; }
QMenuBar::item {
    background: transparent; padding: $p4 $p9; border-radius: $radius_small; color: $text; }
QMenuBar::item:selected { background: $accent_soft; color: $accent; }
QMenu {
    background: $surface; color: $text; border: 1px solid $border; padding: $p5; }
/* A menu that is taller than the screen scrolls; in columns it would be wider than the screen. */
QMenu { menu-scrollable: 1; }
QMenu::item { padding: $p5 $p24 $p5 $p12; border-radius: $radius_small; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_disabled; background: transparent; }
QMenu::separator { height: 1px; background: $hairline; margin: $p5 $p4; }
QMenu::icon { padding-left: $p8; }
QMenu::indicator { margin-left: $p8; }
QMenu::right-arrow {
    image: url("$folder/chevron-right.svg"); width: $p9; height: $p9; margin-right: $p6; }
QTabWidget::pane { border: 0; border-top: 1px solid $border; }
QTabWidget[kind="pane"]::tab-bar { left: $s3; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $text_muted; border: 0; border-bottom: 2px solid transparent;
    padding: $p7 $p4; margin-right: $s4; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $text; border-bottom-color: $text; }
"""

BARS = """
QStatusBar { background: $window; border-top: 1px solid $border; color: $text_muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $text_muted; font-size: $label; padding: 0 $p10; }
QStatusBar QLabel[state="warning"] { color: $warning; }
QStatusBar QPushButton { font-size: $label; padding: 0 $p10; }
QStatusBar QPushButton[state="warning"] { color: $warning; }
QProgressBar {
    background: $badge; border: 0; border-radius: $p3; min-height: $p6; max-height: $p6;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: $p3; }
QScrollBar { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { width: $p10; margin: 0; }
QScrollBar:horizontal { height: $p10; margin: 0; }
QScrollBar::handle { background: $scroll_handle; border-radius: $p3; }
QScrollBar::handle:vertical { min-height: $p28; margin: $p2; }
QScrollBar::handle:horizontal { min-width: $p28; margin: $p2; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar[state="idle"]::handle { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QSlider::groove:horizontal { height: $p4; background: $badge; border-radius: $p2; }
QSlider::handle:horizontal {
    width: $p14; margin: -$p5 0; background: $accent; border-radius: $p7; }
QSlider::handle:horizontal:focus { border: 2px solid $text; }
"""

# Last, because a kind says more than what its control looks like otherwise.
EDITOR = """
QLineEdit, QPlainTextEdit, QComboBox { placeholder-text-color: $text_muted; }
QComboBox QLineEdit { placeholder-text-color: $text_muted; }
QLineEdit[proposed="true"] { placeholder-text-color: $accent; font-style: italic; }
QLineEdit[kind="cell"] {
    background: transparent; border-color: transparent; padding: $p4 $p5; }
QLineEdit[kind="cell"]:hover { border-color: $field_edge; }
QLineEdit[kind="cell"]:focus {
    background: $surface; border: 2px solid $focus; padding: $p3 $p4; }
QLineEdit[kind="cell"][state="warning"] { border-color: $warning; }
QLineEdit[kind="cell"][state="error"] { border-color: $error; }
QLineEdit[kind="adder"] { background: transparent; border: 1px dashed $field_edge; }
QLineEdit[kind="adder"]:hover { border-color: $text_muted; }
QLineEdit[kind="adder"]:focus { border: 2px solid $focus; }
QLineEdit[kind="adder"][state="error"] { border-color: $error; }
QPushButton[kind="tab"] { padding: 0; }
QPushButton[kind="tab"]:checked { background: $accent_soft; border-color: $accent; }
QPushButton[kind="tab"]:focus { border: 2px solid $focus; padding: 0; }
QFrame[kind="drop"] { border: 1px dashed $text_disabled; border-radius: $radius; }
QFrame[kind="drop"][state="target"] { border-color: $accent; background: $accent_soft; }
QPushButton[kind="fold"] {
    background: transparent; border: 1px solid transparent; border-radius: $radius;
    color: $text_muted; text-align: left; padding: 0 $p8 0 $p18; }
QPushButton[kind="fold"]:hover, QPushButton[kind="fold"]:checked { color: $text; }
QPushButton[kind="fold"]:focus { border: 2px solid $focus; padding: 0 $p7 0 $p17; }
QTableView[kind="figures"] {
    background: $surface; border: 1px solid $border; border-radius: $radius; }
QTableView[kind="figures"]::item { padding: 0 $p3; }
QTableView[kind="figures"]::item:focus { border: 2px solid $focus; padding: 0 1px; }
QHeaderView[kind="figures"]::section { padding: $p5; }
QPushButton[kind="finding"] {
    background: transparent; border: 1px solid transparent; border-radius: $radius; padding: 0; }
QPushButton[kind="finding"]:hover { background: $hover; }
QPushButton[kind="finding"]:focus { border: 2px solid $focus; padding: 0; }
"""
