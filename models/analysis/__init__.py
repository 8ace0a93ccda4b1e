# SPDX-License-Identifier: MIT
"""What the cases show together: numbers with their n, what is missing, and the interval."""
