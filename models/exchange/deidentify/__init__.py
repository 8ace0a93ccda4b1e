# SPDX-License-Identifier: MIT
"""What an export says of persons: as in the record, a limited data set, or Safe Harbor.

An identified export holds everything. A limited data set goes without the fields that can identify
a person (names, record numbers, birth dates, notes, lot numbers), free text about patients, and
images. Safe Harbor is 45 CFR 164.514(b)(2): of the eighteen classes that it names, there also go
dates but for their year, ages above 89, all free text, and every id that the clinic or the program
gave. Whether what is left identifies somebody all the same, because the case is rare, people have
to judge; ``small`` counts such cases.
"""

from models.exchange.deidentify.applying import MOVED, Deidentified, Fate, fate_of
from models.exchange.deidentify.keyfile import write_key
from models.exchange.deidentify.people import People
from models.exchange.deidentify.rules import Dates, Kind, Rules
from models.exchange.deidentify.small import ALIKE_BY, SmallCells, small_cells

__all__ = [
    "ALIKE_BY",
    "MOVED",
    "Dates",
    "Deidentified",
    "Fate",
    "Kind",
    "People",
    "Rules",
    "SmallCells",
    "fate_of",
    "small_cells",
    "write_key",
]
