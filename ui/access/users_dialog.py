# SPDX-License-Identifier: MIT
"""Who may open the logbook, in which role; for administrators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.errors import LogbookError
from models.logbook import Logbook
from models.vocabulary import Role
from ui.access.new_password import differing
from ui.access.parts import fit, form_of, layout_of, password_box, put_below, trouble
from ui.jobs import Jobs
from ui.measures import gap
from ui.theme import Theme, set_kind, set_state
from ui.topics import ENCRYPTION, below, explain
from ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from models.accounts import Account

_NAME = Qt.ItemDataRole.UserRole
_LEAST_SHOWN = 2


class UsersDialog(QDialog):
    """Each change is made at once, off the UI thread.

    Attributes:
        people: everybody, with his role.
        role_box, name_box, password_box, again_box: whom to add.
        trouble: why something was not done.
    """

    def __init__(
        self, theme: Theme, jobs: Jobs, logbook: Logbook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explain(self, below(ENCRYPTION, "Roles"))
        self.setWindowTitle(self.tr("Users"))
        self._theme, self._jobs, self._logbook = theme, jobs, logbook
        about = self.tr(
            "Readers look, print and export. Entry also enters and changes cases. Administrators "
            "also change settings, users and keys."
        )
        title = self.tr("Who may open {logbook}").format(logbook=logbook.name)
        layout = layout_of(self, theme, title, about)
        self.people = QListWidget(self)
        self.people.setAccessibleName(self.tr("Users"))
        # As high as who is in it, so that all of the dialog stands on a small screen.
        self.people.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.people.setMinimumHeight(_LEAST_SHOWN * 2 * self.fontMetrics().height())
        self.people.itemSelectionChanged.connect(self._allow)
        layout.addWidget(self.people)
        row = QHBoxLayout()
        self._remove = QPushButton(self.tr("&Remove"), self)
        set_kind(self._remove, "danger")
        # Enter in the list would press it, and takes nobody away.
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(self._take_away)
        self._roles = [self._role_button(role) for role in Role]
        for button in self._roles:
            row.addWidget(button)
        self._password = QPushButton(self.tr("New pass&word…"), self)
        self._password.setAutoDefault(False)
        self._password.clicked.connect(self._ask_password)
        row.addStretch(1)
        layout.addLayout(row)
        second = QHBoxLayout()
        second.addWidget(self._password)
        second.addStretch(1)
        second.addWidget(self._remove)
        layout.addLayout(second)
        gap(theme, layout, 8)
        self._add_form(theme, layout)
        self.trouble = trouble(self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        put_below(self, theme, self.trouble, buttons)
        fit(self)
        self._do(lambda: None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.focusWidget() in (self.name_box, self.password_box, self.again_box):
            self._add()
        else:
            super().keyPressEvent(event)

    def _add_form(self, theme: Theme, layout: QVBoxLayout) -> None:
        heading = QLabel(self.tr("Let somebody else in"), self)
        set_kind(heading, "heading")
        layout.addWidget(heading)
        form = form_of(theme)
        self.name_box = QLineEdit(self)
        self.name_box.setAccessibleName(self.tr("Name"))
        self.password_box = password_box(self, self.tr("Password"))
        self.again_box = password_box(self, self.tr("Password once more"))
        self.role_box = ChoiceBox(self)
        self.role_box.setAccessibleName(self.tr("Role"))
        for role in Role:
            self.role_box.addItem(role.label, role)
        self.role_box.setCurrentIndex(list(Role).index(Role.ENTRY))
        add = QPushButton(self.tr("&Add"), self)
        add.setAutoDefault(False)
        add.clicked.connect(self._add)
        form.addRow(self.tr("&Name"), self.name_box)
        form.addRow(self.tr("&Password"), self.password_box)
        form.addRow(self.tr("&Once more"), self.again_box)
        form.addRow(self.tr("Ro&le"), self.role_box)
        form.addRow("", add)
        holder = QWidget(self)
        form.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(form)
        layout.addWidget(holder)

    def _role_button(self, role: Role) -> QPushButton:
        button = QPushButton(self.tr("Make {role}").format(role=role.label), self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._change_role(role))
        return button

    def _add(self) -> None:
        from models.accounts import add_user

        name, password = self.name_box.text(), self.password_box.text()
        if said := differing(password, self.again_box.text()):
            self._refuse(LogbookError(said))
            self.again_box.setFocus()
            self.again_box.selectAll()
            return
        role = Role(self.role_box.currentData())
        self._do(lambda: add_user(self._logbook, name, password, role), self._empty)

    def _take_away(self) -> None:
        from models.accounts import remove_user
        from models.drafts import count_of

        name, found = self._chosen(), [0]

        def work() -> None:
            remove_user(self._logbook, name)
            found[0] = count_of(self._logbook, name)

        self._do(work, lambda: self._tell_left(name, found[0]))

    def _change_role(self, role: Role) -> None:
        from models.accounts import change_role

        name = self._chosen()
        self._do(lambda: change_role(self._logbook, name, role))

    def _ask_password(self) -> None:
        """For somebody who has forgotten his; and for oneself, who has just signed in."""
        from ui.access.password_dialog import PasswordDialog

        name = self._chosen()
        dialog = PasswordDialog(self._theme, name, self, is_own=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(lambda _old, new: self._set_password(name, new))
        dialog.wanted.connect(dialog.accept)
        dialog.open()

    def _set_password(self, name: str, password: str) -> None:
        from models.accounts import set_password

        said = self.tr("{user} has another password.").format(user=name)
        self._do(lambda: set_password(self._logbook, name, password), lambda: self._tell(said))

    def _tell_left(self, name: str, count: int) -> None:
        """What was not saved is not lost."""
        if count:
            one = self.tr("{name} left a case that was not saved: see Case > Drafts.")
            many = self.tr("{name} left {n} cases that were not saved: see Case > Drafts.")
            self._tell((one if count == 1 else many).format(name=name, n=count))

    def _tell(self, said: str) -> None:
        set_state(self.trouble, "")
        self.trouble.setText(said)
        self.trouble.show()
        fit(self)

    def _do(self, act: Callable[[], object], then: Callable[[], None] | None = None) -> None:
        def work() -> list[Account]:
            from models.accounts import accounts

            act()
            return accounts(self._logbook)

        focused = QApplication.focusWidget()

        def done(people: Sequence[Account]) -> None:
            self.setEnabled(True)
            self.show_people(people)
            if focused is not None and self.isAncestorOf(focused):
                # A button that has nothing to do any more leaves the keys to the list.
                (focused if focused.isEnabled() else self.people).setFocus()
            else:
                self.name_box.setFocus()
            if then is not None:
                then()

        self.setEnabled(False)
        self.trouble.hide()
        self._jobs.run(self._logbook, work, done, self._refuse)

    def show_people(self, people: Sequence[Account]) -> None:
        """Show these; who was chosen stays chosen."""
        chosen = self._chosen()
        self.people.clear()
        for person in people:
            item = QListWidgetItem(f"{person.name} – {person.role.label}", self.people)
            item.setData(_NAME, person.name)
            if person.name == chosen:
                self.people.setCurrentItem(item)
        self._allow()
        fit(self)

    def _allow(self) -> None:
        for button in (self._remove, self._password, *self._roles):
            button.setEnabled(bool(self._chosen()))

    def _chosen(self) -> str:
        return next((str(item.data(_NAME)) for item in self.people.selectedItems()), "")

    def _empty(self) -> None:
        for box in (self.name_box, self.password_box, self.again_box):
            box.clear()
        self.name_box.setFocus()

    def _refuse(self, error: LogbookError) -> None:
        self.setEnabled(True)
        set_state(self.trouble, "error")
        self.trouble.setText(str(error))
        self.trouble.show()
        fit(self)
