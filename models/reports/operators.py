# SPDX-License-Identifier: MIT
"""The operator's logbook: who did which procedures, in which role, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

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
from models.reports.patient_table import code_of, complications
from models.reports.reading import CaseTold, Progress, cases_told
from models.reports.series import FOOTER, filter_told
from models.reports.wording import NOT_RECORDED, labels
from models.schema import Procedure
from models.speech import lowered, numeral, say, say_n
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
) -> Report:
    """The procedures of one operator, or of everybody who operated or supervised.

    Args:
        logbook: where they are recorded.
        around: where, when and by whom the report is made.
        name: of the operator, in any case; "" for everybody.
        asked: which cases count.
        progress: hears cases read and in all.

    Raises:
        LogbookError: nobody of that name operated or supervised.
    """
    with logbook.session(), logbook.database.atomic("DEFERRED"):
        cases = cases_told(logbook, asked, progress)
    people = _people(cases)
    if name:
        people = [_meant(people, name)]
    own = [case for case in cases if any(role_of(case, person) for person in people)]
    synthetic = sum(case.line.synthetic for case in own)
    said = synthetic_sentence(synthetic, len(own))
    told, typed = filter_told(asked)
    filtered = (
        say("Filter: {told}{value}.", told=told, value=f" ({typed})" if typed else "")
        if told
        else ""
    )
    return Report(
        title=f"{TITLE}: {people[0]}" if name else TITLE,
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
        blocks=tuple(_blocks(own, people, 0 if name else len(cases) - len(own))),
        footer=" ".join(filter(None, (FOOTER, said))),
        file_stem=say("{logbook} operator's logbook", logbook=around.logbook),
        n_cases=len(own),
        n_synthetic=synthetic,
        is_across=True,
    )


def role_of(case: CaseTold, person: str) -> OperatorRole | None:
    """What somebody did in the case; None for nothing."""
    supervisor = str(case.procedure.supervisor or "")
    if folded(case.line.operator) == folded(person):
        is_alone = not supervisor or folded(supervisor) == folded(person)
        return OperatorRole.OPERATED if is_alone else OperatorRole.OPERATED_SUPERVISED
    return OperatorRole.SUPERVISED if folded(supervisor) == folded(person) else None


def _people(cases: Sequence[CaseTold]) -> list[str]:
    """Everybody who operated or supervised, as first written, by name."""
    names = [name for case in cases for name in (case.line.operator, case.procedure.supervisor)]
    known: dict[str, str] = {}
    for name in filter(None, names):
        known.setdefault(folded(name), name)
    return [known[key] for key in sorted(known)]


def _meant(people: Sequence[str], name: str) -> str:
    found = next((person for person in people if folded(person) == folded(name)), None)
    if found is None:
        known = ", ".join(people[:_MOST_KNOWN])
        more = ", ..." if len(people) > _MOST_KNOWN else ""
        cure = (
            say("Known are: {known}{more}.", known=known, more=more)
            if people
            else say("No case names an operator.")
        )
        raise LogbookError(
            say("Nobody called {name} operated or supervised in these cases.", name=name), cure
        )
    return found


def _blocks(cases: Sequence[CaseTold], people: Sequence[str], n_nobodys: int) -> Iterable[Block]:
    number = Numbering()
    if not people:
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
    for person in people:
        own = [case for case in cases if role_of(case, person) is not None]
        if len(people) > 1:
            yield Heading(person)
        yield Paragraph(_summary(own, person))
        techniques = [(case, term) for case in own for term in case.line.techniques]
        yield _counts(
            person, techniques, Technique, number.table(say("Cases by technique and role."))
        )
        regions = [(case, level) for case in own for level in case.line.levels]
        yield _counts(
            person, regions, Level, number.table(say("Treated levels by level and role."))
        )
        yield _cases(own, person, number.table(say("Cases by date.")))


def _summary(cases: Sequence[CaseTold], person: str) -> str:
    roles = Counter(role_of(case, person) for case in cases)
    told = ", ".join(
        f"{lowered(role.shown)} {numeral(roles[role], ',')}" for role in _ROLES if roles[role]
    )
    days = sorted(str(day) for case in cases if (day := case.line.performed_on))
    when = say(" Performed from {day} to {day2}.", day=days[0], day2=days[-1]) if days else ""
    undated = len(cases) - len(days)
    without = say(" Without a date: {undated:,}.", undated=undated) if undated else ""
    return f"{say_n('{n:,} case', '{n:,} cases', len(cases))}: {told}.{when}{without}"


def _counts(
    person: str,
    found: Sequence[tuple[CaseTold, Vocabulary]],
    vocabulary: type[Vocabulary],
    caption: str,
) -> Table:
    """How often each term occurs in each role."""
    counts = Counter((term, role_of(case, person)) for case, term in found)
    present = {term for _, term in found}
    rows = [
        (
            term.label,
            *(numeral(counts[term, role], ",") for role in _ROLES),
            numeral(sum(counts[term, role] for role in _ROLES), ","),
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


def _cases(cases: Sequence[CaseTold], person: str, caption: str) -> Table:
    rows = tuple(_row(number, case, person) for number, case in enumerate(cases, 1))
    note = say(
        "Operator, supervised: a supervisor is named who is somebody else. With: who "
        "supervised, or who operated."
    )
    return Table(_CASE_COLUMNS, rows, caption, note)


def _row(number: int, case: CaseTold, person: str) -> tuple[str, ...]:
    line, procedure = case.line, case.procedure
    role = role_of(case, person)
    other = line.operator if role is OperatorRole.SUPERVISED else procedure.supervisor or ""
    share = procedure.trainee_share
    return (
        f"{number}",
        line.performed_on.shown if line.performed_on else say("no date"),
        code_of(line),
        ", ".join(level.label for level in line.levels) or NOT_RECORDED,
        labels(line.techniques) or NOT_RECORDED,
        role.shown if role is not None else "",
        "" if role is OperatorRole.OPERATED else other,
        "" if share is None else f"{Procedure.trainee_share.show(share)} %",
        complications(case),
    )
