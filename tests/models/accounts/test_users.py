# SPDX-License-Identifier: MIT
"""Users, roles and passwords: added, changed, removed, and noticed by every other window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import accounts, audit
from models.access import Password, Recovery, keyfile
from models.access.errors import KeysNotWritten, NotAllowed, UnknownUser, WrongPassword
from models.access.keyfile import SECOND_COPY
from models.accounts.users import Account, LastAdministrator, NotEncrypted
from models.case import save_case
from models.errors import InvalidValue
from models.logbook import Logbook
from models.printouts import note_printout
from models.vocabulary import Role
from tests.builders import a_case
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, WEAK, enter, make, told
from tests.fresh import new_logbook


@pytest.fixture
def logbook(tmp_path: Path) -> Iterator[Logbook]:
    made, _ = make(tmp_path / "Clinic.kypholog", ENTRY, READER)
    yield made
    made.close()


def test_everybody_is_listed_by_name(logbook: Logbook) -> None:
    assert accounts.accounts(logbook) == [
        Account(ADMIN, Role.ADMIN),
        Account(ENTRY, Role.ENTRY),
        Account(READER, Role.READER),
    ]


def test_the_audit_says_who_was_added_removed_and_changed(logbook: Logbook) -> None:
    accounts.change_role(logbook, READER, Role.ENTRY)
    accounts.change_password(logbook, READER, "another password", strength=WEAK)
    accounts.remove_user(logbook, READER)
    accounts.new_recovery_key(logbook, WEAK)
    assert [(action, reason) for _, action, reason in told(logbook)] == [
        ("sign_in", "Role: Administrator."),
        ("keys", "Created encrypted, with Anna as administrator and a recovery key."),
        ("user", "Ben was added as Entry."),
        ("user", "Rita was added as Reader."),
        ("user", "Rita is Entry now."),
        ("user", "Rita has another password."),
        ("user", "Rita was removed."),
        ("keys", "There is another recovery key."),
    ]
    with logbook.session():
        assert audit.chain_problems(logbook.database) == []
        sql = "SELECT changes FROM audit_entry WHERE reason = 'Rita is Entry now.'"
        assert '"role":["reader","entry"]' in str(logbook.database.execute_sql(sql).fetchone()[0])


def test_a_removed_user_opens_nothing_more_and_his_window_writes_nothing_more(
    logbook: Logbook,
) -> None:
    window = enter(logbook.folder, ENTRY)
    save_case(window, a_case("P-1"))
    accounts.remove_user(logbook, ENTRY)
    for write in (
        lambda: save_case(window, a_case("P-2")),
        lambda: note_printout(window, "", 1, ""),
    ):
        with pytest.raises(NotAllowed, match="account Ben was closed"):
            write()
    window.close()
    with pytest.raises(UnknownUser):
        enter(logbook.folder, ENTRY)


def test_another_role_holds_in_an_open_window_at_once(logbook: Logbook) -> None:
    window = enter(logbook.folder, ENTRY)
    accounts.change_role(logbook, ENTRY, Role.READER)
    with pytest.raises(NotAllowed, match="Your role in this logbook is Reader"):
        save_case(window, a_case("P-1"))
    accounts.change_role(logbook, ENTRY, Role.ENTRY)
    save_case(window, a_case("P-1"))
    window.close()


def test_two_administrators_do_not_undo_each_other(logbook: Logbook) -> None:
    accounts.change_role(logbook, ENTRY, Role.ADMIN)
    other = enter(logbook.folder, ENTRY)
    accounts.remove_user(logbook, READER)
    accounts.add_user(other, "Carla", "four small words", Role.READER, WEAK)
    other.close()
    assert [one.name for one in accounts.accounts(logbook)] == [ADMIN, ENTRY, "Carla"]


def test_the_last_administrator_stays(logbook: Logbook) -> None:
    for change in (
        lambda: accounts.remove_user(logbook, ADMIN),
        lambda: accounts.change_role(logbook, ADMIN, Role.ENTRY),
    ):
        with pytest.raises(LastAdministrator, match="Anna is the only administrator"):
            change()
    accounts.change_role(logbook, ENTRY, Role.ADMIN)
    accounts.change_role(logbook, ADMIN, Role.READER)
    with pytest.raises(NotAllowed):
        accounts.remove_user(logbook, ENTRY)


def test_a_password_is_changed_by_its_owner_who_knows_it(logbook: Logbook) -> None:
    window = enter(logbook.folder, READER)
    for old in (None, "wrong"):
        with pytest.raises(WrongPassword):
            accounts.change_password(window, READER, "three new words", old, WEAK)
    accounts.change_password(window, READER, "three new words", SECRETS[READER], WEAK)
    with pytest.raises(NotAllowed):
        accounts.change_password(window, ENTRY, "three new words", strength=WEAK)
    window.close()
    with pytest.raises(WrongPassword):
        enter(logbook.folder, READER)
    accounts.sign_in(logbook.folder, Password(READER, "three new words")).close()


def test_a_forgotten_password_is_replaced_with_the_recovery_key(tmp_path: Path) -> None:
    made, recovery = make(tmp_path / "Clinic.kypholog")
    made.close()
    logbook = accounts.sign_in(made.folder, Recovery(recovery.text.lower().replace("-", "")))
    accounts.change_password(logbook, ADMIN, "three new words", strength=WEAK)
    logbook.close()
    accounts.sign_in(made.folder, Password(ADMIN, "three new words")).close()


def test_another_recovery_key_takes_the_place_of_the_first(tmp_path: Path) -> None:
    logbook, first = make(tmp_path / "Clinic.kypholog")
    second = accounts.new_recovery_key(logbook, WEAK)
    logbook.close()
    with pytest.raises(WrongPassword, match="printed last"):
        accounts.sign_in(logbook.folder, Recovery(first.text))
    accounts.sign_in(logbook.folder, Recovery(second.text)).close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "needs a name"),
        ("  ", "needs a name"),
        ("x" * 61, "at most 60"),
        ("Car\u200bla", "cannot be seen"),
        ("bEN", "is a user already"),
        ("The recovery key", "Nobody can be called"),
    ],
)
def test_what_is_no_name_is_refused(logbook: Logbook, name: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        accounts.add_user(logbook, name, "three new words", Role.ENTRY, WEAK)


@pytest.mark.parametrize("password", ["", "short", "x" * 1001, "Carlotta B"])
def test_what_is_no_password_is_refused(logbook: Logbook, password: str) -> None:
    with pytest.raises(InvalidValue, match="password"):
        accounts.add_user(logbook, "carlotta b", password, Role.ENTRY, WEAK)


def test_unknown_names_are_told(logbook: Logbook) -> None:
    for change in (
        lambda: accounts.remove_user(logbook, "Mallory"),
        lambda: accounts.change_role(logbook, "Mallory", Role.ENTRY),
        lambda: accounts.change_password(logbook, "Mallory", "three new words"),
    ):
        with pytest.raises(UnknownUser, match="Anna, Ben, Rita"):
            change()


def test_keys_that_cannot_be_written_change_nothing(logbook: Logbook) -> None:
    before, entries = keyfile.read(logbook.folder).best, told(logbook)
    (logbook.folder / SECOND_COPY).unlink()
    (logbook.folder / SECOND_COPY / "taken").mkdir(parents=True)
    with pytest.raises(KeysNotWritten):
        accounts.add_user(logbook, "Carla", "four small words", Role.READER, WEAK)
    assert told(logbook) == entries
    assert keyfile.read(logbook.folder).best == before
    assert len(accounts.accounts(logbook)) == 3


def test_a_plain_logbook_has_no_users(tmp_path: Path) -> None:
    plain = new_logbook(tmp_path / "Plain.kypholog")
    assert accounts.accounts(plain) == []
    for change in (
        lambda: accounts.add_user(plain, "Carla", "four small words", Role.READER),
        lambda: accounts.remove_user(plain, "Carla"),
        lambda: accounts.change_key(plain),
    ):
        with pytest.raises(NotEncrypted, match="knows no users"):
            change()
    plain.close()


NAMES = st.sampled_from(["Carla", "Dora", "Emil"])
STEPS = st.one_of(
    st.tuples(st.just("add"), NAMES, st.sampled_from(list(Role))),
    st.tuples(st.just("remove"), st.one_of(NAMES, st.just(ADMIN)), st.none()),
    st.tuples(st.just("role"), st.one_of(NAMES, st.just(ADMIN)), st.sampled_from(list(Role))),
    st.tuples(st.just("key"), st.none(), st.none()),
)


@settings(max_examples=5)
@given(steps=st.lists(STEPS, max_size=8))
def test_whatever_is_done_there_is_an_administrator_and_everybody_gets_in(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, Role]]
) -> None:
    logbook, recovery = make(tmp_path_factory.mktemp("any") / "Clinic.kypholog")
    known = {ADMIN: Role.ADMIN}
    for what, name, role in steps:
        try:
            if what == "add":
                accounts.add_user(logbook, name, f"password of {name}", role, WEAK)
                known[name] = role
            elif what == "remove":
                accounts.remove_user(logbook, name)
                del known[name]
            elif what == "role":
                accounts.change_role(logbook, name, role)
                known[name] = role
            else:
                accounts.change_key(logbook)
        except (InvalidValue, UnknownUser, LastAdministrator, NotAllowed):
            continue
    logbook.close()
    assert Role.ADMIN in known.values()
    for name, role in known.items():
        secret = SECRETS.get(name, f"password of {name}")
        opened = accounts.sign_in(logbook.folder, Password(name, secret))
        assert opened.door.role is role
        assert {one.name: one.role for one in accounts.accounts(opened)} == known
        opened.close()
    accounts.sign_in(logbook.folder, Recovery(recovery.text)).close()
