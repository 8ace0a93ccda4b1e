# SPDX-License-Identifier: MIT
"""One setting in the dialog: its control, what it does, its default, and the way back to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.measures import keep
from ui.preferences.holding import Control, held, on_change, put
from ui.theme import Theme, set_kind, set_state
from ui.topics import set_topic, topic_of_setting

_ANYWHERE = Qt.AlignmentFlag(0)
_INDENT = 26


class SettingRow(QWidget):
    """A label over the control, unless it is a tick with its own, and the words below.

    Args:
        name: by which the help knows the setting.
        words: a few words, what it does in full, and other words by which it is looked for.
        default: what holds unless somebody changes it, and how that is said.
        control: changes it.
        beside: the control with what stands beside it, where there is something.

    Attributes:
        control: as it was given.
        reset: puts the default back; in sight where something else holds.
        trouble: what is wrong with what was typed; in sight where something is.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: tuple[str, str, str],
        default: tuple[object, str],
        control: Control,
        beside: QLayout | None = None,
    ) -> None:
        super().__init__()
        set_topic(self, topic_of_setting(name))
        label, help_text, _also = words
        self._words = " ".join(words).casefold()
        self.control, self._default = control, default[0]
        control.setAccessibleName(label)
        control.setAccessibleDescription(help_text)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 0, 8, 0, 0)
        keep(theme, layout.setSpacing, 4)
        is_tick = isinstance(control, QCheckBox)
        if not is_tick:
            told = QLabel(label, self)
            told.setBuddy(control)
            told.setWordWrap(True)
            layout.addWidget(told)
        if beside is not None:
            layout.addLayout(beside)
        else:
            layout.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if is_tick else _ANYWHERE)
        self.trouble = QLabel(self)
        self.trouble.setWordWrap(True)
        set_state(self.trouble, "error")
        self.trouble.hide()
        layout.addWidget(self.trouble)
        self.reset = self._reset_button(label)
        layout.addLayout(self._about(theme, help_text, default[1], indents=is_tick))
        on_change(control, self._look)
        self._look()

    def has(self, words: list[str]) -> bool:
        """Whether all of these, in small letters, stand in its label or in what it does."""
        return all(word in self._words for word in words)

    def refuse(self, said: str) -> None:
        """Say what is wrong with what was typed, and let it be typed anew."""
        self.trouble.setText(said)
        self.trouble.show()
        set_state(self.control, "error")
        self.control.setFocus()

    def _reset_button(self, label: str) -> QPushButton:
        button = QPushButton(_tr("Back to the default"), self)
        button.setAccessibleName(_tr("Back to the default: {setting}").format(setting=label))
        button.setAutoDefault(False)
        set_kind(button, "link")
        button.clicked.connect(lambda _checked=False: self._put_back())
        return button

    def _about(self, theme: Theme, help_text: str, default: str, *, indents: bool) -> QVBoxLayout:
        said = _tr("{help} Default: {default}.").format(help=help_text, default=default)
        text = QLabel(said, self)
        text.setWordWrap(True)
        set_kind(text, "muted")
        below, line = QVBoxLayout(), QHBoxLayout()
        keep(theme, below.setContentsMargins, _INDENT if indents else 0, 0, 0, 0)
        keep(theme, below.setSpacing, 2)
        # Not by an alignment, which would forget the height that wrapped words need.
        line.addWidget(self.reset)
        line.addStretch(1)
        below.addWidget(text)
        below.addLayout(line)
        return below

    def _put_back(self) -> None:
        # The button goes, and the focus would go on to another setting.
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        put(self.control, self._default)

    def _look(self) -> None:
        self.reset.setVisible(held(self.control) != self._default)
        if not self.trouble.isHidden():
            self.trouble.hide()
            set_state(self.control, "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
