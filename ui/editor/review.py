# SPDX-License-Identifier: MIT
"""How a case stands while it is edited: what follows from it, what to check, what is unsaved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models import checks, derived
from models.case import OF_LEVELS, Case
from models.document import Document, document_of
from models.findings import Finding, Severity
from models.sandwich import UNKNOWN, EarlierSpine
from models.schema import Assessment, Image, LaterMeasure, Record, Row, TreatedLevel
from models.speech import say
from models.timepoints import STANDARD, VisitPlan
from ui.editor.blocks import Fields, Listing
from ui.editor.layout import FOLLOWUP, IMAGES, LEVELS, NOTES, SECTIONS
from ui.editor.section_list import SectionState
from ui.widgets.field_form import Refused
from ui.widgets.field_places import fields_in

Spot = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """What a look at the case showed.

    ``findings`` holds refused typing first, then what the checks say, without what is only open
    because its typing was refused. ``places`` tells the section that each is in.
    """

    findings: tuple[Finding, ...]
    states: Mapping[str, SectionState]
    places: Mapping[Finding, str]


def review(
    case: Case,
    refused: Sequence[Refused],
    earlier: EarlierSpine = UNKNOWN,
    plan: VisitPlan = STANDARD,
) -> Review:
    """Bring derived values up to date, and look the case through."""
    derived.work_out(case, plan)
    typed = [_as_finding(case, told) for told in refused]
    spots = {(finding.row_id, finding.field) for finding in typed}
    found = [f for f in checks.findings(case, earlier) if (f.row_id, f.field) not in spots]
    findings = (*typed, *found)
    places = _places(findings, case)
    may_be_done = {section.name for section in SECTIONS} - {NOTES.name}
    if not case.images:
        may_be_done.discard(IMAGES.name)
    return Review(findings, _states(places, may_be_done), places)


def content_of(case: Case) -> Document:
    """What was entered, to tell whether anything is unsaved."""
    return document_of((*case.person_rows(), *case.case_rows()))


def _places(findings: Iterable[Finding], case: Case) -> dict[Finding, str]:
    places: dict[Finding, str] = {}
    # The checks name no field where a level is missing, nor, after it, where the score before is.
    unnamed = [FOLLOWUP.name] if case.levels else [FOLLOWUP.name, LEVELS.name]
    for finding in findings:
        if finding.field:
            spot = (finding.table, finding.field)
            places[finding] = _SECTION_OF.get(spot) or _SECTION_OF_TABLE[finding.table]
        else:
            places[finding] = unnamed.pop()
    return places


def where(case: Case, row: Record) -> str:
    """The level or time point that a row is about; "" for any other."""
    if isinstance(row, TreatedLevel) and row.level:
        return str(row.level.label)
    if isinstance(row, OF_LEVELS):
        return _at_level(case, row)
    if isinstance(row, Assessment) and row.time_point:
        return str(row.time_point.label)
    return ""


def _at_level(case: Case, row: Row) -> str:
    owner = next((lv for lv in case.levels if lv.id == row.__data__["treated_level"]), None)
    name = str(owner.level.label) if owner is not None and owner.level else ""
    return say("{name} at follow-up", name=name).strip() if isinstance(row, LaterMeasure) else name


def section_of(row: Record, field: str) -> str:
    """The section that a field of a row is in."""
    table = row._meta.table_name
    return _SECTION_OF.get((table, field)) or _SECTION_OF_TABLE.get(table, SECTIONS[0].name)


def _as_finding(case: Case, told: Refused) -> Finding:
    row, place = told.row, where(case, told.row)
    message = f"{place}: {told.message}" if place else told.message
    table = str(row._meta.table_name)
    return Finding(Severity.ERROR, table, str(row.id), told.field.name, told.field.label, message)


def _states(places: Mapping[Finding, str], may_be_done: set[str]) -> dict[str, SectionState]:
    counted = Counter((name, finding.severity) for finding, name in places.items())
    return {
        section.name: SectionState(
            complete=section.name in may_be_done and not counted[section.name, Severity.OPEN],
            errors=counted[section.name, Severity.ERROR],
            warnings=counted[section.name, Severity.WARNING],
        )
        for section in SECTIONS
    }


def _single_fields() -> Iterator[tuple[Spot, str]]:
    for section in SECTIONS:
        for block in section.blocks:
            if isinstance(block, Fields):
                for field in fields_in(block.lines):
                    yield (field.model._meta.table_name, field.name), section.name


def _lists() -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for block in section.blocks:
            if isinstance(block, Listing):
                yield block.table._meta.table_name, section.name
    of_levels: tuple[type[Row], ...] = (TreatedLevel, *OF_LEVELS)
    for table in of_levels:
        yield table._meta.table_name, LEVELS.name
    yield Assessment._meta.table_name, FOLLOWUP.name
    yield Image._meta.table_name, IMAGES.name


_SECTION_OF: dict[Spot, str] = dict(_single_fields())
_SECTION_OF_TABLE: dict[str, str] = dict(_lists())
