# SPDX-License-Identifier: MIT
"""A save that is carried out once, however often a server has to be asked for it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from models import drafts
from models.audit import Action
from models.case import Case, Saved, save_case
from models.logbook import Logbook
from models.once import Once
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
    _once: Once[Stored] = field(init=False)

    def __post_init__(self) -> None:
        self._once = Once(self.logbook, self._save)

    def carry_out(self) -> Stored:
        """Save the case with its draft in one transaction, unless that was done before.

        Raises:
            ServerAway: not now; it can be carried out again.
            LogbookError: as ``save_case``.
        """
        if self.before is not None and not self._once.was_done():
            if (earlier := self.before._settled()) is not None:
                self.case.procedure.version = earlier.case.procedure.version
                self.case.patient.version = earlier.case.patient.version
            self.before = None
        return self._once.carry_out()

    def _save(self) -> Stored:
        copy = copy_case(self.case)
        saved = save_case(self.logbook, copy, self.reason, self.action)
        drafts.discard(self.logbook, copy.id)
        settings = read_settings(self.logbook) if saved.left_out_names else None
        return Stored(copy, saved, settings)

    def _settled(self) -> Stored | None:
        """What came of it, or of one before it; nothing is begun any more."""
        if self._once.was_done():
            return self._once.carry_out()
        return self.before._settled() if self.before is not None else None
