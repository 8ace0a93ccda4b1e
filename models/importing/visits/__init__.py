# SPDX-License-Identifier: MIT
"""Tables with a row for each visit: their rows become one case with an assessment for each."""
