# SPDX-License-Identifier: MIT
"""A synthetic logbook: plausible cases of patients who do not exist, for tests and for trying out.

The same count and seed make the same cases on any day and machine.
"""

from models.sample.filling import fill
from models.sample.generator import REFERENCE_DAY, make_cases

__all__ = ["REFERENCE_DAY", "fill", "make_cases"]
