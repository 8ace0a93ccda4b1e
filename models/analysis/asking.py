# SPDX-License-Identifier: MIT
"""A question in the words of the command line, some of which name what is in the logbook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.analysis.grouping import FilterGroups
from models.analysis.question import Question
from models.filters import BY_NAME, filter_called
from models.query import EVERYTHING, Filter

if TYPE_CHECKING:
    from models.logbook import Logbook


def question_of(
    logbook: Logbook, start: str, to: str, by: str | None = None, asked: Filter = EVERYTHING
) -> Question:
    """The question that is meant.

    ``by`` is a field as in ``CompareBy``, or ``@`` and the name of a saved filter, whose cases are
    compared with all others.

    Raises:
        LogbookError: a time point, a field or a filter is not known, or the end does not lie
            after the start.
        QueryError: the saved filter is not understood.
    """
    if by is None or not by.lstrip().startswith(BY_NAME):
        return replace(Question.read(start, to, by), filter=asked)
    question = replace(Question.read(start, to), filter=asked)
    return replace(question, by=groups_of(logbook, by.lstrip().removeprefix(BY_NAME)))


def groups_of(logbook: Logbook, name: str) -> FilterGroups:
    """The cases of the saved filter of this name against all others.

    Raises:
        LogbookError: there is no filter of this name.
        QueryError: it is not understood.
    """
    kept = filter_called(logbook, name)
    if kept.filter is None:
        assert kept.problem is not None
        raise kept.problem
    return FilterGroups(kept.name, kept.filter)
