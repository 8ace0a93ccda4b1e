# SPDX-License-Identifier: MIT
"""Tries what ``make bundle`` built, where there is no Python."""
