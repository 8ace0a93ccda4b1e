# SPDX-License-Identifier: MIT
"""Is the logbook what the program wrote? Reads everything, changes nothing.

The file itself, the chain of the audit, the record against the audit, and what is kept beside the
record so that lists are quick.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models import caserow, stored
from models.audit import Subject
from models.case import Case
from models.document import GONE, Fields, Value, content_hash
from models.engines import search
from models.engines.engine import FEW_AT_ONCE, Engine
from models.errors import LogbookDamaged
from models.followup import planning
from models.logbook import Logbook
from models.rederived import rederive
from models.schema import Assessment, ImageContent, Procedure
from models.settings import STORE_IDENTITY, is_on, visit_plan_in
from models.speech import say
from models.stored import Held, Known, Rebuilt, Stream
from models.verify import wording
from models.verify.chain import backup_findings, chain_findings
from models.verify.choices import choice_findings

_STEP = 500
_INDEXES = {"case_search": "words", "case_search_tags": "tags"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside the record of a case: its line of the list, and what it is found by."""

    line: Fields | None
    found_by: Fields | None


Progress = Callable[[int, int], None]


def verify(logbook: Logbook, progress: Progress | None = None) -> list[str]:
    """Everything that is not as it should be, one sentence each; [] when all is well.

    Sentences name patients by their code, and never by name or record number. Others may go on
    working with the logbook meanwhile; what is looked at is its state at the beginning.
    ``progress`` is told now and then how many of how many cases were looked at.

    Raises:
        LogbookBusy, CannotWrite: as their names say.
    """
    damage = ""
    for read_text in (str, _read_broken_text):
        try:
            with logbook.session(), _undisturbed(logbook.database, read_text):
                if found := logbook.database.damage():
                    return [_damaged(logbook, found)]
                found = list(_findings(logbook, progress or _nobody_asks))
            # Others may have saved since that state; what they noted is compared with theirs.
            with logbook.session():
                lost = logbook.loss()
            return [lost, *found] if lost else found
        except LogbookDamaged as error:
            damage = str(error)
    return [damage]


def _nobody_asks(done: int, total: int) -> None:
    pass


def _damaged(logbook: Logbook, found: list[str]) -> str:
    said = " ".join(found[0].split()).rstrip(".")
    if len(found) > 1:
        said = say("{said}, and {n} more", said=said, n=len(found) - 1)
    return say(
        "{file} is damaged ({said}). Keep the folder as it is and restore the last backup.",
        file=logbook.file,
        said=said,
    )


@contextmanager
def _undisturbed(database: Engine, read_text: Callable[[bytes], str]) -> Iterator[None]:
    """One state of the logbook throughout, whatever others write meanwhile."""
    with database.reading_broken_text(read_text), database.atomic("DEFERRED"):
        yield


def _read_broken_text(raw: bytes) -> str:
    """So that a row whose text was destroyed can be named instead of ending the search."""
    return raw.decode(errors="replace")


def _findings(logbook: Logbook, progress: Progress) -> Iterator[str]:
    database = logbook.database
    yield from (f"{problem}." for problem in database.orphans())
    yield from chain_findings(database)
    if logbook.has_files:
        yield from backup_findings(database, logbook.folder)
    yield from _check_persons(database)
    yield from _check_cases(database, progress)
    yield from _check_images(database)
    yield from _check_search(database)
    yield from choice_findings(database)
    yield from planning.problems(database)


def _check_persons(database: Engine) -> Iterator[str]:
    persons = Stream(stored.persons(database))
    known = Stream(stored.known(database, Subject.PATIENT))
    for patient_id in stored.all_keys(persons, known):
        held, told = _one(persons, patient_id), _one(known, patient_id)
        if held is None:
            if told is None or told.content_hash != GONE:
                yield wording.removed_person(database, patient_id)
        else:
            name = wording.person_named(held.head.get("patient_code"))
            yield from _compare(database, Subject.PATIENT, held, told, name)


def _check_cases(database: Engine, progress: Progress) -> Iterator[str]:
    cases = Stream(stored.cases(database))
    known = Stream(stored.known(database, Subject.CASE))
    people = Stream(stored.persons_of_cases(database))
    lines = Stream(stored.lines(database))
    found_by = Stream(stored.found_by(database))
    rules = _Rules(database)
    total = Procedure.select().count(database)
    done = 0
    for case_id in stored.all_keys(cases, known, lines):
        held, told = _one(cases, case_id), _one(known, case_id)
        person, line = _one(people, case_id), _one(lines, case_id)
        kept = Kept(line, _one(found_by, case_id))
        if held is None:
            if told is not None:
                yield wording.removed_case(database, case_id)
            if line is not None:
                name = wording.case_named(line.get("patient_code"), line.get("performed_on"))
                yield say(
                    "{name} stands in the list of cases, and is not in the record.", name=name
                )
            continue
        done += 1
        if done % _STEP == 0:
            progress(done, total)
        code = person.get("patient_code") if person else None
        name = wording.case_named(code, held.head.get("performed_on"))
        found = list(_compare(database, Subject.CASE, held, told, name))
        yield from found
        if not found and person is not None:
            yield from _check_derived(rules, person, held, kept, name)
    progress(total, total)


class _Rules:
    """What derived values are worked out by; ``plan_waits`` while some hold to an earlier plan."""

    def __init__(self, database: Engine) -> None:
        self.rebuilt = Rebuilt()
        self.plan = visit_plan_in(database)
        self.plan_waits = planning.waits(database)


