# SPDX-License-Identifier: MIT
"""The numbers of the drawn spine: size and tilt of each body, size of each arch. No Qt, no shapes.

The unit is about a millimeter of a grown-up. The numbers are our own, for recognition and never for
measuring, but they keep to what was measured:

- bodies become deeper and higher from the neck to the loins, and the chest has an upper, a middle
  and a lower part of its own (Panjabi 1991 and 1992, Spine);
- in the chest the body is higher behind than in front (Egwu 2019, J Anat Soc India), in the loins
  higher in front, and lumbar discs become higher downwards (Gilad and Nissan 1986, Spine);
- bodies from C3 to C7 and from L1 to L5 are deeper than high, with L3 the deepest of the loins
  (Gilad and Nissan 1985, J Anat).

Tilts add up to a lordosis of the loins of about 60 degrees down to the sacrum, two thirds of it
below L4, to a kyphosis of the chest of about 40 and to a sacral slope of about 40. Arches, sacrum
and coccyx are drawn by eye.
"""

from __future__ import annotations

from typing import NamedTuple

from models.vocabulary import Level


class BodySize(NamedTuple):
    """One vertebral body and the disc below it.

    Attributes:
        tilt: degrees; 0 = upright, + = going down, the axis runs backwards.
        height: mean of the anterior and posterior height.
        wedge: anterior minus posterior height.
        depth_top: from front to back at the upper end.
        depth_bottom: the same at the lower end.
        disc: height of the disc below, in its middle.
    """

    tilt: float
    height: float
    wedge: float
    depth_top: float
    depth_bottom: float
    disc: float


BODIES: dict[Level, BodySize] = {
    Level.C1: BodySize(-15.0, 10.6, 0.0, 18.0, 17.4, 3.6),
    Level.C2: BodySize(-14.0, 16.4, 0.0, 15.7, 18.0, 4.8),
    Level.C3: BodySize(-9.0, 14.8, 0.0, 18.0, 18.6, 5.0),
    Level.C4: BodySize(-3.0, 14.8, -0.3, 18.6, 19.1, 5.2),
    Level.C5: BodySize(4.5, 14.8, -0.3, 19.1, 19.7, 5.4),
    Level.C6: BodySize(12.0, 15.3, -0.2, 19.7, 20.3, 5.4),
    Level.C7: BodySize(18.5, 16.5, 0.0, 20.3, 20.9, 5.0),
    Level.T1: BodySize(21.5, 17.0, -0.8, 20.5, 21.1, 4.4),
    Level.T2: BodySize(19.5, 17.8, -0.8, 21.4, 22.2, 4.2),
    Level.T3: BodySize(16.0, 18.4, -0.9, 22.8, 23.7, 4.1),
    Level.T4: BodySize(12.0, 19.0, -1.0, 24.2, 25.3, 4.1),
    Level.T5: BodySize(7.5, 19.5, -1.1, 25.8, 26.9, 4.2),
    Level.T6: BodySize(3.0, 20.0, -1.2, 27.4, 28.5, 4.4),
    Level.T7: BodySize(-2.0, 20.5, -1.3, 29.0, 30.1, 4.7),
    Level.T8: BodySize(-7.0, 21.0, -1.3, 30.6, 31.5, 5.0),
    Level.T9: BodySize(-11.5, 21.6, -1.1, 31.7, 32.6, 5.4),
    Level.T10: BodySize(-15.5, 22.4, -0.9, 32.8, 33.7, 5.9),
    Level.T11: BodySize(-18.5, 23.4, -0.9, 34.0, 34.7, 6.5),
    Level.T12: BodySize(-19.5, 24.6, -0.8, 33.6, 34.2, 6.6),
    Level.T13: BodySize(-18.5, 25.4, -0.5, 34.2, 34.8, 7.0),
    Level.L1: BodySize(-16.5, 26.4, 0.2, 34.8, 35.6, 7.7),
    Level.L2: BodySize(-10.0, 27.4, 0.6, 35.8, 36.6, 8.8),
    Level.L3: BodySize(-1.5, 28.0, 1.2, 37.0, 37.8, 9.9),
    Level.L4: BodySize(8.5, 28.0, 2.2, 37.6, 37.6, 10.7),
    Level.L5: BodySize(21.5, 27.4, 4.8, 37.4, 36.8, 10.9),
    Level.L6: BodySize(31.0, 26.4, 4.6, 37.0, 36.4, 9.8),
    Level.S1: BodySize(42.0, 27.0, 0.0, 36.6, 27.4, 0.0),
    Level.S2: BodySize(38.0, 22.0, 0.0, 27.4, 21.4, 0.0),
    Level.S3: BodySize(27.0, 18.5, 0.0, 21.4, 17.0, 0.0),
    Level.S4: BodySize(11.0, 16.0, 0.0, 17.0, 13.7, 0.0),
    Level.S5: BodySize(-7.0, 14.0, 0.0, 13.7, 10.8, 2.2),
}
COCCYX = (
    BodySize(-24.0, 8.5, 0.0, 10.5, 8.0, 1.4),
    BodySize(-38.0, 7.0, 0.0, 7.8, 6.2, 1.2),
    BodySize(-48.0, 6.2, 0.0, 6.0, 4.6, 1.0),
    BodySize(-54.0, 5.4, 0.0, 4.6, 2.8, 0.0),
)
"""The coccyx is drawn but is no level: nothing is treated there."""


