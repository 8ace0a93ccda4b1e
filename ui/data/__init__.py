# SPDX-License-Identifier: MIT
"""Getting data out of the logbook and checking what is in it."""
