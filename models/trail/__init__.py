# SPDX-License-Identifier: MIT
"""The audit as people ask it: who did what to whom, when and why, the newest first."""

from models.trail.asking import Asked
from models.trail.reading import Page, read_page, users_known
from models.trail.telling import ACTIONS, Changed, Told, local_time, utc_time
from models.trail.writing import Written, write_trail

__all__ = [
    "ACTIONS",
    "Asked",
    "Changed",
    "Page",
    "Told",
    "Written",
    "local_time",
    "read_page",
    "users_known",
    "utc_time",
    "write_trail",
]
