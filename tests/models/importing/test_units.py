# SPDX-License-Identifier: MIT
"""Columns in another unit than the logbook: told, refused, converted once somebody says so."""

from __future__ import annotations

import json

import pytest

from models import commands
from models.importing.first_look import with_units
from models.importing.mapping import UnreadableMapping, mapping_from_json
from models.logbook import Logbook
from models.schema import AuditEntry
from tests.fresh import named
from tests.models.importing.conftest import Look, WriteFile
from tests.models.importing.told import saved, told

MINUTES = "id;date;level;Fluoro time (min);Weight lb;Height (m)\nA;2024-07-03;T12;3,5;150;1,72\n"


@pytest.mark.parametrize(
    ("heading", "cell", "unit", "field", "kept"),
    [
        ("Fluoro time (min)", "3,5", "min", "fluoro_time_s", 210),
        ("Fluoro time", "3.33 min", "min", "fluoro_time_s", 200),
        ("Fluoro time min", "4", "min", "fluoro_time_s", 240),
        ("DAP (cGy·cm²)", "230", "cGy.cm2", "kap_gycm2", 2.3),
        ("DAP [dGycm2]", "23,5", "dGy.cm2", "kap_gycm2", 2.35),
        ("KAP uGy.m2", "230", "uGy.m2", "kap_gycm2", 2.3),
        ("KAP (Gy.m2)", "0.0002", "Gy.m2", "kap_gycm2", 2),
        ("Height (m)", "1,72", "m", "height_cm", 172),
        ("Weight (lb)", "150", "lb", "weight_kg", 68),
        ("Duration (h)", "1.5", "h", "minutes", 90),
        ("Air kerma (Gy)", "0.25", "Gy", "air_kerma_mgy", 250),
    ],
)
def test_a_column_in_another_unit_is_converted_once_somebody_says_so(
    logbook: Logbook, look: Look, heading: str, cell: str, unit: str, field: str, kept: float
) -> None:
    content = f"id;date;level;{heading}\nA;2024-07-03;T12;{cell}\n"
    asked = look(content)
    assert [line.verdict for line in asked.lines] == ["refused"]
    (offer,) = asked.seen.offers
    assert (offer.column, offer.unit) == (heading, unit)
    shown = look(content, lambda proposed: with_units(proposed, {heading: unit}))
    assert shown.seen.offers == []
    assert shown.seen.converted[0].startswith(f"{heading}: converted from {unit} to {offer.own}")
    (case,) = saved(logbook, shown)
    assert getattr(case.procedure, field) == kept
    (entry,) = (
        str(entry.reason)
        for entry in AuditEntry.select()
        .where(AuditEntry.action == "import")
        .execute(logbook.database)
    )
    assert f"{heading}: from {unit} to {offer.own}, times {offer.factor:.10g}." in entry


def test_a_number_without_a_unit_among_others_with_one_is_not_taken_for_either(look: Look) -> None:
    content = "id;date;level;Fluoro time\nA;2024-07-03;T12;4 min\nB;2024-07-03;T12;200\n"
    assert [line.verdict for line in look(content).lines] == ["refused", "refused"]
    assert "200 names no unit, and other cells" in told(look(content))[1]
    of_both = content.replace("200", "200 s")
    asked = look(of_both)
    assert [line.verdict for line in asked.lines] == ["refused", "new"]
    minutes = look(of_both, lambda proposed: with_units(proposed, {"Fluoro time": "min"}))
    assert [line.verdict for line in minutes.lines] == ["new", "new"]
    seconds = look(content, lambda proposed: with_units(proposed, {"Fluoro time": "s"}))
    assert [line.verdict for line in seconds.lines] == ["refused", "new"]


def test_it_is_told_in_which_unit_numbers_are_read_that_name_none(look: Look) -> None:
    content = "id;date;level;Fluoro time;Weight;DAP (Gy.cm2)\nA;2024-07-03;T12;200;70;3\n"
    assert look(content).seen.recognized == [
        "No unit is named, so the numbers are read in that of the logbook: Fluoro time in s, "
        "Weight in kg."
    ]


def test_what_is_not_exact_is_not_offered(look: Look) -> None:
    content = "id;date;level;Conservative treatment (months)\nA;2024-07-03;T12;3\n"
    shown = look(
        content,
        lambda proposed: proposed.having(
            "Conservative treatment (months)", target="procedure.conservative_weeks"
        ),
    )
    assert shown.seen.offers == []
    assert [line.verdict for line in shown.lines] == ["refused"]


def test_a_mapping_keeps_the_conversion(look: Look) -> None:
    shown = look(MINUTES, lambda proposed: with_units(proposed, {"Weight lb": "lb"}))
    again = mapping_from_json(shown.mapping.as_json())
    assert again == shown.mapping
    assert [use.unit for use in again.columns][-2] == "lb"
    with pytest.raises(UnreadableMapping, match="stone is none of kg, lb"):
        mapping_from_json(shown.mapping.as_json().replace('"lb"', '"stone"'))


def test_the_command_converts_the_columns_that_are_named(
    logbook: Logbook, file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    start = ["--logbook", named(logbook), "import", str(file(MINUTES)), "--dry-run"]
    assert commands.run(start) == 1
    assert '--convert "Fluoro time (min)" --convert "Weight lb"' in capsys.readouterr().out
    wanted = ["fluoro time (min)", "Weight lb", "Height (m)"]
    options = [word for name in wanted for word in ("--convert", name)]
    assert commands.run([*start, *options, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["converted"][0] == (
        "Fluoro time (min): converted from min to s, times 60."
    )
    assert commands.run([*start, "--convert", "level"]) != 0
    assert "nothing to convert in level" in capsys.readouterr().err
