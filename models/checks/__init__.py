# SPDX-License-Identifier: MIT
"""What is impossible, unusual or still open in a case. Nothing here changes a value.

One module a subject. A rule tells what it has to say of a field of a row; here every rule is
listed once, as an error or as a warning, and what it says becomes a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from models.checks import (
    days,
    events,
    gaps,
    heights,
    leaks,
    lesions,
    needles,
    scores,
    session,
    values,
)
from models.checks.gaps import left_between
from models.checks.rule import Rule, Said, places_in, rows_of
from models.checks.scores import score_problem
from models.findings import Finding, Severity
from models.sandwich import UNKNOWN, EarlierSpine
from models.speech import say

if TYPE_CHECKING:
    from models.case import Case

__all__ = [
    "contradict_each_other",
    "errors",
    "findings",
    "heads_contradict",
    "left_between",
    "levels_contradict",
    "open_fields",
    "score_problem",
    "warnings",
]

ERRORS: tuple[Rule, ...] = (
    values.impossible,
    values.broken_ranges,
    scores.scales,
    scores.questionnaires,
    days.life,
    days.age,
    days.before_the_procedure,
    days.after_the_procedure,
    days.after_the_death,
    days.assessments,
    session.departure,
    lesions.levels,
    needles.regions,
    needles.cement,
    needles.balloons_needed,
    needles.bursting,
    events.editions,
)
"""What cannot be."""

_OF_HEADS: tuple[Rule, ...] = (
    days.life,
    days.age,
    days.before_the_procedure,
    days.after_the_procedure,
    session.departure,
)

_OF_LEVELS: tuple[Rule, ...] = (
    values.broken_ranges,
    needles.regions,
    needles.cement,
    needles.balloons_needed,
    needles.bursting,
)

WARNINGS: tuple[Rule, ...] = (
    values.unusual,
    values.out_of_place,
    days.odd_days,
    days.stay,
    days.pain_durations,
    days.old_baselines,
    session.body,
    session.times,
    session.stay,
    session.radiation,
    session.answers,
    session.reasons,
    lesions.counting,
    lesions.parts,
    lesions.hemangiomas,
    lesions.fractures,
    lesions.neurology,
    needles.approaches,
    needles.balloons,
    needles.pressures,
    needles.filling,
    leaks.leakage,
    leaks.detection,
    leaks.places,
    leaks.symptoms,
    leaks.lungs,
    heights.changes,
    heights.beyond_the_neighbors,
    heights.reports,
    heights.methods,
    heights.later_changes,
    heights.later_methods,
    heights.later_days,
    events.grades,
    events.deaths,
    events.phases,
    events.fractures,
    scores.unnamed,
    scores.undated,
    scores.absences,
    scores.repeats,
    scores.steep_rises,
    scores.other_pains,
)
"""What can be, and is rarely meant."""


def findings(case: Case, earlier: EarlierSpine = UNKNOWN) -> list[Finding]:
    """Everything to be said about the case: errors, warnings, open fields, what is explained."""
    return sorted(
        [*errors(case), *warnings(case, earlier), *open_fields(case)],
        key=lambda finding: _WEIGHT[finding.severity],
    )


def errors(case: Case) -> list[Finding]:
    """What cannot be. A case with errors is not saved."""
    return _findings(case, Severity.ERROR, ERRORS)


def contradict_each_other(case: Case) -> bool:
    """Whether levels that each by itself can be cannot be together.

    One rule compares levels with each other; all others look at one of them at a time, or at days.
    """
    return any(lesions.levels(case))


def levels_contradict(case: Case) -> bool:
    """Whether what a case says of its levels cannot be together, level by level.

    Values that are impossible by themselves, and days, are left aside: see ``errors``.
    """
    return any(True for rule in _OF_LEVELS for _ in rule(case))


def heads_contradict(case: Case) -> bool:
    """Whether days and times of patient and procedure cannot be together.

    Nothing else that they say is compared with anything.
    """
    return any(True for rule in _OF_HEADS for _ in rule(case))


def warnings(case: Case, earlier: EarlierSpine = UNKNOWN) -> list[Finding]:
    """What is unusual, also in view of what earlier cases left. It is kept and marked.

    A warning about a field that was explained is EXPLAINED and carries the words. So is an
    explanation that is not needed any more, because nothing that was entered goes unseen.
    """
    rules: tuple[Rule, ...] = (*WARNINGS, partial(gaps.left_untreated, earlier=earlier))
    found = _findings(case, Severity.WARNING, rules)
    said_of = {(finding.row_id, finding.field) for finding in found}
    idle = [
        Said(
            row,
            name,
            say("{field} is explained, and is not unusual.", field=row._meta.fields[name].label),
        )
        for row in rows_of(case)
        for name in row.explained or ()
        if (str(row.id), name) not in said_of and name in row._meta.fields
    ]
    return [*found, *_as_findings(case, Severity.WARNING, idle)] if idle else found


def open_fields(case: Case) -> list[Finding]:
    """Core fields without a value. A case without any is complete."""
    return _findings(case, Severity.OPEN, (values.open_fields,))


_WEIGHT = {severity: place for place, severity in enumerate(Severity)}


def _findings(case: Case, severity: Severity, rules: Iterable[Rule]) -> list[Finding]:
    return _as_findings(case, severity, [said for rule in rules for said in rule(case)])


def _as_findings(case: Case, severity: Severity, all_said: list[Said]) -> list[Finding]:
    if not all_said:
        return []
    places = places_in(case)
    return [_as_finding(said, severity, places[said.row.id]) for said in all_said]


def _as_finding(said: Said, severity: Severity, place: str) -> Finding:
    row, field = said.row, said.field
    explanation = (row.explained or {}).get(field, "") if severity is Severity.WARNING else ""
    return Finding(
        Severity.EXPLAINED if explanation else severity,
        row._meta.table_name,
        str(row.id),
        field,
        row._meta.fields[field].label if field else "",
        f"{place}: {said.sentence}" if place and not said.names_place else said.sentence,
        explanation,
    )
