"""Stating a rule once: one verdict for all open items of a code, written beside the code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual import on

from qcode.language import _, counted
from qcode.store.project import Step
from qcode.tui.screens.judging import JudgingScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows import adjudication, ruling
from qcode.workflows.items import Docket, Entry
from qcode.workflows.review import kind_names
from qcode.workflows.ruling import Rule

_RULED = (("u", "union"), ("i", "intersection"), ("2", "both"), ("x", "neither"),
          ("c", "codebook"))  # fmt: skip
_ANY = "*"
"""Stands for items of every kind."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A rule as far as it is stated, and how many items it settles."""

    rule: Rule
    number: int
    example: str
    """Address of a passage that may become an example."""


class RulingScreen(JudgingScreen):
    """The items with rules that settle many."""

    _begun: Begun | None = None

    def action_rule(self) -> None:
        """Ask for the verdict of a rule about the code of the highlighted item."""
        docket, entry = self.docket, self.row
        if docket is None or entry is None:
            return
        code = self._ruled_code(entry)
        ways = [
            Way(letter if kind else letter.upper().replace("2", "B"),
                _told(verdict, kind, number), f"{verdict} {kind or _ANY}")
            for kind in (entry.item.kind, "") for letter, verdict in _RULED
            if (number := len(ruling.ruled(docket.review, Rule(code, verdict, "", kind))))
        ]  # fmt: skip
        if not ways:
            self.tell(_("Nothing that is open has this code and can be settled by a rule."))
            return
        name = docket.book[code].name
        self._begun = Begun(Rule(code, "", ""), 0, _example(docket, entry))
        title = _("A rule for “{code}”: which verdict, for which items?").format(code=name)
        self.query_one(Choice).open("rule", title, ways)

    def _ruled_code(self, entry: Entry) -> str:
        if self._code in entry.item.codes:
            return self._code
        return entry.item.codes[0] if entry.item.spans[0] else entry.item.codes[1]

    @on(Choice.Made)
    def _verdict_made(self, event: Choice.Made) -> None:
        docket, begun = self.docket, self._begun
        if docket is None or begun is None or event.about not in ("rule", "example"):
            return
        if event.about == "example":
            self._settle_by(begun if event.value else replace(begun, example=""))
            return
        verdict, _blank, kind = event.value.partition(" ")
        rule = Rule(begun.rule.code, verdict, "", "" if kind == _ANY else kind)
        number = len(ruling.ruled(docket.review, rule))
        self._begun = replace(begun, rule=rule, number=number)
        self.grid.focus()
        title = counted("The rule in words, for {n} item; it is written beside the code",
                        "The rule in words, for {n} items; it is written beside the code",
                        number)  # fmt: skip
        self.query_one(AskLine).open("rule", title)

    @on(AskLine.Answered)
    def _rule_stated(self, event: AskLine.Answered) -> None:
        begun = self._begun
        if event.about != "rule" or begun is None:
            return
        if not event.text:
            self.tell(_("A rule is stated in words; nothing was settled."))
            return
        self._begun = begun = replace(begun, rule=replace(begun.rule, text=event.text))
        said = counted("{n} item", "{n} items", begun.number)
        ways = [Way("y", _("Yes, settle {items}").format(items=said), "")]
        if begun.example:
            text = _("Yes, and this passage becomes an example of the code")
            ways.append(Way("e", text, begun.example))
        self.query_one(Choice).open("example", _("Settle {items} by this rule?").format(items=said),
                                    ways)  # fmt: skip

    def _settle_by(self, begun: Begun) -> None:
        self.grid.focus()
        rule = replace(begun.rule, example=begun.example)
        present = (self.access.coder, *self._present)
        dissent = self._next_ruling["dissent"]

        def by_rule(step: Step) -> str:
            review = adjudication.read(step.connection)
            done = ruling.settle_by_rule(step, review, rule, present, dissent=dissent)
            return " ".join(adjudication.told(done))

        self.write("settle by rule", by_rule, lambda said: said)


def _example(docket: Docket, entry: Entry) -> str:
    found = [docket.sides.addresses.get(one.coding, "") for one in entry.item.inputs]
    return next(filter(None, found), "")


def _told(verdict: str, kind: str, number: int) -> str:
    verdicts = {"union": _("the words of either"), "intersection": _("the words of both"),
                "both": _("both stand"), "neither": _("neither"),
                "codebook": _("the codebook must change")}  # fmt: skip
    items = counted("{n} open item", "{n} open items", number)
    about = _("of kind “{kind}”").format(kind=kind_names()[kind]) if kind else _("of any kind")
    return f"{verdicts[verdict]}: {items} {about}"
