# SPDX-License-Identifier: MIT
"""Merges another logbook into ours: two workstations, or the same one on two days.

``open_other`` reads it without changing it, ``preview`` tells what would become of each patient and
case, ``merge`` writes that in one transaction. What was changed in both is counted from the last
state that both know (``points``), so a merge can be repeated, in both directions, as often as one
likes: what is known is not asked again, and both end with the same record.
"""

from models.other_logbook.choices import WHOLE, Choices, SameCode
from models.other_logbook.comparing import preview
from models.other_logbook.lines import Kind, Line, Preview, Shown
from models.other_logbook.opening import Other, Stopped, open_other
from models.other_logbook.starting import Done, start
from models.other_logbook.telling import told_entries
from models.other_logbook.threeway import Side, Spot
from models.other_logbook.writing import Merged, merge

__all__ = [
    "WHOLE",
    "Choices",
    "Done",
    "Kind",
    "Line",
    "Merged",
    "Other",
    "Preview",
    "SameCode",
    "Shown",
    "Side",
    "Spot",
    "Stopped",
    "merge",
    "open_other",
    "preview",
    "start",
    "told_entries",
]
