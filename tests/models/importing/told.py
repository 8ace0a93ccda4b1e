# SPDX-License-Identifier: MIT
"""What a preview tells of the cases of a file, and the cases once they are written."""

from __future__ import annotations

from models.case import Case, load_case
from models.importing.preview import Preview
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow


def told(shown: Preview) -> list[str]:
    return [str(one) for line in shown.lines for one in (*line.problems, *line.remarks)]


def saved(logbook: Logbook, shown: Preview) -> list[Case]:
    write(logbook, shown)
    query = CaseRow.select(CaseRow.case_id).order_by(CaseRow.patient_code).tuples()
    return [load_case(logbook, case_id) for (case_id,) in query.execute(logbook.database)]


Visits = list[tuple[str, str, float | None]]


def visits(case: Case) -> Visits:
    """Time point, day and score of each assessment."""
    return [
        (str(row.time_point), str(row.assessed_on or ""), row.pain_low) for row in case.assessments
    ]


def levels(case: Case) -> list[tuple[str, float | None]]:
    return [(str(row.level), row.cement_ml) for row in case.levels]
