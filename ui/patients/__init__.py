# SPDX-License-Identifier: MIT
"""Work on whole patients rather than on cases: two records of one person become one."""
