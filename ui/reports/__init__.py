# SPDX-License-Identifier: MIT
"""Reports on paper and in files: draws their figures, sets their pages, and asks what is wanted.

What a report says comes from ``models.reports``. Nothing is imported here, because the command
line lays reports out without a window.
"""
