"""The open document as a coder works on it: what is on it, what shows, how often codes are given.

It changes only by what was written: nothing is shown that is not on disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qcode.model.codebook import Code, Codebook
from qcode.model.coding import Coding, Flag
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.tui.layout.spans import Mark
from qcode.tui.session import Notes, Past, Sheet
from qcode.workflows.flagging import flag_names

Note = Coding | Memo | Flag
_MOST_RECENT = 8
OWN, EVERYONE = "", "*"
"""Whose codings show, if not those of one other coder."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What a written step changed, and the sentence that says so unless its codes do."""

    told: str = ""
    put: tuple[Note, ...] = ()
    drop: tuple[str, ...] = ()
    notes: Notes | None = None
    """Everything that stands on the document now, where a step may have touched any of it."""
    book: Codebook | None = None
    state: str | None = None
    given: Mapping[str, int] | None = None
    codes: tuple[str, ...] = ()
    """Codes that were given, for doing it again."""
    seek: str = ""
    """A code to be highlighted in the codebook."""
    newest: int = 0
    """The clock of the last change that is in this, or 0 where it is not known."""
    version: str = ""
    """The text that stands now, where a step may have touched it: all places are of this one."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Which marks of the reader come, and which go."""

    put: tuple[Mark, ...]
    drop: tuple[str, ...]


