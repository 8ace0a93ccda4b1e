# SPDX-License-Identifier: MIT
"""The small language in which cases are asked for: ``level:T12 leak:yes pain:>=7 -complete``.

It knows the record and no database: text becomes a ``Filter``, a ``Filter`` becomes text again.
"""

from models.query.filter import Filter, Op, QueryError, Term

__all__ = ["Filter", "Op", "QueryError", "Term"]
