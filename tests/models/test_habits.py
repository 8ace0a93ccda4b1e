# SPDX-License-Identifier: MIT
"""What was entered before is known: the newest first, of this user, in a fixed number of reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from models.case import Case, bin_case, load_case, save_case
from models.fields import ClinicalField
from models.habits import habits
from models.logbook import Logbook
from models.schema import RECORD_TABLES, Procedure, Record, TreatedLevel
from models.vocabulary import Anesthesia, Approach, CementType, Level, Technique
from tests.builders import a_case
from tests.fresh import NewLogbook


@pytest.fixture
def logbook(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    opened = new_logbook(tmp_path / "Clinic.kypholog", user="ann")
    yield opened
    opened.close()


def the(table: type[Record], name: str) -> ClinicalField:
    found: ClinicalField = table._meta.fields[name]
    return found


def a_level(level: Level) -> TreatedLevel:
    return Case.new().add_level(level=level)


def test_an_empty_logbook_proposes_nothing(logbook: Logbook) -> None:
    known = habits(logbook)
    assert known.proposal(Procedure(), the(Procedure, "operator")) is None
    assert known.terms_of(the(TreatedLevel, "technique")) == ()


def test_the_terms_used_last_come_first(logbook: Logbook) -> None:
    implant, mesh = Technique.MECHANICAL_IMPLANT, Technique.MESH_CONTAINER
    for number, technique in enumerate((implant, Technique.VERTEBROPLASTY, implant, mesh)):
        save_case(logbook, a_case(f"P-{number}", technique=technique))
    used = habits(logbook).terms_of(the(TreatedLevel, "technique"))
    assert used == (mesh, implant, Technique.VERTEBROPLASTY)


def test_the_case_entered_last_is_proposed_not_the_one_changed_last(logbook: Logbook) -> None:
    first = a_case("P-1", operator="Dr A")
    save_case(logbook, first)
    save_case(logbook, a_case("P-2", operator="Dr B"))
    again = load_case(logbook, first.id)
    again.procedure.anesthesia = Anesthesia.GENERAL
    save_case(logbook, again)
    known = habits(logbook)
    assert known.proposal(Procedure(), the(Procedure, "operator")) == "Dr B"
    assert known.words_of(the(Procedure, "operator")) == ("Dr B", "Dr A")


def test_what_the_patient_is_like_is_never_proposed(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1"))
    known = habits(logbook)
    for table in RECORD_TABLES:
        for what in table.clinical_fields():
            if not what.habitual:
                assert known.proposal(table(), what) is None


def test_a_level_is_proposed_what_was_done_last_in_its_region(logbook: Logbook) -> None:
    sacral = a_case("P-1", Level.S1, technique=Technique.SACROPLASTY)
    sacral.levels[0].approach = Approach.SACRAL_LONG_AXIS
    save_case(logbook, a_case("P-2", Level.T12))
    save_case(logbook, sacral)
    known, approach = habits(logbook), the(TreatedLevel, "approach")
    assert known.proposal(a_level(Level.C3), approach) is None
    assert known.proposal(a_level(Level.T7), approach) is Approach.TRANSPEDICULAR
    assert known.proposal(a_level(Level.S2), approach) is Approach.SACRAL_LONG_AXIS


def test_a_lumbar_level_is_like_a_thoracic_one_until_one_was_treated(logbook: Logbook) -> None:
    approach = the(TreatedLevel, "approach")
    lumbar = a_case("P-2", Level.L3)
    lumbar.levels[0].approach = Approach.EXTRAPEDICULAR
    save_case(logbook, a_case("P-1", Level.T12))
    assert habits(logbook).proposal(a_level(Level.L1), approach) is Approach.TRANSPEDICULAR
    save_case(logbook, lumbar)
    assert habits(logbook).proposal(a_level(Level.L1), approach) is Approach.EXTRAPEDICULAR
    assert habits(logbook).proposal(a_level(Level.T1), approach) is Approach.TRANSPEDICULAR


def test_what_does_not_depend_on_the_region_is_proposed_in_every_region(logbook: Logbook) -> None:
    case = a_case("P-1", Level.T12)
    case.levels[0].cement_type = CementType.PMMA_HIGH
    case.levels[0].needle_gauge = 11
    save_case(logbook, case)
    known = habits(logbook)
    cement, gauge = the(TreatedLevel, "cement_type"), the(TreatedLevel, "needle_gauge")
    assert known.proposal(a_level(Level.C4), cement) is CementType.PMMA_HIGH
    assert known.proposal(a_level(Level.C4), gauge) is None


def test_each_user_has_habits_of_their_own_and_a_new_one_those_of_all(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", operator="Dr A"))
    operator = the(Procedure, "operator")
    logbook.user = "bob"
    assert habits(logbook).proposal(Procedure(), operator) == "Dr A"
    save_case(logbook, a_case("P-2", operator="Dr B"))
    assert habits(logbook).words_of(operator) == ("Dr B",)
    logbook.user = "ann"
    assert habits(logbook).words_of(operator) == ("Dr A",)


def test_a_case_in_the_bin_is_no_model(logbook: Logbook) -> None:
    save_case(logbook, a_case("P-1", operator="Dr A"))
    wrong = a_case("P-2", operator="Dr Wrong")
    save_case(logbook, wrong)
    bin_case(logbook, wrong.id, "entered twice")
    assert habits(logbook).proposal(Procedure(), the(Procedure, "operator")) == "Dr A"


def test_it_takes_as_many_statements_in_a_large_logbook(
    logbook: Logbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[str] = []
    execute = peewee.SqliteDatabase.execute_sql

    def counting(self: peewee.SqliteDatabase, sql: str, *rest: object) -> object:
        run.append(sql)
        return execute(self, sql, *rest)

    monkeypatch.setattr(peewee.SqliteDatabase, "execute_sql", counting)
    counts = []
    for size in (1, 30):
        for number in range(size):
            save_case(logbook, a_case(f"P-{size}-{number}"))
        run.clear()
        habits(logbook)
        counts.append(len(run))
    assert counts[0] == counts[1]
