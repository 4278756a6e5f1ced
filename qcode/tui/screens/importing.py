"""Bringing in transcripts, codebooks, cases and codings: choose, look at it, bring it in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from qcode.errors import BadInput, QcodeError
from qcode.language import _, counted
from qcode.model.document import DOCUMENT_KINDS
from qcode.store import backups
from qcode.store.project import Reader, Step
from qcode.system import typed_path
from qcode.tui.access import Access
from qcode.tui.arranging import Stopped
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import ListScreen
from qcode.tui.ways import kinds, lettered
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.inspector import Inspector
from qcode.workflows import arriving, importing, previewing
from qcode.workflows.arriving import Arrival
from qcode.workflows.importing import Batch, Labels, Outcome, Voices

KEYS = (
    Command("import.open", "enter", "open", _("Open the folder, or look at the file"),
            footer=_("Open")),
    *LISTING[1:],
    Command("import.up", "backspace,minus", "up", _("Go to the folder above"), footer=_("Above")),
    Command("import.all", "a", "all", _("Bring in all transcripts of this folder"),
            _("With those in the folders below it."), footer=_("All")),
    Command("import.path", "g", "path", _("Type the path of a file or folder")),
    *UNDOING,
)  # fmt: skip
_UNCLEAR, _TYPED = "", "\0typed"


class ImportScreen(ListScreen[Arrival]):
    """Lists the files and folders that can come in; nothing comes before it was looked at."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def __init__(self, access: Access, folder: Path | None = None) -> None:
        super().__init__(access)
        self._folder = (folder or Path.cwd()).absolute()
        self._batch = Batch()
        self._table: tuple[Path, str] | None = None
        self._kind = DOCUMENT_KINDS[0]
        self._pending: list[Voices] = []
        self._asking: dict[Labels, tuple[str, ...]] = {}
        self._stop: threading.Event | None = None
        self._previewed: tuple[Line, ...] = ()

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen and the folder."""
        return _("Import from {folder}").format(folder=self._folder)

    def columns(self) -> Sequence[Column]:
        """Return name, what it is, and how large."""
        return (Column(_("name")), Column(_("may be"), 30, aside=True, least=60),
                Column(_("size"), 10, right=True, aside=True, least=75))  # fmt: skip

    def fetch(self, connection: Reader) -> Sequence[Arrival]:  # noqa: ARG002 - the folder is read
        """Read the folder."""
        return arriving.arrivals(self._folder)

    def cells(self, row: Arrival) -> Sequence[str]:
        """Return name, what it is, and how large."""
        names = ways()
        if row.ways[0] == arriving.FOLDER:
            inside = arriving.PROJECT if arriving.PROJECT in row.ways else arriving.FOLDER
            return (f"{row.path.name}/", names[inside], "")
        size = f"{max(1, round(row.size / 1000))} KB"
        return (row.path.name, _(" or ").join(names[way] for way in row.ways), size)

    def key(self, row: Arrival) -> str:
        """Return the path."""
        return str(row.path)

    def detail(self, row: Arrival) -> Sequence[Line]:
        """Return what was read last, or what enter does."""
        if self._previewed:
            return self._previewed
        if row.ways[0] == arriving.FOLDER:
            return (Line(row.path.name, "strong"), Line(_("Enter opens the folder, a brings in "
                    "all transcripts of the folder that is shown.")))  # fmt: skip
        return (Line(row.path.name, "strong"), Line(_("Enter shows what would come in.")))

    def counted(self, shown: int, total: int) -> str:
        """Return how much there is in the folder."""
        if not total:
            return _("Nothing to bring in here: backspace goes up, g takes a path.")
        return _("{k} of {n} files and folders").format(k=shown, n=total)

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def _preview(self, lines: Iterable[str]) -> None:
        self._previewed = tuple(Line(line) for line in lines)
        self.query_one("#beside", Inspector).show(self._previewed)

    # -- choosing a file -----------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the folder, or ask as what the file is to come in."""
        if self.row is not None:
            self._take(self.row)

    def _take(self, row: Arrival) -> None:
        if arriving.PROJECT in row.ways:
            self._read([row.path])
        elif row.ways[0] == arriving.FOLDER:
            self._enter(row.path)
        elif len(row.ways) == 1:
            self._as(row.path, row.ways[0])
        else:
            self._table = (row.path, "")
            names = ways()
            some = lettered([Way("", names[way], way) for way in row.ways])
            self.query_one(Choice).open("as", row.path.name, some)

    def _enter(self, folder: Path) -> None:
        self._folder, self._previewed = folder, ()
        self.grid.show(())
        self.refetch()

    def action_up(self) -> None:
        """Go to the folder above."""
        self._enter(self._folder.parent)

    def action_all(self) -> None:
        """Bring in all transcripts of the folder."""
        self._read([self._folder])

    def action_path(self) -> None:
        """Ask for a path."""
        self.query_one(AskLine).open("path", _("Which file or folder?"), f"{self._folder}/")

    @on(AskLine.Answered)
    def _answered(self, event: AskLine.Answered) -> None:
        if event.about == "voices" and self._pending:
            self._typed_voices(event.text)
        elif event.about == "path" and event.text:
            path = typed_path(_from_the_root(event.text)).absolute()
            row = arriving.arrival(path)
            if not path.exists():
                raise BadInput(_("there is no such file"), file=str(path))
            if not row.ways:
                raise BadInput(_("this is nothing that can be brought in"), file=str(path))
            self._take(row)

    def _as(self, path: Path, way: str) -> None:
        if way == arriving.TRANSCRIPTS:
            self._read([path])
        else:
            self._look(path, way)

    # -- tables --------------------------------------------------------------------------------

    @work(group="reading", exclusive=True)
    async def _look(self, path: Path, way: str) -> None:
        """Show what a table would bring, and ask."""
        try:
            lines = await self.access.read(
                lambda one: tuple(arriving.table_previewed(one, path, way))
            )
        except QcodeError as error:
            self._failed(str(error))
            return
        self._table = (path, way)
        self._preview((path.name, "", *lines))
        some = [Way("b", _("bring it in"), "")]
        if way != arriving.CODINGS:
            some.append(Way("u", _("bring it in, and write over what exists"), "update"))
        self.query_one(Choice).open("table", path.name, some)

    # -- transcripts ---------------------------------------------------------------------------

    @work(group="reading", exclusive=True)
    async def _read(self, paths: Sequence[Path]) -> None:
        """Read transcripts, show what would come in, and ask what they are."""
        gone = self._stop = threading.Event()
        try:
            batch = await asyncio.to_thread(self._gather, paths, gone)
        except Stopped:
            self.tell(_("Stopped; nothing was brought in."))
            return
        except QcodeError as error:
            self._failed(str(error))
            return
        finally:
            self._stop = None
        self._batch = batch
        self._preview(arriving.batch_previewed(batch))
        number = len(batch.readings) + len(batch.folders)
        if not number:
            failure = batch.failures[0] if batch.failures else None
            self._failed(f"{failure.file}: {failure.reason}" if failure else _("Nothing was read."))
            return
        self.tell(
            counted("{n} could not be read", "{n} could not be read", len(batch.failures))
            if batch.failures
            else _("Everything was read; nothing is stored yet.")
        )
        title = counted("{n} is read; bring it in as", "{n} are read; bring them in as", number)
        whole = [Way("b", _("what it is: a project"), DOCUMENT_KINDS[0])]
        self.query_one(Choice).open("kind", title, kinds() if batch.readings else whole)

    def _gather(self, paths: Sequence[Path], gone: threading.Event) -> Batch:
        """Read files in another thread, telling how far; raise Stopped once somebody says so."""
        files = list(importing.gathered(paths))
        done = 0

        def advance(number: int) -> None:
            nonlocal done
            done += number
            if gone.is_set():
                raise Stopped
            self.app.call_from_thread(self.tell, _("Reading {k} of {n} · esc stops").format(
                k=done, n=len(files)))  # fmt: skip

        return importing.read_all(files, done=advance)

    def action_close(self) -> None:
        """Stop reading, else as everywhere."""
        if self._stop is not None:
            self._stop.set()
        elif self._previewed and not self._filter.value:
            self._previewed = ()
            self._say()
        else:
            super().action_close()

    # -- answers -------------------------------------------------------------------------------

    @on(Choice.Closed)
    def _unanswered(self) -> None:
        self.grid.focus()
        self.tell(_("Nothing was brought in."))

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        answer: Mapping[str, Callable[[str], None]] = {
            "as": self._chosen_as, "table": self._bring_table, "kind": self._chosen_kind,
            "voices": self._chosen_voice,
        }  # fmt: skip
        answer[event.about](event.value)

    def _chosen_as(self, way: str) -> None:
        if self._table is not None:
            self._as(self._table[0], way)

    def _chosen_kind(self, kind: str) -> None:
        self._kind = kind
        self._asking = {}
        self._pending = list(importing.voices(self._batch.readings))
        self._ask_voices()

    def _ask_voices(self) -> None:
        """Ask who interviews in the next documents that share their labels, then bring in."""
        if not self._pending:
            self._bring()
            return
        one = self._pending[0]
        labels = sorted(one.labels, key=lambda label: label != one.proposal)
        some = [
            Way(str(number), _("{label} (seems to ask)").format(label=label)
                if label == one.proposal else label, label)
            for number, label in enumerate(labels[:9], 1)
        ]  # fmt: skip
        some += [Way("u", _("unclear, or nobody"), _UNCLEAR),
                 Way("t", _("several: type them …"), _TYPED)]  # fmt: skip
        title = _("Who interviews in {documents}?").format(documents=previewing.some(one.documents))
        self.query_one(Choice).open("voices", title, some)

    def _chosen_voice(self, label: str) -> None:
        if label == _TYPED:
            labels = ", ".join(self._pending[0].labels)
            title = _("Who interviews? ({labels}; several with commas)").format(labels=labels)
            self.query_one(AskLine).open("voices", title)
            return
        one = self._pending.pop(0)
        if label:
            self._asking[one.labels] = (label,)
        self._ask_voices()

    def _typed_voices(self, typed: str) -> None:
        one = self._pending[0]
        known = {label.casefold(): label for label in one.labels}
        labels = [part.strip().casefold() for part in typed.split(",") if part.strip()]
        wrong = [label for label in labels if label not in known]
        if wrong or not labels:
            self._ask_voices()
            self.tell(_("no speaker “{label}”; there are: {known}").format(
                label=", ".join(wrong) or "-", known=", ".join(one.labels)))  # fmt: skip
            return
        self._pending.pop(0)
        self._asking[one.labels] = tuple(known[label] for label in labels)
        self._ask_voices()

    # -- bringing in ---------------------------------------------------------------------------

    def _bring(self) -> None:
        batch, kind, asking = self._batch, self._kind, dict(self._asking)

        def act(step: Step) -> Outcome:
            return importing.store(step, batch, kind=kind, interviewers=asking)

        def told(done: Outcome) -> str:
            said = [*previewing.outcome(done)]
            if done.unknown:
                said.append(_("Nobody said who interviews in {documents}: every speaker counts as "
                              "a participant.").format(documents=previewing.some(done.unknown)))  # fmt: skip
            said += [f"{one.file}: {one.reason}" for one in batch.failures]
            return " · ".join(said)

        self._written("import", act, told)

    def _bring_table(self, how: str) -> None:
        if self._table is None:
            return
        path, way = self._table

        def act(step: Step) -> str:
            return arriving.take_table(step, path, way, update=how == "update")

        self._written(arriving.verb_of(way), act, lambda told: told)

    @work(group="writing")
    async def _written(
        self, verb: str, act: Callable[[Step], object], told: Callable[..., str]
    ) -> None:
        """Make a backup where there is something to lose, then write one step."""
        self.tell(_("Writing …"))
        try:
            await asyncio.to_thread(backups.back_up_if_filled, self.access.project)
        except QcodeError as error:
            self._failed(str(error))
            return
        self._previewed = ()
        self.write(verb, act, told)


def _from_the_root(typed: str) -> str:
    """Return a path without what stands before a second start of one, as when it is pasted."""
    starts = [at + 1 for at in range(len(typed)) if typed[at : at + 2] in ("//", "/~")]
    return typed[starts[-1] :] if starts else typed


def ways() -> dict[str, str]:
    """Return what each way to come in is called."""
    return {
        arriving.FOLDER: _("folder"), arriving.TRANSCRIPTS: _("transcript"),
        arriving.PROJECT: _("plain-text project"), arriving.CODEBOOK: _("codebook"),
        arriving.CASES: _("cases"), arriving.CODINGS: _("codings"),
    }  # fmt: skip
