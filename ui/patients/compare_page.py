# SPDX-License-Identifier: MIT
"""Two patients side by side: what stays of each, and the cases that move."""

from __future__ import annotations

from textwrap import shorten

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.merging import CaseOf, Differing, Preview, Side, Take
from models.schema import PatientIdentity
from models.speech import shown_day
from ui.theme import Theme, set_kind
from ui.widgets.plain_tip import plain_tip

_SIDES = (Take.KEEP, Take.OTHER)
_MOST_SHOWN = 240  # characters of a note; the tool tip has all of it


class ComparePage(QWidget):
    """Shows what a merge would do and takes the choices.

    Attributes:
        reason_box: why the two are one person; may stay empty.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, stores_names: bool) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stores_names = stores_names
        self._groups: dict[str, QButtonGroup] = {}
        self._heading = QLabel(self)
        self._heading.setWordWrap(True)
        set_kind(self._heading, "heading")
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reason_box = QLineEdit(self)
        self.reason_box.setPlaceholderText(self.tr("Why are they one person? Kept in the audit"))
        self.reason_box.setAccessibleName(self.tr("Reason"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(2))
        layout.addWidget(self._heading)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.reason_box)

    @property
    def choices(self) -> dict[str, Take]:
        """What stays, by field."""
        chosen = {name: group.checkedButton() for name, group in self._groups.items()}
        return {name: Take(button.property("take")) for name, button in chosen.items() if button}

    def show_preview(self, shown: Preview) -> None:
        """Show what this merge would do."""
        keep, other = _named(shown.keep, self), _named(shown.other, self)
        self._heading.setText(
            self.tr("{other} becomes a part of {keep}").format(other=other, keep=keep)
        )
        self._groups.clear()
        content = QWidget(self)
        set_kind(content, "page")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, self._theme.space(2), 0)
        layout.setSpacing(self._theme.space(2))
        layout.addLayout(self._grid(shown, content, keep, other))
        layout.addWidget(_line(content))
        self._tell_cases(shown, layout, content, keep, other)
        layout.addStretch(1)
        self._content = content  # Qt owns it, and Python must not drop it first
        self._scroll.setWidget(content)

    def choose(self, name: str, take: Take) -> None:
        """Choose what stays of a field."""
        buttons = self._groups[name].buttons()
        next(one for one in buttons if one.property("take") == take.value).setChecked(True)

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        chosen = [group.checkedButton() for group in self._groups.values()]
        stops: list[QWidget] = [*filter(None, chosen), self.reason_box]
        stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self, shown: Preview, content: QWidget, keep: str, other: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.space(4))
        grid.setVerticalSpacing(self._theme.space(2))
        for column, text in enumerate(("", keep, other)):
            grid.addWidget(_label(text, content, "heading"), 0, column)
        for column, share in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, share)
        row = 1
        for differing in shown.differing:
            row = self._add_field(grid, row, differing, content)
        if row == 1:
            same = self.tr("Both patients say the same.")
            grid.addWidget(_label(same, content, "muted"), 1, 0, 1, 3)
        return grid

    def _add_field(
        self, grid: QGridLayout, row: int, differing: Differing, content: QWidget
    ) -> int:
        label = _label(differing.field.label, content, "field")
        grid.addWidget(label, row, 0)
        hidden = differing.field.model is PatientIdentity and not self._stores_names
        values = (differing.keep, differing.other)
        texts = [self.tr("stored, not shown") if hidden and text else text for text in values]
        if not differing.is_conflict:
            for column, text in enumerate(texts, 1):
                said = text if text else self.tr("nothing")
                grid.addWidget(_label(said, content, "" if text else "muted"), row, column)
            return row + 1
        group = QButtonGroup(self)
        for column, (take, text) in enumerate(zip(_SIDES, texts, strict=True), 1):
            grid.addWidget(self._choice(group, differing, take, text, content), row, column)
        if differing.allows_both:
            row += 1
            both = self._choice(group, differing, Take.BOTH, self.tr("Both"), content)
            grid.addWidget(both, row, 1)
        self._groups[differing.name] = group
        return row + 1

    def _choice(
        self, group: QButtonGroup, differing: Differing, take: Take, text: str, content: QWidget
    ) -> QWidget:
        choice = _Choice(text, self._theme, content)
        choice.button.setAccessibleName(f"{differing.field.label}: {text}")
        choice.button.setProperty("take", take.value)
        choice.button.setChecked(take is differing.proposed)
        group.addButton(choice.button)
        return choice

    def _tell_cases(
        self, shown: Preview, layout: QVBoxLayout, content: QWidget, keep: str, other: str
    ) -> None:
        moving, staying = shown.other.cases, shown.keep.cases
        for title, cases in (
            (self.tr("Move from {other} to {keep}").format(other=other, keep=keep), moving),
            (self.tr("Already with {keep}").format(keep=keep), staying),
        ):
            heading = _label(f"{title} ({len(cases)})", content, "heading")
            heading.setContentsMargins(0, self._theme.space(2), 0, 0)
            layout.addWidget(heading)
            lines = [self._case(case) for case in cases] or [self.tr("no case")]
            layout.addWidget(_label("\n".join(lines), content, "muted"))

    def _case(self, case: CaseOf) -> str:
        levels = " ".join(level.label for level in case.levels) or self.tr("no level")
        binned = f" ({self.tr('in the bin')})" if case.is_binned else ""
        return f"{shown_day(case.performed_on or self.tr('no date'))} · {levels}{binned}"


class _Choice(QWidget):
    """A radio button whose words break into lines where there is little room."""

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QRadioButton(self)
        words = _label(shorten(text, _MOST_SHOWN, placeholder="…"), self, "")
        words.setToolTip(plain_tip(text))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space(1))
        layout.addWidget(self.button)
        layout.addWidget(words, 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        self.button.click()


def _named(side: Side, page: QWidget) -> str:
    return side.code or page.tr("the patient without a code")


def _label(text: str, parent: QWidget, kind: str) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_kind(label, kind)
    return label


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_kind(line, "hairline")
    return line
