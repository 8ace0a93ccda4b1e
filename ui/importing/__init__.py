# SPDX-License-Identifier: MIT
"""The wizard that takes cases in from a file: file, columns, values, preview, result."""
