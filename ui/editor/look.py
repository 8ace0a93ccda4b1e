# SPDX-License-Identifier: MIT
"""Looks that only the editor has, for the style sheet of its page."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from ui.theme import Theme

_SHEET = Template(
    """
QLineEdit, QPlainTextEdit { placeholder-text-color: $text_muted; }
QLineEdit[proposed="true"] { placeholder-text-color: $accent; font-style: italic; }
QLineEdit[kind="cell"] {
    background: transparent; border-color: transparent; padding: $p4 $p5; }
QLineEdit[kind="cell"]:hover { border-color: $control_edge; }
QLineEdit[kind="cell"]:focus {
    background: $surface; border: 2px solid $focus; padding: $p3 $p4; }
QLineEdit[kind="cell"][state="warning"] { border-color: $warning; }
QLineEdit[kind="cell"][state="error"] { border-color: $error; }
QLineEdit[kind="adder"] { background: transparent; border: 1px dashed $text_disabled; }
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
)


def editor_sheet(theme: Theme) -> str:
    """The style sheet of the editor in the colors and sizes of the theme."""
    colors = {k: v for k, v in asdict(theme.palette).items() if isinstance(v, str)}
    sizes = {f"p{n}": f"{theme.px(n)}px" for n in (3, 4, 5, 7, 8, 17, 18)}
    return _SHEET.substitute(colors, **sizes, radius=f"{theme.radius()}px")
