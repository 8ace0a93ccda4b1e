# SPDX-License-Identifier: MIT
"""Asks what is to become of earlier copies that anybody can still read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPushButton,
    QRadioButton,
    QWidget,
)

from ui.access.parts import fit, layout_of, put_below, sentence
from ui.measures import gap, keep
from ui.theme import Theme, set_kind
from ui.topics import ENCRYPTION, below, explain

_INDENT, _LINES = 26, 5


class CopiesDialog(QDialog):
    """Names each of them; encrypting is what it offers first.

    Args:
        copies: each by its place.
        can_encrypt: how many of them are backups, which can be encrypted.

    Attributes:
        encrypt, remove, leave: the three answers.
    """

    def __init__(
        self,
        theme: Theme,
        copies: Sequence[str],
        can_encrypt: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(ENCRYPTION, "Encrypting a logbook later"))
        self.setWindowTitle(self.tr("Earlier copies"))
        one = self.tr("1 earlier copy is not encrypted")
        many = self.tr("{n} earlier copies are not encrypted").format(n=len(copies))
        about = self.tr(
            "Anybody who can open the folder can read the patients in them. An encrypted backup of "
            "today was made and checked; nothing is lost without these."
        )
        layout = layout_of(self, theme, one if len(copies) == 1 else many, about)
        self.listed = QListWidget(self)
        self.listed.setAccessibleName(self.tr("Earlier copies"))
        self.listed.addItems(list(copies))
        self.listed.setWordWrap(True)
        self.listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.listed.setMinimumHeight(_LINES * 2 * self.fontMetrics().height())
        layout.addWidget(self.listed)
        gap(theme, layout, 8)
        self.encrypt = QRadioButton(self.tr("&Encrypt them"), self)
        self.remove = QRadioButton(self.tr("&Remove them"), self)
        self.leave = QRadioButton(self.tr("&Leave them for now"), self)
        kept = self.tr("They can be restored as before, by who signs in.")
        if can_encrypt < len(copies):
            kept = self.tr(
                "{n} of them are backups; they can be restored as before, by who signs in. The "
                "others can only be removed."
            ).format(n=can_encrypt)
        self.encrypt.setEnabled(can_encrypt > 0)
        (self.encrypt if can_encrypt else self.remove).setChecked(True)
        for choice, said in (
            (self.encrypt, kept),
            (
                self.remove,
                self.tr(
                    "They are overwritten first. On a solid state drive traces can remain; there "
                    "only an encrypted drive helps."
                ),
            ),
            (self.leave, self.tr("Tools > Earlier copies asks again.")),
        ):
            layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
            small = sentence(said, self)
            keep(theme, small.setIndent, _INDENT)
            choice.setAccessibleDescription(said)
            layout.addWidget(small)
        buttons = QDialogButtonBox(self)
        go = QPushButton(self.tr("Go on"), self)
        set_kind(go, "primary")
        go.setDefault(True)
        buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        put_below(self, theme, buttons)
        fit(self)
