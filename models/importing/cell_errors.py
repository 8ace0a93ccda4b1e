# SPDX-License-Identifier: MIT
"""What spreadsheets show in a cell whose formula has no result. It is never taken for a value."""

from __future__ import annotations

from models.errors import InvalidValue
from models.importing.formats import UNCOMPUTED
from models.speech import say

_ERRORS = frozenset(
    f"#{name}"
    for name in (
        *("DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "NULL!", "SPILL!", "CALC!"),
        *("FIELD!", "BLOCKED!", "CONNECT!", "BUSY!", "GETTING_DATA", "PYTHON!", "UNKNOWN!"),
        # As a German Excel writes them into a CSV.
        *("WERT!", "BEZUG!", "ZAHL!", "ÜBERLAUF!"),
    )
)
"""What spreadsheets show for a formula without a result; "#N/A" is left out, it says "nothing"."""


def refuse_error(text: str) -> None:
    """Refuse the error of a formula; any other cell is none of them.

    Raises:
        InvalidValue: it is one.
    """
    error = text.upper()
    if error == UNCOMPUTED:
        raise InvalidValue(
            "",
            say("The file holds no result of the formula in this cell."),
            say("Open the workbook in its program, save it there, and import it again."),
        )
    if error in _ERRORS:
        cure = say("Mend it, or empty the cell.")
        raise InvalidValue(
            "", say("The formula in this cell has no result, but {error}.", error=error), cure
        )
