# SPDX-License-Identifier: MIT
"""The cases of a zip of linked tables, read side by side: one case at a time is in memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from models.exchange.linked import ADDED_AT, CASE_ID, PATIENT_ID, PATIENTS, PROCEDURES
from models.exchange.pictures import IMAGES, SHA256
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.importing import targets
from models.importing.allowed import AS_NEW, is_as_new, refuse_altered
from models.importing.package.archive import CheckedArchive, Manifest
from models.importing.package.pictures import Pictures
from models.importing.reading import SourceRow
from models.importing.recognizing import UnreadableTable
from models.importing.record_cases import LISTED, CaseBuilder, Entry, Parts
from models.importing.record_rows import row_readers
from models.importing.records import Records, Told
from models.importing.survey import Survey
from models.speech import say

_ANEW = say("Export the cases anew, with all tables, by the same version of Kypholog.")
_TOLD = {Profile.PACKAGE: say("data package"), Profile.MACHINE: say("linked tables for programs")}


class PackageTable(Records):
    """A data package, or linked tables of the machine profile.

    The ids of its rows are kept. Images come in where it holds their pictures, as an identified
    package does; else those that the logbook has stay.

    Raises:
        UnreadableTable: it is damaged, changed, not ours, or no record; the sentence has the cure.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._zip = CheckedArchive(file)
        self._refuse(self._zip.manifest)
        headings = self._check_headings()
        self._columns = headings[PROCEDURES]
        self._images = sum(1 for _ in self._table(IMAGES))
        is_told = {SHA256, ADDED_AT} <= {*headings.get(IMAGES, ())}
        has_them = self._zip.manifest.profile == Profile.PACKAGE and is_told and self._images
        self._pictures = Pictures(self._zip) if has_them else None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the table of procedures."""
        return self._columns

    @property
    def key(self) -> tuple[str, str]:
        """The case's id."""
        return CASE_ID, targets.CASE_ID

    @property
    def written(self) -> str:
        """What kind of zip it is, who wrote it, and what it lacks."""
        own = self._zip.manifest
        told = [
            say(
                "{told}, {written_by}, checksums right",
                told=_TOLD[Profile(own.profile)],
                written_by=own.written_by,
            )
        ]
        told += [AS_NEW] if self.is_as_new else []
        if self._pictures is not None:
            told.append(
                say("1 image")
                if self._images == 1
                else say("{images:,} images", images=self._images)
            )
        elif self._images:
            told.append(say("{images:,} images are named, and not in it", images=self._images))
        return "; ".join(told)

    @property
    def is_as_new(self) -> bool:
        """Whether it is a limited data set."""
        return is_as_new(self._zip.manifest.persons)

    @property
    def pictures(self) -> Pictures | None:
        """The contents of its images."""
        return self._pictures

    def rows(self) -> Iterator[SourceRow]:
        """The rows of the table of procedures: one a case."""
        for entry in self._table(PROCEDURES):
            yield SourceRow(entry.number, tuple(entry.cells.values()))

    def cases(self, seen: Survey) -> Iterator[Told]:
        """Every case, in the order of the procedures."""
        patients = {entry.cells[PATIENT_ID]: entry for entry in self._table(PATIENTS)}
        listed = [name for name in LISTED if name != IMAGES or self._pictures is not None]
        below = {name: _Following(self._table(name)) for name in listed}
        known: set[str] = set()
        for entry in self._table(PROCEDURES):
            case_id = entry.cells[CASE_ID]
            patient = patients.get(entry.cells[PATIENT_ID])
            if case_id in known:
                raise self._broken(PROCEDURES, entry.number, say("the case stands there twice"))
            if patient is None:
                raise self._broken(PROCEDURES, entry.number, say("there is no such patient"))
            known.add(case_id)
            lists = {name: rows.of(case_id) for name, rows in below.items()}
            source = SourceRow(entry.number, tuple(entry.cells.values()))
            yield CaseBuilder([source]).build(Parts(entry, patient, lists))
        for name, rows in below.items():
            if (left := rows.next_number) is not None:
                raise self._broken(name, left, say("it belongs to no case before it"))

    def _table(self, name: str) -> Iterator[Entry]:
        """The rows of a table; none where it was not exported."""
        file = f"{name}.csv"
        if file not in self._zip.manifest.files:
            return
        with self._zip.reading() as archive:
            rows = self._zip.rows_in(archive, file)
            _, heading = next(rows, (1, []))
            for number, cells in rows:
                yield Entry(number, dict(zip(heading, cells, strict=True)))

    def _refuse(self, manifest: Manifest) -> None:
        if manifest.profile == Profile.REDCAP:
            raise UnreadableTable(
                say("{name} is a kit for a REDCap project.", name=self.name),
                say("Unpack it and import data.csv, or what REDCap exports as CSV with raw data."),
            )
        if manifest.shape != Shape.TABLES:
            table = "levels" if manifest.shape == Shape.FLAT else "cases"
            raise UnreadableTable(
                say(
                    "{name} is no package of linked tables: it has {rows}.",
                    name=self.name,
                    rows=_rows(manifest.shape),
                ),
                say(
                    "Unpack it and import {table}.csv, or export a package of linked tables.",
                    table=table,
                ),
            )
        if manifest.profile not in _TOLD:
            raise UnreadableTable(
                say(
                    "{name} was written for the profile {profile}, which changes cells.",
                    name=self.name,
                    profile=manifest.profile,
                ),
                say("Export the cases as data package, or as CSV for programs."),
            )
        refuse_altered(self.name, manifest.persons, manifest.dates)

    def _check_headings(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, reads in row_readers().items():
            if f"{name}.csv" not in self._zip.manifest.files:
                if name in (PATIENTS, PROCEDURES):
                    raise UnreadableTable(
                        say("{name} has no {name2}.csv.", name=self.name, name2=name), _ANEW
                    )
                continue
            found[name] = self._heading(name)
            if odd := sorted({*found[name]} - reads.known):
                raise self._broken(name, 1, say("the column {odd} is not known here", odd=odd[0]))
            if lacking := sorted(reads.keys - {*found[name]}):
                raise self._broken(
                    name, 1, say("the column {lacking} is missing", lacking=lacking[0])
                )
        return found

    def _heading(self, name: str) -> tuple[str, ...]:
        with self._zip.reading() as archive:
            _, heading = next(self._zip.rows_in(archive, f"{name}.csv"), (1, []))
        if len(set(heading)) < len(heading):
            raise self._broken(name, 1, say("two columns have one name"))
        return tuple(heading)

    def _broken(self, name: str, row: int, why: str) -> UnreadableTable:
        return UnreadableTable(
            say(
                "{name}, {name2}.csv, row {row}: {why}.",
                name=self.name,
                name2=name,
                row=row,
                why=why,
            ),
            _ANEW,
        )


def _rows(shape: str) -> str:
    """What a row of another shape is."""
    return Shape(shape).row if shape in list(Shape) else say("rows of another kind")


class _Following:
    """The rows of a table in the order of the cases, a case at a time."""

    def __init__(self, rows: Iterator[Entry]) -> None:
        self._groups = groupby(rows, key=lambda entry: entry.cells[CASE_ID])
        self._next = next(self._groups, None)

    @property
    def next_number(self) -> int | None:
        """The number of the first row that was not asked for; None where all were."""
        return None if self._next is None else next(self._next[1]).number

    def of(self, case_id: str) -> list[Entry]:
        """The rows of a case."""
        if self._next is None or self._next[0] != case_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
