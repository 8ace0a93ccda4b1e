# SPDX-License-Identifier: MIT
"""Follow-up: which visit of which case is due on a day, what came of the others, and recording it.

``states`` decides, from the plan, the line of a case and a day that is passed in and never read
from the clock. ``spans`` names the lists; ``duelist``, ``tally`` and ``condition`` ask the logbook,
``flags`` tells what happened since. ``recording`` and ``planning`` write; ``unsaved`` keeps what is
only typed yet.
"""
