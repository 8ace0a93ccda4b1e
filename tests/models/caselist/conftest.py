# SPDX-License-Identifier: MIT
"""A logbook with a long list, and what is asked of its database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models import derived
from models.caserow import found_by_of, line_of
from models.engines import search
from models.logbook import Logbook
from models.tags.spelling import term_tag
from models.vocabulary import Level
from tests.builders import a_case
from tests.fresh import NewLogbook
from tests.models.asked import statements as asked_of

MANY = 10_000
LEVELS = list(Level)


@pytest.fixture(scope="session")
def large(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    """10,000 lines with every third undated or without a level, every 50th in the bin.

    One in 500 is by another operator.
    """
    logbook = lasting_logbook(tmp_path_factory.mktemp("large") / "Large.kypholog")
    fill_list(logbook)
    yield logbook
    logbook.close()


def fill_list(logbook: Logbook) -> None:
    """Put those lines into an empty logbook, without the cases that they are of."""
    dice = random.Random(1)
    case = a_case()
    derived.work_out(case)
    model, known = line_of(case), found_by_of(case)
    rows, indexed = [], []
    for number in range(1, MANY + 1):
        level = dice.choice(LEVELS)
        code = f"P-{dice.randrange(2_000):04d}"
        rare = number % 500 == 0
        row = {
            **model,
            "case_id": f"case-{number}",
            "patient_id": f"patient-{number // 2}",
            "patient_code": None if number % 11 == 0 else code,
            "patient_order": None if number % 11 == 0 else code.lower(),
            "performed_on": None if number % 3 == 0 else f"20{dice.randrange(10, 26)}-03-04",
            "levels": "" if number % 7 == 0 else str(level),
            "level_rank": None if number % 7 == 0 else level.rank,
            "deleted": number % 50 == 3,
        }
        rows.append(tuple(row.values()))
        found = known._replace(
            words=known.words.replace(" t12 ", f" {level.lower()} "),
            tags=known.tags.replace(term_tag("level", "T12"), term_tag("level", level)),
            operator="dr rare" if rare else known.operator,
        )
        indexed.append((number, found._replace(words=f"{found.words}rare ") if rare else found))
    columns = ", ".join(model)
    marks = ", ".join("?" * len(model))
    with logbook.transaction():
        sql = f"INSERT INTO case_row ({columns}) VALUES ({marks})"
        logbook.database.write_many(sql, rows)
        search.index_many(logbook.database, indexed)


@contextmanager
def statements(logbook: Logbook) -> Iterator[list[str]]:
    """What is asked of the database in the block, with its values."""
    with asked_of(logbook) as asked:
        yield asked
    # What the full-text index asks of its own tables is none of ours.
    asked[:] = [statement for statement in asked if statement.startswith("SELECT")]


def plan_of(logbook: Logbook, statement: str) -> str:
    """How SQLite goes about it."""
    rows = logbook.database.execute_sql(f"EXPLAIN QUERY PLAN {statement}")
    return "\n".join(str(row[3]) for row in rows)