def _compare(
    database: Engine, subject: Subject, held: Held, told: Known | None, name: str
) -> Iterator[str]:
    """The record of a subject against the audit."""
    if told is None:
        yield say("{name} was added {behind}.", name=name, behind=wording.BEHIND)
        return
    document = held.document()
    if content_hash(document) != told.content_hash:
        last = wording.last_save(database, subject, held.id)
        found = wording.differences(database, subject, held.id, document, name)
        yield from (f"{said[:-1]} ({last})." if last else said for said in found)
    version = held.head.get("version")
    if version != told.version:
        yield say(
            "{name}: the record has version {version}, the audit has version {version2}.",
            name=name,
            version=version,
            version2=told.version,
        )


def _check_derived(
    rules: _Rules, person: Fields, held: Held, kept: Kept, name: str
) -> Iterator[str]:
    """What the program works out and keeps, against what the record says."""
    try:
        case = rules.rebuilt.case(person, held)
    except (ValueError, TypeError, AttributeError) as error:
        yield say(
            "{name} holds a value that this program does not know: {error}.", name=name, error=error
        )
        return
    try:
        yield from list(_derived_problems(rules, case, person, held, kept, name))
    except (ValueError, TypeError, AttributeError):
        # Such as a date of birth that is none; the error would quote it.
        yield say("{name} or its patient holds a value that this program does not know.", name=name)


def _derived_problems(
    rules: _Rules, case: Case, person: Fields, held: Held, kept: Kept, name: str
) -> Iterator[str]:
    anew = rederive(case, person, held, rules.plan)
    if kept.line is None:
        yield say("{name} is missing in the list of cases.", name=name)
    elif differing := sorted(_differing(kept.line, anew.line)):
        columns = ", ".join(column.replace("_", " ") for column in differing)
        yield say(
            "{name} stands in the list of cases with other values than it has: {columns}.",
            name=name,
            columns=columns,
        )
    elif kept.found_by is None:
        yield say("{name} cannot be found by what it holds.", name=name)
    elif differing := sorted(_differing(kept.found_by, anew.found_by._asdict())):
        yield say(
            "{name} is found by other values than it has: {differing}.",
            name=name,
            differing=", ".join(differing),
        )
    if held.head.get("complete") is not anew.complete:
        yield say(
            "{name}: whether it is complete was changed {behind}.", name=name, behind=wording.BEHIND
        )
    rows = () if rules.plan_waits else held.rows.get(Assessment, ())
    if any(row.get("chosen") is not anew.chosen[str(row["id"])] for row in rows):
        yield say(
            "{name}: which score stands for a time point was changed {behind}.",
            name=name,
            behind=wording.BEHIND,
        )


def _differing(line: Fields, expected: caserow.Line) -> Iterator[str]:
    for column, value in expected.items():
        held = line.get(column)
        if held == value:
            continue
        if column != "course" or _read_json(held) != _read_json(value):
            yield column


def _read_json(text: Value | bool) -> object:
    """The course is JSON, where 8 and 8.0 are the same score in two spellings."""
    try:
        return json.loads(str(text))
    except ValueError:
        return text


def _check_images(database: Engine) -> Iterator[str]:
    """Contents that nothing refers to are no finding: they are removed a day after they were seen.

    That an image of a case lacks its content, the check of the foreign keys tells.
    """
    sql = f"SELECT sha256, content FROM {ImageContent._meta.table_name}"
    for sha256, content in database.stream(sql, at_once=FEW_AT_ONCE):
        if hashlib.sha256(bytes(content)).hexdigest() != sha256:
            yield say(
                "The image {sha256} was changed {behind}.",
                sha256=sha256[:12],
                behind=wording.BEHIND,
            )


def _check_search(database: Engine) -> Iterator[str]:
    for index, column in _INDEXES.items():
        both = ("number FROM case_row", f"rowid FROM {index}")
        missing, stray = (_count_only_in(database, *pair) for pair in (both, both[::-1]))
        if missing or stray:
            yield (
                say(
                    "The search by {column} does not fit the list of cases: cases that "
                    "cannot be found: {missing}, entries of no case: {stray}.",
                    column=column,
                    missing=missing,
                    stray=stray,
                )
            )
        elif wrong := _count_wrong(database, index, column):
            yield say(
                "The search by {column} does not fit the cases: {wrong} {column} are wrong.",
                column=column,
                wrong=wrong,
            )
    if stray := _count_only_in(database, "number FROM case_found_by", "number FROM case_row"):
        yield say(
            "The search holds what cases are found by that are not in the list: {stray}.",
            stray=stray,
        )
    if not search.names_fit(database, wanted=is_on(database, STORE_IDENTITY)):
        yield (
            say(
                "The search by names does not fit the record. Switch the storing of names "
                "and record numbers off and on again."
            )
        )


def _count_only_in(database: Engine, one: str, other: str) -> int:
    found = database.execute_sql(f"SELECT COUNT(*) FROM (SELECT {one} EXCEPT SELECT {other})")
    return int(found.fetchone()[0])


def _count_wrong(database: Engine, index: str, column: str) -> int:
    """Words that the index has in more cases or fewer than hold them."""
    held: Counter[str] = Counter()
    for (text,) in database.execute_sql(f"SELECT {column} FROM case_found_by"):
        held.update(str(text).split())
    wrong = sum(held.pop(word, 0) != cases for word, cases in search.counted(database, index))
    return wrong + len(held)


def _one(stream: Stream[stored.T], key: str) -> stored.T | None:
    return next(iter(stream.take(key)), None)
