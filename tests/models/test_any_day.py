# SPDX-License-Identifier: MIT
"""Whatever somebody does with a logbook in whatever order, it holds what a plain dictionary holds.

A kill is played by copying the files as they lie there while the logbook is open, in the middle of
a save too, and going on with the copy. ``make torture`` kills for real.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from models.backup import Reason, listing, make, restore
from models.case import bin_case, load_case, restore_case, save_case
from models.logbook import DATABASE_NAME, Logbook
from models.undo import SavedChange, last_change, redo, undo
from models.verify import verify
from tests.builders import a_case
from tests.encrypted import enter
from tests.encrypted import make as make_encrypted
from tests.fresh import new_logbook

_SOME = settings(
    max_examples=max(settings().max_examples // 3, 1),
    stateful_step_count=14,
)
WHICH = st.integers(0, 99)
CEMENT = st.integers(2, 20).map(lambda halves: halves / 2)


@dataclass(frozen=True)
class Held:
    """A case as the dictionary knows it."""

    code: str
    cement: float
    in_bin: bool = False


@dataclass(frozen=True)
class Step:
    """A change that can be taken back, and its cases before and after it."""

    change: SavedChange
    before: dict[str, Held]
    after: dict[str, Held]


class _Halfway(Exception):
    """The program dies here."""


class AnyDay(RuleBasedStateMachine):
    """Rules are what people do."""

    is_encrypted = False

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="any-day-"))
        self.lives = 0
        self.saved: dict[str, Held] = {}
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.backups: dict[str, dict[str, Held]] = {}
        self.logbook: Logbook

    @property
    def folder(self) -> Path:
        return self.place / f"{self.lives}.kypholog"

    @initialize()
    def begin(self) -> None:
        if self.is_encrypted:
            self.logbook = make_encrypted(self.folder)[0]
        else:
            self.logbook = new_logbook(self.folder, "anna")

    def _open(self) -> None:
        self.logbook = (
            enter(self.folder) if self.is_encrypted else Logbook.open(self.folder, "anna")
        )
        assert verify(self.logbook) == []

    def _chosen(self, which: int, *, in_bin: bool) -> str:
        ids = sorted(case_id for case_id, held in self.saved.items() if held.in_bin is in_bin)
        return ids[which % len(ids)] if ids else ""

    def _did(self, case_id: str, before: Held, after: Held) -> None:
        self.saved[case_id] = after
        step = Step(self._last_change(), {case_id: before}, {case_id: after})
        while len(step.before) < len(step.change.case_ids):
            # Cases that went into the bin within a moment count as one step.
            former = self.done.pop()
            step = Step(step.change, former.before | step.before, former.after | step.after)
        assert set(step.change.case_ids) == set(step.before)
        self.done.append(step)
        self.undone.clear()

    def _last_change(self) -> SavedChange:
        change = last_change(self.logbook)
        assert change is not None
        return change

    @rule(cement=CEMENT)
    def save(self, cement: float) -> None:
        case = a_case(f"P-{len(self.saved)}-{self.lives}", cement_ml=cement)
        save_case(self.logbook, case)
        held = Held(case.patient.patient_code, cement)
        self._did(case.id, replace(held, in_bin=True), held)

    @rule(which=WHICH, cement=CEMENT)
    def edit(self, which: int, cement: float) -> None:
        case_id = self._chosen(which, in_bin=False)
        if not case_id or self.saved[case_id].cement == cement:
            return
        case = load_case(self.logbook, case_id)
        case.levels[0].cement_ml = cement
        save_case(self.logbook, case)
        self._did(case_id, self.saved[case_id], replace(self.saved[case_id], cement=cement))

    @rule(which=WHICH)
    def delete(self, which: int) -> None:
        if case_id := self._chosen(which, in_bin=False):
            bin_case(self.logbook, case_id, "Entered twice.")
            self._did(case_id, self.saved[case_id], replace(self.saved[case_id], in_bin=True))

    @rule(which=WHICH)
    def take_out_of_the_bin(self, which: int) -> None:
        if case_id := self._chosen(which, in_bin=True):
            restore_case(self.logbook, case_id)
            self._did(case_id, self.saved[case_id], replace(self.saved[case_id], in_bin=False))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        step = self.done.pop()
        undo(self.logbook, step.change)
        self.saved |= step.before
        self.undone.append(step)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        step = self.undone.pop()
        redo(self.logbook, step.change)
        self.saved |= step.after
        self.done.append(step)

    @rule()
    def back_up(self) -> None:
        made = make(self.logbook, Reason.BY_HAND)
        self.backups[made.name] = dict(self.saved)

    @precondition(lambda self: self.backups)
    @rule(which=WHICH)
    def restore_a_backup(self, which: int) -> None:
        chosen = sorted(self.backups)[which % len(self.backups)]
        before = dict(self.saved)
        opens, user = self.logbook.passphrase_of, self.logbook.user
        self.logbook.close()
        (backup,) = (one for one in listing(self.folder) if one.name == chosen)
        restored = restore(self.folder, backup, user, opens)
        self.saved = dict(self.backups[chosen])
        self.done, self.undone = [], []
        self._open()
        assert restored.aside is not None
        aside = enter(restored.aside) if self.is_encrypted else Logbook.open(restored.aside)
        assert _held(aside) == before
        aside.close()

    @rule()
    def close_and_open(self) -> None:
        self.logbook.close()
        self._open()

    @rule(is_halfway=st.booleans())
    def die_and_open(self, is_halfway: bool) -> None:
        left = self.place / f"{self.lives + 1}.kypholog"
        try:
            with self.logbook.transaction():
                if is_halfway:
                    save_case(self.logbook, a_case("P-never"))
                    # Part of it reaches the journal before anybody says that it counts.
                    self.logbook.database.pragma("cache_spill", 1)
                shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
                raise _Halfway
        except _Halfway:
            self.logbook.close()
        shutil.rmtree(self.folder)
        self.lives += 1
        self._open()

    @invariant()
    def it_holds_what_the_dictionary_holds(self) -> None:
        if hasattr(self, "logbook"):
            assert _held(self.logbook) == self.saved

    def teardown(self) -> None:
        if hasattr(self, "logbook"):
            assert verify(self.logbook) == []
            self.logbook.close()
        shutil.rmtree(self.place)


def _held(logbook: Logbook) -> dict[str, Held]:
    """What the record itself holds, and the list of cases says the same."""
    record = (
        "SELECT c.id, p.patient_code, l.cement_ml, c.deleted_at IS NOT NULL FROM procedure c "
        "JOIN patient p ON p.id = c.patient_id JOIN treated_level l ON l.procedure_id = c.id"
    )
    listed = "SELECT case_id, patient_code, cement_ml, deleted FROM case_row"
    with logbook.session():
        found, shown = (
            {str(row[0]): Held(row[1], float(row[2]), bool(row[3])) for row in rows}
            for rows in map(logbook.database.execute_sql, (record, listed))
        )
    assert shown == found
    return found


class AnyDayEncrypted(AnyDay):
    """The same, and nothing of it in plain."""

    is_encrypted = True

    @invariant()
    def nothing_is_in_plain(self) -> None:
        for file in self.folder.glob(f"{DATABASE_NAME}*"):
            if not file.name.endswith("-shm"):
                assert b"P-0-" not in file.read_bytes()


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = _SOME
TestAnyDayEncrypted = AnyDayEncrypted.TestCase
TestAnyDayEncrypted.settings = _SOME
