# SPDX-License-Identifier: MIT
"""Tries odd files on the import, for as long as somebody wants: ``make fuzz``."""
