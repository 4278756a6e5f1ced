"""Flags on the coding screen: one key each, answers to what is to be discussed, going to them."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on

from qcode.language import _
from qcode.model.coding import DISCUSS, FLAGS, MARKS, Flag
from qcode.model.span import Span
from qcode.tui import flagging
from qcode.tui.acts import Words
from qcode.tui.desk import Desk
from qcode.tui.screens.acting import ActingScreen
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.reader import Reader
from qcode.workflows.flagging import LETTERS, flag_names, verb_of

_ANSWER, _SETTLE, _ANY = "answer", "settle", "any"


class FlaggingScreen(ActingScreen):
    """The acting screen with flags."""

    _flag_sought = ""
    """The kind of flag to go to, or nothing for any."""

    # -- putting and taking away ---------------------------------------------------------------

    def action_flag(self) -> None:
        """Ask which flag the words get or lose."""
        words, desk = self._words(), self.desk
        if words is None or desk is None:
            return
        question = self._question(desk)
        ways = tuple(self._ways(desk, words.span, question))
        self.choice.open("flag", _("Flag “{words}”").format(words=self._quoted(words.span)), ways)
        self.point_at(self.choice, words.span)

    def _ways(self, desk: Desk, span: Span, question: Flag | None) -> Iterator[Way]:
        here = desk.flags_on(span)
        off, unused = MARKS
        puts = {
            DISCUSS: _("discuss: raise a question for the others"),
            "key quotation": _("key quotation"),
            "negative case": _("negative case: speaks against what is found elsewhere"),
            off: _("off the record: analysed, never shown outside"),
            unused: _("not to be used: left out of all analysis"),
        }
        for kind, letter in LETTERS.items():
            given = any(flag.kind == kind and (kind in MARKS or desk.own(flag)) for flag in here)
            gone = _("take away: {flag}").format(flag=flag_names()[kind])
            yield Way(letter, gone if given else puts[kind], kind)
        if question is not None:
            yield Way("a", _("answer: {line}").format(line=self._line(question)), _ANSWER)
            yield Way("s", _("open it again") if question.settled else _("settle it"), _SETTLE)

    def _question(self, desk: Desk) -> Flag | None:
        """Return what is to be discussed at the cursor: the open one, of several the shortest."""
        found = [flag for flag in desk.flags_on(self.here) if flag.kind == DISCUSS]
        found.sort(key=lambda one: (bool(one.settled), one.end - one.start, one.start, one.id))
        return found[0] if found else None

    def _line(self, flag: Flag) -> str:
        return flag.text or self._quoted(Span(flag.start, flag.end))

    @on(Choice.Made)
    def _flag_chosen(self, event: Choice.Made) -> None:
        desk = self.desk
        if event.about != "flag" or desk is None:
            return
        question = self._question(desk)
        words = self._words()
        self.point_away()
        if event.value == _ANSWER and question is not None:
            self._ask_answer(question)
        elif event.value == _SETTLE and question is not None:
            settled = not question.settled
            self._write("settle" if settled else "reopen",
                        lambda step: flagging.settle(step, question, settled=settled))  # fmt: skip
        elif words is not None and event.value in FLAGS:
            self._flag(desk, words, event.value)

    def _flag(self, desk: Desk, words: Words, kind: str) -> None:
        given = [flag for flag in desk.flags_on(words.span) if flag.kind == kind]
        mine = [flag for flag in given if kind in MARKS or desk.own(flag)]
        if mine:
            verb = verb_of(kind, away=True)
            self._write(verb, lambda step: flagging.take_away(step, mine))
        elif kind == DISCUSS:
            about = f"discuss {words.span.start} {words.span.end} {words.document}"
            title = _("What is to be discussed? It may stay empty")
            self.point_at(self.memo, words.span)
            self.memo.open(about, title)
        else:
            self._write(verb_of(kind), lambda step: flagging.put(step, words, kind))

    def _ask_answer(self, question: Flag) -> None:
        title = _("Answer: {line}").format(line=self._line(question))
        self.point_at(self.memo, Span(question.start, question.end))
        self.memo.open(f"answer {question.id}", title)

    @on(MemoEditor.Written)
    def _flag_written(self, event: MemoEditor.Written) -> None:
        kind, *rest = event.about.split()
        document, text, about = self.document, event.text, event.about
        if kind == "discuss":
            words = Words(document, Span(int(rest[0]), int(rest[1])))
            self._write("discuss", lambda step: flagging.put(step, words, DISCUSS, text), about)
        elif kind == "answer":
            question = self.desk.flags.get(rest[0]) if self.desk else None
            if question is None or not text.strip():
                self.memo.forget(about)
                self.tell(_("Nothing was written, nothing is kept."))
            else:
                self._write("answer", lambda step: flagging.answer(step, question, text), about)

    # -- going to flags ------------------------------------------------------------------------

    def action_seek_flag(self) -> None:
        """Ask to which kind of flag to go."""
        desk = self.desk
        if desk is None:
            return
        ways = [
            Way(letter, f"{flag_names()[kind]} ({self._number(desk, kind)})", kind)
            for kind, letter in LETTERS.items()
        ]
        ways.append(Way("x", _("any flag ({n})").format(n=self._number(desk, "")), _ANY))
        self.choice.remove_class("-above")
        self.choice.open("seek", _("Go to the next"), ways)

    def _number(self, desk: Desk, kind: str) -> int:
        return sum(kind in ("", flag.kind) for flag in desk.flags.values())

    @on(Choice.Made)
    def _sought_chosen(self, event: Choice.Made) -> None:
        if event.about == "seek":
            self._flag_sought = "" if event.value == _ANY else event.value
            self.point_away()
            self.action_next_flag(1)

    def action_next_flag(self, step: int) -> None:
        """Select the words of the next or previous flag of the kind that was chosen."""
        desk = self.desk
        if desk is None:
            return
        flags = sorted(
            (flag for flag in desk.flags.values()
             if self._flag_sought in ("", flag.kind) and flag.start < flag.end),
            key=lambda one: (one.start, one.end, one.id),
        )  # fmt: skip
        name = flag_names()[self._flag_sought] if self._flag_sought else _("flag")
        if not flags:
            self.tell(_("There is no {flag} in this document.").format(flag=name))
            return
        at = self._next_of(flags, step)
        flag = flags[at]
        # What is told of the flag stays until the cursor moves on.
        with self.prevent(Reader.Moved):
            self.reader.select(Span(flag.start, flag.end))
        self.inspect()
        said = _("{flag} {k} of {n}").format(flag=name, k=at + 1, n=len(flags))
        kind = "" if self._flag_sought else flag_names()[flag.kind]
        self.tell(" · ".join(filter(None, (said, kind, flag.text))))

    def _next_of(self, flags: list[Flag], step: int) -> int:
        """Return which of the flags in order comes next; after the last one the first."""
        here = (self.here.start, self.here.end) if self.reader.selection else None
        known = [(one.start, one.end) for one in flags]
        if here in known:
            first, last = known.index(here), len(known) - 1 - known[::-1].index(here)
            at = last + 1 if step > 0 else first - 1
        else:
            before = sum(start <= self.reader.cursor for start, _end in known)
            at = before if step > 0 else before - 1
        return at % len(flags)
