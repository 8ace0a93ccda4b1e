# SPDX-License-Identifier: MIT
"""How an export is written, what its rows are, and what it says of persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from models.exchange.column_sets import ColumnSet
from models.exchange.deidentify import Dates, Kind, Rules
from models.exchange.deidentify.rules import ways_of
from models.exchange.dialects import Dialect
from models.exchange.orders import Order
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from ui.measures import keep
from ui.theme import Theme
from ui.topics import EXPORT, below, set_topic
from ui.widgets.choice_box import ChoiceBox

_ALL = ""


class ExportForm(QWidget):
    """The choices that make an order, but for its cases.

    Signals:
        changed: another order is meant.
        columns_wanted: the user wants to choose columns.

    Attributes:
        profile, shape, kind, dates, columns, signs: the selectors.
        key: where the key to random codes is to lie; empty for none.
    """

    changed = Signal()
    columns_wanted = Signal()

    def __init__(
        self, theme: Theme, remembered: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sets: dict[str, tuple[str, ...]] = {}
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        keep(theme, self._layout.setHorizontalSpacing, 12)
        keep(theme, self._layout.setVerticalSpacing, 8)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.profile = self._add(self.tr("Format"))
        self.shape = self._add(self.tr("Rows"))
        self.signs = self._add(self.tr("Delimiter"))
        self.columns = ChoiceBox(self)
        self._choose = QPushButton(self.tr("Choose…"), self)
        self._add_pair(self.tr("Columns"), self.columns, self._choose)
        self.kind = self._add(self.tr("Persons"))
        self.dates = self._add(self.tr("Dates"))
        self.key = QLineEdit(self)
        self.key.setPlaceholderText(self.tr("None is kept"))
        self.key.setToolTip(self.tr("Without a key file nothing leads back from the codes."))
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setAccessibleName(self.tr("Browse for the key file"))
        self._key_row = self._add_pair(self.tr("Key file"), self.key, self._browse)
        self._fill(remembered)
        self._tell_topics()
        self._choose.clicked.connect(self.columns_wanted)
        self._browse.clicked.connect(self._ask_for_key)
        self.key.textChanged.connect(self.changed)

    def order(self) -> Order:
        """What is meant.

        Raises:
            LogbookError: it contradicts itself.
        """
        profile = Profile(self.profile.currentData())
        signs = str(self.signs.currentData())
        dialect = Dialect(True, *signs) if profile is Profile.EXCEL else Dialect()
        rules = Rules(Kind(self.kind.currentData()), Dates(self.dates.currentData()))
        key = self.key.text().strip() if rules.changes_anything else ""
        takes = FORMS[profile].takes_columns
        return Order(
            profile,
            Shape(self.shape.currentData()),
            rules,
            self._sets.get(str(self.columns.currentData())) if takes else None,
            dialect=dialect,
            key=Path(key) if key else None,
        )

    def _tell_topics(self) -> None:
        for heading, parts in (
            ("Formats", (self.profile, self.shape, self.signs)),
            ("Columns", (self.columns, self._choose)),
            ("Persons", (self.kind, self.dates, self.key, self._browse)),
        ):
            for part in parts:
                set_topic(part, below(EXPORT, heading))

    def ending(self) -> str:
        """The ending of the file's name."""
        shape = Shape(self.shape.currentData())
        return FORMS[Profile(self.profile.currentData())].ending(shape)

    def remembered(self) -> dict[str, str]:
        """What the next form should begin with; no key, which every export has for itself."""
        boxes = self._boxes()
        kept = {name: str(box.currentData()) for name, box in boxes.items()}
        return kept | {"columns": str(self.columns.currentData())}

    def set_columns(self, sets: Sequence[ColumnSet], chosen: str = "") -> None:
        """Offer other sets of columns, and choose one of them by its name."""
        wanted = chosen or str(self.columns.currentData())
        self._sets = {each.name: each.columns for each in sets}
        self.columns.blockSignals(True)
        self.columns.clear()
        self.columns.addItem(self.tr("All columns"), _ALL)
        for each in sets:
            self.columns.addItem(each.name, each.name)
        self.columns.setCurrentIndex(max(0, self.columns.findData(wanted)))
        self.columns.blockSignals(False)
        self.columns.updateGeometry()
        self.changed.emit()

    def _boxes(self) -> dict[str, QComboBox]:
        return {
            "profile": self.profile,
            "shape": self.shape,
            "kind": self.kind,
            "dates": self.dates,
            "signs": self.signs,
        }

    def _fill(self, remembered: Mapping[str, str]) -> None:
        for profile, form in FORMS.items():
            self.profile.addItem(form.label, profile.value)
        for text, signs in (
            (self.tr("Comma, decimal point"), ",."),
            (self.tr("Semicolon, decimal comma"), ";,"),
            (self.tr("Semicolon, decimal point"), ";."),
            (self.tr("Tab, decimal point"), "\t."),
            (self.tr("Tab, decimal comma"), "\t,"),
        ):
            self.signs.addItem(text, signs)
        for kind, text in self._kinds().items():
            self.kind.addItem(text, kind.value)
        self._select(self.profile, remembered.get("profile", ""))
        self._offer_shapes(remembered.get("shape", ""))
        self._select(self.signs, remembered.get("signs", ""))
        self._select(self.kind, remembered.get("kind", ""))
        self._offer_dates(remembered.get("dates", ""))
        self.columns.addItem(self.tr("All columns"), _ALL)
        self.profile.currentIndexChanged.connect(lambda _place: self._offer_shapes(""))
        self.kind.currentIndexChanged.connect(lambda _place: self._offer_dates(""))
        for box in (self.profile, self.shape, self.kind, self.dates, self.signs, self.columns):
            box.currentIndexChanged.connect(self._show)
        self._show()

    def _offer_shapes(self, wanted: str) -> None:
        shapes = FORMS[Profile(self.profile.currentData())].shapes
        labels = self._shapes()
        self._offer(self.shape, [(labels[shape], shape.value) for shape in shapes], wanted)

    def _offer_dates(self, wanted: str) -> None:
        labels = self._dates()
        ways = ways_of(Kind(self.kind.currentData()))
        self._offer(self.dates, [(labels[way], way.value) for way in ways], wanted)

    def _offer(self, box: QComboBox, items: Sequence[tuple[str, str]], wanted: str) -> None:
        box.blockSignals(True)
        box.clear()
        for text, data in items:
            box.addItem(text, data)
        self._select(box, wanted)
        box.blockSignals(False)
        box.updateGeometry()

    def _select(self, box: QComboBox, wanted: str) -> None:
        box.setCurrentIndex(max(0, box.findData(wanted)))

    def _show(self) -> None:
        """Only what there is a choice of."""
        profile = Profile(self.profile.currentData())
        takes_out = Kind(self.kind.currentData()) is not Kind.NONE
        layout = self._layout
        layout.setRowVisible(self.shape, self.shape.count() > 1)
        layout.setRowVisible(self.signs, profile is Profile.EXCEL)
        layout.setRowVisible(self.dates, takes_out)
        layout.setRowVisible(self._key_row, takes_out)
        for widget in (self.columns, self._choose):
            widget.setEnabled(FORMS[profile].takes_columns)
        self.profile.setToolTip(FORMS[profile].about)
        self.changed.emit()

    def _kinds(self) -> dict[Kind, str]:
        return {
            Kind.NONE: self.tr("Identified: all that is recorded"),
            Kind.LIMITED: self.tr("Limited data set"),
            Kind.SAFE_HARBOR: self.tr("De-identified (Safe Harbor)"),
        }

    def _dates(self) -> dict[Dates, str]:
        return {
            Dates.KEPT: self.tr("As they are"),
            Dates.SHIFTED: self.tr("Moved by a random number of days per patient"),
            Dates.YEAR: self.tr("Year only"),
            Dates.DAYS: self.tr("Days from the procedure"),
        }

    def _shapes(self) -> dict[Shape, str]:
        return {
            Shape.FLAT: self.tr("One per treated level"),
            Shape.CASE: self.tr("One per case, levels numbered"),
            Shape.TABLES: self.tr("Linked tables"),
        }

    def _ask_for_key(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Key file"), self.key.text(), self.tr("CSV files (*.csv)")
        )
        if name:
            self.key.setText(name if Path(name).suffix else f"{name}.csv")

    def _add(self, label: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(label)
        self._layout.addRow(label, box)
        return box

    def _add_pair(self, label: str, field: QWidget, button: QPushButton) -> QWidget:
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(button)
        field.setAccessibleName(label)
        self._layout.addRow(label, pair)
        return pair
