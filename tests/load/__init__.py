# SPDX-License-Identifier: MIT
"""Many clients on one server: nothing that was acknowledged is lost, nothing is doubled."""
