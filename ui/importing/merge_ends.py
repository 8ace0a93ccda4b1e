# SPDX-License-Identifier: MIT
"""The first and the last step of a merge: which logbook, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from models.access import Credential, Password, Recovery
from models.errors import LogbookError
from models.other_logbook import Done
from ui.importing.step import Step, fill
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.choice_box import ChoiceBox


class PlaceStep(Step):
    """Which logbook, and who signs in to it where it is encrypted.

    Attributes:
        place: the folder, to type or to paste.
        browse: asks for it.
        name, secret, by_recovery: who signs in, and with what.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Logbook"), parent)
        self.said.setText(
            self.tr(
                "Choose the folder of the other logbook, such as that of a second workstation, or "
                "type the address of one on a server. It is read and never changed; nothing is "
                "written here before you have seen what would be done."
            )
        )
        self.place = QLineEdit(self)
        self.place.setAccessibleName(self.tr("Folder or address of the other logbook"))
        self.place.setPlaceholderText("Office.kypholog")
        self.browse = QPushButton(self.tr("&Browse…"), self)
        self.browse.setAutoDefault(False)
        self._signs_in = QWidget(self)
        self.name = ChoiceBox(self._signs_in)
        self.name.setAccessibleName(self.tr("Name"))
        self.secret = QLineEdit(self._signs_in)
        self.by_recovery = QCheckBox(self.tr("Use its &recovery key instead"), self._signs_in)
        self._secret_label = QLabel(self._signs_in)
        self._secret_label.setBuddy(self.secret)
        self._arrange()
        self._change_kind(by_recovery=False)
        self._forget()
        self.place.textChanged.connect(lambda: self._forget())
        self.secret.textChanged.connect(lambda: self.changed.emit())
        self.by_recovery.toggled.connect(lambda on: self._change_kind(by_recovery=on))
        self.browse.clicked.connect(lambda: self._ask())

    @property
    def may_go_on(self) -> bool:
        asks = not self._signs_in.isHidden()
        return bool(self.place.text().strip()) and not (asks and not self.secret.text())

    @property
    def credential(self) -> Credential | None:
        """With what somebody signs in; None where nobody was asked to."""
        if self._signs_in.isHidden():
            return None
        if self.by_recovery.isChecked():
            return Recovery(self.secret.text())
        return Password(self.name.currentText(), self.secret.text())

    def begin(self) -> None:
        (self.place if self._signs_in.isHidden() else self.secret).setFocus()

    def ask_to_sign_in(self, names: Sequence[str], *, at_server: bool = False) -> None:
        """Ask who of these signs in, and with what: it is encrypted, or its server wants to know.

        At a server it is the account that the address names.
        """
        fill(self.name, [(name, name) for name in names], "")
        self.by_recovery.setVisible(not at_server)
        self.by_recovery.setChecked(False)
        self._signs_in.show()
        told = self.tr("This logbook is encrypted. Sign in with a name and password of its own.")
        if at_server:
            told = self.tr("This server asks for the password of the account.")
        self.notice.say(told)
        self.secret.setFocus()
        self.changed.emit()

    def warn(self, error: LogbookError) -> None:
        """Say why it does not go on; a wrong password is typed anew."""
        super().warn(error)
        if not self.by_recovery.isChecked():
            self.secret.clear()

    def forget_secret(self) -> None:
        """What was typed is not wanted any more."""
        self.secret.clear()

    def _forget(self) -> None:
        """Another logbook has other users."""
        self._signs_in.hide()
        self.secret.clear()
        self.notice.hide()
        self.changed.emit()

    def _change_kind(self, *, by_recovery: bool) -> None:
        self.name.setEnabled(not by_recovery)
        label = self.tr("Recovery &key") if by_recovery else self.tr("&Password")
        self._secret_label.setText(label)
        self.secret.setAccessibleName(label.replace("&", ""))
        # Whoever types seven groups from paper has to see them.
        mode = QLineEdit.EchoMode.Normal if by_recovery else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(mode)
        self.secret.clear()
        self.secret.setFocus()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        keep(self.theme, line.setSpacing, 8)
        line.addWidget(self.place, 1)
        line.addWidget(self.browse)
        form = QFormLayout(self._signs_in)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        keep(self.theme, form.setHorizontalSpacing, 12)
        keep(self.theme, form.setVerticalSpacing, 8)
        name_label = QLabel(self.tr("N&ame"), self._signs_in)
        name_label.setBuddy(self.name)
        form.addRow(name_label, self.name)
        form.addRow(self._secret_label, self.secret)
        form.addRow("", self.by_recovery)
        self.content.addLayout(line)
        self.content.addWidget(self._signs_in)
        self.content.addStretch(1)

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, self.tr("Choose the other logbook"), self.place.text()
        )
        if folder:
            self.place.setText(folder)


class EndStep(Step):
    """Tells how it ended.

    Attributes:
        undo: takes the merge back.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Result"), parent)
        self.undo = QPushButton(self.tr("&Undo this merge"), self)
        guard(self.undo, "merge_logbook")
        self.undo.setAutoDefault(False)
        self._backup = QLabel(self)
        self._backup.setWordWrap(True)
        set_kind(self._backup, "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        self.content.addWidget(self._backup)
        self.content.addLayout(buttons)
        self.content.addStretch(1)

    def begin(self) -> None:
        self.undo.setFocus()

    def show_done(self, done: Done) -> None:
        """Tell what was written."""
        merged = done.merged
        told = self.tr(
            "{name} is merged: {new} new cases, {changed} changed cases, {people} changed "
            "patients. {told} entries of its audit are kept in ours."
        )
        self.said.setText(
            told.format(
                name=done.name,
                new=f"{merged.new:,}",
                changed=f"{merged.changed:,}",
                people=f"{merged.people:,}",
                told=f"{merged.told:,}",
            )
        )
        wrote = bool(merged.new or merged.changed or merged.people)
        self.undo.setEnabled(wrote and not merged.signed)
        words = []
        if done.backup is not None:
            told = self.tr("The logbook as it was before lies in {folder}, as {file}.")
            lies = done.backup.file
            words.append(told.format(folder=lies.parent.name, file=lies.name))
        elif done.is_served and merged.wrote:
            words.append(self.tr("No backup was made before: the server looks after those."))
        if merged.signed:
            told = self.tr(
                "Undo leaves cases that are signed off alone, and {n} of these are: bring the "
                "backup back, or earlier values by the history of a case."
            )
            words.append(told.format(n=f"{merged.signed:,}"))
        self._backup.setText(" ".join(words))

    def show_undone(self) -> None:
        """Tell that it was taken back."""
        self.notice.tell(self.tr("The merge is undone. Edit > Redo does it again."))
        self.undo.setEnabled(False)
