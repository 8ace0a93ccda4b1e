# SPDX-License-Identifier: MIT
"""What a case is found by, as short words: every term, number and date of it that can be asked for.

Tags and conditions are spelled in the same place, so what is stored is what is asked for.
"""
