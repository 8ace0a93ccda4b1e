# SPDX-License-Identifier: MIT
"""The rows that meet one condition, told in two ways."""

from __future__ import annotations

from models.caselist.sql import Sql, negation
from models.quick import dataclass


@dataclass(frozen=True, slots=True)
class Members:
    """Rows by their number: a statement that tells them, or where ``negated`` all others.

    ``test`` says the same, without the negation, of a row of ``case_found_by`` called f.
    """

    rows: Sql
    test: Sql
    negated: bool = False

    def condition(self, number: str) -> Sql:
        """That the column ``number`` is one of them; it must not decide how SQLite walks."""
        word = "NOT IN" if self.negated else "IN"
        return Sql(f"+{number} {word} ({self.rows.text})", self.rows.values)

    def looked_at(self, number: str) -> Sql:
        """The same by looking at the row, where few are asked about."""
        test = negation(self.test) if self.negated else self.test
        found = f"SELECT 1 FROM case_found_by f WHERE f.number = {number} AND {test.text}"
        return Sql(f"EXISTS ({found})", test.values)
