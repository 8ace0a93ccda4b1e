# SPDX-License-Identifier: MIT
"""Words that begin a German label and are no nouns: within a sentence they begin small.

A label is declared to stand alone, so that each begins with a capital letter, and only nouns keep
theirs within a sentence: "ohne Zementaustritt", but "Geschlecht: weiblich".
"""

from __future__ import annotations

_GERMAN = """
abgeklungen abgelehnt abgesagt abgezeichnet aggressiv akzeptabel akzeptable akzeptables alle
alleinige allgemein allgemeine am andauernd andere anderer anderes angemessene angrenzend
angrenzende anterior anterolateral asymptomatischer atypisch auf aus axial basivertebrale
beantwortet beendet behandelnde behandelte behandelter bei beide beobachtet berichteter
beschwerdefrei bessere bevorstehend bilateral bis bisegmental bleibendes dessen direkt divers
durchbrochen eine einer eines eingegeben eingewilligt entfernt entfernte entlassen entsperrt
epidural epidurale erhoben erneut erreichte extrapedikulär fehlend fehlende frühere früherer
früheres fällig ganzer gebessert gemessen gesehen gespeicherter gesperrt gestorben gesucht geändert
gleich globaler hinzugefügt im in innerhalb intakt interpedikulär intravertebraler irgendeine
irgendeines ja jede jedes jetzt kein keine keiner klinische kognitive konnte konservative letzte
linke linker links lokal mechanisch mechanisches mehrere mit monosegmental möglich männlich nach
nachher nachts nein neue neurologische neurologischer neurologisches nicht noch nur oberes offen
ohne online osteoporotische paravertebral paravertebrale paravertebrales pathologische persönlich
posterior posterolateral präsakral prävertebral pulmonale radikulär radikulärer rechte rechter
rechts regional rupturiert sakral schlechter seit sicher später spätere stationär symptomatisch
symptomatische symptomatischer synthetisch synthetischer technischer teilweise termingerecht
transarterielle transiliakal transkorporal transoral transpedikulär traumatische typisch tödlich
unbekannt unerwünschte unerwünschtes unilateral unregelmäßiges unscharfe unverändert unvollständig
verbale verschoben verstorben verstrichen vertebral verzogen vollständig vollständige von vor
vorbehandelt vorhanden vorher vorherige vorübergehende vorübergehendes wahrscheinlich wann warum
weiblich weitere welcher weniger widersprüchlich während zervikale zu zufrieden zurückgeholt
zusammengeführt zusätzliche überfällig überschreitet
"""

GERMAN = frozenset(_GERMAN.split())
