"""Correcting the transcript where the fault is seen, and hearing the recording again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase, digits
from subprocess import Popen

from textual import on

from qcode.analysis.repairing import bounds
from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.change import digest
from qcode.model.document import Transcript, Turn
from qcode.system import start_apart, stop
from qcode.tui import repairs
from qcode.tui.desk import Delta
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.turneditor import TurnEditor
from qcode.workflows import repairing
from qcode.workflows.playing import playback

MOST_TYPED = 100_000
"""Characters of a turn that is typed anew; a longer one is to be split first."""
_REPAIR, _SPEAKER, _KIND = "repair", "repair speaker", "repair kind"
_NEW = "new\n"
"""Stands for a speaker who has no label yet; no label has a line end."""
_LETTERS = digits[1:] + ascii_lowercase.replace("n", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """The turn that is being corrected, and where in the text the coder stood."""

    number: int
    at: int
    transcript: Transcript

    @property
    def turn(self) -> Turn:
        """The turn as it is."""
        return self.transcript.turns[self.number]


class RepairingScreen(ActingScreen):
    """The acting screen with what changes the text itself."""

    _fault: Fault | None = None
    _label = ""
    """A new label that was typed, until it is said who speaks under it."""
    _on_its_way = ""
    """What the words are about that are on their way to the disk."""
    _playing: Popen[bytes] | None = None

    @property
    def editor(self) -> TurnEditor:
        """Where a turn is typed anew."""
        return self.query_one(TurnEditor)

    @property
    def asking(self) -> bool:
        """Tell whether a pane above the text waits for an answer."""
        return super().asking or self.editor.is_open

    def _took(self, delta: Delta) -> None:
        """Show what is on disk now; where that is another text, at the same place in it."""
        desk = self.desk
        if desk is None or delta.version in ("", desk.sheet.version.id):
            super()._took(delta)
        elif self.is_attached:
            self.editor.forget(self._on_its_way)
            self.catch_up(delta.told)

    # -- what is to be corrected ---------------------------------------------------------------

    def action_repair(self) -> None:
        """Ask what is to be done to the turn at the cursor."""
        transcript = self.reader.transcript
        if self.desk is None or not transcript.turns:
            return
        at = self.here.start
        fault = self._fault = Fault(transcript.turn_index(at), at, transcript)
        self._open(_REPAIR, self._title(fault), self._repair_ways(fault))

    def _repair_ways(self, fault: Fault) -> Iterator[Way]:
        yield Way("w", _("correct its words"), "words")
        if fault.transcript.speakers:
            yield Way("s", _("give it another speaker"), "speaker")
        yield Way("p", _("split it: a new turn begins at the cursor"), "split")
        if fault.number + 1 < len(fault.transcript.turns):
            yield Way("j", _("join it with the next turn"), "join")
        yield Way("t", _("play the recording from here"), "play")
        if self._playing is not None and self._playing.poll() is None:
            yield Way("x", _("stop the recording"), "stop")

    def _title(self, fault: Fault) -> str:
        parts = (_("Turn {n}").format(n=fault.number + 1), fault.turn.speaker, fault.turn.time)
        return " · ".join(filter(None, parts))

    def _open(self, about: str, title: str, ways: Iterator[Way]) -> None:
        self.choice.open(about, title, tuple(ways))
        self.point_at(self.choice, self.here)

    @on(Choice.Made)
    def _repair_made(self, event: Choice.Made) -> None:
        fault = self._fault
        if event.about not in (_REPAIR, _SPEAKER, _KIND) or fault is None:
            return
        # Another pane may open now, from which nobody else must take the keys.
        event.prevent_default()
        self.point_away()
        if event.about == _SPEAKER:
            self._give_to(fault, event.value)
        elif event.about == _KIND:
            self._respeak(fault, self._label, event.value)
        else:
            self._begin_repair(fault, event.value)

    def _begin_repair(self, fault: Fault, way: str) -> None:
        if way == "words":
            self._ask_words(fault)
        elif way == "speaker":
            self._ask_speaker(fault)
        elif way == "split":
            told = _("Turn {n} is two now; E s gives the second another speaker, u undoes.")
            self._repair(repairing.parts(fault.at), told.format(n=fault.number + 1))
        elif way == "join":
            told = _("Turn {n} goes on with the next one's words; u parts them.")
            self._repair(repairing.joined(fault.number), told.format(n=fault.number + 1))
        elif way == "play":
            self.run_worker(self._play(fault), exclusive=True, group="play")
        else:
            self._stop_playing()
            self.tell(_("The recording is stopped."))

    def _repair(self, way: repairing.Way, told: str, *, kind: str = "") -> None:
        document = self.document
        self._write("correct", lambda step: repairs.repair(step, document, way, told, kind))

    # -- words ---------------------------------------------------------------------------------

    def _ask_words(self, fault: Fault) -> None:
        start, end = bounds(fault.transcript, fault.number)
        words = fault.transcript.text[start:end]
        if len(words) > MOST_TYPED:
            self.tell(_("This turn is too long to be typed anew; p splits it."))
            return
        self.point_at(self.editor, self.here)
        about = f"words {self.document} {digest(words)}"
        self.editor.open_at(about, self._title(fault), words, max(0, fault.at - start))

    @on(TurnEditor.Closed)
    def _turn_closed(self, event: TurnEditor.Closed) -> None:
        event.prevent_default()
        self.point_away()

    @on(TurnEditor.Written)
    def _turn_written(self, event: TurnEditor.Written) -> None:
        event.prevent_default()
        self.point_away()
        fault = self._fault
        if fault is None:
            return
        if event.about == _SPEAKER:
            self.editor.forget(_SPEAKER)
            self._new_label(fault, event.text)
            return
        start, end = bounds(fault.transcript, fault.number)
        if event.text.strip() == fault.transcript.text[start:end]:
            self.editor.forget(event.about)
            self.tell(_("The words are as they were."))
            return
        self._on_its_way = event.about
        told = _("Turn {n} corrected; u brings the words back.").format(n=fault.number + 1)
        self._repair(repairing.words(fault.number, event.text), told)

    # -- speakers ------------------------------------------------------------------------------

    def _ask_speaker(self, fault: Fault) -> None:
        others = [one for one in fault.transcript.speakers if one != fault.turn.speaker]
        ways = [Way(key, label, label) for key, label in zip(_LETTERS, others, strict=False)]
        new = Way("n", _("somebody who has not spoken yet"), _NEW)
        self._open(_SPEAKER, _("Who speaks in turn {n}?").format(n=fault.number + 1),
                   iter((*ways, new)))  # fmt: skip

    def _give_to(self, fault: Fault, label: str) -> None:
        if label != _NEW:
            self._respeak(fault, label)
            return
        self.point_at(self.editor, self.here)
        self.editor.open_at(_SPEAKER, _("Label of the new speaker, as it is to stand in the text"),
                            "", 0)  # fmt: skip

    def _new_label(self, fault: Fault, typed: str) -> None:
        try:
            self._label = repairing.label_of(fault.transcript, typed)
        except QcodeError as error:
            self.tell(str(error))
            self.app.bell()
            return
        if self._label in fault.transcript.speakers:
            self._respeak(fault, self._label)
            return
        ways = (
            Way("p", _("participant"), "participant"),
            Way("i", _("interviewer: the words make no case"), "interviewer"),
            Way("r", _("interpreter: the words make no case"), "interpreter"),
            Way("u", _("unknown: counted as a participant"), "unknown"),
        )
        self._open(_KIND, _("What is {label}?").format(label=self._label), iter(ways))

    def _respeak(self, fault: Fault, label: str, kind: str = "") -> None:
        told = _("Turn {n} is {label}'s now; u undoes.").format(n=fault.number + 1, label=label)
        self._repair(repairing.speaker(fault.number, label), told, kind=kind)

    # -- the recording -------------------------------------------------------------------------

    async def _play(self, fault: Fault) -> None:
        document = self.document
        try:
            found = await self.access.read(lambda one: playback(one, document, fault.number))
            self._stop_playing()
            self._playing = start_apart(found.words)
        except QcodeError as error:
            self.tell(str(error))
            self.app.bell()
        else:
            self.tell(_("Playing from {time}; E x stops it.").format(time=found.time))

    def _stop_playing(self) -> None:
        if self._playing is not None:
            stop(self._playing)
            self._playing = None

    def leave(self) -> None:
        """End the recording, and note where the coder stops."""
        self._stop_playing()
        super().leave()
