# SPDX-License-Identifier: MIT
"""Words that begin a German label and are no nouns: within a sentence they begin small.

A label is declared to stand alone, so that each begins with a capital letter, and only nouns keep
theirs within a sentence: "ohne Zementaustritt", but "Geschlecht: weiblich".
"""

from __future__ import annotations

_GERMAN = """
abgeklungen abgelehnt abgesagt aggressiv akzeptabel akzeptable akzeptables alle alleinige
allgemein allgemeine am andauernd andere anderer anderes angemessene angrenzend angrenzende
anterior anterolateral asymptomatischer atypisch auf aus axial basivertebrale beantwortet
behandelnde behandelte behandelter bei beide beobachtet berichteter beschwerdefrei bessere
bilateral bis bisegmental bleibendes dessen direkt divers durchbrochen eine einer eines
eingewilligt entfernt entfernte entlassen epidural epidurale erhoben erneut erreichte
extrapedikulär fehlend fehlende frühere früheres ganzer gebessert gemessen gesehen gestorben
gesucht gleich globaler im in innerhalb intakt interpedikulär intravertebraler irgendeine ja
jede jetzt kein keine keiner klinische kognitive konnte konservative letzte linke linker links
lokal mechanisch mechanisches mit monosegmental männlich möglich nach nachher nachts nein neue
neurologische neurologischer neurologisches nicht noch oberes offen ohne online osteoporotische
paravertebral paravertebrale paravertebrales pathologische persönlich posterior posterolateral
präsakral prävertebral pulmonale radikulär radikulärer rechte rechter rechts regional rupturiert
sakral schlechter seit sicher später stationär symptomatisch symptomatische symptomatischer
technischer teilweise transarterielle transiliakal transkorporal transoral transpedikulär
traumatische typisch tödlich unbekannt unilateral unregelmäßiges unscharfe unverändert verbale
verschoben verstorben verstrichen vertebral verzogen vollständige von vor vorbehandelt vorhanden
vorher vorherige vorübergehende vorübergehendes wahrscheinlich wann warum weiblich weitere
welcher weniger während zervikale zu zufrieden zusätzliche überfällig überschreitet
"""

GERMAN = frozenset(_GERMAN.split())
