"""Codes in one or two keys: the words themselves, and pinned ones; a quotation to the clipboard."""

from __future__ import annotations

from dataclasses import replace

from textual import on

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.codebook import Code
from qcode.model.excerpt import Excerpts
from qcode.tui.commands.coding import PINS
from qcode.tui.screens.comparing import ComparingScreen
from qcode.tui.widgets.choice import Choice, Way

MOST_IN_VIVO = 60
"""Characters of a new code's name that is taken from the words themselves."""
_EDGES = " .,;:!?…–—-\"'“”‘’«»()[]"


class GivingScreen(ComparingScreen):
    """The comparing screen with short ways to a code and out of the program."""

    # -- the words themselves ------------------------------------------------------------------

    def action_in_vivo(self) -> None:
        """Offer the words as the name of a new code."""
        words, desk = self._words(), self.desk
        if words is None or desk is None:
            return
        name = in_vivo(self.reader.transcript.text[words.span.start : words.span.end])
        if not name:
            self.tell(_("There are no words here."))
            return
        self.point_at(self.palette, words.span)
        title = _("New code from “{words}”").format(words=self._quoted(words.span))
        self.palette.open(replace(self._offer(desk), typed=name), title)

    # -- pinned codes --------------------------------------------------------------------------

    def action_pin(self) -> None:
        """Ask to which digit a code is to be pinned."""
        desk = self.desk
        if desk is None:
            return
        code = self._code_here()
        if code is None:
            self.tell(_("No segment at the cursor; in the codebook P pins the highlighted code."))
            return
        self._pinning = code
        ways = []
        for number in PINS:
            pinned = desk.book.codes.get(desk.pinned.get(number, ""))
            label = desk.label(pinned) if pinned else _("free")
            ways.append(Way(str(number), label, str(number)))
        self.choice.remove_class("-above")
        self.choice.open("pin", _("Pin “{code}” to").format(code=desk.label(code)), ways)

    _pinning: Code | None = None

    @on(Choice.Made)
    def _pinned(self, event: Choice.Made) -> None:
        desk, code = self.desk, self._pinning
        if event.about != "pin" or desk is None or code is None:
            return
        number = int(event.value)
        desk.pinned[number] = code.id
        self.access.pin(number, code.id, self._failed)
        self.tell(_("{n} gives “{code}” from now on.").format(n=number, code=desk.label(code)))

    def action_pinned(self, number: int) -> None:
        """Give the words the code that is pinned to a digit."""
        desk = self.desk
        if desk is None:
            return
        pinned = desk.book.codes.get(desk.pinned.get(number, ""))
        code = desk.book[desk.book.end(pinned.id)] if pinned else None
        if code is None:
            self.tell(_("No code is pinned to {n} yet: P pins one.").format(n=number))
        elif not desk.book.offered(code):
            self.tell(_("“{code}” is retired; P pins another.").format(code=desk.label(code)))
        else:
            self._give((code.id,))

    # -- a quotation ---------------------------------------------------------------------------

    def action_quote(self) -> None:
        """Copy the active segment with its reference, if it may leave the project."""
        coding = self.desk.codings.get(self.reader.active) if self.desk else None
        if coding is None:
            self.tell(_("There is no segment at the cursor."))
        else:
            self.run_worker(self._quote(coding.id), exclusive=True, group="quote")

    async def _quote(self, coding: str) -> None:
        from qcode.workflows.excerpts import excerpt

        try:
            found = await self.access.read(lambda one: excerpt(one, coding))
        except QcodeError as error:
            self.tell(_("Not copied: {why}").format(why=error))
            self.app.bell()
            return
        self.app.copy_to_clipboard(quoted(found))
        said = (_("Copied with its reference, where the terminal lets programs copy"), *found.notes)
        self.tell(" · ".join(said))


def in_vivo(words: str) -> str:
    """Return words as the name of a code: in one line, without marks at its ends, not too long."""
    name = " ".join(words.replace("/", " ").split()).strip(_EDGES)
    if len(name) > MOST_IN_VIVO:
        cut = name[: MOST_IN_VIVO + 1].rpartition(" ")[0] or name[:MOST_IN_VIVO]
        name = cut.strip(_EDGES)
    return name


def quoted(found: Excerpts) -> str:
    """Return an excerpt as it is pasted into a text."""
    (one,) = found.excerpts
    reference = " · ".join(filter(None, (one.reference, one.notice)))
    return f"“{one.text}”\n({reference})"
