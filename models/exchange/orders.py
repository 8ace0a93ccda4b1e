# SPDX-License-Identifier: MIT
"""What is to be exported and how: one order, carried out whole or not at all, and audited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

import peewee

from models import audit
from models.access import Right
from models.audit import Action, Event, Subject
from models.caselist import Query
from models.caselist import case_ids as found_ids
from models.collecting import collecting_rarely
from models.disk import settle
from models.errors import LogbookError
from models.exchange.by_ids import MANY, listed, rows_of
from models.exchange.choosing import SYNTHETIC, checked_columns, only
from models.exchange.content import Content
from models.exchange.deidentify import Dates, Deidentified, People, Rules, write_key
from models.exchange.deidentify.keyfile import refuse_place
from models.exchange.dialects import MACHINE, Dialect
from models.exchange.files import Watched, refuse_database, replacing_bytes
from models.exchange.mark import marked
from models.exchange.pictures import IMAGES, SHA256, Amount, Pictures, amount_of
from models.exchange.profiles import FORMS, Profile, check_target
from models.exchange.shapes import Shape, sheets_of
from models.exchange.sheet import Sheet
from models.exchange.steps import Progress, Steps
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, text_of
from models.schema import CaseRow
from models.signoff import SIGNED
from models.speech import say


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted.

    Attributes:
        profile: the format.
        shape: how cases become rows.
        rules: what is taken out of them.
        columns: names of those that are wanted; None for all. Ids that link tables stay, and so
            does what marks synthetic cases where there are some.
        asked: only cases that meet this filter.
        case_ids: only these cases; None for all outside the bin.
        dialect: how CSV for Excel is written.
        key: where the key to the random codes is to lie; None for no key.
    """

    profile: Profile = Profile.MACHINE
    shape: Shape = Shape.FLAT
    rules: Rules = Rules()  # noqa: RUF009 - frozen
    columns: tuple[str, ...] | None = None
    asked: Filter = EVERYTHING
    case_ids: Sequence[str] | None = None
    dialect: Dialect = MACHINE
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows (resources of a bundle) without headings, and cases.

    Attributes:
        of_images: what it holds of the images of its cases, in a sentence; "" where they have none.
    """

    rows: int
    cases: int
    target: Path
    of_images: str = ""


def export(
    logbook: Logbook,
    target: Path,
    order: Order,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Carry out an order into the file ``target``.

    Cases are in the order of the procedure's date (those without one first), then of their ids; in
    random order where random codes take the place of dates. All show one state of the logbook. That
    there was an export is in the audit before the file has its name. ``progress`` hears cases done
    and in total, each as often as it is read.

    Raises:
        CannotWrite: the file, or the key, cannot be written. Then, as after any error, the folder
            and what was in it are as before.
        LogbookError: ``cancelled`` returned True, or the order contradicts itself.
    """
    check_target(order.profile, order.shape, target)
    if order.columns is not None and not FORMS[order.profile].takes_columns:
        raise LogbookError(
            say("An export of the profile {profile} has all columns.", profile=order.profile),
            say("Choose no columns."),
        )
    refuse_database(logbook, target)
    _check_key(logbook, order, target)
    steps = Steps(progress, cancelled)
    with (
        _gone_after_error(order.key),
        logbook.session(),
        collecting_rarely(),
        replacing_bytes(target) as file,
    ):
        with content_of(logbook, order, steps) as (content, people):
            watched = cast("BinaryIO", Watched(file, steps.stop_if_cancelled))
            rows = FORMS[order.profile].write(watched, content, target.absolute())
            settle(file)
            if order.key is not None and people is not None:
                write_key(order.key, people, moved=order.rules.dates is Dates.SHIFTED)
        _note(logbook, order, rows, content.cases, target)
    return Exported(rows, content.cases, target, content.of_images)


@contextmanager
def content_of(
    logbook: Logbook, order: Order, steps: Steps
) -> Iterator[tuple[Content, People | None]]:
    """What an order holds, in one state of the logbook, and who the persons in it are.

    The second is None where nothing is taken out. Call it inside a session.
    """
    with logbook.database.atomic("DEFERRED"):
        case_ids = chosen_cases(logbook, order)
        people = None
        if order.rules.changes_anything:
            people = People(logbook.database, case_ids, order.rules)
            case_ids = people.in_random_order(case_ids)
        sheets = sheets_of(order.shape, logbook.database, case_ids, steps)
        if people is not None:
            sheets = Deidentified(order.rules, people).sheets(sheets)
        made = synthetic_among(logbook, case_ids)
        if order.columns is not None:
            wanted = checked_columns(order.shape, order.columns)
            if made:
                wanted = (*wanted, SYNTHETIC)
            sheets = tuple(only(sheet, wanted) for sheet in sheets)
            if not all(sheet.columns for sheet in sheets):
                raise LogbookError(
                    say("Nothing is left of the chosen columns when persons are taken out."),
                    say("Choose more columns."),
                )
        sheets = marked(sheets, order.shape, order.rules)
        amount = images_of(logbook, order, case_ids)
        pictures = None
        if amount.images and _has_pictures(order, sheets):
            pictures = Pictures(logbook.database, case_ids, steps, amount)
        steps.total = len(case_ids) * (len(sheets) + (pictures is not None))
        content = Content(
            say("Vertebral augmentation cases"),
            order.shape,
            order.rules,
            sheets,
            len(case_ids),
            made,
            datetime.now(UTC),
            _dialect_of(order),
            said_of_images(order, sheets, amount),
            pictures,
            FORMS[order.profile].row,
            signed_among(logbook, order, case_ids),
            whole=order.columns is None,
        )
        yield content, people


