# SPDX-License-Identifier: MIT
"""What differs between database engines, and nothing else."""
