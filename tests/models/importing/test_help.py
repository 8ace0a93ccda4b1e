# SPDX-License-Identifier: MIT
"""The pages about import and export are true to the command line and to what is recognized."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from models.commands import build_parser
from models.exchange.manifest import MARK
from models.exchange.profiles import FORMS
from models.importing.levels import levels_meant_by
from models.importing.scores import pain_column, time_without_point
from models.importing.synonyms import term_meant_by
from models.vocabulary import Diagnosis, Sex, Side, Technique

HELP = Path(__file__).parents[3] / "resources" / "help"
PAGES = {name: (HELP / f"{name}.md").read_text(encoding="utf-8") for name in ("import", "export")}
LINES = [
    (name, line)
    for name, page in PAGES.items()
    for line in re.findall(r"^    python main\.py (.+)$", page, re.M)
]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_every_command_of_the_pages_is_understood(name: str, line: str) -> None:
    options = build_parser().parse_args(shlex.split(line))
    assert options.command in (name, "codebook")


def test_each_format_has_its_line() -> None:
    for form in FORMS.values():
        assert f"\n| {form.label} |" in PAGES["export"]
    assert all(f"`{MARK}`" in page for page in PAGES.values())


def test_what_the_page_says_is_recognized_is() -> None:
    assert [pain_column(said)[0] for said in ("VAS pre", "NRS 1 week", "VAS 3 mo date")] == [
        "pain.baseline",
        "pain.1w",
        "pain.3m.on",
    ]
    assert time_without_point("VAS 6 Wochen")
    for cell in ("T12, L1", "L1-L2", "BWK 11/12"):
        assert f'"{cell}"' in PAGES["import"]
        assert (found := levels_meant_by(cell)) is not None
        assert len(found.named) == 2
    assert (left_open := levels_meant_by("T11-L1")) is not None
    assert left_open.run
    kinds = [term_meant_by(Technique, said) for said in ("BKP", "kypho")]
    assert kinds == [Technique.BALLOON_KYPHOPLASTY] * 2
    assert [term_meant_by(Side, said) for said in ("li", "re")] == [Side.LEFT, Side.RIGHT]
    assert [term_meant_by(Sex, said) for said in ("Männlich", "weiblich")] == [Sex.MALE, Sex.FEMALE]
    fractures = [term_meant_by(Diagnosis, f"{kind} fracture") for kind in ("osteoporotic", "Other")]
    assert fractures == [Diagnosis.OSTEOPOROTIC_FRACTURE, None]