def _dialect_of(order: Order) -> Dialect:
    """Only CSV for Excel leaves a choice, and that never goes without its guard of formulas."""
    if order.profile is not Profile.EXCEL:
        return MACHINE
    return replace(order.dialect, for_excel=True)


def chosen_cases(logbook: Logbook, order: Order) -> list[str]:
    """The ids of the cases of an order, by date of the procedure and id."""
    kept = CaseRow.select(CaseRow.case_id).where(CaseRow.deleted == False)  # noqa: E712
    if order.case_ids is not None:
        kept = kept.where(CaseRow.case_id.in_(listed(order.case_ids)))
    ordered = kept.order_by(CaseRow.performed_on.asc(nulls="first"), CaseRow.case_id)
    case_ids = [str(row[0]) for row in rows_of(logbook.database, ordered)]
    if order.asked.terms:
        met = set(chain.from_iterable(found_ids(logbook, Query(order.asked))))
        case_ids = [case_id for case_id in case_ids if case_id in met]
    return case_ids


def _check_key(logbook: Logbook, order: Order, target: Path) -> None:
    if order.key is None:
        return
    if not order.rules.changes_anything:
        raise LogbookError(
            say("An export with the clinic's own patient codes needs no key."),
            say("Leave out the key, or choose limited or safe-harbor."),
        )
    refuse_database(logbook, order.key)
    refuse_place(order.key, target)


@contextmanager
def _gone_after_error(key: Path | None) -> Iterator[None]:
    """A key, which was not there before, is there only where the data are."""
    try:
        yield
    except BaseException:
        if key is not None:
            key.unlink(missing_ok=True)
        raise


def images_of(logbook: Logbook, order: Order, case_ids: Sequence[str]) -> Amount:
    """What images these cases have; none where the rules take all of them out."""
    return Amount() if order.rules.changes_anything else amount_of(logbook.database, case_ids)


def said_of_images(order: Order, sheets: Sequence[Sheet], amount: Amount) -> str:
    """What the file holds of the images of its cases, in a sentence; "" where they have none."""
    if not amount.images:
        return ""
    if _has_pictures(order, sheets):
        return say("It holds {amount}.", amount=amount.told)
    is_told = any(sheet.name == IMAGES for sheet in sheets)
    if is_told and order.profile not in (Profile.REDCAP, Profile.FHIR):
        return say("It holds what is said of {counted}, but no pictures.", counted=amount.counted)
    return say("Left out: {counted}.", counted=amount.counted)


def _has_pictures(order: Order, sheets: Sequence[Sheet]) -> bool:
    """Whether the contents of images are to be in the file, and its tables name them."""
    if order.profile is not Profile.PACKAGE or order.rules.changes_anything:
        return False
    return any(sheet.name == IMAGES and SHA256 in sheet.names for sheet in sheets)


def synthetic_among(logbook: Logbook, case_ids: Sequence[str]) -> int:
    """How many of these cases were generated."""
    return _count_of(logbook, CaseRow.synthetic, case_ids)


def signed_among(logbook: Logbook, order: Order, case_ids: Sequence[str]) -> int:
    """How many of these cases were signed off; 0 where the file does not tell of it."""
    if order.rules.changes_anything:
        return 0
    if order.columns is not None and not set(SIGNED) & set(order.columns):
        return 0
    return _count_of(logbook, CaseRow.signed, case_ids)


def _count_of(logbook: Logbook, mark: peewee.Field, case_ids: Sequence[str]) -> int:
    counted = CaseRow.select(peewee.fn.COUNT(CaseRow.case_id)).where(mark == True)  # noqa: E712
    found = 0
    for start in range(0, len(case_ids), MANY):
        chunk = listed(case_ids[start : start + MANY])
        ((n,),) = rows_of(logbook.database, counted.where(CaseRow.case_id.in_(chunk)))
        found += int(str(n))
    return found


def _note(logbook: Logbook, order: Order, rows: int, cases: int, target: Path) -> None:
    event = Event(
        logbook.user,
        Action.EXPORT,
        Subject.LOGBOOK,
        reason=_said(order, rows, cases, target),
    )
    with logbook.transaction(Right.LOOK):
        audit.append(logbook.database, [event])


def _said(order: Order, rows: int, cases: int, target: Path) -> str:
    asked = text_of(order.asked)
    parts = [
        f"{FORMS[order.profile].english}, {order.profile} profile, shape {order.shape}, "
        f"{order.rules.in_audit}.",
        f"Rows: {rows}, cases: {cases}.",
        *([f"Filter: {asked}."] if asked else []),
        *(["Chosen cases only."] if order.case_ids is not None else []),
        *([f"Columns: {len(order.columns)}."] if order.columns is not None else []),
        *(["With a key file."] if order.key is not None else []),
        f"File: {target.name}",
    ]
    return " ".join(parts)
