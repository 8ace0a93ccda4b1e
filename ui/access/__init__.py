# SPDX-License-Identifier: MIT
"""New and encrypted logbooks: whether to encrypt, the recovery key, signing in, locking."""
