"""What a coder corrects in the transcript itself: each act makes a new version of the text."""

from __future__ import annotations

from qcode.store import documents
from qcode.store.project import Step
from qcode.tui.desk import Delta
from qcode.workflows import repairing
from qcode.workflows.repairing import Way


def repair(step: Step, document: str, way: Way, told: str, kind: str = "") -> Delta:
    """Correct one turn; ``kind`` says what a speaker is who is new by it."""
    done = repairing.repair(step, document, way, kind=kind)
    sentence = " ".join((told, *repairing.told(done)))
    return Delta(told=sentence, version=documents.current(step.connection, document).id)
