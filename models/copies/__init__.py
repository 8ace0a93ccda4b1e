# SPDX-License-Identifier: MIT
"""Proven copies of the database of a logbook, each with a document that says what is in it.

``models.backup`` decides when they are made, which are kept, and where else they lie.
"""
