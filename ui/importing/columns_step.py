# SPDX-License-Identifier: MIT
"""The second step: what each column stands for, why, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QWidget,
)

from models.errors import LogbookError
from models.importing.arranging import columns_in, told_of_layout
from models.importing.first_look import FirstLook, is_date, is_number, with_units
from models.importing.kept import KeptMapping
from models.importing.mapping import ColumnUse, Mapping
from models.importing.offers import Offer, label_of, target_offers
from models.importing.targets import CASE, CASE_ID, PATIENT_CODE, RECORD_NUMBER, targets
from models.importing.units import UnitOffer, exact_units, own_unit
from models.importing.unplaced import told_of_unplaced, why_unread
from models.vocabulary import PainScale
from ui.importing.step import Step, StepTable, fill
from ui.measures import keep
from ui.permits import guard
from ui.theme import Theme, set_kind
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.pick_box import PickBox
from ui.widgets.text_table import Column

_NOTHING = ""


class ColumnsStep(Step):
    """A table of the columns, with what can be changed of the current one below it.

    Signals:
        mapping_changed: (Mapping) a person changed what a column stands for.
        save_wanted: (str) the mapping is to be kept in the logbook under this name.
        write_wanted: (Path) it is to be written into a file.
        load_wanted: (Path) one is to be read from a file.
        kept_wanted: (KeptMapping) one that was kept is to be used.
        delete_wanted: (KeptMapping) one that was kept is not wanted any more.
        rename_wanted: (KeptMapping, str) one that was kept is to have this name.
        proposal_wanted: what is recognized is to be used.

    Attributes:
        table: column, samples, what it stands for, why.
        target: what the current column stands for.
        dates, decimal, unit, scale: how it is read.
        menu: the button of the mappings.
    """

    mapping_changed = Signal(object)
    save_wanted = Signal(str)
    write_wanted = Signal(object)
    load_wanted = Signal(object)
    kept_wanted = Signal(object)
    delete_wanted = Signal(object)
    rename_wanted = Signal(object, str)
    proposal_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Columns"), parent)
        self._look: FirstLook | None = None
        self._mapping = Mapping(())
        self._kept: Sequence[KeptMapping] = ()
        self._nothing = Offer(_NOTHING, self.tr("Not read"), ("skip", "ignore", "none", "nothing"))
        self._offers = (self._nothing, *target_offers())
        self._by_name = {offer.value: offer for offer in self._offers}
        self.table = StepTable(theme, self.tr("Columns"), self)
        self.target = PickBox(self.tr("What the column stands for"), self)
        self.dates = self._box(self.tr("Dates"))
        self.decimal = self._box(self.tr("Decimal sign"))
        self.unit = self._box(self.tr("Unit"))
        self.scale = self._box(self.tr("Pain scale"))
        self.column = QLabel(self)
        self.column.setTextFormat(Qt.TextFormat.PlainText)
        self.column.setWordWrap(True)
        set_kind(self.column, "heading")
        self.menu = QPushButton(self.tr("&Mapping"), self)
        set_kind(self.menu, "menu")
        self._menu = QMenu(self.menu)
        self.menu.setMenu(self._menu)
        self._arrange()
        self._connect()

    @property
    def mapping(self) -> Mapping:
        """What the columns stand for."""
        return self._mapping

    def begin(self) -> None:
        self.table.setFocus()

    def show_look(self, look: FirstLook) -> None:
        """Show the columns of a file that was read."""
        self._look = look
        self.show_mapping(look.mapping)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show what the columns stand for now."""
        self._mapping = mapping
        look = self._look
        samples = look.samples if look is not None else {}
        columns = [
            Column(self.tr("Column")),
            Column(self.tr("Stands for")),
            Column(self.tr("Why")),
            Column(self.tr("Samples")),
        ]
        self.table.set_rows(
            columns,
            [
                (
                    use.column,
                    self._told(use),
                    self._why(use),
                    ", ".join(samples.get(use.column, ())),
                )
                for use in mapping.columns
            ],
        )
        self._show_count()
        self._show_current(self.table.currentIndex().row())

    def offer_kept(self, kept: Sequence[KeptMapping], fitting: KeptMapping | None = None) -> None:
        """Offer mappings that were kept; ``fitting`` at once, as made for such a file."""
        self._kept = kept
        self._fill_menu()
        if fitting is not None and fitting.mapping.columns != self._mapping.columns:
            said = self.tr("The mapping {name} was made for a file with these columns.")
            self.notice.say(
                said.format(name=fitting.name),
                button=self.tr("&Use it"),
                act=lambda: self.kept_wanted.emit(fitting),
            )

    def ask(self, questions: Sequence[str], column: str) -> None:
        """Ask how dates or numbers of a column are to be read, and go there."""
        self.notice.say("\n".join(questions), "warning")
        places = [use.column for use in self._mapping.columns]
        if column in places:
            self.table.go_to(places.index(column))
            shown = [box for box in (self.dates, self.decimal) if box.isVisibleTo(self)]
            (shown[0] if shown else self.table).setFocus()

    def offer_units(self, offers: Sequence[UnitOffer]) -> None:
        """Offer to convert columns that are in another unit; whoever goes on does without."""

        def convert() -> None:
            units = {one.column: one.unit for one in offers}
            self._use_changed(with_units(self._mapping, units))

        told = "\n".join(one.told for one in offers)
        self.notice.say(told, "warning", self.tr("Con&vert them"), convert)

    # the current column

    def _show_current(self, row: int) -> None:
        use = self._use(row)
        self.target.setEnabled(use is not None)
        if use is None:
            return
        self.column.setText(use.column)
        self.target.set_offers(self._offers, self._by_name[use.target])
        by_cells = (self.tr("By the cells"), "")
        fill(
            self.dates,
            [
                by_cells,
                (self.tr("Day before month"), "day_first"),
                (self.tr("Month before day"), "month_first"),
            ],
            use.dates,
        )
        fill(
            self.decimal,
            [by_cells, (self.tr("Point"), "point"), (self.tr("Comma"), "comma")],
            use.decimal,
        )
        units = self._units(use)
        fill(self.unit, units, use.unit)
        scales = [(scale.label, scale.value) for scale in PainScale]
        fill(self.scale, [(self.tr("Not said"), ""), *scales], use.scale)
        for box, is_shown in (
            (self.dates, is_date(use)),
            (self.decimal, is_number(use)),
            (self.unit, len(units) > 1),
            (self.scale, _is_score(use)),
        ):
            self._labels[box].setVisible(is_shown)
            box.setVisible(is_shown)

    def _take(self, offer: Offer) -> None:
        use = self._use(self.table.currentIndex().row())
        if use is None or offer.value == use.target:
            self.table.setFocus()
            return
        scale = use.scale if _is_score(ColumnUse("", offer.value)) else ""
        self._change(use, target=offer.value, scale=scale, unit="")
        self.table.setFocus()

    def _change(self, use: ColumnUse, **changes: str) -> None:
        try:
            mapping = self._mapping.having(use.column, **changes)
        except LogbookError as error:
            self.warn(error)
            self._show_current(self.table.currentIndex().row())
            return
        self._use_changed(mapping)

    def _use_changed(self, mapping: Mapping) -> None:
        self.notice.hide()
        self.show_mapping(mapping)
        self.mapping_changed.emit(mapping)

    def _read(self, name: str, box: QComboBox) -> None:
        use = self._use(self.table.currentIndex().row())
        if use is not None:
            self._change(use, **{name: str(box.currentData())})

    def _use(self, row: int) -> ColumnUse | None:
        uses = self._mapping.columns
        return uses[row] if 0 <= row < len(uses) else None

    def _units(self, use: ColumnUse) -> list[tuple[str, str]]:
        """In which units the numbers of a column can be, where there is a choice."""
        field = targets()[use.target].field if use.target else None
        own, others = own_unit(field), exact_units(field)
        told = self.tr("{unit}, converted: times {factor}")
        return [
            (self.tr("As heading and cells say"), ""),
            *([(own, own)] if others else []),
            *((told.format(unit=unit, factor=f"{n:.10g}"), unit) for unit, n in others.items()),
        ]

    # words

    def _told(self, use: ColumnUse) -> str:
        told = label_of(use.target) if use.target else self.tr("Not read")
        if use.scale:
            told = f"{told}, {PainScale(use.scale).label}"
        if use.unit:
            told = self.tr("{what}, given in {unit}").format(what=told, unit=use.unit)
        return told

    def _why(self, use: ColumnUse) -> str:
        return {
            "flat": self.tr("Export of this program"),
            "name": self.tr("By its name"),
            "label": self.tr("By the label of the field"),
            "synonym": self.tr("By another name of the field"),
            "pain": self.tr("Score and time point"),
            "content": self.tr("By what its cells hold"),
            "visit": self.tr("Of the visit of its row"),
            "shared": self.tr("Said of all levels together"),
            "timed": self.tr("Name and time point"),
            "": self.tr("Chosen") if use.target else why_unread(use.column, self._mapping).shown,
        }[use.how]

    def _show_count(self) -> None:
        unread = self._mapping.unused
        every = len(self._mapping.columns)
        table = self._look.table if self._look is not None else None
        lie = told_of_layout(table, columns_in(table, self._mapping)) if table else []
        read = self.tr("{n} of {every} columns are read.")
        told = " ".join([*lie, read.format(n=every - len(unread), every=every)])
        if unread:
            told = "\n".join([told, *told_of_unplaced(self._mapping)])
        told += self._said_of_keys()
        self.said.setText(told)

    def _said_of_keys(self) -> str:
        """What it means that no column tells the patient, where none does."""
        used = self._mapping.used.keys()
        if {CASE_ID, PATIENT_CODE} & used:
            return ""
        told = ""
        if not {CASE, RECORD_NUMBER} & used:
            told = " " + self.tr("None tells the patient or the case: every row is a case.")
        return f"{told} " + self.tr(
            "Without a patient code, importing the file again would make its cases again."
        )

    # mappings

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        for one in self._kept:
            action = menu.addAction(self.tr("Use {name}").format(name=one.name.replace("&", "&&")))
            action.triggered.connect(lambda _checked=False, one=one: self.kept_wanted.emit(one))
        menu.addAction(self.tr("Use what is &recognized"), self.proposal_wanted.emit)
        menu.addSeparator()
        guard(menu.addAction(self.tr("&Save under a name…"), self._ask_name), "save_mapping")
        menu.addAction(self.tr("&Load from a file…"), self._ask_load)
        menu.addAction(self.tr("&Write to a file…"), self._ask_write)
        if not self._kept:
            return
        for words, act in (
            (self.tr("&Rename"), self._ask_new_name),
            (self.tr("&Delete"), self.delete_wanted.emit),
        ):
            below = menu.addMenu(words)
            guard(below.menuAction(), "save_mapping")
            for one in self._kept:
                action = below.addAction(one.name.replace("&", "&&"))
                action.triggered.connect(lambda _on=False, act=act, one=one: act(one))

    def _ask_name(self) -> None:
        self._ask_text(self.tr("Save mapping"), "", self.save_wanted.emit)

    def _ask_new_name(self, kept: KeptMapping) -> None:
        def take(name: str) -> None:
            self.rename_wanted.emit(kept, name)

        self._ask_text(self.tr("Rename mapping"), kept.name, take)

    def _ask_text(self, title: str, begin: str, take: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("Name of the mapping"))
        dialog.setTextValue(begin)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(take)
        dialog.open()

    def _ask_load(self) -> None:
        kinds = self.tr("Mappings (*.json)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Load mapping"), "", kinds)
        if name:
            self.load_wanted.emit(Path(name))

    def _ask_write(self) -> None:
        kinds = self.tr("Mappings (*.json)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write mapping"), "mapping.json", kinds)
        if name:
            self.write_wanted.emit(Path(name) if Path(name).suffix else Path(f"{name}.json"))

    # the parts

    def _arrange(self) -> None:
        row = QHBoxLayout()
        keep(self.theme, row.setSpacing, 8)
        self._labels: dict[QComboBox, QLabel] = {}
        for box in (self.dates, self.decimal, self.unit, self.scale):
            label = QLabel(box.accessibleName(), self)
            label.setBuddy(box)
            self._labels[box] = label
            row.addWidget(label)
            row.addWidget(box)
        row.addStretch(1)
        above = QHBoxLayout()
        above.addWidget(self.column, 1)
        above.addWidget(self.menu)
        self.content.addWidget(self.table, 1)
        self.content.addLayout(above)
        self.content.addWidget(self.target)
        self.content.addLayout(row)
        self._fill_menu()

    def _connect(self) -> None:
        self.table.turned.connect(self._show_current)
        self.table.opened.connect(lambda _row: self.target.setFocus())
        self.table.opened.connect(lambda _row: self.target.selectAll())
        self.target.picked.connect(self._take)
        for name in ("dates", "decimal", "unit", "scale"):
            box: ChoiceBox = getattr(self, name)
            box.activated.connect(lambda _at, name=name, box=box: self._read(name, box))

    def _box(self, name: str) -> ChoiceBox:
        box = ChoiceBox(self)
        box.setAccessibleName(name)
        return box


def _is_score(use: ColumnUse) -> bool:
    """Whether the column holds scores of one time point, which are on some scale."""
    return bool(use.target) and targets()[use.target].part == "score"
