# SPDX-License-Identifier: MIT
"""What becomes of an entry while the server of the logbook does not answer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.errors import LogbookError
from ui.editor.drafting import Drafting
from ui.editor.editing import Editing
from ui.editor.notice_bar import NoticeBar
from ui.editor.saving import Keeper
from ui.events import LogbookEvents


class Outage(QObject):
    """Says calmly where the entry is meanwhile, and carries out what waits once it can be.

    Args:
        editing: the case that is being entered.
        keeper: has the save that waits.
        drafting: keeps the draft, here while the server is away.
        notice: where it is said.
        events: tell that the server is away, or there again.
        page: the page of the editor.
    """

    def __init__(
        self,
        editing: Editing,
        keeper: Keeper,
        drafting: Drafting,
        notice: NoticeBar,
        events: LogbookEvents,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._editing, self._keeper, self._drafting = editing, keeper, drafting
        self._notice = notice
        self._said = ""
        keeper.postponed.connect(self._postpone)
        events.link_changed.connect(self._on_link)
        events.opened.connect(self._forget)

    def _postpone(self, _error: LogbookError) -> None:
        self._drafting.renew()
        said = self.tr("Not saved yet: the server does not answer.")
        then = self.tr("It is saved once, as soon as the server answers again.")
        self._say(f"{said} {self._kept()} {then}", waits=True)

    def _on_link(self, is_there: bool) -> None:
        case = self._editing.case
        if case is None or case.id != self._keeper.waiting_for:
            self._keeper.give_up()
        if is_there:
            self._come_back()
        elif case is not None and not self._keeper.is_busy and not self._keeper.waiting_for:
            said = self.tr("The server does not answer. Go on typing.")
            self._say(f"{said} {self._kept()}", waits=False)

    def _come_back(self) -> None:
        if self._said and self._notice.text == self._said:
            self._notice.hide()
        self._said = ""
        if self._editing.case is None:
            # What is said is that it could not be fetched, and now it is.
            self._notice.hide()
        if self._keeper.waiting_for or self._editing.case is None:
            self._keeper.go_on()
        else:
            self._drafting.renew()

    def _forget(self) -> None:
        """Another logbook is open, or none."""
        self._said = ""
        self._keeper.forget()

    def _kept(self) -> str:
        logbook = self._editing.logbook
        shelter = logbook.shelter if logbook is not None else None
        if shelter is not None and shelter.is_lasting:
            return self.tr("What you enter is kept on this computer, encrypted.")
        return self.tr("What you enter is kept in the memory of this program; leave it open.")

    def _say(self, said: str, *, waits: bool) -> None:
        self._said = said
        action = (self.tr("Try now"), self._keeper.go_on) if waits else None
        self._notice.say(said, "warning", action)
