# SPDX-License-Identifier: MIT
"""The dialog in which it is said what counts as improved, for everybody who opens the logbook."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.analysis.thresholds import LIMITS, Limit, Thresholds
from ui.measures import gap, give_room, keep
from ui.permits import guard
from ui.theme import Theme, set_kind, set_state
from ui.topics import OUTCOMES, below, explain
from ui.widgets.steady_number import SteadyNumber

_WIDTH = 560
_SHARE = 0.92
"""Of the height of the window, the most that the dialog takes."""

_WHOLE = ("moderate", "substantial")


class ThresholdsDialog(QDialog):
    """A box for each threshold with its unit and its source; nothing is changed by itself."""

    def __init__(self, theme: Theme, thresholds: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explain(self, below(OUTCOMES, "How it is worked out"))
        self.setWindowTitle(self.tr("Thresholds"))
        keep(theme, self.setMinimumWidth, _WIDTH)
        self.boxes = {limit.name: self._box(limit) for limit in LIMITS}
        title = QLabel(self.tr("What counts as improved"), self)
        set_kind(title, "title")
        about = QLabel(
            self.tr(
                "These thresholds hold for everybody who opens this logbook, and are "
                "printed with every table and figure that uses them."
            ),
            self,
        )
        set_kind(about, "muted")
        about.setWordWrap(True)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        set_state(self.problem, "error")
        layout = QVBoxLayout(self)
        keep(theme, layout.setContentsMargins, 24, 24, 24, 24)
        keep(theme, layout.setSpacing, 4)
        layout.addWidget(title)
        layout.addWidget(about)
        gap(theme, layout, 12)
        layout.addWidget(_Scrolled(self._grid(theme), self), 1)
        layout.addWidget(self.problem)
        gap(theme, layout, 12)
        self._save = QPushButton(self.tr("Save"), self)
        guard(self._save, "change_thresholds")
        layout.addWidget(self._buttons())
        self.show_thresholds(thresholds)
        for box in self.boxes.values():
            box.valueChanged.connect(self._check)
        give_room(self)
        if parent is not None:
            most = round(_SHARE * parent.window().height())
            self.resize(self.width(), min(self.height(), most))

    @property
    def thresholds(self) -> Thresholds:
        """What the boxes say."""
        values = {name: box.value() for name, box in self.boxes.items()}
        return Thresholds.of(values)

    def show_thresholds(self, thresholds: Thresholds) -> None:
        """Write these into the boxes."""
        for name, box in self.boxes.items():
            box.setValue(float(getattr(thresholds, name)))
        self._check()

    def _box(self, limit: Limit) -> QDoubleSpinBox:
        box = SteadyNumber(self)
        box.setDecimals(0 if limit.name in _WHOLE else 1)
        box.setRange(limit.low, limit.high)
        box.setSuffix(f" {limit.unit}")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setAccessibleName(_tr(limit.label))
        box.setAccessibleDescription(limit.source)
        return box

    def _grid(self, theme: Theme) -> QWidget:
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        keep(theme, grid.setHorizontalSpacing, 12)
        keep(theme, grid.setVerticalSpacing, 6)
        for row, limit in enumerate(LIMITS):
            label = QLabel(_tr(limit.label), self)
            label.setBuddy(self.boxes[limit.name])
            source = QLabel(limit.source, self)
            set_kind(source, "small")
            source.setWordWrap(True)
            grid.addWidget(label, row, 0)
            grid.addWidget(self.boxes[limit.name], row, 1)
            grid.addWidget(source, row, 2)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(LIMITS), 1)
        return rows

    def _check(self) -> None:
        wrong = self.thresholds.problem()
        self.problem.setText(wrong or "")
        self.problem.setVisible(wrong is not None)
        self._save.setEnabled(wrong is None)

    def _buttons(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        published = QPushButton(self.tr("Published values"), self)
        published.clicked.connect(lambda _checked=False: self.show_thresholds(Thresholds()))
        set_kind(self._save, "primary")
        self._save.setDefault(True)
        buttons.addButton(published, roles.ResetRole)
        buttons.addButton(self._save, roles.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons


class _Scrolled(QScrollArea):
    """As large as what it holds where there is room, and else scrolled."""

    def __init__(self, held: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._held = held
        set_kind(held, "page")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(held)
        self.setAccessibleName(self.tr("Thresholds"))

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return self._held.sizeHint() + QSize(bar, 0)

    def minimumSizeHint(self) -> QSize:
        # Sources are broken where there is too little room beside the boxes.
        least, bar = self._held.minimumSizeHint(), self.verticalScrollBar().sizeHint().width()
        return QSize(least.width() + bar, 3 * least.height() // len(LIMITS))


def _tr(text: str) -> str:
    return QCoreApplication.translate("thresholds", text)
