# SPDX-License-Identifier: MIT
"""Whatever stands in a cell is read, or refused in words."""

from __future__ import annotations

from contextlib import suppress

import pytest

from models.errors import LogbookError
from models.importing.formats import Format
from models.importing.targets import targets
from models.importing.values import UnknownTerm, reader

ODD = (
    *("9" * 400, "1e999", "-0", "²", "½", "١٢", "1,234", "1.234.567", "inf", "nan", "0x1"),
    *("[", "[1]", "[null]", "{}", '{"a":1}', '{"level":"x"}', "[[]]", '[{"level":3}]'),
    *("a:b|c", "level:unknown", "|", "||", "\ud800", "x" * 5000, "99999", "0/0/0000"),
    *("31.2.2026", "1/0", "5 years", "—", "\n", " ", "'", "=1"),
)


@pytest.mark.parametrize("exact", [True, False])
def test_any_cell_of_any_column_is_read_or_refused(exact: bool) -> None:
    for target in targets().values():
        read = reader(target, Format(), {}, exact=exact, defused=exact)
        for cell in ODD:
            with suppress(LogbookError, UnknownTerm):
                read(cell)
