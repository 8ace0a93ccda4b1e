# SPDX-License-Identifier: MIT
"""The filter bar that pages share: a query as text and as chips, saved filters, and its help."""
