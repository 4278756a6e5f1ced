"""Saying on the coding screen that a turn asks a question of the guide."""

from __future__ import annotations

from string import ascii_lowercase, digits

from textual import on, work

from qcode.language import _
from qcode.model.document import Turn
from qcode.model.guide import Question
from qcode.store import guide as stored
from qcode.store.project import Reader, Step
from qcode.tui.desk import Delta
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.choice import Choice, Way

_LETTERS = digits[1:] + ascii_lowercase


class GuidingScreen(ActingScreen):
    """The acting screen with the questions of the interview guide."""

    _turn_asked: tuple[str, Turn] | None = None
    """The document and the turn that the pane asks about."""
    _questions: tuple[Question, ...] = ()

    @work(group="guide", exclusive=True)
    async def action_question(self) -> None:
        """Ask which question of the guide the turn at the cursor asks."""
        desk, document = self.desk, self.document
        if desk is None:
            return
        transcript = self.reader.transcript
        turn = transcript.turns[transcript.turn_index(self.reader.cursor)]
        questions, here = await self.access.read(lambda connection: _known(connection, document))
        if document != self.document or not self.is_attached:
            return
        if not questions:
            self.tell(_("No guide yet: “qcode guide import guide.toml” brings one."))
            return
        self._turn_asked, self._questions = (document, turn), questions[: len(_LETTERS)]
        on_turn = {question for question, start in here if start == turn.said}
        ways = [
            Way(letter, self._way_of(one, taken=one.id in on_turn), one.id)
            for letter, one in zip(_LETTERS, self._questions, strict=False)
        ]
        self.choice.open("question", _("This turn asks"), ways)

    def _way_of(self, one: Question, *, taken: bool) -> str:
        named = f"{one.number}. {one.text}"
        return _("take away: {question}").format(question=named) if taken else named

    @on(Choice.Made)
    def _question_chosen(self, event: Choice.Made) -> None:
        chosen = next((one for one in self._questions if one.id == event.value), None)
        if event.about != "question" or chosen is None or self._turn_asked is None:
            return
        document, turn = self._turn_asked
        self.point_away()

        def act(step: Step) -> Delta:
            from qcode.workflows.guide import turn_over

            new = turn_over(step, document, turn, chosen)
            told = _("This turn asks question {number}.") if new else _(
                "This turn no longer asks question {number}.")  # fmt: skip
            return Delta(told=told.format(number=chosen.number))

        self._write("mark question", act)


def _known(
    connection: Reader, document: str
) -> tuple[tuple[Question, ...], list[tuple[str, int]]]:  # fmt: skip
    """Return the questions of the guide, and which are asked where in a document."""
    here = [(one.question, one.start) for one in stored.askings(connection, document)]
    return stored.questions(connection), here
