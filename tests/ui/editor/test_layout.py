# SPDX-License-Identifier: MIT
"""Every field of the record has its place in the editor, and only one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from models.fields import ClinicalField, Part
from models.schema import RECORD_TABLES, Assessment, Record, TreatedLevel
from ui.editor.blocks import Block, Fields, Listing, WithLeakPicture
from ui.editor.layout import ASSESSMENTS, IMAGE_LINES, SECTIONS
from ui.editor.layout_level import LEVEL_BLOCKS, NOT_COPIED
from ui.widgets.field_places import fields_in


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, WithLeakPicture):
            yield from block.blocks
        else:
            yield block


BLOCKS: list[Block] = [
    *(block for section in SECTIONS for block in flat(section.blocks)),
    *flat(LEVEL_BLOCKS),
    ASSESSMENTS,
    Fields(IMAGE_LINES),
]


def placed() -> Iterator[ClinicalField]:
    for block in BLOCKS:
        if isinstance(block, Fields):
            yield from fields_in(block.lines)
        elif isinstance(block, Listing):
            yield from (column.field for column in block.columns)
            yield from fields_in(block.details)


def name(field: ClinicalField) -> str:
    return f"{field.model._meta.table_name}.{field.name}"


PLACED = Counter(name(field) for field in placed())


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_every_field_has_one_place(table: type[Record]) -> None:
    wanted = {
        name(field)
        for field in table.clinical_fields()
        # The upper end and the words of a reported number are typed into the box of the lower.
        if field.part in (None, Part.LOW) and field is not Assessment.time_point
    }
    assert {field for field in wanted if PLACED[field] != 1} == set()


@pytest.mark.parametrize("block", [b for b in BLOCKS if isinstance(b, Fields)])
def test_a_line_fits_into_twelve_columns_unless_some_of_it_is_conditional(block: Fields) -> None:
    for line in block.lines:
        always = [spot for spot in line if all(f.applies is None for f in spot.fields)]
        assert sum(spot.span for spot in always) in range(1, 13) or not always


def test_core_fields_are_never_folded_away() -> None:
    folded = [b for b in BLOCKS if isinstance(b, Fields) and b.title]
    hidden = [field.name for block in folded for field in fields_in(block.lines) if field.core]
    assert hidden == []


def test_what_copying_leaves_out_are_fields_of_a_level() -> None:
    assert {field.name for field in TreatedLevel.clinical_fields()} >= NOT_COPIED
