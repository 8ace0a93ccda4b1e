# SPDX-License-Identifier: MIT
"""The page of cases: the list, and what there is to know of the case that is chosen."""
