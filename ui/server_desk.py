# SPDX-License-Identifier: MIT
"""Opens logbooks that a server keeps: asks for address and password, tells what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from models.address import Address
from models.errors import LogbookError, NothingThere, PasswordWanted
from ui.jobs import Job
from ui.session import Session
from ui.status import StatusBar
from ui.topics import SERVERS, explain
from ui.workplace import Workplace

if TYPE_CHECKING:
    from ui.access.server_dialog import ServerDialog

GoTo = Callable[[Callable[[], None]], None]
"""Opens another logbook, unless what is not saved in this one holds the user back."""


class ServerDesk(QObject):
    """Asks, and lets the session open.

    Args:
        place: the window that owns the dialogs, and how it looks.
        session: what opens.
        status: follows what a server is asked for.
        go_to: leaves the logbook that is open.
    """

    def __init__(self, place: Workplace, session: Session, status: StatusBar, go_to: GoTo) -> None:
        super().__init__(place.window)
        self._place, self._session, self._status = place, session, status
        self._go_to = go_to
        self._password = ""
        self._dialog: ServerDialog | None = None
        session.server_failed.connect(self._refuse)
        session.connecting.connect(self._follow)
        place.events.opened.connect(self._on_opened)

    @property
    def dialog(self) -> ServerDialog | None:
        """Where the address is asked for, while it is."""
        return self._dialog

    def ask(self) -> None:
        """Ask for the address of a server and open the logbook there."""
        self._ask(None)

    def _ask(self, address: Address | None, why: LogbookError | None = None) -> None:
        # Not needed before a server is.
        from ui.access.server_dialog import ServerDialog

        if self._dialog is not None:
            self._dialog.reject()
        dialog = ServerDialog(self._place.theme, address, self._place.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._open)
        dialog.finished.connect(lambda _result: self._forget(dialog))
        self._dialog = dialog
        if why is not None:
            # Before it is shown: a window that grows at once may be set back by the desktop.
            dialog.refuse(why)
        dialog.open()

    def _open(self, address: Address, password: str) -> None:
        self._password = password
        opened = False

        def opens() -> None:
            nonlocal opened
            opened = True
            self._session.open_served(address, password)

        self._go_to(opens)
        if not opened and self._dialog is not None:
            # What is not saved is asked about first, or the last backup is made.
            self._dialog.accept()

    def _follow(self, job: Job, address: Address) -> None:
        said = self.tr("Asking {server} for the logbook")
        self._status.follow(job, said.format(server=address.shown))

    def _refuse(self, address: Address, error: LogbookError) -> None:
        password, self._password = self._password, ""
        if isinstance(error, NothingThere):
            self._offer_to_make(address, password)
        elif self._dialog is not None:
            self._dialog.refuse(error)
        elif isinstance(error, PasswordWanted):
            # One that the driver found by itself was wrong, or it found none.
            self._ask(address, error)
        else:
            self._place.tell(error)

    def _offer_to_make(self, address: Address, password: str) -> None:
        """A database in which there is nothing at all may be meant for a new logbook."""
        if self._dialog is not None:
            self._dialog.accept()
        box = QMessageBox(self._place.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Kypholog")
        explain(box, SERVERS)
        said = self.tr("The database {name} is empty. Make a new logbook in it?")
        box.setText(said.format(name=address.name))
        box.setInformativeText(
            self.tr(
                "To bring a logbook there that you have in a folder, use the command copy "
                "instead; it fills an empty database too."
            )
        )
        make = box.addButton(self.tr("Make a logbook"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        make.clicked.connect(
            lambda _checked=False: self._session.open_served(address, password, makes=True)
        )
        box.open()

    def _on_opened(self) -> None:
        self._password = ""
        if self._dialog is not None and self._session.logbook is not None:
            self._dialog.accept()

    def _forget(self, dialog: ServerDialog) -> None:
        if dialog is self._dialog:
            self._dialog = None
