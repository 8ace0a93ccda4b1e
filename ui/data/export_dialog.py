# SPDX-License-Identifier: MIT
"""Asks what to export and where to, and says in a sentence what the file will hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.measures import gap, give_room, keep
from ui.theme import Theme, set_kind

_WIDTH = 520


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the user decided; ``case_ids`` is None for all cases."""

    target: Path
    case_ids: list[str] | None


class ExportDialog(QDialog):
    """Scope and target of a CSV export."""

    def __init__(
        self,
        theme: Theme,
        folder: Path,
        logbook_name: str,
        case_count: int,
        selected: list[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self._selected = selected
        self._all = QRadioButton(self.tr("All cases ({n})").format(n=case_count), self)
        self._some = QRadioButton(self.tr("Selected cases ({n})").format(n=len(selected)), self)
        self._some.setVisible(bool(selected))
        # One case is always selected, so a single one says little of what is wanted.
        proposed = self._some if len(selected) > 1 else self._all
        proposed.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self._all)
        group.addButton(self._some)

        self._target = QLineEdit(str(folder / f"{logbook_name}.csv"), self)
        self._target.setAccessibleName(self.tr("File"))
        browse = QPushButton(self.tr("Browse…"), self)
        browse.clicked.connect(self._browse)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._export = QPushButton(self.tr("Export"), self)
        set_kind(self._export, "primary")
        self._buttons.addButton(self._export, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._target.textChanged.connect(self._target.setToolTip)
        self._target.setToolTip(self._target.text())
        self._target.textChanged.connect(self._allow)
        self._export.setDefault(True)
        self._arrange(theme, browse)
        self._allow()
        proposed.setFocus()

    @property
    def choice(self) -> ExportChoice:
        """What was chosen."""
        only = self._selected if self._some.isChecked() else None
        return ExportChoice(_path_of(self._target.text().strip()), only)

    def _arrange(self, theme: Theme, browse: QPushButton) -> None:
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 8)
        title = QLabel(self.tr("Export as CSV"), self)
        set_kind(title, "title")
        about = QLabel(
            self.tr(
                "One row per treated level, with the case and the patient repeated and pain by "
                "time point. Codes, not labels; UTF-8, commas, decimal points. Names, record "
                "numbers, birth dates, notes and lot numbers are left out. Patient codes and dates "
                "are in it, so treat the file as patient data."
            ),
            self,
        )
        about.setWordWrap(True)
        set_kind(about, "muted")
        row = QHBoxLayout()
        row.addWidget(self._target, 1)
        row.addWidget(browse)
        for widget in (title, about):
            layout.addWidget(widget)
        gap(theme, layout, 8)
        for choice in (self._all, self._some):
            layout.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        gap(theme, layout, 8)
        layout.addLayout(row)
        gap(theme, layout, 16)
        layout.addWidget(self._buttons)
        keep(theme, self.setMinimumWidth, _WIDTH)
        give_room(self)

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export to"), self._target.text(), self.tr("CSV files (*.csv)")
        )
        if name:
            self._target.setText(name if Path(name).suffix else f"{name}.csv")

    def _allow(self) -> None:
        self._export.setEnabled(bool(self._target.text().strip()))


def _path_of(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        # The home of nobody who is known here: then it is a name like any other.
        return Path(text)
