# SPDX-License-Identifier: MIT
"""The sheet of paper with a recovery key: what it opens, how it is used, and nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from PySide6.QtCore import QCoreApplication, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from models.speech import shown_day

_MARGIN_MM = 22.0
_TITLE = "font-size:22pt; font-weight:600; margin-top:0px; margin-bottom:10px"
_GROUP = (
    "font-family:monospace; font-size:16pt; font-weight:600; white-space:nowrap; "
    "border:1px solid #444444; padding-top:6px; padding-bottom:6px"
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the paper.

    Attributes:
        logbook: its name.
        key: as it is shown, with hyphens between the groups.
        made_on: the day on which the key was made.
        user: who made it.
    """

    logbook: str
    key: str
    made_on: date
    user: str

    @property
    def groups(self) -> list[str]:
        """The parts of the key, in their order."""
        return self.key.split("-")

    def html(self) -> str:
        """The sheet."""
        title = _tr("Recovery key")
        facts = (
            (_tr("Logbook"), self.logbook),
            (_tr("Made on"), shown_day(self.made_on)),
            (_tr("By"), self.user),
        )
        rows = "".join(
            f'<tr><td style="color:#555555; padding-right:14px">{escape(name)}</td>'
            f"<td><b>{escape(said)}</b></td></tr>"
            for name, said in facts
        )
        return (
            # Black on paper, whatever the theme of the screen.
            f'<body style="color:#000000"><p style="{_TITLE}">{escape(title)}</p>'
            f'<table cellspacing="0" cellpadding="3" style="font-size:11pt">{rows}</table>'
            f"{self._key_table()}{_paragraphs()}</body>"
        )

    def document(self) -> QTextDocument:
        """The sheet, to be shown or printed."""
        document = QTextDocument()
        document.setDocumentMargin(0)
        font = document.defaultFont()
        font.setPointSizeF(11)
        document.setDefaultFont(font)
        document.setHtml(self.html())
        return document

    def print_on(self, paper: QPrinter | QPdfWriter) -> None:
        """Put it on one sheet, with a margin that every printer has."""
        margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        paper.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        document = self.document()
        layout = paper.pageLayout()
        # The document counts in points, and is put on the device by itself.
        room = layout.paintRect(QPageLayout.Unit.Point)
        document.setPageSize(QSizeF(room.width(), room.height()))
        if isinstance(paper, QPrinter):
            # The list of jobs of a printer is for everybody to read.
            paper.setDocName(_tr("Recovery key"))
        document.print_(paper)

    def _key_table(self) -> str:
        numbers = "".join(
            f'<td align="center" style="color:#777777; font-size:9pt">{number}</td>'
            for number in range(1, len(self.groups) + 1)
        )
        cells = "".join(
            f'<td align="center" style="{_GROUP}">{escape(group)}</td>' for group in self.groups
        )
        return (
            '<table width="100%" cellspacing="4" cellpadding="0" style="margin-top:18px; '
            f'margin-bottom:12px"><tr>{numbers}</tr><tr>{cells}</tr></table>'
        )


def _paragraphs() -> str:
    parts = (
        (
            _tr("What it is for"),
            _tr(
                "When a password is forgotten, this key opens the logbook and makes "
                "whoever has it an administrator. Without it and without a password nobody "
                "can open the logbook, not even the makers of Kypholog."
            ),
        ),
        (
            _tr("How it is used"),
            _tr(
                "Open the logbook in Kypholog, choose “Use the recovery key instead”, and "
                "type the seven groups in their order. Small letters will do, and hyphens "
                "and blanks do not matter. There is no I, L, O or U in it. Then give a new "
                "password to whoever has forgotten theirs, under Tools > Users."
            ),
        ),
        (
            _tr("Where to keep it"),
            _tr(
                "Locked away, not beside the computer and not on it. If it may have been seen by "
                "others, make a new one under Tools > New recovery key; this one opens nothing "
                "then."
            ),
        ),
    )
    return "".join(
        f'<p style="font-weight:600; margin-top:12px; margin-bottom:3px">{escape(title)}</p>'
        f'<p style="margin-top:0px; margin-bottom:0px; line-height:130%">{escape(said)}</p>'
        for title, said in parts
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("recovery", text)
