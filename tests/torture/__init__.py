# SPDX-License-Identifier: MIT
"""Does its worst to logbooks, and counts what came of it: ``make torture``."""
