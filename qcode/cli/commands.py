"""Which commands there are and where each is defined; naming one here imports nothing of it.

A command's module is imported when the command is called, so that ``qcode --help`` starts neither
the database nor the screens. The short help stands here for the same reason.
"""

from __future__ import annotations

from typing import NamedTuple

from qcode.language import _


class Listed(NamedTuple):
    """Where a command is defined and what the list of commands says about it."""

    module: str
    attribute: str
    help: str


COMMANDS: dict[str, Listed] = {
    "demo": Listed("qcode.cli.creating", "demo", _("Open a copy of the sample project.")),
    "init": Listed("qcode.cli.creating", "init", _("Make a project in this folder.")),
    "import": Listed("qcode.cli.importing", "bring", _("Bring in transcripts or a project.")),
    "documents": Listed("qcode.cli.documents", "documents", _("List, show and change documents.")),
    "cases": Listed("qcode.cli.cases", "cases", _("List, bring in and link cases.")),
    "coders": Listed("qcode.cli.coders", "coders", _("List and add coders.")),
    "codebook": Listed("qcode.cli.codebook", "codebook", _("Show, bring in and change codes.")),
    "code": Listed("qcode.cli.coding", "code", _("Code a document on the screen.")),
    "apply": Listed("qcode.cli.codings", "apply", _("Give a passage a code.")),
    "codings": Listed("qcode.cli.codings", "codings", _("List, bring in and change codings.")),
    "memos": Listed("qcode.cli.memos", "memos", _("List, write and change memos.")),
    "find": Listed("qcode.cli.find", "find", _("Look for words in the transcripts.")),
    "searches": Listed("qcode.cli.searches", "searches", _("List saved searches.")),
    "excerpts": Listed("qcode.cli.excerpts", "excerpts", _("Write out what may be quoted.")),
    "quotations": Listed("qcode.cli.quotations", "quotations", _("Shorten, translate, use them.")),
    "freq": Listed("qcode.cli.frequency", "freq", _("Count who speaks of each code.")),
    "compare": Listed("qcode.cli.comparison", "compare", _("Compare codes by village or role.")),
    "patterns": Listed("qcode.cli.patterns", "patterns", _("List what is common and differs.")),
    "cooccur": Listed("qcode.cli.cooccurrence", "cooccur", _("List codes that stand together.")),
    "saturation": Listed("qcode.cli.saturation", "saturation", _("Show when new codes stop.")),
    "matrix": Listed("qcode.cli.matrix", "matrix", _("Set cases and codes out for R and SPSS.")),
    "framework": Listed("qcode.cli.framework", "framework", _("Sum up each case by code.")),
    "narrative": Listed("qcode.cli.narrative", "narrative", _("Tell the story of a case.")),
    "attributes": Listed("qcode.cli.attributes", "attributes", _("Count cases by attributes.")),
    "indicators": Listed("qcode.cli.indicators", "indicators", _("Show before and after.")),
    "themes": Listed("qcode.cli.themes", "themes", _("Write themes and what they rest on.")),
    "triangulate": Listed("qcode.cli.triangulation", "triangulate", _("Set sources side by side.")),
    "assign": Listed("qcode.cli.assigning", "assign", _("Say who is to code what.")),
    "rounds": Listed("qcode.cli.rounds", "rounds", _("Open, close and show double codings.")),
    "agreement": Listed("qcode.cli.agreement", "agreement", _("Show how far coders agree.")),
    "disagreements": Listed("qcode.cli.agreement", "disagreements", _("List where they differ.")),
    "review": Listed("qcode.cli.review", "review", _("Settle what coders gave differently.")),
    "decisions": Listed("qcode.cli.minutes", "decisions", _("List what was settled.")),
    "minutes": Listed("qcode.cli.minutes", "minutes", _("Write down what was decided and why.")),
    "guide": Listed("qcode.cli.guide", "guide", _("Read everyone's answers to a question.")),
    "member-check": Listed(
        "qcode.cli.member_check", "member_check", _("Bring words back to those who said them.")
    ),
    "methods": Listed("qcode.cli.methods", "methods", _("Write paragraphs on the methods.")),
    "progress": Listed("qcode.cli.progress", "progress", _("Show how far each coder is.")),
    "revisit": Listed("qcode.cli.revisiting", "revisit", _("List what to look for once more.")),
    "agenda": Listed("qcode.cli.agenda", "agenda", _("List what is to be discussed; answer it.")),
    "merge": Listed("qcode.cli.merging", "merge", _("Bring in coders' copies.")),
    "history": Listed("qcode.cli.history", "history", _("Show what was done, by whom, when.")),
    "undo": Listed("qcode.cli.history", "undo", _("Undo your last step.")),
    "redo": Listed("qcode.cli.history", "redo", _("Do again what was undone last.")),
    "keys": Listed("qcode.cli.keys", "keys", _("List the keys of the screens.")),
    "check": Listed("qcode.cli.keeping", "check", _("Look for damage.")),
    "backup": Listed("qcode.cli.keeping", "backup", _("Write a copy of the project.")),
    "export": Listed("qcode.cli.exporting", "export", _("Write a report, tables or the project.")),
}
"""Commands by name, in the order of the help; one feature after the other."""

HOME: Listed | None = Listed("qcode.cli.creating", "home", _("Open the project of this folder."))
"""What ``qcode`` does without a command: open the project; the help where it is None."""
