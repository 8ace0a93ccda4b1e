# SPDX-License-Identifier: MIT
"""Keeps pages from drawing at once: matplotlib shares its fonts between all figures."""

from __future__ import annotations

from threading import Lock

DRAWING = Lock()
"""Whoever draws a figure, in whatever thread, holds it meanwhile."""
