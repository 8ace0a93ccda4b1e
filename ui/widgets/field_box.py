# SPDX-License-Identifier: MIT
"""What every box for a field can do: hold a value, refuse one in words, say why it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from models.errors import InvalidValue
from models.fields import ClinicalField
from models.findings import Severity
from models.vocabulary import MissingReason, Vocabulary
from ui.theme import set_proposed, set_state
from ui.topics import set_topic, topic_of
from ui.widgets.field_line import FieldLine
from ui.widgets.field_text import FieldText
from ui.widgets.proposal import Proposal
from ui.widgets.told_tip import told_tip

_LETTERS = 6
_NO_VALUE = "—"
"""Stands for the reason where there is no room even for its short form, and the tip tells it."""


class Notice(NamedTuple):
    """What is to be said of a box: how much it weighs and the sentence."""

    severity: Severity
    sentence: str


class FieldBox(QWidget):
    """The box of one field (or of the columns of one reported number).

    A value is taken when Enter is pressed or the focus leaves. What cannot be taken stays as it
    was typed, and ``problem`` says why; ``value`` is empty then.

    Attributes:
        fields: the field; for a reported number its three columns, low end first.
        input: the control that has the focus.
        leads_on: whether Enter leads to the next open core field, as in core fields.

    Signals:
        changed: the user gave another value or another reason for having none.
        typed: the user typed; the value may follow.
        noticed: what is to be said of the box is something else.
        entered: Enter was pressed, and leads on from the box.
        explanation_wanted: the user wants to say why the value is right.
    """

    changed = Signal()
    typed = Signal()
    noticed = Signal()
    entered = Signal()
    explanation_wanted = Signal()

    def __init__(
        self,
        fields: tuple[ClinicalField, ...],
        control: FieldLine | FieldText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = fields
        self.input = control
        self._value: object = None
        self._missing: MissingReason | None = None
        self._problem = ""
        self._told_problem = ""  # as others know it: typing alone tells nobody
        self._finding: Notice | None = None
        self._hint = ""
        self._shorter_hints: tuple[str, ...] = ()
        self._proposal: Proposal | None = None
        self.leads_on = self.field.core
        self._is_open = self._is_awaited = False
        self._reasons: QMenu | None = None
        set_topic(self, topic_of(self.field))
        self._arrange()

    @property
    def field(self) -> ClinicalField:
        """The field, or the first column of a reported number."""
        return self.fields[0]

    # what it holds

    def value(self) -> object:
        """What was taken last; None (or what stands for nothing) if nothing was."""
        return self._value

    def set_value(self, value: object) -> None:
        """Show a value. Not told by a signal."""
        self._value = value
        self._set_problem("")
        self._told_problem = ""
        self._put(value)
        self._show_hint()

    def missing(self) -> MissingReason | None:
        """Why there is no value, if a reason was given."""
        return self._missing

    def set_missing(self, reason: MissingReason | None) -> None:
        """Show why there is no value. Not told by a signal."""
        if reason != self._missing:
            self._missing = reason
            self._show_hint()

    def text(self) -> str:
        """What stands in the box, taken or not."""
        return self.input.text()

    def set_text(self, text: str) -> None:
        """Put typing in that was not taken, as it was, and try it again."""
        self.input.show_text(text)
        self._take(text)

    def is_empty(self) -> bool:
        """Whether neither a value nor refused typing is there."""
        return self._value in (None, "", ()) and not self._problem

    def takes_reason(self) -> bool:
        """Whether a reason for having no value would make sense."""
        return self.is_empty() and not self.input.text()

    def commit(self) -> None:
        """Take what was typed, as leaving the box would."""
        text = self.input.text()
        if self._problem or self._told_problem or text != self.show_value(self._value):
            self._take(text, told=True)

    def show_value(self, value: object) -> str:
        """The text of a value."""
        return self.field.show(value)

    def show_proposal(self, proposal: Proposal) -> str:
        """A proposed value in words."""
        return self.field.show(proposal.value)

    def read(self, text: str) -> object:
        """The value that a text means.

        Raises:
            InvalidValue: in words that can stand beside the box.
        """
        return self.field.parse(text)

    def told_along(self) -> dict[str, object]:
        """What the last text said of other fields of the row, by their names, such as a unit."""
        return {}

    def value_without_number(self) -> object:
        """What is left of the value when the typing is refused."""
        return None

    def sample(self) -> str:
        """A text as long as most that are entered, for which there has to be room."""
        return "0" * _LETTERS

    def least_width(self) -> int:
        """The width that such a text needs, in pixels."""
        return self.input.width_for(self.sample())

    # what was entered before

    def propose(self, proposal: Proposal | None) -> None:
        """Let a value stand pale in the box while it is empty; it is entered when it is taken."""
        if proposal != self._proposal:
            self._proposal = proposal
            self._show_hint()

    def proposal(self) -> Proposal | None:
        """What stands pale in the box and may be taken."""
        is_free = self.takes_reason() and self._missing is None and not self.input.isReadOnly()
        return self._proposal if is_free else None

    def take_proposal(self) -> bool:
        """Enter what is proposed, as if it had been typed; False if nothing is."""
        proposal = self.proposal()
        if proposal is None:
            return False
        self.set_value(proposal.value)
        self.changed.emit()
        return True

    def recall(self, terms: Sequence[Vocabulary], words: Sequence[str]) -> None:
        """Offer first what was entered here before, the newest first. Most boxes offer nothing."""

    # what is to be said of it

    def problem(self) -> str:
        """Why the typing is not taken, as a sentence; "" if it is."""
        return self._problem

    def notice(self) -> Notice | None:
        """What weighs most: its own problem, else what a check found."""
        if self._problem:
            return Notice(Severity.ERROR, self._problem)
        return self._finding

    def set_finding(self, finding: Notice | None) -> None:
        """Mark the box with what a check found, or take the mark away."""
        if finding != self._finding:
            self._finding = finding
            self._show_notice()

    @property
    def is_open(self) -> bool:
        """Whether it is a core field that is still open, or one of a line that is awaited."""
        return self._is_open or self._is_awaited

    def set_open(self, is_open: bool) -> None:
        """Say that a core field is still open."""
        if is_open != self._is_open:
            self._is_open = is_open
            self.noticed.emit()

    def set_awaited(self, is_awaited: bool) -> None:
        """Say that something is to follow here, though no rule says so of an empty line."""
        self._is_awaited = is_awaited

    def set_hint(self, hint: str, *shorter: str) -> None:
        """Pale words that stand in the box while it is empty."""
        if (hint, shorter) != (self._hint, self._shorter_hints):
            self._hint, self._shorter_hints = hint, shorter
            self._show_hint()

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be looked at only."""
        self.input.setReadOnly(read_only)
        focus = Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus
        self.input.setFocusPolicy(focus)

    @property
    def plain_name(self) -> str:
        """Label and unit of the field."""
        field = self.field
        return f"{field.label}, {field.shown_unit}" if field.shown_unit else field.label

    def set_name(self, name: str) -> None:
        """How screen readers call it; the label and unit of the field unless told otherwise."""
        self.input.setAccessibleName(name)

    # the reason for having no value

    def open_menu(self, place: QPoint | None = None) -> None:
        """Show the context menu: the usual entries, and why there is no value."""
        menu = self.input.createStandardContextMenu()
        menu.addSeparator()
        if (proposal := self.proposal()) is not None:
            named = self.show_proposal(proposal)
            take = menu.addAction(self.tr("Take {value}").format(value=named))
            take.triggered.connect(self.take_proposal)
        self.add_reasons(menu.addMenu(self.tr("Why empty")))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place or self.mapToGlobal(self.rect().bottomLeft()))

    def open_reasons(self) -> None:
        """Show only the reasons for having no value, as the key does; or ask for the value's."""
        self.commit()
        if not self.takes_reason() and not self._problem:
            self.explanation_wanted.emit()
            return
        if self._reasons is None:
            self._reasons = QMenu(self)
        self._reasons.clear()
        actions = self.add_reasons(self._reasons)
        self._reasons.popup(self.mapToGlobal(self.rect().bottomLeft()))
        if actions[1].isEnabled():
            # Ctrl+M and Enter give the commonest reason.
            self._reasons.setActiveAction(actions[1])

    def add_reasons(self, menu: QMenu) -> list[QAction]:
        """Fill a menu with no reason and the reasons; to be chosen while there is no value."""
        actions = []
        may_choose = self.takes_reason() and not self.input.isReadOnly()
        for reason in (None, *MissingReason):
            label = reason.label if reason else self.tr("No reason")
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(reason is self._missing)
            action.setEnabled(may_choose)
            action.triggered.connect(lambda _on=False, chosen=reason: self._give_reason(chosen))
            actions.append(action)
        return actions

    # inside

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.input)
        self.setFocusProxy(self.input)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_name(self.plain_name)
        self.input.setWhatsThis(self.field.help)
        self.input.setToolTip(self._tool_tip())
        self.input.finished.connect(self.commit)
        self.input.menu_wanted.connect(self.open_menu)
        self.input.reasons_wanted.connect(self.open_reasons)

    def _take(self, text: str, *, told: bool = False) -> None:
        before = (self._value, self._missing, self._told_problem)
        try:
            self._value = self.read(text)
        except InvalidValue as error:
            self._value = self.value_without_number()
            self._set_problem(error.message)
        else:
            self._set_problem("")
            self._put(self._value)
        if not self.takes_reason():
            self._missing = None
        self._show_hint()
        self._told_problem = self._problem
        is_other = before != (self._value, self._missing, self._problem)
        if told and (is_other or self.told_along()):
            self.changed.emit()

    def _put(self, value: object) -> None:
        """Put a value into the control."""
        self.input.show_text(self.show_value(value))

    def _put_hint(self, hint: str, *_shorter: str) -> None:
        """Put pale words into the control, or a shorter form of them where it can choose."""
        self.input.setPlaceholderText(hint)

    def _shorter_hint(self) -> tuple[str, ...]:
        return (self._missing.abbreviated, _NO_VALUE) if self._missing else self._shorter_hints

    def _on_typed(self) -> None:
        """While a refused text is mended, the mark goes as soon as it can."""
        if self._problem:
            with suppress(InvalidValue):
                self.read(self.input.text())
                self._set_problem("")
        self.typed.emit()

    def _give_reason(self, reason: MissingReason | None) -> None:
        if reason is not self._missing:
            self.set_missing(reason)
            self.changed.emit()

    def _set_problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self._show_notice()

    def _show_notice(self) -> None:
        notice = self.notice()
        set_state(self.input, notice.severity.value if notice else "")
        self._show_tip()
        self.noticed.emit()

    def _tool_tip(self) -> str:
        notice = self.notice()
        reason = self._missing.label if self._missing else ""
        parts = (notice.sentence if notice else "", reason, self._told_proposal(), self.field.help)
        return told_tip(parts)

    def _show_hint(self) -> None:
        proposal = self.proposal()
        hint = self._missing.label if self._missing else self._hint
        if proposal is not None:
            hint = self.show_proposal(proposal)
        self._put_hint(hint, *self._shorter_hint())
        set_proposed(self.input, is_proposed=proposal is not None)
        self._show_tip()

    def _told_proposal(self) -> str:
        proposal = self.proposal()
        if proposal is None:
            return ""
        said = self.tr("Proposed: {value}, {why}. The right arrow key takes it.")
        return said.format(value=self.show_proposal(proposal), why=proposal.why)

    def _description(self) -> str:
        """What a screen reader says after the name and the value."""
        return notice.sentence if (notice := self.notice()) else self._told_proposal()

    def _show_tip(self) -> None:
        if (tip := self._tool_tip()) != self.input.toolTip():
            self.input.setToolTip(tip)
        if (said := self._description()) != self.input.accessibleDescription():
            self.input.setAccessibleDescription(said)
