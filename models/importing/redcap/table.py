# SPDX-License-Identifier: MIT
"""The records of a REDCap project that was made with our dictionary, as REDCap exports them raw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.exchange.linked import PATIENT_ID, PATIENTS, PROCEDURES
from models.exchange.redcap.data import INSTANCE, INSTRUMENT
from models.exchange.redcap.variables import EXPORT, RECORD_ID
from models.importing import targets
from models.importing.allowed import AS_NEW, is_as_new
from models.importing.mapping import ColumnUse, Mapping
from models.importing.marked import persons_in
from models.importing.problems import Problem
from models.importing.reading import SourceRow, Table
from models.importing.recognizing import UnreadableTable
from models.importing.record_cases import Entry, Parts
from models.importing.records import CASE_VERSION, PATIENT_VERSION, Records, Told
from models.importing.redcap.building import RecordBuilder
from models.importing.redcap.layout import known_columns, known_forms, laid_out
from models.importing.survey import Survey, grouped
from models.speech import say
from models.typed import quoted

_EVENT = "redcap_event_name"
_BY_REDCAP = (EXPORT, INSTANCE, INSTRUMENT, "redcap_data_access_group", "redcap_survey_identifier")
_FEWEST = 10
"""So many of our variables beside REDCap's own columns are no chance."""


def is_redcap(table: Table) -> bool:
    """Whether the table is what REDCap exports of a project with our dictionary."""
    columns = {*table.columns}
    if not {RECORD_ID, INSTRUMENT} <= columns:
        return False
    return EXPORT in columns or len(columns & known_columns()) >= _FEWEST


class RedcapTable(Records):
    """Records of REDCap, raw.

    What was changed in REDCap since it went out changes the logbook, and is a conflict only where
    the logbook was changed as well. An empty cell says nothing. New instances get ids that follow
    from record and number, so that the next import finds them again; new records are known by
    patient code and date.

    Raises:
        UnreadableTable: the project is longitudinal, or the records are of a kind that cannot come
            in.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        if _EVENT in table.columns:
            raise UnreadableTable(
                say("{table} is of a longitudinal project.", table=table.name),
                say("Our dictionary is for a classic project with repeating instruments."),
            )
        if lacking := [name for name in (EXPORT, INSTANCE) if name not in table.columns]:
            raise UnreadableTable(
                say(
                    "{table} has no column {lacking}, which says what the records are.",
                    table=table.name,
                    lacking=lacking[0],
                ),
                say("Export all fields from REDCap, as CSV with raw data."),
            )
        self._laid = laid_out(table.columns)
        self._repeating = {form.name: form.sheet.name for form in known_forms() if form.repeats}
        self._at = {name: table.columns.index(name) for name in (RECORD_ID, *_BY_REDCAP[:3])}
        self._persons = persons_in(table)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self._table.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings."""
        return self._table.columns

    @property
    def key(self) -> tuple[str, str]:
        """The record's id."""
        return RECORD_ID, targets.CASE

    @property
    def written(self) -> str:
        """How the file is written, and that it is REDCap's."""
        told = say("records of REDCap, {written}", written=self._table.written)
        return f"{told}; {AS_NEW}" if self.is_as_new else told

    @property
    def is_as_new(self) -> bool:
        """Whether they are of a limited data set."""
        return is_as_new(self._persons)

    def rows(self) -> Iterator[SourceRow]:
        """Every row."""
        return self._table.rows()

    def mapping(self, encoding: str = "", delimiter: str = "") -> Mapping:
        """What stands for a mapping; fields that somebody added to the project are not read."""
        ours = {*known_columns(), *_BY_REDCAP, *(f"{form.name}_complete" for form in known_forms())}
        uses = (
            ColumnUse(name, self._target(name, ours), "flat" if name in ours else "")
            for name in self.columns
        )
        return Mapping(tuple(uses), exact=True, encoding=encoding, delimiter=delimiter)

    def cases(self, seen: Survey) -> Iterator[Told]:
        """Every record."""
        ids: dict[str, int] = {}
        for rows in grouped(self._table, seen):
            builder = RecordBuilder(rows, self._laid, ids)
            parts, problems = self._parts(rows)
            cells, case = builder.build(parts)
            cells.problems[:0] = problems
            builder.keep_versions(
                (target, builder.number(name, entry, "version"))
                for target, name, entry in (
                    (CASE_VERSION, PROCEDURES, parts.procedure),
                    (PATIENT_VERSION, PATIENTS, parts.patient),
                )
                if entry.cells.get("version")
            )
            yield cells, case

    def _parts(self, rows: Sequence[SourceRow]) -> tuple[Parts, list[Problem]]:
        """What the rows of a record hold of each table, and the rows that cannot be read."""
        lists: dict[str, list[Entry]] = {name: [] for name in self._repeating.values()}
        own: list[SourceRow] = []
        problems: list[Problem] = []
        for row in rows:
            if row.problem:
                problems.append(Problem(row.number, "", "", row.problem))
                continue
            repeated = row.cells[self._at[INSTRUMENT]].strip()
            if not repeated:
                own.append(row)
            elif (name := self._repeating.get(repeated)) is None:
                message = say(
                    "There is no repeating instrument {repeated} in our dictionary.",
                    repeated=quoted(repeated),
                )
                problems.append(Problem(row.number, INSTRUMENT, repeated, message))
            elif cells := self._cells(name, row, problems):
                lists[name].append(self._entry(row, cells))
        if len(own) != 1:
            told = say("has no row of its own") if not own else say("has several rows of its own")
            record = rows[0].cells[self._at[RECORD_ID]] if not rows[0].problem else ""
            message = say(
                "The record {told}, with an empty {instrument}.", told=told, instrument=INSTRUMENT
            )
            problems.append(Problem(rows[0].number, RECORD_ID, record, message))
        first = own[0] if own else SourceRow(rows[0].number, ("",) * len(self.columns))
        patient = self._cells(PATIENTS, first, problems)
        known = {PATIENT_ID: patient.get(PATIENT_ID, "")}
        procedure = {**known, **self._cells(PROCEDURES, first, problems)}
        return Parts(self._entry(first, procedure), self._entry(first, patient), lists), problems

    def _cells(self, name: str, row: SourceRow, problems: list[Problem]) -> dict[str, str]:
        laid = self._laid[name]
        for place in laid.odd(row.cells):
            message = say("{cell} is neither 1 nor 0.", cell=quoted(row.cells[place]))
            problems.append(Problem(row.number, self.columns[place], row.cells[place], message))
        return laid.cells(row.cells)

    def _entry(self, row: SourceRow, cells: dict[str, str]) -> Entry:
        cells[RECORD_ID] = row.cells[self._at[RECORD_ID]].strip()
        cells[INSTANCE] = row.cells[self._at[INSTANCE]].strip()
        return Entry(row.number, cells)

    def _target(self, name: str, ours: set[str]) -> str:
        if name == RECORD_ID:
            return targets.CASE
        return targets.DERIVED if name in ours else ""
