# SPDX-License-Identifier: MIT
"""The commands ``create``, ``user`` and ``key``: a new logbook, its users, its keys."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import LogbookError
from models.opening import opened
from models.opening import place_of as anywhere
from models.signing import add_place, new_password, server_password
from models.speech import say, say_n
from models.terminal import answer, begun, tell

if TYPE_CHECKING:
    from models.access.recovery import RecoveryKey
    from models.address import Address, Place
    from models.logbook import Logbook

_Add = Callable[..., argparse.ArgumentParser]
_PlaceOf = Callable[[argparse.Namespace], Path]
_Work = Callable[[Path, argparse.Namespace], str]

_ROLES = ("reader", "entry", "admin")

_KEEP = say(
    "Write it down or print it and keep it away from this machine. It is shown "
    "this once, and without it and without a password nobody can open the "
    "logbook, not even the makers of Kypholog."
)


def add_access(add: _Add, place_of: _PlaceOf) -> None:
    """Add the commands; ``place_of`` says which logbook is meant."""

    def doing(work: _Work) -> Callable[[argparse.Namespace], int]:
        def done(options: argparse.Namespace) -> int:
            answer(work(place_of(options), options))
            return 0

        return done

    def making(options: argparse.Namespace) -> int:
        answer(_create(anywhere(options), options))
        return 0

    tasks = ((_add_create, making), (_add_user, doing(_user)), (_add_key, doing(_key)))
    for declare, work in tasks:
        parser = declare(add)
        add_place(parser)
        parser.set_defaults(work=work)


def _add_create(add: _Add) -> argparse.ArgumentParser:
    about = say("make a new logbook, encrypted unless told otherwise")
    parser = add(
        "create",
        help=about,
        description=say(
            "{begun}. Whoever makes it (--user, or the account of the machine) is its "
            "administrator. The recovery key is printed once.",
            begun=begun(about),
        ),
    )
    parser.add_argument(
        "--plain", action="store_true", help=say("not encrypted: for trying things out")
    )
    _add_new_password(parser)
    return parser


def _create(place: Place, options: argparse.Namespace) -> str:
    from models import accounts
    from models.address import Address
    from models.logbook import Logbook, current_user

    if isinstance(place, Address):
        return _create_on_server(place, options)
    if options.plain:
        Logbook.create(place).close()
        return say("Made the logbook {place}. It is not encrypted.", place=place)
    user = str(options.user or current_user())
    password = new_password(user, options.new_password_file or options.password_file)
    logbook, recovery = accounts.create(place, user, password)
    logbook.close()
    said = say(
        "Made the encrypted logbook {place}, with {user} as administrator.",
        place=place,
        user=logbook.user,
    )
    return _with_recovery(said, recovery)


def _create_on_server(address: Address, options: argparse.Namespace) -> str:
    from models.served import create

    logbook = create(address, server_password(address, options))
    user = logbook.user
    logbook.leave()
    logbook.close()
    return say(
        "Made the logbook {place}. Its tables belong to {user}; encryption, users and backups are "
        "the business of the server.",
        place=address,
        user=user,
    )


def _add_user(add: _Add) -> argparse.ArgumentParser:
    about = say("who may open an encrypted logbook, in which role")
    parser = add("user", help=about, description=f"{begun(about)}.")
    tasks = parser.add_subparsers(title=say("tasks"), dest="task", metavar="TASK", required=True)
    listing = _task(tasks, "list", say("name and role of everybody"))
    listing.add_argument("--json", action="store_true", help=say("print one JSON document"))
    adding = _task(tasks, "add", say("let somebody else sign in"))
    role = _task(tasks, "role", say("give somebody another role"))
    removing = _task(tasks, "remove", say("let somebody sign in no more"))
    password = _task(tasks, "password", say("give somebody another password, or oneself"))
    for one in (adding, role, removing):
        one.add_argument("name", metavar="NAME")
    password.add_argument("name", metavar="NAME", nargs="?", help=say("oneself by default"))
    adding.add_argument("--role", choices=_ROLES, default="entry", help=say("entry by default"))
    role.add_argument("role", choices=_ROLES, metavar="ROLE", help=", ".join(_ROLES))
    for one in (adding, password):
        _add_new_password(one)
    return parser


def _user(place: Path, options: argparse.Namespace) -> str:
    with opened(place, options) as logbook:
        task: Callable[[Logbook, argparse.Namespace], str] = _TASKS[options.task]
        return task(logbook, options)


def _add_key(add: _Add) -> argparse.ArgumentParser:
    about = say(
        "another recovery key, another key of the data, or the first one for a plain logbook"
    )
    parser = add("key", help=about, description=f"{begun(about)}.")
    tasks = parser.add_subparsers(title=say("tasks"), dest="task", metavar="TASK", required=True)
    _task(tasks, "recovery", say("make another recovery key; the present one opens nothing then"))
    _task(tasks, "change", say("encrypt the whole logbook with another key; all passwords stay"))
    _add_new_password(_task(tasks, "encrypt", say("encrypt a logbook that is not encrypted yet")))
    copies = _task(tasks, "copies", say("name earlier copies that are not encrypted"))
    act = copies.add_mutually_exclusive_group()
    act.add_argument("--encrypt", action="store_true", help=say("encrypt those that are backups"))
    act.add_argument("--remove", action="store_true", help=say("overwrite and remove all of them"))
    return parser


def _key(place: Path, options: argparse.Namespace) -> str:
    from models import accounts
    from models.access import Right
    from models.backup import Reason, make

    with opened(place, options) as logbook:
        if options.task == "recovery":
            return _with_recovery(
                say("Made another recovery key."), accounts.new_recovery_key(logbook)
            )
        if options.task == "change":
            # Before the backup, which is made for nobody who may not change the key.
            logbook.door.demand(Right.ADMINISTER)
            make(logbook, Reason.KEY_CHANGE)
            accounts.change_key(logbook)
            return say("{place} is encrypted with another key. All passwords stay.", place=place)
        if options.task == "copies":
            return _copies(logbook, options)
        user = str(options.user or logbook.user)
        password = new_password(user, options.new_password_file or options.password_file)
        recovery = accounts.encrypt(logbook, user, password)
        said = say(
            "Encrypted {place}, with {user} as administrator.", place=place, user=logbook.user
        )
        try:
            said += say("\nMade the backup {make}.", make=make(logbook, Reason.KEY_CHANGE).name)
        except LogbookError as error:
            # Without the recovery key that is shown now, what was done would be worth less.
            tell(str(error))
        if left := _named(logbook):
            said += say(
                "\nThese earlier copies are NOT encrypted:\n{left}\nSee: key copies --help",
                left=left,
            )
        return _with_recovery(said, recovery)


def _copies(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts
    from models.backup import encrypt_copies, plain_copies, remove_copies

    accounts.unlocked_of(logbook)
    found = plain_copies(logbook)
    if not found:
        return say("No earlier copy of {folder} can be read by anybody.", folder=logbook.folder)
    if not (options.encrypt or options.remove):
        return say("These earlier copies are NOT encrypted:\n{named}", named=_named(logbook))
    done = (encrypt_copies if options.encrypt else remove_copies)(logbook, found)
    for trouble in done.troubles:
        tell(trouble)
    return say(
        "{value} {done} of {n}.",
        value=say("Encrypted") if options.encrypt else say("Removed"),
        done=done.done,
        n=len(found),
    )


def _named(logbook: Logbook) -> str:
    from models.backup import copies_in_words, plain_copies

    names = copies_in_words(plain_copies(logbook), logbook.folder)
    return "\n".join(f"  {name}" for name in names)


def _list(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts

    found = accounts.accounts(logbook)
    if options.json:
        return json.dumps([{"name": one.name, "role": one.role.value} for one in found], indent=2)
    if not logbook.is_encrypted:
        return say(
            "{place} is not encrypted: whoever can read it may do everything.", place=logbook.place
        )
    return "\n".join(f"{one.name}: {one.role.label}" for one in found)


def _added(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts
    from models.vocabulary import Role

    accounts.unlocked_of(logbook)
    password = new_password(options.name, options.new_password_file)
    account = accounts.add_user(logbook, options.name, password, Role(options.role))
    return say("{account} can sign in as {role}.", account=account.name, role=account.role.label)


def _removed(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts
    from models.drafts import count_of

    accounts.remove_user(logbook, options.name)
    left = count_of(logbook, options.name)
    said = say(
        "What was not saved ({left}) is among the drafts of administrators. ",
        left=say_n("{n:,} case", "{n:,} cases", left),
    )
    return (said if left else "") + (
        say(
            "{options} cannot sign in any more. If copies of the files may be kept "
            "somewhere, change the key as well: key change.",
            options=options.name,
        )
    )


def _changed_role(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts
    from models.vocabulary import Role

    role = Role(options.role)
    accounts.change_role(logbook, options.name, role)
    return say("{options} is {role} now.", options=options.name, role=role.label)


def _changed_password(logbook: Logbook, options: argparse.Namespace) -> str:
    from models import accounts

    accounts.unlocked_of(logbook)
    name = str(options.name or logbook.user)
    password = new_password(name, options.new_password_file)
    # Whoever is here has just signed in with the old one.
    accounts.set_password(logbook, name, password)
    return say("{name} has another password.", name=name)


_TASKS: dict[str, Callable[[Logbook, argparse.Namespace], str]] = {
    "list": _list,
    "add": _added,
    "remove": _removed,
    "role": _changed_role,
    "password": _changed_password,
}


def _task(tasks: argparse._SubParsersAction, name: str, about: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = tasks.add_parser(
        name, help=about, description=f"{begun(about)}."
    )
    add_place(parser)
    return parser


def _add_new_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new-password-file",
        metavar="FILE",
        help=say(
            "a file, or the number of an open file descriptor, whose next line is the new "
            "password; otherwise it is asked for"
        ),
    )


def _with_recovery(said: str, recovery: RecoveryKey) -> str:
    return say(
        "{said}\n\nRecovery key: {recovery}\n\n{keep}",
        said=said,
        recovery=recovery.text,
        keep=_KEEP,
    )
