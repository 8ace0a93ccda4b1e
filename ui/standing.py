# SPDX-License-Identifier: MIT
"""Tells whoever works with a logbook that he may do more now, or less, or nothing any more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import LogbookError
from models.logbook import Logbook
from models.vocabulary import Role
from ui.session import Session
from ui.workplace import Workplace


class Standing(QObject):
    """Compares what the logbook knows of its user with what was told last.

    Args:
        place: the window, and by what it works.
        session: which logbook is open.

    Signals:
        put_out: (LogbookError) the account was closed, and nothing may stay in sight.
    """

    put_out = Signal(object)

    def __init__(self, place: Workplace, session: Session) -> None:
        super().__init__(place.window)
        self._place, self._session = place, session
        self._role = Role.ADMIN

    def begin(self, logbook: Logbook) -> None:
        """Another logbook is open, and what its user may do is shown."""
        self._role = logbook.door.role

    def look(self, logbook: Logbook | None) -> None:
        """Tell what changed since."""
        if logbook is None:
            return
        door, before = logbook.door, self._role
        if door.is_closed:
            # From the loop of events: who looks is not to be closed while he does.
            QTimer.singleShot(0, self, partial(self._put_out, logbook))
        elif door.role is not before:
            self._role = door.role
            self._place.events.door_changed.emit()
            said = self.tr("Your role in {logbook} is {role} now; it was {before}.")
            said = said.format(logbook=logbook.name, role=door.role.label, before=before.label)
            self._place.tell(LogbookError(said, self._meaning(door.role)))

    def _meaning(self, role: Role) -> str:
        if role is Role.READER:
            return self.tr(
                "You may look, print and export. What you are entering stays in the window, and "
                "can be saved when an administrator gives you another role again."
            )
        if role is Role.ENTRY:
            return self.tr("You may enter and change cases.")
        return self.tr("You may change everything, and who else may.")

    def _put_out(self, logbook: Logbook) -> None:
        if self._session.logbook is not logbook:
            return
        said = self.tr("The account {user} was closed.").format(user=logbook.user)
        cure = self.tr("Ask an administrator of the logbook.")
        self.put_out.emit(LogbookError(said, cure))
