# SPDX-License-Identifier: MIT
"""Says what will happen to the keys, and asks whether to go on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from ui.access.parts import fit, layout_of, put_below, sentence
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, explain


class ConfirmDialog(QDialog):
    """A title, sentences, and a button that does it."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        sentences: Sequence[str],
        button: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, ENCRYPTION)
        self.setWindowTitle(title)
        first, *others = sentences
        layout = layout_of(self, theme, title, first)
        for said in others:
            layout.addWidget(sentence(said, self))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        go = QPushButton(button, self)
        set_kind(go, "primary")
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        put_below(self, theme, buttons)
        fit(self)
