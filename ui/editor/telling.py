# SPDX-License-Identifier: MIT
"""Says over the form how opening, saving and keeping a draft went, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QObject

from models.drafts import Fate, Resumed
from models.errors import LogbookError
from models.findings import Finding, Severity
from models.schema import Procedure
from models.speech import shown_day
from ui.editor.editing import Editing
from ui.editor.notice_bar import Action
from ui.editor.review import Review
from ui.editor.stage import Stage


class Telling(QObject):
    """One sentence at a time. Only what keeps a case from being saved takes the focus along.

    It is said until it is mended.
    """

    def __init__(self, stage: Stage, editing: Editing) -> None:
        super().__init__(stage)
        self._stage = stage
        self._notice = stage.notice
        self._of_draft = self._of_hindrance = ""
        self._has_errors = False
        stage.form.levels.told.connect(self._hinder)
        editing.reviewed.connect(self._look)

    def error(self, error: LogbookError, action: Action | None = None) -> None:
        """What went wrong, in its own words."""
        self._notice.say(f"{error.message} {error.cure}".strip(), "error", action)

    def findings(self, errors: Iterable[Finding]) -> None:
        """What keeps the case from being saved; go to the first of it."""
        first, *others = errors
        more = self.tr(" And {n} more.").format(n=len(others)) if others else ""
        self.not_saved(f"{first.message}{more}")
        self._stage.go_to_finding(first)

    def not_saved(self, why: str) -> None:
        """The case was not saved."""
        self._hinder(f"{self.tr('Not saved.')} {why}")

    def signed_off(self, procedure: Procedure) -> None:
        """Where the case is locked, what becomes of a change."""
        if procedure.signed_at:
            on = datetime.fromisoformat(str(procedure.signed_at)).astimezone()
            said = self.tr(
                "Signed off by {user} on {day}. What you change in it is saved as an amendment, "
                "with a reason; follow-up scores are simply added."
            )
            self._notice.say(said.format(user=procedure.signed_by, day=shown_day(on.date())), "")

    def resumed(self, resumed: Resumed, instead: Action) -> None:
        """What became of case and patient since the draft was kept, if anything did.

        ``instead`` can be done with a case that someone else saved meanwhile.
        """
        code = resumed.case.patient.patient_code or self.tr("a patient without a code")
        said = {
            Fate.SAME: "",
            Fate.CHANGED: self.tr(
                "This case was saved by someone else since this draft was begun."
            ),
            Fate.GONE: self.tr(
                "The case is not in the logbook any more. The draft is a new case now."
            ),
            Fate.MERGED: self.tr(
                "The patient was merged into {code} meanwhile, and the case is one of {code} now. "
                "Look it over, then save."
            ).format(code=code),
            Fate.PATIENT_CHANGED: self.tr(
                "Someone else changed patient {code} since this case was begun, and the change "
                "stands here too. Look it over, then save."
            ).format(code=code),
        }
        parts = [said[resumed.fate]]
        if resumed.kept:
            fields = ", ".join(resumed.kept)
            parts.append(self.tr("Kept as the logbook has it: {fields}.").format(fields=fields))
        if resumed.left_out_names:
            parts.append(
                self.tr(
                    "Names and record numbers are switched off in this logbook: the draft goes on "
                    "without what it held of them."
                )
            )
        if words := " ".join(filter(None, parts)):
            action = instead if resumed.fate is Fate.CHANGED else None
            self._notice.say(words, "warning", action)

    def draft(self, trouble: str) -> None:
        """Why the draft cannot be kept, once until it can; "" when it was kept.

        What is said already, about something else, stays.
        """
        if not trouble:
            if self._of_draft and self._notice.text == self._of_draft:
                self._notice.hide()
            self._of_draft = ""
        elif not self._of_draft and not self._notice.text:
            said = self.tr("No draft is kept just now; it is tried again every second.")
            self._of_draft = f"{said} {trouble}"
            self._notice.say(self._of_draft, "error")

    def left_out_names(self) -> None:
        """The case was saved, and a name that was entered was not."""
        self._notice.say(
            self.tr(
                "Names and record numbers are switched off in this logbook, so none was saved. "
                "Everything else was."
            ),
            "warning",
        )

    # what is mended in the form

    def _hinder(self, said: str) -> None:
        self._notice.say(said, "error")
        self._of_hindrance = said if self._is_hindered() else ""

    def _is_hindered(self) -> bool:
        return self._has_errors or bool(self._stage.form.levels.adder.refused)

    def _look(self, found: Review) -> None:
        self._has_errors = any(one.severity is Severity.ERROR for one in found.findings)
        if self._of_hindrance and not self._is_hindered():
            if self._notice.text == self._of_hindrance:
                self._notice.hide()
            self._of_hindrance = ""
