# SPDX-License-Identifier: MIT
"""A save whose answer was lost is there once: never lost, never doubled, nobody else's."""

from __future__ import annotations

import threading

import pytest

from models import drafts
from models.access import Right
from models.address import Address
from models.case import Case, save_case
from models.drafts import draft_of
from models.errors import AnswerLost, ServerAway
from models.news import read_news
from models.schema import AuditEntry, Procedure
from models.served import ServedLogbook, open_served
from models.verify import verify
from models.watching import Told, Watch, What
from tests.builders import a_case
from tests.proxy import Cut, Proxy
from tests.server import Server


def versions(address: Address) -> list[int]:
    """Of every case, as the server has it; what it has is whole."""
    logbook = open_served(address)
    found = [row.version for row in Procedure.select().execute(logbook.database)]
    assert verify(logbook) == []
    logbook.leave()
    logbook.close()
    return found


def test_a_save_whose_answer_is_lost_is_found_by_its_number(
    far: ServedLogbook, way: Proxy, address: Address
) -> None:
    way.cut = Cut.AFTER
    assert save_case(far, a_case("P-1")).version == 1
    assert versions(address) == [1]


def test_a_commit_that_never_arrived_saved_nothing_and_can_be_done_again(
    far: ServedLogbook, way: Proxy, address: Address
) -> None:
    case = a_case("P-1")
    way.cut = Cut.BEFORE
    with pytest.raises(ServerAway, match="nothing was saved") as lost:
        save_case(far, case)
    assert not isinstance(lost.value, AnswerLost)
    assert versions(address) == []
    assert save_case(far, case).version == 1
    assert versions(address) == [1]


@pytest.mark.parametrize(("cut", "is_saved"), [(Cut.AFTER, True), (Cut.BEFORE, False)])
def test_a_server_that_stays_away_is_asked_when_it_is_back(
    far: ServedLogbook, way: Proxy, cut: Cut, *, is_saved: bool
) -> None:
    far.link.patience_s = 0
    way.cut, way.goes_down = cut, True
    with pytest.raises(AnswerLost, match="not known whether") as lost:
        save_case(far, a_case("P-1"))
    with pytest.raises(ServerAway):
        far.has_saved(lost.value.number)
    way.come_back()
    assert far.has_saved(lost.value.number) is is_saved


def test_what_was_saved_so_is_no_news_to_who_saved_it(far: ServedLogbook, way: Proxy) -> None:
    way.cut = Cut.AFTER
    save_case(far, a_case("P-1"))
    assert not read_news(far, 0).is_any


def test_a_connection_ended_by_the_server_within_a_save_leaves_nothing(
    far: ServedLogbook, server: Server, address: Address
) -> None:
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"

    def save_and_lose() -> None:
        with far.transaction(Right.ENTER):
            save_case(far, a_case("P-1"))
            server.execute(ends.format(address.name))

    with far.session(), pytest.raises(ServerAway):
        save_and_lose()
    with far.session():
        assert save_case(far, a_case("P-2")).version == 1
    assert versions(address) == [1]


def test_a_draft_waits_here_sealed_until_the_server_takes_it(
    far: ServedLogbook, way: Proxy, address: Address
) -> None:
    far.link.patience_s = 0
    case = a_case("P-secret")
    way.go_down()
    drafts.keep(far, draft_of(case))
    assert far.shelter.folder is not None
    (file,) = far.shelter.folder.glob("*")
    assert b"P-secret" not in file.read_bytes()
    assert not far.shelter.is_in_memory
    way.come_back()
    later = open_served(way.address)
    assert drafts.drafts(later) == []
    assert drafts.bring_home(later) == 1
    (draft,) = drafts.drafts(later)
    assert draft.patient_code == "P-secret"
    assert not file.exists()
    later.leave()
    later.close()


def test_a_draft_that_was_saved_after_all_is_forgotten(far: ServedLogbook, way: Proxy) -> None:
    far.link.patience_s = 0
    case = a_case("P-1")
    way.cut, way.goes_down = Cut.AFTER, True
    with pytest.raises(AnswerLost):
        save_case(far, case)
    drafts.keep(far, draft_of(case))
    assert len(drafts.waiting(far.shelter)) == 1
    way.come_back()
    assert drafts.bring_home(far) == 0
    assert drafts.waiting(far.shelter) == drafts.drafts(far) == []


def test_the_watch_hears_of_others_and_of_a_server_that_was_away(
    far: ServedLogbook, way: Proxy, address: Address
) -> None:
    told: list[Told] = []
    came = threading.Condition()

    def tell(one: Told) -> None:
        with came:
            told.append(one)
            came.notify_all()

    def wait(what: What) -> Told:
        with came:
            assert came.wait_for(lambda: any(one.what is what for one in told), 20)
            found = next(one for one in told if one.what is what)
            told.clear()
            return found

    watch = Watch(far, tell)
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        assert not wait(What.HERE).was_away
        other = open_served(address)
        save_case(other, a_case("P-1"))
        wait(What.NEWS)
        assert read_news(far, 0).is_any
        way.go_down()
        wait(What.AWAY)
        assert far.link.is_away
        with pytest.raises(ServerAway, match="asked again by itself"):
            save_case(far, a_case("P-2"))
        way.come_back()
        watch.hurry()
        assert wait(What.HERE).was_away
        assert save_case(far, a_case("P-2")).version == 1
        other.leave()
        other.close()
    finally:
        watch.stop()
        thread.join()
    assert not far.link.is_away


def test_two_who_save_at_once_wait_for_each_other_and_one_may_give_up(
    far: ServedLogbook, address: Address
) -> None:
    other = open_served(address)
    case: Case = a_case("P-1")
    saved: list[int] = []

    def save() -> None:
        saved.append(save_case(far, case).version)

    with other.transaction():
        thread = threading.Thread(target=save)
        thread.start()
        while not far.turns.waited_s():
            pass
        assert saved == []
    thread.join()
    assert saved == [1]
    assert AuditEntry.select().count(other.database) == 2
    other.leave()
    other.close()
