# SPDX-License-Identifier: MIT
"""The backups of the logbook: the list of them, and what is seen while the last one is made."""
