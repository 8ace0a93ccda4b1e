# SPDX-License-Identifier: MIT
"""How fast it is, beside what a user would pick instead. It reports and never decides."""