class Desk:
    """One document, open to one coder."""

    def __init__(self, sheet: Sheet, coder: str, language: str = "") -> None:
        self.sheet = sheet
        self.coder = coder
        self.language = language
        self.book = sheet.book
        self.state = sheet.state
        self.whose = OWN
        """Whose codings and margin notes show: OWN, EVERYONE, or another coder by id."""
        self.codings = dict(sheet.notes.codings)
        self.memos = dict(sheet.notes.memos)
        self.flags = dict(sheet.notes.flags)
        self.recent: list[str] = []
        self.last: tuple[str, ...] = ()
        """What was given last, for doing it again."""
        self.newest = sheet.newest
        """The clock of the last change that is shown."""
        self.pinned: dict[int, str] = {}
        """Codes that one key gives, by its number."""
        self._elsewhere: Counter[str] = Counter()

    def recall(self, past: Past) -> None:
        """Take in what the coder did in the whole project."""
        self._count_elsewhere(past.given)
        # What was given since the past was asked for is more recent.
        self.recent = list(dict.fromkeys((*self.recent, *past.recent)))[:_MOST_RECENT]
        self.last = self.last or tuple(self.recent[:1])
        self.pinned = {**past.pinned, **self.pinned}

    # -- what stands where ---------------------------------------------------------------------

    def own(self, note: Note) -> bool:
        """Tell whether something is this coder's."""
        return note.coder == self.coder

    def shows(self, note: Note) -> bool:
        """Tell whether something is to be seen now; flags and what is said to them always are."""
        said = isinstance(note, Memo) and note.about[0] == "flag"
        if isinstance(note, Flag) or said or self.whose == EVERYONE:
            return True
        return note.coder == (self.whose or self.coder)

    @property
    def seen(self) -> tuple[str, ...]:
        """The coders whose codings show."""
        return tuple(self.sheet.coders) if self.whose == EVERYONE else (self.whose or self.coder,)

    def given(self, span: Span, code: str) -> bool:
        """Tell whether this coder gave exactly these words that code already."""
        return any(
            self.own(one) and (one.start, one.end) == (span.start, span.end)
            and self.book.end(one.code) == code
            for one in self.codings.values()
        )  # fmt: skip

    def memos_on(self, coding: str) -> list[Memo]:
        """Return the memos on a coding that are to be seen, oldest first."""
        return [memo for memo in self.memos.values()
                if memo.about == ("coding", coding) and self.shows(memo)]  # fmt: skip

    def margin_notes(self, span: Span) -> list[Memo]:
        """Return the margin notes on these words that are to be seen."""
        return [memo for memo in self.memos.values()
                if memo.at and self.shows(memo) and memo.start < span.end and memo.end > span.start]  # fmt: skip

    def flags_on(self, span: Span) -> list[Flag]:
        """Return the flags on these words."""
        return [flag for flag in self.flags.values()
                if flag.start < span.end and flag.end > span.start]  # fmt: skip

    def answers(self, flag: str) -> list[Memo]:
        """Return what was said to a flag, oldest first."""
        return [memo for memo in self.memos.values() if memo.about == ("flag", flag)]

    def code_of(self, coding: Coding) -> Code:
        """Return the code that a coding counts for."""
        return self.book[self.book.end(coding.code)]

    def label(self, code: Code) -> str:
        """Return what a code is called in the reader's language."""
        return code.label(self.language)

    # -- what the reader shows -----------------------------------------------------------------

    def marks(self) -> list[Mark]:
        """Return everything that shows as marks of the reader."""
        notes: tuple[Note, ...] = (
            *self.codings.values(),
            *self.memos.values(),
            *self.flags.values(),
        )
        return [mark for note in notes if (mark := self._mark(note))]

    def _mark(self, note: Note) -> Mark | None:
        if note.end <= note.start or not self.shows(note):
            return None
        if isinstance(note, Coding):
            code = self.code_of(note)
            label = self.label(code)
            if not self.own(note):
                label = f"{label} · {self.sheet.coders.get(note.coder, '?')}"
            if note.fit != "same":
                label = f"? {label}"
            return Mark(note.id, note.start, note.end, code.id, code.color, label)
        if isinstance(note, Flag):
            label = " ".join(filter(None, (flag_names()[note.kind], "✓" if note.settled else "")))
            label = f"{label}: {note.text}" if note.text else label
            return Mark(note.id, note.start, note.end, "", "", label, "flag")
        if note.at is None:
            return None
        return Mark(note.id, note.start, note.end, "", "", note.text.partition("\n")[0], "memo")

    def show_of(self, whose: str) -> Shift:
        """Show what one coder did, or everyone, and nothing of others."""
        before = {mark.id for mark in self.marks()}
        self.whose = whose
        after = {mark.id: mark for mark in self.marks()}
        put = tuple(mark for id, mark in after.items() if id not in before)
        return Shift(put, tuple(before - after.keys()))

    # -- what a written step changes -----------------------------------------------------------

    def take(self, delta: Delta) -> Shift:
        """Take over what was written; return what the reader must show anew."""
        before = self._notes()
        looks = self._looks() if delta.book is not None else {}
        self._take_over(delta)
        for note in delta.put:
            self._kept(note)[note.id] = note
        for id in delta.drop:
            for kept in (self.codings, self.memos, self.flags):
                kept.pop(id, None)
        self._remember(delta.codes)
        if delta.given is not None:
            self._count_elsewhere(delta.given)
        now = self._looks() if delta.book is not None else {}
        other = {id for id, look in now.items() if looks.get(id) != look}
        if delta.notes is None and not other:
            return Shift(self._marks(delta.put), delta.drop)
        after = self._notes()
        changed = [
            note for id, note in after.items()
            if before.get(id) != note or (isinstance(note, Coding) and note.code in other)
        ]  # fmt: skip
        return Shift(self._marks(changed), tuple(before.keys() - after.keys()))

    def _looks(self) -> dict[str, tuple[str, str, str]]:
        """Return what a code's segments look like: the code they count for, its label and colour."""
        ends = {id: self.book[self.book.end(id)] for id in self.book.codes}
        return {id: (end.id, self.label(end), end.color) for id, end in ends.items()}

    def _notes(self) -> dict[str, Note]:
        return {**self.codings, **self.memos, **self.flags}

    def _marks(self, notes: Iterable[Note]) -> tuple[Mark, ...]:
        return tuple(mark for note in notes if (mark := self._mark(note)))

    def _take_over(self, delta: Delta) -> None:
        # The same codes stay the same codebook, so that nobody works out its order again.
        if delta.book is not None and delta.book.codes != self.book.codes:
            self.book = delta.book
        self.state = self.state if delta.state is None else delta.state
        self.newest = max(self.newest, delta.newest)
        if delta.notes is not None:
            self.codings = dict(delta.notes.codings)
            self.memos = dict(delta.notes.memos)
            self.flags = dict(delta.notes.flags)

    def _kept(self, note: Note) -> dict[str, Note]:
        kept = self.codings if isinstance(note, Coding) else self.flags
        return self.memos if isinstance(note, Memo) else kept  # type: ignore[return-value]

    def _remember(self, codes: Iterable[str]) -> None:
        given = tuple(codes)
        if given:
            self.last = given
            others = [code for code in self.recent if code not in given]
            self.recent = [*given, *others][:_MOST_RECENT]

    # -- counts --------------------------------------------------------------------------------

    def _count_elsewhere(self, given: Mapping[str, int]) -> None:
        self._elsewhere = Counter(given)
        self._elsewhere.subtract(self._here())

    def _here(self) -> Counter[str]:
        return Counter(one.code for one in self.codings.values() if self.own(one))

    @property
    def segments(self) -> int:
        """How many codings this coder has in the document."""
        return sum(self._here().values())

    def counts(self, *, own: bool = False) -> dict[str, tuple[int, int]]:
        """Count this coder's codings here and in the project, by code; unused ones are left out.

        A code counts for itself, for what was merged into it, and unless only its ``own`` are
        asked for, for the codes below it.
        """
        here, book = self._here(), self.book
        found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for code, everywhere in (self._elsewhere + here).items():
            one = book.end(code) if code in book.codes else ""
            while one:
                few, many = found[one]
                found[one] = few + here[code], many + everywhere
                one = "" if own else book.parent(one)
        return found
