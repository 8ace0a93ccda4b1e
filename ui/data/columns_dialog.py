# SPDX-License-Identifier: MIT
"""Chooses the columns of an export and gives the choice a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
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

from models.exchange.codebook import Entry
from models.speech import say_in
from ui.measures import fit_screen, keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.topics import EXPORT, below, explain
from ui.widgets.clearing import offer_clearing
from ui.widgets.notice import Notice

_WIDTH, _HEIGHT = 520, 520
_MOST_LETTERS = 60


class ColumnsDialog(QDialog):
    """Every column with its label and a mark; what is typed above narrows the list.

    Args:
        name: of the set that is open; "" for none.

    Signals:
        rename_wanted: (str, str) the set of the first name is to have the second one.
        delete_wanted: (str) the set of this name is not wanted any more.
        once_wanted: the columns are for this export alone.

    Attributes:
        search: narrows the list.
        listed: the columns.
        name: under which the choice is saved.
        use: accepts without saving.
        save: accepts and saves.
        rename: gives the set that is open the name that is typed.
        delete: takes the set that is open away.
        notice: what became of that.
    """

    rename_wanted = Signal(str, str)
    delete_wanted = Signal(str)
    once_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        entries: Sequence[Entry],
        chosen: Sequence[str],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        explain(self, below(EXPORT, "Columns"))
        self.setWindowTitle(self.tr("Columns"))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search by name or label"))
        self.search.setAccessibleName(self.tr("Search columns"))
        offer_clearing(self.search)
        self.listed = QListWidget(self)
        self.listed.setAccessibleName(self.tr("Columns"))
        self.name = QLineEdit(name, self)
        self.name.setMaxLength(_MOST_LETTERS)
        self.name.setAccessibleName(self.tr("Name of the set"))
        self.name.setPlaceholderText(self.tr("Such as Study A"))
        self.use = QPushButton(self.tr("&Use once"), self)
        self.use.setToolTip(self.tr("These columns for this export alone; nothing is saved"))
        self.save = QPushButton(self.tr("Save and use"), self)
        set_kind(self.save, "primary")
        self.rename = QPushButton(self.tr("&Rename"), self)
        self.delete = QPushButton(self.tr("&Delete"), self)
        set_kind(self.delete, "danger")
        for button in (self.save, self.rename, self.delete):
            guard(button, "save_columns")
        self.notice = Notice(theme, self)
        self._open = name
        self._fill(entries, set(chosen))
        self._arrange(theme)
        self.search.textChanged.connect(self._narrow)
        self.name.textChanged.connect(self._allow)
        self.listed.itemChanged.connect(self._allow)
        self.rename.clicked.connect(self._ask_to_rename)
        self.delete.clicked.connect(lambda: self.delete_wanted.emit(self._open))
        self._allow()
        self.search.setFocus()

    def columns(self) -> list[str]:
        """The headings that are marked."""
        marked = (item for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in marked]

    def show_renamed(self, name: str) -> None:
        """The set that is open has this name now."""
        told = self.tr("{old} is called {name} now.").replace("{old}", self._open)
        self.notice.tell(told.replace("{name}", name))
        self._open = name
        self.name.setText(name)
        self._allow()

    def show_deleted(self) -> None:
        """The set that was open is gone; its columns are still marked."""
        told = self.tr("{name} is deleted. Save and use brings it back.")
        self.notice.tell(told.replace("{name}", self._open))
        self.name.setText(self._open)
        self._open = ""
        self._allow()

    def _take_once(self) -> None:
        self.once_wanted.emit()
        self.reject()

    def _ask_to_rename(self) -> None:
        self.rename_wanted.emit(self._open, self.name.text())

    def _fill(self, entries: Sequence[Entry], chosen: set[str]) -> None:
        for name, label in {entry.name: entry.label for entry in entries}.items():
            text = name if label == name else f"{name}   {label}"
            item = QListWidgetItem(text, self.listed)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            marked = Qt.CheckState.Checked if name in chosen else Qt.CheckState.Unchecked
            item.setCheckState(marked)
        self.listed.setCurrentRow(0)

    def _arrange(self, theme: Theme) -> None:
        every = QPushButton(say_in("Columns", "All"), self)
        none = QPushButton(self.tr("None"), self)
        every.clicked.connect(lambda: self._mark(Qt.CheckState.Checked))
        none.clicked.connect(lambda: self._mark(Qt.CheckState.Unchecked))
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(every)
        above.addWidget(none)
        label = QLabel(self.tr("&Save as"), self)
        label.setBuddy(self.name)
        named = QHBoxLayout()
        named.addWidget(label)
        named.addWidget(self.name, 1)
        for button in (self.rename, self.delete):
            button.setAutoDefault(False)
            named.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.use, QDialogButtonBox.ButtonRole.ActionRole)
        self.use.clicked.connect(self._take_once)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.save.setDefault(True)
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 12)
        layout.addLayout(above)
        layout.addWidget(self.listed, 1)
        layout.addWidget(self.notice)
        layout.addLayout(named)
        layout.addWidget(buttons)
        fit_screen(theme, self, _WIDTH, _HEIGHT)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().strip()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())

    def _mark(self, state: Qt.CheckState) -> None:
        """All that the search shows."""
        self.listed.blockSignals(True)
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(state)
        self.listed.blockSignals(False)
        self._allow()

    def _allow(self) -> None:
        typed = self.name.text().strip()
        has_columns = bool(self.columns())
        self.use.setEnabled(has_columns)
        self.save.setEnabled(bool(typed) and has_columns)
        self.rename.setEnabled(bool(self._open and typed) and typed != self._open)
        for button in (self.rename, self.delete):
            button.setVisible(bool(self._open))

    def _items(self) -> list[QListWidgetItem]:
        return [self.listed.item(row) for row in range(self.listed.count())]
