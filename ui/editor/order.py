# SPDX-License-Identifier: MIT
"""A save that is carried out once, however often a server has to be asked for it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from models import drafts
from models.audit import Action
from models.case import Case, Saved, save_case
from models.errors import AnswerLost
from models.logbook import Logbook
from models.settings import LogbookSettings, read_settings
from ui.editor.case_rows import copy_case


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a save.

    Attributes:
        case: the copy that was saved, with its new versions.
        saved: what the save did.
        settings: of the logbook, where they are others than was thought; None otherwise.
    """

    case: Case
    saved: Saved
    settings: LogbookSettings | None


@dataclass(slots=True)
class SaveOrder:
    """Holds the case as it was when it was to be saved, so that typing can go on meanwhile.

    Attributes:
        before: an earlier order of the same case that may have been carried out or not.
    """

    logbook: Logbook
    case: Case
    reason: str = ""
    action: Action | None = None
    before: SaveOrder | None = None
    _number: str = field(default="", init=False)
    _hoped: Stored | None = field(default=None, init=False)

    def carry_out(self) -> Stored:
        """Save the case with its draft in one transaction, unless that was done before.

        Raises:
            ServerAway: not now; it can be carried out again.
            LogbookError: as ``save_case``.
        """
        if (done := self._done()) is not None:
            return done
        if self.before is not None:
            if (earlier := self.before._settled()) is not None:
                self.case.procedure.version = earlier.case.procedure.version
                self.case.patient.version = earlier.case.patient.version
            self.before = None
        copy = copy_case(self.case)
        try:
            with self.logbook.transaction():
                saved = save_case(self.logbook, copy, self.reason, self.action)
                drafts.discard(self.logbook, copy.id)
                settings = read_settings(self.logbook) if saved.left_out_names else None
                self._hoped = Stored(copy, saved, settings)
        except AnswerLost as lost:
            self._number = lost.number
            raise
        return self._hoped

    def _settled(self) -> Stored | None:
        """What came of it, or of one before it; nothing is begun any more."""
        done = self._done()
        return self.before._settled() if done is None and self.before is not None else done

    def _done(self) -> Stored | None:
        """What came of it, where the server has carried it out and could not say so."""
        if self._number and self.logbook.has_saved(self._number):
            return self._hoped
        self._number = ""
        return None
