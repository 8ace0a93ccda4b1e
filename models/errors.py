# SPDX-License-Identifier: MIT
"""What the world does to a logbook, told in sentences. Anything else that is raised is a bug."""

from __future__ import annotations

from collections.abc import Sequence

from models.findings import Finding
from models.speech import say


class LogbookError(Exception):
    """Something outside the program went wrong, and the user can do something about it.

    ``message`` is one full sentence that names the file or field; ``cure`` says what to do.
    """

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(f"{message} {cure}".strip())
        self.message = message
        self.cure = cure


class NotALogbook(LogbookError):
    """The folder or file is not a Kypholog logbook."""


class NothingThere(NotALogbook):
    """A database of a server in which there is nothing yet; a logbook can be made in it."""


class NewerLogbook(LogbookError):
    """The logbook was written by a later version of the program."""


class OlderForm(LogbookError):
    """The logbook was written by an earlier version, and what was asked would change nothing."""


class LogbookDamaged(LogbookError):
    """The database file cannot be read as one."""


class LogbookBusy(LogbookError):
    """Another program holds the logbook and did not let go in time."""


class OnServer(LogbookError):
    """The logbook lies on a server, and what was asked needs files."""


class ServerAway(LogbookError):
    """The server does not answer, or the connection to it was lost."""


class AnswerLost(ServerAway):
    """The server was told to save, and did not say whether it has.

    ``number`` is that of the transaction; by it the server can be asked later.
    """

    def __init__(self, message: str, cure: str, number: str) -> None:
        super().__init__(message, cure)
        self.number = number


class NothingSaved(ServerAway):
    """The server was away before it was told to save, so that it has not."""

    @classmethod
    def because(cls, away: ServerAway) -> NothingSaved:
        """That nothing was saved, because the server was away as this says."""
        cure = say("Nothing was saved. Do it once more when the server answers again.")
        return cls(away.message, cure)


class ServerRefuses(LogbookError):
    """The server does not let this account do that."""


class PasswordWanted(ServerRefuses):
    """The server lets the account in with another password, or with one at all."""


class WaitStopped(LogbookBusy):
    """Whoever waited for another program to finish writing did not want to wait any longer."""


class CannotWrite(LogbookError):
    """A folder, disk or file does not take what should be written."""


class InvalidValue(LogbookError):
    """A value that a field cannot hold; ``field`` names it."""

    def __init__(self, field: str, message: str, cure: str = "") -> None:
        super().__init__(message, cure)
        self.field = field


class VersionConflict(LogbookError):
    """Somebody else saved the case meanwhile.

    ``stored_version`` and ``own_version`` tell the two apart; nothing was written.
    """

    def __init__(self, case_id: str, own_version: int, stored_version: int) -> None:
        super().__init__(
            say(
                "Case {case_id} was changed by someone else since you opened it (you have "
                "version {own_version}, the logbook has version {stored_version}).",
                case_id=case_id,
                own_version=own_version,
                stored_version=stored_version,
            ),
            say("Open it again and enter your change there."),
        )
        self.case_id = case_id
        self.own_version = own_version
        self.stored_version = stored_version


class PatientExists(LogbookError):
    """A new patient was given the code of a patient that the logbook knows."""

    def __init__(self, patient_code: str, patient_id: str) -> None:
        super().__init__(
            say("Patient {patient_code} is already in this logbook.", patient_code=patient_code),
            say("Add the case to that patient, or choose another code."),
        )
        self.patient_id = patient_id


class ReasonWanted(LogbookError):
    """Something is only done for a reason, and none was given; it can be done again with one."""


class ImpossibleCase(LogbookError):
    """A case holds values that cannot be; ``findings`` says which and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = tuple(findings)
