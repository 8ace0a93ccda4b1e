# SPDX-License-Identifier: MIT
"""Takes cases in from the tables that clinics have already.

A table is read (``reading``), its columns are matched (``columns``, a ``mapping``), looked through
(``survey``), its cells become values (``values``) and cases (``cells``, ``building``), which are
judged against the logbook (``judging``, ``preview``) before anything is written (``writing``). Most
cases of a clinic are plainly new: ``plainly`` tells them from others, and ``plain`` puts them
together from what many share; of a large table another process does so (``beside``).
"""
