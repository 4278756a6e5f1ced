"""What a supervisor does to rounds: open, give out, close, take up proposals, say who is what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.round import (
    AGAIN,
    CALIBRATION,
    CODER,
    DRIFT,
    RELIABILITY,
    ROLES,
    SUPERVISOR,
    Round,
)
from qcode.store.project import Reader, Step
from qcode.tui.round_lines import Row, Staff
from qcode.tui.screens.asked import AskedScreen, Asking
from qcode.tui.screens.listing import ListScreen
from qcode.tui.screens.preparing import PreparedScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows import coders, planning, rounds
from qcode.workflows.coders import role_names
from qcode.workflows.planning import Prepared

_ASKED = "rounds"
_NUMBERS = "123456789abcdefghijklmopqrstuvwxyz"
KINDS = (
    Way("c", _("calibration: to learn the codebook together"), CALIBRATION),
    Way("r", _("reliability: to measure how far coders agree"), RELIABILITY),
    Way("d", _("drift: to measure it once more, later"), DRIFT),
    Way("a", _("again: a coder codes once more what he coded before"), AGAIN),
)


class StaffingScreen(AskedScreen, ListScreen[Row]):
    """The list of rounds in which things are asked one after another, then written as one step."""

    staff = Staff({}, {})
    _kept: Mapping[str, str] = {}
    """What was typed last for each question, if it was not written."""
    _seek = ""
    """The round to be highlighted when the list was read anew."""

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def _show(self, rows: Sequence[Row], known: str) -> None:
        seek, self._seek = self._seek, ""
        super()._show(rows, next(
            (self.key(row) for row in rows if seek and row.round and row.round.name == seek), known
        ))  # fmt: skip

    # -- asking --------------------------------------------------------------------------------

    @property
    def asked_about(self) -> Widget:
        """The list."""
        return self.grid

    @on(AskLine.Answered)
    @on(Choice.Made)
    def _replied(self, event: AskLine.Answered | Choice.Made) -> None:
        if self._asking is not None and event.about == _ASKED:
            text = event.value if isinstance(event, Choice.Made) else event.text
            self._go_on(self._asking, text)

    @on(AskLine.Closed)
    @on(Choice.Closed)
    def _given_up(self, event: Message) -> None:  # noqa: ARG002
        self._asking = None
        self.grid.focus()

    def _line(self, title: str, text: str = "") -> Callable[[], None]:
        return lambda: self.query_one(AskLine).open(_ASKED, title, text)

    def _choose(self, title: str, ways: Sequence[Way]) -> Callable[[], None]:
        return lambda: self.query_one(Choice).open(_ASKED, title, ways)

    def _prepare(self, title: str, prepare: Callable[[Reader], Prepared], about: str) -> None:
        """Show what is about to be written, or write it at once where there is nothing to see."""

        async def show() -> None:
            try:
                prepared = await self.access.read(prepare)
            except QcodeError as error:
                self._failed(str(error))
                return
            if prepared.table is None:
                self.write(prepared.verb, prepared.write, partial(self._wrote, about))
            elif self.is_current:
                self.app.push_screen(PreparedScreen(self.access, title, prepared, after))

        def after(told: str) -> None:
            # Behind what reads the list anew because it is shown again.
            self.call_later(read_anew, self._wrote(about, told))

        def read_anew(told: str) -> None:
            self._seek = self._kept.get("name", "") if about == "round" else ""
            self.refetch(told)

        self.run_worker(show(), group=_ASKED, exclusive=True)

    def _keep(self, about: str, text: str) -> None:
        self._kept = {**self._kept, about: text}

    def _wrote(self, about: str, told: str) -> str:
        self._keep(about, "")
        return told

    # -- a round -------------------------------------------------------------------------------

    def action_open_round(self) -> None:
        """Ask for the name of a round, its kind, its coders and documents."""
        self._go_on(self._opening())

    def _opening(self) -> Asking:
        name = yield self._line(_("New round: its name"), self._kept.get("name", ""))
        if not name:
            self.tell(_("Nothing was written."))
            return
        self._keep("name", name)
        kind = yield self._choose(_("What for is round {name}?").format(name=name), KINDS)
        names = ",".join(one.name for one in self.staff.people if one.role != SUPERVISOR)
        title = _("--coders A,B and --documents W01,W02, or --double 20% --stratify desa --seed 7")
        line = yield self._line(title, self._kept.get("round") or f"--coders {names} ")
        self._keep("round", line)
        prepare = partial(planning.round_prepared, name=name, kind=kind, typed=line)
        title = _("Round {name}: what opening it gives").format(name=name)
        self._prepare(title, prepare, "round")

    def action_assign(self) -> None:
        """Ask what is to be given out."""
        row = self.row
        self._go_on(self._assigning(row.round if row is not None else None))

    def _assigning(self, found: Round | None) -> Asking:
        where = found.name if found else _("without a round")
        title = _("{round}: W01 W02 --to sari,bima, or --double 20% --stratify desa; --remove")
        line = yield self._line(title.format(round=where), self._kept.get("assign", ""))
        if not line:
            self.tell(_("Nothing was written."))
            return
        self._keep("assign", line)
        within = found.name if found else ""
        prepare = partial(planning.assignment_prepared, typed=line, within=within)
        self._prepare(_("{round}: what is given out").format(round=where), prepare, "assign")

    # -- what it came to -----------------------------------------------------------------------

    def action_close_round(self) -> None:
        """Ask whether the round is closed."""
        row = self.row
        if row is None or row.round is None:
            self.tell(_("Only a round is closed."))
        elif row.round.closed:
            self.tell(_("round {name} is closed").format(name=row.round.name))
        else:
            self._go_on(self._ending(row.round, unfinished=row.unfinished))

    def _ending(self, found: Round, *, unfinished: bool) -> Asking:
        ways = (Way("y", _("yes; its figures are kept as they are now"), "yes"),
                Way("n", _("no, it stays open"), ""))  # fmt: skip
        title = _("Close round {name}?").format(name=found.name)
        if (yield self._choose(title, ways)):
            self._close(found, early=False, refused=self._early if unfinished else None)

    def _early(self, found: Round, why: str) -> None:
        """Say why a round was not closed, and ask whether it is closed all the same."""
        self._failed(why)
        self._go_on(self._asking_early(found))
        self.tell(why)

    def _asking_early(self, found: Round) -> Asking:
        ways = (Way("e", _("close it early: what is unfinished stays so"), "yes"),
                Way("n", _("no, it stays open"), ""))  # fmt: skip
        title = _("Not all is finished in round {name}").format(name=found.name)
        if (yield self._choose(title, ways)):
            self._close(found, early=True, refused=None)

    def _close(
        self, found: Round, *, early: bool, refused: Callable[[Round, str], None] | None
    ) -> None:  # fmt: skip
        told = _("Round {name} is closed; u opens it again.").format(name=found.name)

        def failed(why: str) -> None:
            if refused and self.is_current and not self.asking:
                refused(found, why)
            else:
                self._failed(why)

        def done(_figures: object) -> None:
            if self.is_attached:
                self.refetch(told)

        act = partial(rounds.close_round, found=found, early=early)
        self.access.write("close round", act, done, failed)

    def action_accept(self) -> None:
        """Ask which of the proposed codes becomes everyone's."""
        row = self.row
        proposed = row.proposals.rows if row is not None and row.proposals else ()
        if proposed:
            self._go_on(self._accepting([str(cells[0]) for cells in proposed]))
        else:
            self.tell(_("No code that you may see was proposed here."))

    def _accepting(self, paths: Sequence[str]) -> Asking:
        ways = [Way(letter, path, path) for letter, path in zip(_NUMBERS, paths, strict=False)]
        path = yield self._choose(_("Make everyone's"), ways)
        reason = yield self._line(_("Why is “{code}” taken up? (may stay empty)").format(code=path))

        def act(step: Step) -> str:
            taken = rounds.accept(step, path, reason=reason)
            return _("Everyone's from now on: {path}").format(path=taken)

        self.write("accept code", act, lambda told: told)

    # -- coders --------------------------------------------------------------------------------

    def action_role(self) -> None:
        """Ask which coder is to be described."""
        self._go_on(self._describing())

    def _describing(self) -> Asking:
        people = self.staff.people
        ways = [Way(letter, self.staff.told(one), one.name)
                for letter, one in zip(_NUMBERS, people, strict=False)]  # fmt: skip
        name = yield self._choose(_("Coders"), ways)
        ways = [Way(role[0], _("{name} is: {role}").format(name=name, role=role_names()[role]), role)
                for role in ROLES]  # fmt: skip
        ways += [Way("k", _("{name} knows a case …").format(name=name), "knows"),
                 Way("n", _("{name} does not know a case after all …").format(name=name), "not")]  # fmt: skip
        what = yield self._choose(name, ways)
        if what in (CODER, SUPERVISOR):
            told = _("{name} is now: {role}").format(name=name, role=role_names()[what])
            self.write("role", partial(coders.set_role, typed=name, role=what), told)
            return
        line = yield self._line(_("Which cases, with commas between: W01, W07"))
        names = [one.strip() for one in line.split(",") if one.strip()]
        if not names:
            self.tell(_("Nothing was written."))
            return
        act = partial(coders.set_known, typed=name, names=names, known=what == "knows")
        self.write("known cases", act, lambda told: told)
