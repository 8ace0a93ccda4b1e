# SPDX-License-Identifier: MIT
"""The audit trail, and the questions of sign-off, amendment and unlocking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.signoff import CaseSignedOff
from tests.pictures.cases_scenes import cases
from tests.pictures.stage import Stage
from ui.audit.window import AuditWindow
from ui.editor.amending import Amending
from ui.widgets.why_dialog import WhyDialog


def audit(stage: Stage) -> QWidget:
    """The newest entries."""
    stage.action("audit_trail")
    dialog = stage.dialog(AuditWindow)
    stage.until(lambda: dialog.model.entries)
    stage.spread(dialog, 1120, 680)
    return dialog


def audit_no_hit(stage: Stage) -> QWidget:
    """Nothing is like what is asked."""
    dialog = audit(stage)
    assert isinstance(dialog, AuditWindow)
    dialog.bar.since.setText("2000-13")
    dialog.bar.words.setText("nothing of the kind")
    stage.until(lambda: not dialog.model.entries)
    stage.settle()
    return dialog


def sign_off(stage: Stage) -> QWidget:
    """Whether to sign a case off."""
    cases(stage)
    stage.action("sign_off")
    return stage.dialog(WhyDialog)


def unlock(stage: Stage) -> QWidget:
    """Why a case is unlocked."""
    cases(stage)
    stage.action("unlock")
    return stage.dialog(WhyDialog)


def amend(stage: Stage) -> QWidget:
    """Why a case that was signed off is changed."""
    kypholog = stage.kypholog
    logbook = kypholog.session.logbook
    assert logbook is not None
    amending = Amending(kypholog.jobs, kypholog.theme, stage.window)
    error = CaseSignedOff("", "KYP-12", "Dr. A. Operator", "2026-01-20T10:00:00.000Z")
    amending.ask(logbook, error, lambda _reason, _action: None)
    return stage.dialog(WhyDialog)


AUDIT_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "audit": audit,
    "audit-no-hit": audit_no_hit,
    "sign-off": sign_off,
    "unlock": unlock,
    "amend": amend,
}
