# SPDX-License-Identifier: MIT
"""Published rates: those that come with the program, and those that a clinic adds of its own.

They are shown beside a clinic's own rates, and say where the two are not alike.
"""

from models.literature.matching import OwnBeside, Published, RateAsked, published_beside
from models.literature.own import (
    Added,
    OwnRate,
    add_rates,
    all_rates,
    own_rates,
    put_back,
    remove_rates,
)
from models.literature.rate import COLUMNS, PublishedRate, UnreadableRates
from models.literature.reading import read_rates, shipped_rates

__all__ = [
    "COLUMNS",
    "Added",
    "OwnBeside",
    "OwnRate",
    "Published",
    "PublishedRate",
    "RateAsked",
    "UnreadableRates",
    "add_rates",
    "all_rates",
    "own_rates",
    "published_beside",
    "put_back",
    "read_rates",
    "remove_rates",
    "shipped_rates",
]
