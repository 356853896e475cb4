"""Every error lrquiz raises on purpose, in one tree.

`code` is stable: it is printed with the message and is the anchor under which the documentation
explains it. `exit_code` is what the command line ends with (0 fine, 1 the answer is no, 2 the input
is wrong, 3 a fault of ours, 130 interrupted).
"""

from __future__ import annotations

from typing import ClassVar


class LrquizError(Exception):
    """Base of every error whose message is written for the person at the terminal."""

    code: ClassVar[str] = "LRQ000"
    exit_code: ClassVar[int] = 2


class ItemError(LrquizError):
    """An item file is malformed; the message lists every fault of the file."""

    code = "LRQ100"


class BankError(LrquizError):
    """A bank folder is missing, empty, or names an item that does not exist."""

    code = "LRQ110"


class BlueprintError(LrquizError):
    """A blueprint is malformed, or the verified items cannot fill it."""

    code = "LRQ120"


class TaskError(LrquizError):
    """A task folder is malformed."""

    code = "LRQ130"


class CourseError(LrquizError):
    """A course folder is malformed, or already there where one was to be made."""

    code = "LRQ140"


class RosterError(LrquizError):
    """A roster cannot be read; the message lists every fault of the file."""

    code = "LRQ141"


class PipelineError(LrquizError):
    """A pipeline file is malformed or unknown, or runs do not show what it says."""

    code = "LRQ150"


class NotRecordedError(LrquizError):
    """A predicate asked a trace for something nobody observed; never silently false."""

    code = "LRQ200"


class RecipeError(LrquizError):
    """An experiment cannot be run with the settings it was given."""

    code = "LRQ210"


class ContradictionError(RecipeError):
    """What a run recorded is not what its arm says."""

    code = "LRQ211"


class DisagreementError(RecipeError):
    """The batched engine and the reference loop tell different things of one trial."""

    code = "LRQ212"


class DataError(RecipeError):
    """The files of data that a recipe trains on are missing, or are not what they should be."""

    code = "LRQ213"


class CacheError(LrquizError):
    """The folder or the size limit of the evidence cache is not one that can be used."""

    code = "LRQ220"


class LocalCodeError(LrquizError):
    """Python code that a bank brings may not be executed, cannot be read, or fails."""

    code = "LRQ230"


class QuizError(LrquizError):
    """A quiz.json is missing, malformed, or of a version this release cannot read."""

    code = "LRQ300"


class SubmissionsError(LrquizError):
    """The place that should hold submissions is missing or holds none."""

    code = "LRQ400"


class RecordsError(LrquizError):
    """A folder of grading records is missing or malformed."""

    code = "LRQ410"


class GradebookError(LrquizError):
    """A gradebook is missing, damaged, in use, of a newer release, or cannot be written."""

    code = "LRQ420"


class AdjustmentError(LrquizError):
    """A table of people's marks cannot be read or applied; the message lists every fault."""

    code = "LRQ430"


class RegradeError(LrquizError):
    """What was to be decided cannot be, or the stored results do not allow for it."""

    code = "LRQ431"


class NotebookError(LrquizError):
    """A notebook is damaged, or of a format that cannot be read."""

    code = "LRQ440"


class ScriptError(LrquizError):
    """A script to be diagnosed, or what it is given, is missing or cannot be read."""

    code = "LRQ441"


class UnknownMistakeError(LrquizError):
    """There is no mistake of that code."""

    code = "LRQ442"


class SandboxUnavailableError(LrquizError):
    """This machine cannot contain student code at the tier that was asked for."""

    code = "LRQ500"


class SandboxFaultError(LrquizError):
    """The box itself failed: a fault of ours, which costs no student a point."""

    code = "LRQ510"
    exit_code = 3


class ClusterError(LrquizError):
    """The cluster that was to grade cannot be reached, is not fit for it, or was lost."""

    code = "LRQ520"


class OutputError(LrquizError):
    """A result cannot be written where it was asked for."""

    code = "LRQ600"


class ExportError(LrquizError):
    """A file of another system cannot be read, filled or made."""

    code = "LRQ610"


class ArchiveError(LrquizError):
    """An archive of a course cannot be made, cannot be read, or was changed."""

    code = "LRQ620"


class InternalError(LrquizError):
    """A fault of ours that no input should be able to cause."""

    code = "LRQ900"
    exit_code = 3
