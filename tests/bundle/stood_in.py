# SPDX-License-Identifier: MIT
"""``pytest -p tests.bundle.stood_in``: tests of the sources, with what the bundle has of scipy."""

from __future__ import annotations

from resources.bundle import stand_ins

stand_ins.begin()
