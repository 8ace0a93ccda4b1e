# SPDX-License-Identifier: MIT
"""What the program says about itself."""
