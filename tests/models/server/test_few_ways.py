# SPDX-License-Identifier: MIT
"""What is done at once goes to the server together: each way there and back takes its time.

At 40 ms a way, one that is not needed is felt. What stands here are the ways that there were when
it was written; fewer are welcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import peewee
import pytest

from models.access import Right
from models.address import Address
from models.case import Case, find_patient, load_case, save_case
from models.caselist import Query, first_page
from models.caselist.reading import one_state
from models.drafts import draft_of, keep
from models.own_notes import keep_note, read_note
from models.rows import store
from models.sample import make_cases
from models.schema import Patient
from models.served import ServedLogbook, create, open_served
from models.verify import verify
from tests.proxy import Proxy
from tests.server import Server

_ENDS = """
SELECT bool_and(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '{}'
"""


@pytest.fixture
def far(way: Proxy) -> Iterator[ServedLogbook]:
    """The logbook at the end of that way."""
    logbook = open_served(way.address)
    yield logbook
    logbook.close()
    logbook.leave()


@pytest.fixture
def case(far: ServedLogbook) -> Case:
    """A stored case with something in most of its tables."""
    case = next(made for made in make_cases(40, seed=1) if len(made.leaks) > 1)
    save_case(far, case)
    return load_case(far, case.id)


def ways_of(way: Proxy, work: Callable[[], object]) -> int:
    before = way.ways
    work()
    return way.ways - before


def test_a_case_is_asked_for_and_saved_in_few_ways(
    far: ServedLogbook, way: Proxy, case: Case
) -> None:
    assert ways_of(way, lambda: load_case(far, case.id)) == 1
    case.procedure.operator = "Dr B. Operator"
    assert ways_of(way, lambda: save_case(far, case)) <= 14
    for leak in case.leaks:
        leak.detail = "Seen on the second day"
    assert ways_of(way, lambda: keep(far, draft_of(case))) <= 6
    new = next(make_cases(1, seed=2))
    assert ways_of(way, lambda: save_case(far, new)) <= 14
    assert ways_of(way, lambda: first_page(far, Query())) <= 5
    assert verify(far) == []


def test_a_logbook_is_opened_in_few_ways(way: Proxy) -> None:
    opened: list[ServedLogbook] = []
    # Three of them are the connection.
    assert ways_of(way, lambda: opened.append(open_served(way.address))) <= 10
    opened[0].close()
    opened[0].leave()


def test_a_kept_connection_is_not_asked_whether_it_is_there(far: ServedLogbook, way: Proxy) -> None:
    far.close()
    with far.session():
        assert ways_of(way, lambda: read_note(far.database, "none.such")) == 1
    assert ways_of(way, lambda: load_note(far)) == 1


def load_note(logbook: ServedLogbook) -> None:
    with logbook.session():
        read_note(logbook.database, "none.such")


def test_a_kept_connection_that_the_server_ended_is_not_used(
    server: Server, address: Address
) -> None:
    logbook = create(address)
    logbook.close()
    load_note(logbook)
    server.execute(_ENDS.format(address.name))
    load_note(logbook)
    logbook.leave()


@pytest.mark.parametrize("after", ["", "after"])
def test_what_the_server_refuses_ends_the_transaction_that_it_is_part_of(
    far: ServedLogbook, case: Case, after: str
) -> None:
    """What is wrong with what goes with the next statement is told by that, or by the commit."""
    twice = Patient(id=case.patient.id, patient_code="P-2")

    def write() -> None:
        with far.transaction(Right.ENTER):
            keep_note(far.database, "some.note", "before")
            store(far.database, [twice], set())
            if after:
                keep_note(far.database, "some.note", after)

    with pytest.raises(peewee.IntegrityError):
        write()
    assert read_note(far.database, "some.note") is None
    save_case(far, next(make_cases(1, seed=3)))
    assert verify(far) == []


def test_what_was_not_sent_is_given_up_with_the_part_that_it_belongs_to(
    far: ServedLogbook, case: Case
) -> None:
    twice = Patient(id=case.patient.id, patient_code="P-2")

    def write_and_give_up() -> None:
        with far.database.atomic():
            store(far.database, [twice], set())
            raise KeyError

    with far.transaction(Right.ENTER):
        keep_note(far.database, "some.note", "50 % of 100 %s; '?'")
        with pytest.raises(KeyError):
            write_and_give_up()
    assert read_note(far.database, "some.note") == "50 % of 100 %s; '?'"


def test_what_is_written_outside_a_transaction_is_there_at_once(
    far: ServedLogbook, address: Address
) -> None:
    store(far.database, [Patient(patient_code="P-2")], set())
    other = open_served(address)
    assert find_patient(other, "P-2") is not None
    other.close()
    other.leave()


def test_a_look_within_a_look_sees_the_same(far: ServedLogbook, way: Proxy) -> None:
    with one_state(far) as first:
        before = way.ways
        with one_state(far) as second:
            assert first == second
        assert way.ways - before == 1
