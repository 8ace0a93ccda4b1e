# SPDX-License-Identifier: MIT
"""Follow-up: which visit of which case is due on a day, what came of the others, and recording it.

``states`` decides, from the plan, the line of a case and a day that is passed in, never read from
the clock. ``duelist`` and ``completeness`` ask the logbook; ``recording`` and ``planning`` write.
"""