class ArchSize(NamedTuple):
    """The posterior elements of one vertebra.

    Attributes:
        reach: from the posterior wall to the back of the lamina.
        length: of the spinous process beyond that; in the sacrum, of the bump of its crest.
        slope: of the spinous process, degrees below the local horizontal.
        waist: its width in the middle.
        tip: its width at the end.
    """

    reach: float
    length: float
    slope: float
    waist: float
    tip: float


ARCHES: dict[Level, ArchSize] = {
    Level.C1: ArchSize(15.9, 9.9, 4.0, 4.8, 6.7),
    Level.C2: ArchSize(15.9, 18.7, 16.0, 8.4, 9.9),
    Level.C3: ArchSize(15.4, 13.2, 18.0, 5.2, 5.7),
    Level.C4: ArchSize(15.4, 13.2, 20.0, 5.2, 5.7),
    Level.C5: ArchSize(15.4, 14.9, 22.0, 5.5, 5.9),
    Level.C6: ArchSize(15.4, 19.8, 22.0, 5.5, 6.3),
    Level.C7: ArchSize(15.9, 28.6, 24.0, 6.1, 7.6),
    Level.T1: ArchSize(15.9, 31.9, 32.0, 6.5, 7.8),
    Level.T2: ArchSize(15.9, 31.9, 40.0, 6.3, 7.1),
    Level.T3: ArchSize(15.9, 33.0, 46.0, 6.3, 6.9),
    Level.T4: ArchSize(16.1, 35.2, 51.0, 6.3, 6.7),
    Level.T5: ArchSize(16.3, 37.4, 55.0, 6.3, 6.7),
    Level.T6: ArchSize(16.5, 38.5, 57.0, 6.3, 6.7),
    Level.T7: ArchSize(16.7, 38.5, 57.0, 6.5, 6.9),
    Level.T8: ArchSize(17.0, 37.4, 54.0, 6.7, 7.4),
    Level.T9: ArchSize(17.2, 34.1, 48.0, 7.1, 8.0),
    Level.T10: ArchSize(17.6, 30.8, 39.0, 8.0, 9.0),
    Level.T11: ArchSize(18.2, 26.4, 27.0, 9.5, 10.9),
    Level.T12: ArchSize(19.1, 24.2, 15.0, 12.6, 14.7),
    Level.T13: ArchSize(19.5, 24.2, 11.0, 13.7, 16.4),
    Level.L1: ArchSize(20.1, 26.4, 8.0, 14.7, 17.9),
    Level.L2: ArchSize(20.6, 27.5, 7.0, 15.8, 19.5),
    Level.L3: ArchSize(20.8, 28.6, 7.0, 16.4, 20.4),
    Level.L4: ArchSize(21.0, 26.4, 9.0, 15.3, 18.5),
    Level.L5: ArchSize(20.8, 20.9, 14.0, 12.2, 13.2),
    Level.L6: ArchSize(20.6, 17.6, 18.0, 10.5, 11.1),
    Level.S1: ArchSize(21.2, 7.7, 0.0, 0.0, 0.0),
    Level.S2: ArchSize(19.1, 7.7, 0.0, 0.0, 0.0),
    Level.S3: ArchSize(15.4, 6.1, 0.0, 0.0, 0.0),
    Level.S4: ArchSize(11.7, 4.4, 0.0, 0.0, 0.0),
    Level.S5: ArchSize(8.0, 2.2, 0.0, 0.0, 0.0),
}
