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
from models.reports.patient_table import complications
from models.reports.reading import CaseTold, Progress, cases_told
from models.reports.series import FOOTER, filter_told
from models.reports.wording import NOT_RECORDED, counted, labels
from models.schema import Procedure
from models.vocabulary import Level, Technique, Vocabulary

TITLE = "Operator's logbook"
_MOST_KNOWN = 8


class OperatorRole(StrEnum):
    """What somebody did in a case, as far as the record tells; the value says it in words."""

    OPERATED = "Operator"
    OPERATED_SUPERVISED = "Operator, supervised"
    SUPERVISED = "Supervisor"


_ROLES = tuple(OperatorRole)
_CASE_COLUMNS = (
    Column("No.", 0.35, is_right=True),
    Column("Date", 0.75),
    Column("Patient", 0.9),
    Column("Levels", 0.9),
    Column("Technique", 1.3),
    Column("Role", 0.95),
    Column("With", 1.0),
    Column(Procedure.trainee_share.label, 0.6, is_right=True),
    Column("Complications", 1.3),
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
    filtered = f"Filter: {told}{f' ({typed})' if typed else ''}." if told else ""
    return Report(
        title=f"{TITLE}: {people[0]}" if name else TITLE,
        subtitle=tuple(
            filter(None, (f"{counted(len(own), 'case')}. {filtered}", said, around.sentence()))
        ),
        blocks=tuple(_blocks(own, people, 0 if name else len(cases) - len(own))),
        footer=" ".join(filter(None, (FOOTER, said))),
        file_stem=f"{around.logbook} operator's logbook",
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
        cure = f"Known are: {known}{more}." if people else "No case names an operator."
        raise LogbookError(f"Nobody called {name} operated or supervised in these cases.", cure)
    return found


def _blocks(cases: Sequence[CaseTold], people: Sequence[str], n_nobodys: int) -> Iterable[Block]:
    number = Numbering()
    if not people:
        none = f"None of {counted(n_nobodys, 'case')}" if n_nobodys else "No case"
        yield Paragraph(f"{none} names an operator or a supervisor.")
    elif n_nobodys:
        told = "names" if n_nobodys == 1 else "name"
        yield Paragraph(
            f"{counted(n_nobodys, 'case')} more {told} neither an operator nor a supervisor.",
            is_note=True,
        )
    for person in people:
        own = [case for case in cases if role_of(case, person) is not None]
        if len(people) > 1:
            yield Heading(person)
        yield Paragraph(_summary(own, person))
        techniques = [(case, term) for case in own for term in case.line.techniques]
        yield _counts(person, techniques, Technique, number.table("Cases by technique and role."))
        regions = [(case, level) for case in own for level in case.line.levels]
        yield _counts(person, regions, Level, number.table("Treated levels by level and role."))
        yield _cases(own, person, number.table("Cases by date."))


def _summary(cases: Sequence[CaseTold], person: str) -> str:
    roles = Counter(role_of(case, person) for case in cases)
    told = ", ".join(f"{role.value.lower()} {roles[role]:,}" for role in _ROLES if roles[role])
    days = sorted(str(day) for case in cases if (day := case.line.performed_on))
    when = f" Performed from {days[0]} to {days[-1]}." if days else ""
    undated = len(cases) - len(days)
    without = f" Without a date: {undated:,}." if undated else ""
    return f"{counted(len(cases), 'case')}: {told}.{when}{without}"


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
            *(f"{counts[term, role]:,}" for role in _ROLES),
            f"{sum(counts[term, role] for role in _ROLES):,}",
        )
        for term in vocabulary
        if term in present
    ]
    columns = (
        Column("Technique" if vocabulary is Technique else "Level", 1.6),
        *(Column(role.value, 0.9, is_right=True) for role in _ROLES),
        Column("All", 0.6, is_right=True),
    )
    note = (
        "A case with several techniques counts once for each."
        if vocabulary is Technique
        else "A case with several levels counts once for each of them."
    )
    return Table(columns, tuple(rows), caption, note)


def _cases(cases: Sequence[CaseTold], person: str, caption: str) -> Table:
    rows = tuple(_row(number, case, person) for number, case in enumerate(cases, 1))
    note = (
        "Operator, supervised: a supervisor is named who is somebody else. With: who supervised, "
        "or who operated."
    )
    return Table(_CASE_COLUMNS, rows, caption, note)


def _row(number: int, case: CaseTold, person: str) -> tuple[str, ...]:
    line, procedure = case.line, case.procedure
    role = role_of(case, person)
    other = line.operator if role is OperatorRole.SUPERVISED else procedure.supervisor or ""
    share = procedure.trainee_share
    return (
        f"{number}",
        str(line.performed_on or "no date"),
        f"{line.patient_code or 'no code'}{' (synthetic)' if line.synthetic else ''}",
        ", ".join(level.label for level in line.levels) or NOT_RECORDED,
        labels(line.techniques) or NOT_RECORDED,
        role.value if role is not None else "",
        "" if role is OperatorRole.OPERATED else other,
        "" if share is None else f"{Procedure.trainee_share.show(share)} %",
        complications(case),
    )
