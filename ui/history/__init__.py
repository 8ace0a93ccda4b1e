# SPDX-License-Identifier: MIT
"""The history of a case: who changed what, the case as it was, and the way back."""
