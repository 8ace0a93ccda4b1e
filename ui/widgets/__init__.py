# SPDX-License-Identifier: MIT
"""Small controls that the pages share. Knows the terms of ``models``; no page, no query."""
