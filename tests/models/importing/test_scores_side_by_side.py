# SPDX-License-Identifier: MIT
"""Several scores side by side in a row of a visit: each goes where it is told from the others."""

from __future__ import annotations

import pytest

from models.importing.columns import propose
from models.importing.mapping import Mapping
from models.importing.reading import CsvTable
from models.logbook import Logbook
from models.schema import Assessment
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved

HEAD = "id,procedure date,level,visit"


def table(scores: str, before: str, after: str) -> str:
    return f"{HEAD},{scores}\nA,2024-01-02,T12,pre,{before}\nA,2024-01-02,T12,3 mo,{after}\n"


def said(row: Assessment) -> tuple[object, ...]:
    return (
        row.pain_low,
        str(row.pain_scale or ""),
        str(row.pain_context or row.pain_site or ""),
        row.other_score_name,
        row.other_score,
        row.other_score_range,
        row.note,
    )


def test_back_and_leg(logbook: Logbook, look: Look) -> None:
    shown = look(table("VAS leg,VAS back", "5,8", "mild,2"))
    assert shown.seen.recognized[1] == (
        "VAS back is the pain score of a visit. Kept beside it, as another score or in the note: "
        "VAS leg. If one of these is the pain score, let it stand for that."
    )
    (case,) = saved(logbook, shown)
    assert [said(row) for row in case.assessments] == [
        (8, "vas_0_10", "back", "VAS leg", 5, None, None),
        (2, "vas_0_10", "back", None, None, None, "VAS leg: mild"),
    ]


def test_rest_and_movement_beside_a_third(logbook: Logbook, look: Look) -> None:
    content = table("NRS movement,NRS at rest,NRS leg,ODI", "9,4,1,60", "3,1,0,20")
    (case,) = saved(logbook, look(content))
    assert [said(row) for row in case.assessments] == [
        (9, "nrs_0_10", "activity", "NRS at rest", 4, "0-10", "NRS leg: 1"),
        (3, "nrs_0_10", "activity", "NRS at rest", 1, "0-10", "NRS leg: 0"),
    ]
    assert [row.odi_pct for row in case.assessments] == [60, 20]


def test_a_person_says_which_is_the_pain_score(logbook: Logbook, look: Look) -> None:
    def turned(mapping: Mapping) -> Mapping:
        return mapping.having("VAS rest", target="visit.noted").having(
            "VAS movement", target="visit.pain", scale="vas_0_10"
        )

    (case,) = saved(logbook, look(table("VAS rest,VAS movement", "4,9", "1,3"), turned))
    assert [said(row) for row in case.assessments] == [
        (9, "vas_0_10", "activity", None, None, None, "VAS rest: 4"),
        (3, "vas_0_10", "activity", None, None, None, "VAS rest: 1"),
    ]


@pytest.mark.parametrize(
    ("headings", "targets"),
    [
        ("VAS,NRS", "visit.pain visit.other_score"),
        ("VAS leg", "visit.other_score"),
        ("VAS worst,VAS", "visit.other_score visit.pain"),
    ],
)
def test_which_stands_for_the_visit(file: WriteFile, headings: str, targets: str) -> None:
    cells = ",".join("8" for _ in headings.split(","))
    uses = propose(CsvTable(file(table(headings, cells, cells)))).columns
    assert [use.target for use in uses][4:] == targets.split()


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("0.5", "0.2", "refused"),
        ("0.6", "0", "refused"),
        ("60", "0.5", "new"),
        ("62%", "0.5", "new"),
    ],
)
def test_percentages_that_a_sheet_holds_as_shares_of_one_are_refused(
    look: Look, before: str, after: str, verdict: str
) -> None:
    """Excel shows 50% for 0.5; read as it stands it would be half a percent."""
    shown = look(table("ODI", before, after))
    assert [line.verdict for line in shown.lines] == [verdict]
