"""What the coding screen does at a command: ask if need be, write, and show what is on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on

from qcode.language import _
from qcode.model.coding import Coding
from qcode.model.span import Span
from qcode.store.progress import Stop
from qcode.store.project import Step
from qcode.terminal import in_one_line
from qcode.tui import acts
from qcode.tui.acts import Words
from qcode.tui.desk import Delta, Desk
from qcode.tui.screens.catching import CatchingScreen
from qcode.tui.session import EMPTY, FINISHED
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.codetree import CodeTree
from qcode.tui.widgets.memo import MemoEditor
from qcode.tui.widgets.palette import Offer, Palette

_TITLE = 60


class ActingScreen(CatchingScreen):
    """The reading screen with everything that changes a document."""

    def _words(self) -> Words | None:
        """Return what is to be acted on, or say that there is nothing."""
        span = self.reader.target() if self.desk else None
        if span is None:
            if self.desk:
                self.tell(_("There are no words here."))
            return None
        spot = self.reader.spot
        return Words(self.document, span, Stop(spot.cursor, spot.top))

    def _write(self, verb: str, act: Callable[[Step], Delta], memo: str = "") -> None:
        desk, document = self.desk, self.document
        if desk is None:
            return

        def then(delta: Delta) -> None:
            if memo and self.is_attached:
                self.memo.forget(memo)
            # In the meantime another document may have been opened on this screen.
            if self.document == document:
                self._took(delta)

        def caught_up(step: Step) -> Delta:
            return acts.caught_up(step, desk, act)

        self.access.write(verb, caught_up, then, self._failed)

    def _failed(self, why: str) -> None:
        if self.is_attached:
            self.tell(why)
            self.app.bell()
            # What others wrote may be why.
            self.catch_up(why)

    def _took(self, delta: Delta) -> None:
        """Show what is on disk now."""
        desk = self.desk
        if desk is None or not self.is_attached:
            return
        shift = desk.take(delta)
        self.shift(shift)
        own = [note.id for note in delta.put if note.id in desk.codings]
        if own and delta.codes:
            self.reader.active = own[-1]
        if delta.book is not None:
            self.show_tree()
        self.recount()
        self.inspect()
        names = " + ".join(desk.label(desk.book[code]) for code in delta.codes)
        self.tell(delta.told or _("Coded: {codes}").format(codes=names))
        self.head()

    # -- codes ---------------------------------------------------------------------------------

    def action_code(self) -> None:
        """Ask for a code for the words."""
        words, desk = self._words(), self.desk
        if words is None or desk is None:
            return
        self.point_at(self.palette, words.span)
        title = _("Code “{words}”").format(words=self._quoted(words.span))
        self.palette.open(self._offer(desk), title)

    def _offer(self, desk: Desk) -> Offer:
        counts = {code: everywhere for code, (_here, everywhere) in desk.counts().items()}
        return Offer(desk.book, tuple(desk.recent), counts, True, desk.language)

    def _quoted(self, span: Span) -> str:
        text = in_one_line(self.reader.transcript.text[span.start : span.end])
        return text if len(text) <= _TITLE else f"{text[:_TITLE].rstrip()}…"

    @on(Palette.Chosen)
    def _chosen(self, event: Palette.Chosen) -> None:
        self.point_away()
        if not event.about:
            self._give(event.codes)

    @on(Palette.NewCode)
    def _new_code(self, event: Palette.NewCode) -> None:
        self.point_away()
        words = self._words()
        if words is not None and not event.about:
            typed, codes = event.typed, event.codes
            self._write("apply", lambda step: acts.create_and_apply(step, words, typed, codes))

    @on(Palette.Closed)
    @on(MemoEditor.Closed)
    @on(Choice.Closed)
    def _asked(self) -> None:
        self.point_away()

    @on(CodeTree.Chosen, "#codes")
    def _tree_chosen(self) -> None:
        code, desk = self.codes.code, self.desk
        if code is None or desk is None:
            return
        if not desk.book.offered(code):
            self.tell(_("“{code}” is not offered: d brings it back.").format(code=code.name))
            return
        self.reader.focus()
        self._give((code.id,))

    def action_repeat(self) -> None:
        """Give the words what was given last."""
        desk = self.desk
        if desk is None:
            return
        codes = [code for code in desk.last if code in desk.book.codes]
        offered = [code for code in codes if desk.book.offered(desk.book[code])]
        if not offered:
            self.tell(_("No code was given yet: enter chooses one."))
        else:
            self._give(offered)

    def _give(self, codes: Sequence[str]) -> None:
        words, desk = self._words(), self.desk
        if words is None or desk is None:
            return
        new = [code for code in codes if not desk.given(words.span, code)]
        if new:
            self._write("apply", lambda step: acts.apply(step, words, new))
        else:
            self.tell(_("These words have that code from you already."))

    def action_uncode(self) -> None:
        """Take the active segment's code away."""
        coding = self._own_segment()
        if coding is not None:
            self._write("retire codings", lambda step: acts.uncode(step, coding.id))

    def _own_segment(self) -> Coding | None:
        """Return the active segment if this coder may change it, or say why not."""
        desk = self.desk
        coding = desk.codings.get(self.reader.active) if desk else None
        if desk is None or coding is None:
            self.tell(_("There is no segment at the cursor."))
        elif not desk.own(coding):
            name = desk.sheet.coders.get(coding.coder, "?")
            self.tell(_("This segment is {coder}'s, who alone changes it.").format(coder=name))
        else:
            return coding
        return None

    # -- memos ---------------------------------------------------------------------------------

    def action_memo(self) -> None:
        """Write on the active segment, or where there is none, beside the words."""
        words, desk = self._words(), self.desk
        if words is None or desk is None:
            return
        coding = desk.codings.get(self.reader.active)
        if coding and self.reader.selection and (coding.start, coding.end) != (
            words.span.start, words.span.end
        ):  # fmt: skip
            coding = None
        if coding:
            own = [memo for memo in desk.memos_on(coding.id) if desk.own(memo)]
            title = _("Memo on “{code}”").format(code=desk.label(desk.code_of(coding)))
            about = f"coding {coding.id}"
        else:
            own = [memo for memo in desk.margin_notes(self.here) if desk.own(memo)]
            title = _("Margin note on “{words}”").format(words=self._quoted(words.span))
            about = f"words {words.span.start} {words.span.end} {self.document}"
        if own:
            about = f"memo {own[-1].id}"
        self.point_at(self.memo, words.span)
        self.memo.open(about, title, own[-1].text if own else "")

    @on(MemoEditor.Written)
    def _written(self, event: MemoEditor.Written) -> None:
        self.point_away()
        kind, *rest = event.about.split()
        document, text = self.document, event.text
        if kind not in ("memo", "coding", "words"):
            return
        if kind == "memo":
            verb = "rewrite memo" if text.strip() else "retire memo"
            self._write(verb, lambda step: acts.rewrite(step, document, rest[0], text), event.about)
        elif not text.strip():
            self.memo.forget(event.about)
            self.tell(_("Nothing was written, nothing is kept."))
        else:
            coding = rest[0] if kind == "coding" else ""
            span = self.here if coding else Span(int(rest[0]), int(rest[1]))
            words = Words(document, span)
            self._write("memo", lambda step: acts.note(step, words, coding, text), event.about)

    # -- the end of a document -----------------------------------------------------------------

    def action_finish(self) -> None:
        """Ask how far the coder is with the document."""
        if self.desk is None:
            return
        self.choice.remove_class("-above")
        self.choice.open(
            "finish",
            self.desk.sheet.document.name,
            (
                Way("f", _("finished: coded to the end"), FINISHED),
                Way("e", _("finished, and nothing in it to code"), EMPTY),
                Way("n", _("not finished"), ""),
            ),
        )

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        # A flag may open a pane that points at the same words.
        if event.about != "flag":
            self.point_away()
        if event.about == "finish":
            self._finish(event.value)

    def _finish(self, state: str) -> None:
        desk, document = self.desk, self.document
        if desk is None:
            return
        if state == EMPTY and desk.segments:
            self.tell(_("You coded words here, so there is something to code: choose finished."))
        elif state == FINISHED and not desk.segments:
            self.tell(_("You coded nothing here: if there is nothing to code, choose that."))
        elif state == desk.state:
            self.tell(_("It is so already."))
        else:
            verb = "finish" if state else "unfinish"
            self._write(verb, lambda step: acts.finish(step, document, state))

    # -- undo ----------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back the coder's last step."""
        document = self.document
        self._write("undo", lambda step: acts.undo(step, document))

    def action_redo(self) -> None:
        """Do again what was undone last."""
        document = self.document
        self._write("redo", lambda step: acts.redo(step, document))
