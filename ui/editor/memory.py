# SPDX-License-Identifier: MIT
"""What is proposed while a case is entered: how the user works, and what follows from the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from models.case import Case
from models.errors import LogbookError
from models.fields import ClinicalField
from models.habits import Habits, habits
from models.heights import walls_of, worst_loss
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import Assessment, Balloon, Leak, Procedure, Record, TreatedLevel
from models.vocabulary import Side, TimePoint, Vocabulary
from ui.editor.editing import Editing
from ui.editor.gain import suggestion
from ui.jobs import Jobs
from ui.widgets.field_form import FieldForm
from ui.widgets.proposal import Proposal

_EACH_SIDE = (Side.LEFT, Side.RIGHT)
_ALIKE = {
    field.name
    for field in (
        TreatedLevel.diagnosis,
        TreatedLevel.diagnosis_basis,
        TreatedLevel.neuro_status,
        TreatedLevel.cement_type,
        TreatedLevel.leak_assessed_by,
    )
}
"""What is likely the same from one level of a patient to the other, wherever they are."""
_TRUNK = {"thoracic", "lumbar"}


class CaseMemory(QObject):
    """Proposes values, and knows which terms were used last.

    How the user works is proposed only in a case that was never saved: what stands in a stored
    one was seen and left empty. What follows from the case itself is proposed in any.

    Signals:
        scale_proposed: (Proposal or None) the pain scale for the scores to come.
    """

    scale_proposed = Signal(object)

    def __init__(self, jobs: Jobs, form: FieldForm, editing: Editing) -> None:
        super().__init__(form)
        self._jobs = jobs
        self._form = form
        self._editing = editing
        self._habits = Habits()
        form.remember(self)

    def learn(self, logbook: Logbook) -> None:
        """Look up how the user of this logbook works; the form follows when it is known."""
        self._jobs.run(logbook, lambda: habits(logbook), self._take, self._go_without)

    def proposal(self, row: Record, field: ClinicalField) -> Proposal | None:
        """What the field of this row of the present case may well hold."""
        case = self._editing.case
        if case is None:
            return None
        if (follows := self._following(row, field)) is not None or not self._editing.is_new:
            return follows
        if isinstance(row, Balloon):
            return self._of_balloon(case, row, field)
        if row is case.procedure and field is Procedure.performed_on:
            return Proposal(PartialDate.from_date(date.today()), self.tr("today"))
        if isinstance(row, Assessment):
            return self._of_assessment(row, field)
        if isinstance(row, TreatedLevel) and (other := self._of_level(case, row, field)):
            return other
        return self._habitual(row, field)

    def terms_of(self, field: ClinicalField) -> Sequence[Vocabulary]:
        """Terms used in the field, the newest first."""
        return self._habits.terms_of(field)

    def words_of(self, field: ClinicalField) -> Sequence[str]:
        """Texts used in the field, the newest first."""
        return self._habits.words_of(field)

    def _following(self, row: Record, field: ClinicalField) -> Proposal | None:
        if isinstance(row, Leak) and field is Leak.yeom_type and row.location is not None:
            yeom = row.location.usual_yeom
            return Proposal(yeom, self.tr("usual for this place")) if yeom is not None else None
        if isinstance(row, TreatedLevel) and field is TreatedLevel.genant:
            loss = worst_loss(walls_of(row)) if field.applies_to(row) else None
            return Proposal(loss.genant, suggestion(loss)) if loss is not None else None
        if isinstance(row, Balloon) and field is Balloon.side:
            return self._side_of(row)
        return None

    def _of_level(self, case: Case, row: TreatedLevel, field: ClinicalField) -> Proposal | None:
        """What is told of another level of the case, the nearest, where it may be so here too."""
        if not (field.copied or field.name in _ALIKE) or not field.applies_to(row):
            return None
        told = [
            other
            for other in case.levels
            if other is not row
            and other.level is not None
            and getattr(other, field.name) not in (None, "", ())
            and (_are_alike(row, other) or field.name in _ALIKE)
        ]
        if row.level is None or not told:
            return None
        near = min(told, key=lambda other: abs(other.level.rank - row.level.rank))
        why = self.tr("as at {level}").format(level=near.level.label)
        return Proposal(getattr(near, field.name), why)

    def _of_balloon(self, case: Case, row: Balloon, field: ClinicalField) -> Proposal | None:
        """A balloon is like the one before it. One that nobody counted is not begun."""
        level, place = _level_of(case, row), _place_of(case, row)
        if level is None or place >= (level.balloon_count or 0):
            return None
        if field is Balloon.volume_ml:
            known = [one.volume_ml for one in case.balloons_of(level) if one is not row]
            volume = next((known for known in known if known is not None), None)
            return None if volume is None else Proposal(volume, self.tr("as the other balloon"))
        return self._habitual(row, field)

    def _side_of(self, row: Balloon) -> Proposal | None:
        """The side of the level; of the two balloons of both sides one is on the left."""
        case = self._editing.case
        assert case is not None
        level, place = _level_of(case, row), _place_of(case, row)
        if level is None or level.side is None or place >= (level.balloon_count or 0):
            return None
        why = self.tr("from the side of the level")
        if level.side is not Side.BILATERAL:
            return Proposal(level.side, why)
        if level.balloon_count != len(_EACH_SIDE):
            return None
        taken = [one.side for one in case.balloons_of(level) if one is not row and one.side]
        free = [side for side in _EACH_SIDE if side not in taken]
        return Proposal(free[0] if taken and free else _EACH_SIDE[place], why)

    def _of_assessment(self, row: Assessment, field: ClinicalField) -> Proposal | None:
        """An assessment that says nothing yet is not begun by proposals."""
        if row.pain_low is None and not row.pain_words:
            return None
        case = self._editing.case
        assert case is not None
        performed = case.procedure.performed_on
        if field is Assessment.assessed_on and row.time_point is TimePoint.BASELINE and performed:
            return Proposal(performed, self.tr("the day of the procedure"))
        return self._habitual(row, field)

    def _scale(self) -> Proposal | None:
        return self._habitual(Assessment(), Assessment.pain_scale) if self._editing.is_new else None

    def _habitual(self, row: Record, field: ClinicalField) -> Proposal | None:
        value = self._habits.proposal(row, field)
        return None if value is None else Proposal(value, self.tr("as in the last case"))

    def _take(self, known: Habits) -> None:
        self._habits = known
        self._form.remember(self)
        self.scale_proposed.emit(self._scale())
        self._editing.look_soon()

    def _go_without(self, _error: LogbookError) -> None:
        """Whoever opens or saves the case is told what is wrong with the logbook."""
        self._take(Habits())


def _level_of(case: Case, row: Balloon) -> TreatedLevel | None:
    return next((level for level in case.levels if level.id == row.treated_level_id), None)


def _place_of(case: Case, row: Balloon) -> int:
    """The place of the balloon at its level; an empty line that was counted knows its own."""
    listed = [one for one in case.balloons if one.treated_level_id == row.treated_level_id]
    return next((place for place, one in enumerate(listed) if one is row), row.position)


def _are_alike(one: TreatedLevel, other: TreatedLevel) -> bool:
    """Whether a needle goes the same way at both levels."""
    if one.level is None or other.level is None:
        return False
    regions = {one.level.region, other.level.region}
    return len(regions) == 1 or regions <= _TRUNK
