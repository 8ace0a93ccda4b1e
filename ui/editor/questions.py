# SPDX-License-Identifier: MIT
"""What the editor has to ask before something typed is lost."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from models.speech import shown_moment
from ui.topics import ENTRY, below, explain
from ui.widgets.message import is_wanted

Answer = QMessageBox.StandardButton


class Leaving(StrEnum):
    """What becomes of changes that are not saved."""

    SAVE = "save"
    KEEP = "keep"
    DISCARD = "discard"
    STAY = "stay"


class DraftAnswer(StrEnum):
    """What becomes of the draft of a case that is opened."""

    RESUME = "resume"
    DISCARD = "discard"
    LATER = "later"


def ask_about_changes(parent: QWidget) -> Leaving:
    """Save, keep as a draft, discard, or stay."""
    box = _question(parent, _tr("Unsaved changes"), _tr("Save what you entered?"))
    box.setStandardButtons(Answer.Save | Answer.Discard | Answer.Cancel)
    keep = box.addButton(_tr("&Keep as draft"), QMessageBox.ButtonRole.ActionRole)
    box.setDefaultButton(Answer.Save)
    box.setEscapeButton(Answer.Cancel)
    box.exec()
    if box.clickedButton() is keep:
        return Leaving.KEEP
    answers = {Answer.Save: Leaving.SAVE, Answer.Discard: Leaving.DISCARD}
    return answers.get(box.standardButton(box.clickedButton()), Leaving.STAY)


def ask_about_draft(parent: QWidget, kept_at: datetime) -> DraftAnswer:
    """A case is opened of which there is a draft: go on with it, forget it, or leave both."""
    told = _tr("You have a draft of this case, kept {when}.").format(when=moment_words(kept_at))
    box = _question(parent, _tr("Draft"), told)
    resume = box.addButton(_tr("&Resume"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_tr("&Discard draft"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(Answer.Cancel)
    box.setDefaultButton(resume)
    box.exec()
    if box.clickedButton() is resume:
        return DraftAnswer.RESUME
    is_unwanted = box.clickedButton() is discard and may_discard(parent)
    return DraftAnswer.DISCARD if is_unwanted else DraftAnswer.LATER


def may_discard(parent: QWidget) -> bool:
    """Whether what was entered may be lost."""
    told = _tr("Discard what you entered? It cannot be brought back.")
    return is_wanted(
        parent,
        _tr("Discard"),
        told,
        topic=below(ENTRY, "Saving"),
        does=Answer.Discard,
        leaves=Answer.Cancel,
    )


def moment_words(moment: datetime) -> str:
    """The moment where the user is, as 2026-11-23 14:32."""
    return shown_moment(moment.astimezone())


def _question(parent: QWidget, title: str, text: str) -> QMessageBox:
    none = QMessageBox.StandardButton.NoButton
    box = QMessageBox(QMessageBox.Icon.Question, title, text, none, parent)
    explain(box, below(ENTRY, "Saving"))
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)
