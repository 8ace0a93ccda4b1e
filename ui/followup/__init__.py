# SPDX-License-Identifier: MIT
"""The Follow-up page: whom to ring, one score in a few keys, and how complete the follow-up is.

``page`` arranges; ``table`` shows whom to ask, ``calls`` saves what they said, ``so_far`` tells how
complete it is; ``plan_dialog`` changes the visit plan, ``hand_out`` prints and writes lists.
"""
