# SPDX-License-Identifier: MIT
"""Figures, drawn by the same code for the screen and for paper.

``sentences`` and ``view`` are light. The other rooms load matplotlib: import them in a job.
"""
