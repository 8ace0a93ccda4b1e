# SPDX-License-Identifier: MIT
"""What an import that came to nothing leaves: nothing."""

from __future__ import annotations

import pytest

from models.importing.columns import propose
from models.importing.preview import preview
from models.importing.reading import CsvTable
from models.importing.recognizing import UnreadableTable
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow
from models.verify import verify


def nothing_in(logbook: Logbook) -> bool:
    """Whether no case is there, and all is well."""
    with logbook.session():
        return CaseRow.select().count(logbook.database) == 0 and verify(logbook) == []


def refuses_a_changed_file(logbook: Logbook, table: CsvTable, code: str) -> None:
    """Look at a table, write another patient code into its file, and try to import it."""
    shown = preview(logbook, table, propose(table))
    table.file.write_text(table.file.read_text().replace(code, f"{code}9"))
    with pytest.raises(UnreadableTable, match="changed since"):
        write(logbook, shown)
    assert nothing_in(logbook)
