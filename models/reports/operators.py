# SPDX-License-Identifier: MIT
"""The operator's logbook: who did which procedures, in which role, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from models.errors import LogbookError
from models.logbook import Logbook
from models.query import EVERYTHING, Filter, folded
from models.reports.content import (
    Block,
    Circumstances,
    Column,
    Heading,
    Paragraph,
    Report,
    Table,
    synthetic_sentence,
)
from models.reports.numbering import Numbering
from models.reports.patient_table import MOST_LISTED, code_of, complications
from models.reports.reading import CaseTold, Progress, cases_told
from models.reports.series import FOOTER, filter_told
from models.reports.wording import NOT_RECORDED, labels
from models.schema import Procedure
from models.speech import lowered, numeral, numerals, say, say_n, shown_day
from models.vocabulary import Level, Technique, Vocabulary

TITLE = say("Operator's logbook")
_MOST_KNOWN = 8


class OperatorRole(StrEnum):
    """What somebody did in a case, as far as the record tells; the value says it in words."""

    OPERATED = "Operator"
    OPERATED_SUPERVISED = "Operator, supervised"
    SUPERVISED = "Supervisor"

    @property
    def shown(self) -> str:
        """The words in the language of the process."""
        return say(self.value)


_ROLES = tuple(OperatorRole)
_CASE_COLUMNS = (
    Column(say("No."), 0.35, is_right=True),
    Column(say("Date"), 0.75),
    Column(say("Patient"), 0.9),
    Column(say("Levels"), 0.9),
    Column(say("Technique"), 1.3),
    Column(say("Role"), 0.95),
    Column(say("With"), 1.0),
    Column(Procedure.trainee_share.label, 0.6, is_right=True),
    Column(say("Complications"), 1.3),
)


def operator_logbook(
    logbook: Logbook,
    around: Circumstances,
    name: str = "",
    asked: Filter = EVERYTHING,
    progress: Progress | None = None,
    most_listed: int = MOST_LISTED,
) -> Report:
    """The procedures of one operator, or of everybody who operated or supervised.

    Args:
        logbook: where they are recorded.
        around: where, when and by whom the report is made.
        name: of the operator, in any case; "" for everybody.
        asked: which cases count.
        progress: hears cases read and in all.
        most_listed: cases by date up to which they are listed: nobody reads thousands of pages.

    Raises:
        LogbookError: nobody of that name operated or supervised.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        cases = cases_told(logbook, asked, progress)
    parts = _parts(cases)
    if name:
        parts = [_meant(parts, name)]
    involved = {id(one.case) for part in parts for one in part.done}
    own = [case for case in cases if id(case) in involved]
    synthetic = sum(case.line.synthetic for case in own)
    said = synthetic_sentence(synthetic, len(own))
    told, typed = filter_told(asked)
    filtered = (
        say("Filter: {told}{value}.", told=told, value=f" ({typed})" if typed else "")
        if told
        else ""
    )
    return Report(
        title=f"{TITLE}: {parts[0].person}" if name else TITLE,
        subtitle=tuple(
            filter(
                None,
                (
                    f"{say_n('{n:,} case', '{n:,} cases', len(own))}. {filtered}",
                    said,
                    around.sentence(),
                ),
            )
        ),
        blocks=tuple(_blocks(parts, 0 if name else len(cases) - len(own), most_listed)),
        footer=" ".join(filter(None, (FOOTER, said))),
        file_stem=say("{logbook} operator's logbook", logbook=around.logbook),
        n_cases=len(own),
        n_synthetic=synthetic,
        is_across=True,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """A case in which somebody had a role."""

    case: CaseTold
    role: OperatorRole


@dataclass(frozen=True, slots=True)
class _Part:
    """Somebody, under the name that was written first, and what he did, by date."""

    person: str
    done: list[_Done]


def _parts(cases: Sequence[CaseTold]) -> list[_Part]:
    """Everybody who operated or supervised, by name."""
    key_of = cache(folded)
    known: dict[str, _Part] = {}
    for case in cases:
        operator, supervisor = case.line.operator or "", str(case.procedure.supervisor or "")
        key, other = key_of(operator), key_of(supervisor)
        is_alone = not other or other == key
        role = OperatorRole.OPERATED if is_alone else OperatorRole.OPERATED_SUPERVISED
        for name, written, had in (
            (key, operator, role),
            ("" if is_alone else other, supervisor, OperatorRole.SUPERVISED),
        ):
            if name:
                known.setdefault(name, _Part(written, [])).done.append(_Done(case, had))
    return [known[name] for name in sorted(known)]


def _meant(parts: Sequence[_Part], name: str) -> _Part:
    found = next((part for part in parts if folded(part.person) == folded(name)), None)
    if found is None:
        known = ", ".join(part.person for part in parts[:_MOST_KNOWN])
        more = ", ..." if len(parts) > _MOST_KNOWN else ""
        cure = (
            say("Known are: {known}{more}.", known=known, more=more)
            if parts
            else say("No case names an operator.")
        )
        raise LogbookError(
            say("Nobody called {name} operated or supervised in these cases.", name=name), cure
        )
    return found


def _blocks(parts: Sequence[_Part], n_nobodys: int, most_listed: int) -> Iterable[Block]:
    number = Numbering()
    if not parts:
        yield Paragraph(
            say_n(
                "None of {n:,} case names an operator or a supervisor.",
                "None of {n:,} cases names an operator or a supervisor.",
                n_nobodys,
            )
            if n_nobodys
            else say("No case names an operator or a supervisor.")
        )
    elif n_nobodys:
        yield Paragraph(
            say_n(
                "{n:,} case more names neither an operator nor a supervisor.",
                "{n:,} cases more name neither an operator nor a supervisor.",
                n_nobodys,
            ),
            is_note=True,
        )
    is_listed = sum(len(part.done) for part in parts) <= most_listed
    if not is_listed:
        yield Paragraph(
            say(
                "Cases by date are left out: a report lists up to {most_listed:,} of them. Name "
                "an operator, set a filter such as a year, or export the cases as CSV.",
                most_listed=most_listed,
            )
            if len(parts) > 1
            else say(
                "Cases by date are left out: a report lists up to {most_listed:,} of them. Set a "
                "filter such as a year, or export the cases as CSV.",
                most_listed=most_listed,
            )
        )
    for part in parts:
        if len(parts) > 1:
            yield Heading(part.person)
        yield Paragraph(_summary(part.done))
        techniques = [(one.role, term) for one in part.done for term in one.case.line.techniques]
        yield _counts(techniques, Technique, number.table(say("Cases by technique and role.")))
        levels = [(one.role, level) for one in part.done for level in one.case.line.levels]
        yield _counts(levels, Level, number.table(say("Treated levels by level and role.")))
        if is_listed:
            yield _cases(part.done, number.table(say("Cases by date.")))


def _summary(done: Sequence[_Done]) -> str:
    roles = Counter(one.role for one in done)
    told = ", ".join(
        numerals("{role} {role2:,}", role=lowered(role.shown), role2=roles[role])
        for role in _ROLES
        if roles[role]
    )
    days = sorted(str(day) for one in done if (day := one.case.line.performed_on))
    when = (
        say(" Performed from {day} to {day2}.", day=shown_day(days[0]), day2=shown_day(days[-1]))
        if days
        else ""
    )
    undated = len(done) - len(days)
    without = say(" Without a date: {undated:,}.", undated=undated) if undated else ""
    return f"{say_n('{n:,} case', '{n:,} cases', len(done))}: {told}.{when}{without}"


def _counts(
    found: Sequence[tuple[OperatorRole, Vocabulary]], vocabulary: type[Vocabulary], caption: str
) -> Table:
    """How often each term occurs in each role."""
    counts = Counter(found)
    present = {term for _, term in found}
    rows = [
        (
            term.label,
            *(numeral(counts[role, term], ",") for role in _ROLES),
            numeral(sum(counts[role, term] for role in _ROLES), ","),
        )
        for term in vocabulary
        if term in present
    ]
    columns = (
        Column(say("Technique") if vocabulary is Technique else say("Level"), 1.6),
        *(Column(role.shown, 0.9, is_right=True) for role in _ROLES),
        Column(say("All"), 0.6, is_right=True),
    )
    note = (
        say("A case with several techniques counts once for each.")
        if vocabulary is Technique
        else say("A case with several levels counts once for each of them.")
    )
    return Table(columns, tuple(rows), caption, note)


def _cases(done: Sequence[_Done], caption: str) -> Table:
    rows = tuple(_row(number, one) for number, one in enumerate(done, 1))
    note = say(
        "Operator, supervised: a supervisor is named who is somebody else. With: who "
        "supervised, or who operated."
    )
    return Table(_CASE_COLUMNS, rows, caption, note)


def _row(number: int, one: _Done) -> tuple[str, ...]:
    case, role = one.case, one.role
    line, procedure = case.line, case.procedure
    other = line.operator if role is OperatorRole.SUPERVISED else procedure.supervisor or ""
    share = procedure.trainee_share
    return (
        f"{number}",
        line.performed_on.shown if line.performed_on else say("no date"),
        code_of(line),
        ", ".join(level.label for level in line.levels) or NOT_RECORDED,
        labels(line.techniques) or NOT_RECORDED,
        role.shown,
        "" if role is OperatorRole.OPERATED else other,
        "" if share is None else f"{Procedure.trainee_share.show(share)} %",
        complications(case),
    )
