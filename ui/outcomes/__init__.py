# SPDX-License-Identifier: MIT
"""The Outcomes page: how the patients do, in numbers and figures."""
