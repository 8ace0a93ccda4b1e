# SPDX-License-Identifier: MIT
"""How the rows of a table lie: as they stand, or as they were recognized."""

from __future__ import annotations

AS_IT_STANDS = "as_it_stands"
"""A row is a procedure or one of its levels, and each column is one of its own, whatever the
headings look like."""

LAYOUTS = (AS_IT_STANDS,)
"""What can be said of a table; else it is recognized whether a row is a visit, and whether levels
stand side by side."""
