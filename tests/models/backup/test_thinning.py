# SPDX-License-Identifier: MIT
"""Which backups are kept: by rules that hold for any history of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.backup import Backup, Plan, Reason, kept_of, listing, make, thin
from models.logbook import Logbook

pytestmark = pytest.mark.sqlite_only("a server's backups are the business of its administrator")

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
PLAN = Plan(latest=3, daily=4, weekly=3, monthly=5)


def one(hours: int, reason: Reason = Reason.TIMED) -> Backup:
    at = NOW - timedelta(hours=hours)
    return Backup(Path(f"{hours:06}-{reason}.db"), at, reason, "anna", "", {}, 1, 1, 1, "")


HISTORIES = st.lists(
    st.builds(
        one,
        st.integers(0, 24 * 800),
        st.sampled_from([Reason.TIMED] * 9 + [Reason.BY_HAND]),
    ),
    max_size=60,
    unique_by=lambda backup: backup.at,
)


@given(HISTORIES)
def test_few_are_kept_and_never_the_latest_or_one_by_hand_lost(history: list[Backup]) -> None:
    kept = kept_of(history, NOW, PLAN)
    by_hand = {each.file for each in history if each.reason is Reason.BY_HAND}
    assert by_hand <= kept <= {each.file for each in history}
    assert len(kept - by_hand) <= 3 + 4 + 3 + 5
    if history:
        assert max(history, key=lambda each: each.at).file in kept


@given(HISTORIES)
def test_thinning_after_every_backup_keeps_what_thinning_once_does(history: list[Backup]) -> None:
    standing: list[Backup] = []
    for each in sorted(history, key=lambda each: each.at):
        standing.append(each)
        kept = kept_of(standing, NOW, PLAN)
        standing = [held for held in standing if held.file in kept]
    assert {held.file for held in standing} == kept_of(history, NOW, PLAN)


@given(HISTORIES)
def test_every_month_among_the_latest_has_its_last_backup(history: list[Backup]) -> None:
    timed = [each for each in history if each.reason is Reason.TIMED]
    last: dict[str, Backup] = {}
    for each in sorted(timed, key=lambda each: each.at):
        last[f"{each.at:%Y-%m}"] = each
    wanted = {last[month].file for month in sorted(last)[-PLAN.monthly :]}
    assert wanted <= kept_of(history, NOW, PLAN)


def test_a_working_day_of_backups_becomes_one() -> None:
    history = [one(hours) for hours in range(24 * 14)]
    kept = sorted(kept_of(history, NOW, PLAN))
    days = [(NOW - timedelta(hours=int(path.name[:6]))).strftime("%m-%d %H") for path in kept]
    latest = ["11-27 12", "11-27 11", "11-27 10"]
    daily = ["11-26 23", "11-25 23", "11-24 23"]
    assert days == [*latest, *daily, "11-22 23", "11-15 23"]


def test_one_from_the_future_stays_because_the_clock_is_wrong() -> None:
    history = [one(-48), *(one(hours) for hours in range(9))]
    assert history[0].file in kept_of(history, NOW, Plan(1, 1, 1, 1))


def test_the_files_that_are_not_kept_go_with_their_documents(clinic: Logbook) -> None:
    made = [make(clinic, Reason.TIMED) for _ in range(3)]
    gone = thin(clinic.folder, Plan(latest=1, daily=0, weekly=0, monthly=0))
    assert set(gone) == {each.file for each in made[:2]}
    assert listing(clinic.folder) == [made[2]]
    assert len(list(made[2].file.parent.iterdir())) == 2
