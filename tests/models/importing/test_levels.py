# SPDX-License-Identifier: MIT
"""Several levels in one cell become several treated levels, and nothing said of them is lost."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import commands
from models.case import Case, load_case
from models.importing.first_look import with_term
from models.importing.levels import level_meant_by, levels_meant_by
from models.importing.lines import Verdict
from models.importing.mapping import Mapping
from models.importing.offers import offers_for
from models.importing.preview import Preview
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow
from models.vocabulary import Level
from tests.fresh import named
from tests.models.importing.conftest import Look, WriteFile

LEVEL = "treated_level.level"


def saved(logbook: Logbook, shown: Preview) -> Case:
    write(logbook, shown)
    return load_case(logbook, CaseRow.select().get(logbook.database).case_id)


def remarks(shown: Preview) -> list[str]:
    return [str(one) for line in shown.lines for one in line.remarks]


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("T12, L1", "T12 L1"),
        ("L1-L2", "L1 L2"),
        ("Th11/Th12", "T11 T12"),
        ("D12+L1", "T12 L1"),
        ("BWK 11/12", "T11 T12"),
        ("LWK1 und LWK 3", "L1 L3"),
        ("T12 L1", "T12 L1"),
        ("L1/2", "L1 L2"),
        ("L1-2", "L1 L2"),
        ("L2 - L1", "L2 L1"),
        ("L1,2,4", "L1 L2 L4"),
        ("T11-T12-L1", "T11 T12 L1"),
        ("L5-S1", "L5 S1"),
        ("T12 \u2013 L1", "T12 L1"),
        ("T12|L1", "T12 L1"),
        ("T7; T9 & T11", "T7 T9 T11"),
    ],
)
def test_levels_of_one_cell(cell: str, levels: str) -> None:
    found = levels_meant_by(cell)
    assert found is not None
    assert [level.value for level in found.named] == levels.split()
    assert found.run == ()


@pytest.mark.parametrize(
    ("cell", "run"),
    [
        ("T11-L1", "T11 T12 L1"),
        ("L1-3", "L1 L2 L3"),
        ("Th 11 bis L1", "T11 T12 L1"),
        ("L3-L1", "L3 L2 L1"),
        ("T7, T11-L1", "T7 T11 T12 L1"),
        ("T12-L6", "T12 L1 L2 L3 L4 L5 L6"),
    ],
)
def test_a_dash_over_a_level_leaves_open_what_is_meant(cell: str, run: str) -> None:
    found = levels_meant_by(cell)
    assert found is not None
    assert [level.value for level in found.run] == run.split()


@pytest.mark.parametrize(
    "cell",
    ["T12", "", "T12-1", "T12 2", "L1 2026", "T12, well", "1-2", "T12,,", "L9-L10", "-L1", "L2-2"],
)
def test_what_names_no_two_levels(cell: str) -> None:
    assert levels_meant_by(cell) is None


@given(st.lists(st.sampled_from(Level), min_size=2, max_size=5), st.sampled_from(",;/+&|"))
def test_parted_by_a_sign_exactly_those_that_are_named_are_meant(
    levels: list[Level], sign: str
) -> None:
    found = levels_meant_by(f" {sign} ".join(levels))
    assert found is not None
    assert (list(found.named), found.run) == (levels, ())


@given(st.sampled_from(list(combinations(Level, 2))))
def test_a_run_has_its_ends_and_no_gap(ends: tuple[Level, Level]) -> None:
    found = levels_meant_by("-".join(ends))
    assert found is not None
    ranks = [level.rank for level in found.run or found.named]
    assert (ranks[0], ranks[-1]) == (ends[0].rank, ends[1].rank)
    assert ranks == sorted(set(ranks))


def test_each_level_has_what_is_said_of_it_and_the_preview_tells(
    logbook: Logbook, look: Look
) -> None:
    shown = look('id,date,level,technique,leak\nA,2026-01-02,"T12, L1",BKP,no\n')
    assert remarks(shown) == ["Row 2, column level: Read as 2 levels, T12 and L1."]
    case = saved(logbook, shown)
    told = [(each.level, each.technique, each.leakage) for each in case.levels]
    assert told == [(level, "balloon_kyphoplasty", "none") for level in ("T12", "L1")]


def test_an_amount_is_not_divided_but_noted_as_it_stands(logbook: Logbook, look: Look) -> None:
    shown = look("id;level;Zement (ml);notes\nA;Th11/Th12;8,5;well\n")
    assert "Zement (ml): Said of T11 and T12 together: it goes into the notes" in remarks(shown)[1]
    case = saved(logbook, shown)
    assert [each.cement_ml for each in case.levels] == [None, None]
    assert case.procedure.notes == "well\nZement (ml) (T11 and T12 together): 8,5"
    again = look("id;level;Zement (ml);notes\nA;Th11/Th12;8,5;well\n")
    assert again.counts[Verdict.SAME] == 1


def test_a_leak_of_one_of_several_levels_is_refused(look: Look) -> None:
    shown = look('id,level,leak,cement\nA,"T12, L1",yes,8\nB,"T12, L1",no,8\nC,T12,yes,4\n')
    (line,) = shown.refused
    assert [str(problem) for problem in line.problems] == [
        "Row 2, column leak: yes is said of T12 and L1 together. Write one row for each level, "
        "with the same case in each."
    ]


def test_a_run_is_refused_until_somebody_says_what_it_means(logbook: Logbook, look: Look) -> None:
    text = "id,level\nA,T11-L1\nB,t11-l1\n"
    shown = look(text)
    assert shown.counts[Verdict.REFUSED] == 2
    (line, _) = shown.refused
    assert "these levels alone: T11, L1; or all of these: T11, T12, L1." in str(line.problems[0])
    whole, named = offers_for(LEVEL, "T11-L1")[:2]
    assert (whole.label, named.label) == ("All of T11, T12, L1", "Only T11, L1")
    assert offers_for(LEVEL, "T1x")[0].value == "C1"

    def meant(mapping: Mapping) -> Mapping:
        return with_term(mapping, LEVEL, "T11-L1", whole.value)

    shown = look(text, meant)
    assert shown.counts[Verdict.NEW] == 2
    assert remarks(shown)[0] == "Row 2, column level: Read as 3 levels, T11, T12 and L1."


def test_a_level_twice_in_a_case_is_refused(look: Look) -> None:
    shown = look('id,level\nA,"T12, T12"\nB,"T12, L1"\nB,L1\n')
    first, second = (str(line.problems[0]) for line in shown.refused)
    assert "T12, T12 names a level twice" in first
    assert "Row 4: The level L1 stands in row 3 of the case already." in second


def test_a_column_of_several_levels_is_known_by_its_cells(look: Look) -> None:
    shown = look('id,where\nA,"T12, L1"\nB,L2\nC,L1/2\nD,T11\n')
    assert shown.mapping.used[LEVEL].column == "where"
    assert level_meant_by("T12, L1") is None


def test_the_command_tells_what_was_read_otherwise(
    logbook: Logbook, file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(file('id,level,cement\nA,"T12, L1",8\n'))
    assert commands.run(["--logbook", named(logbook), "import", source]) == 0
    said = capsys.readouterr().out
    assert "Row 2, column level: Read as 2 levels, T12 and L1." in said
    assert "Wrote 1 case." in said
    assert commands.run(["--logbook", named(logbook), "import", source, "--json"]) == 0
    assert '"remarks": [' in capsys.readouterr().out
