# SPDX-License-Identifier: MIT
"""PostgreSQL: the same tables, statements and promises on a server."""
