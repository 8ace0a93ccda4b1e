# SPDX-License-Identifier: MIT
"""Of each column that is not read a person is told why, and what to do."""

from __future__ import annotations

import pytest

from models.importing.columns import propose
from models.importing.reading import CsvTable
from models.importing.unplaced import Why, told_of_unplaced, why_unread
from tests.models.importing.conftest import WriteFile


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("VAS 6 weeks", Why.NO_POINT),
        ("VAS (6 weeks)", Why.NO_POINT),
        ("ODI 6 Wochen", Why.NO_POINT),
        ("Cobb 12 months", Why.LATER),
        ("Anterior height at last follow-up", Why.LATER),
        ("Kyphosis angle", Why.NO_TIME),
        ("New fracture", Why.NO_TIME),
        ("ODI", Why.NO_TIME),
        ("Follow-up date", Why.NO_TIME),
        ("Date 6 weeks", Why.NO_POINT),
        ("Admission date", Why.UNKNOWN),
        ("ODI pre (0-50)", Why.SUM),
        ("Gender", Why.TAKEN),
        ("Notes 3 months", Why.UNKNOWN),
        ("EQ-5D value set", Why.UNKNOWN),
        ("Shoe size", Why.UNKNOWN),
    ],
)
def test_why_a_column_is_not_read(file: WriteFile, heading: str, why: Why) -> None:
    mapping = propose(CsvTable(file(f"id;sex;{heading}\nA;f;1\n")))
    assert mapping.unused == [heading]
    assert why_unread(heading, mapping) is why


def test_what_to_do_is_told_once_for_each_reason(file: WriteFile) -> None:
    mapping = propose(CsvTable(file("id;Shoe size;Cobb 6 mo;Ward\nA;1;2;3\n")))
    assert list(told_of_unplaced(mapping)) == [
        "Cobb 6 mo: later heights and angles are kept by the day of their images. Choose the later "
        "measure, beside a column of that day, or the notes.",
        "Shoe size, Ward: no field has this name. Choose what is meant, or the notes to keep it "
        "there under its heading.",
    ]
