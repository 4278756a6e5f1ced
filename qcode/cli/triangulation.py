"""``qcode triangulate``: themes and codes by role of informant or kind of source, with verdicts."""

from __future__ import annotations

from dataclasses import replace

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.theme import VERDICTS
from qcode.workflows import triangulation
from qcode.workflows.triangulation import Asked

_BY = _("role, kind (of source), or another attribute; by default the role.")
_THEME = _("A theme.")


@click.group(cls=Listing, otherwise="show",
             help=_("Set sources side by side: who says what, and your verdict on it."))  # fmt: skip
def triangulate() -> None:
    pass


@triangulate.command(help=_("Show themes or codes by groups of sources, contradictions first."))
@click.option("--theme", "names", multiple=True, metavar="THEME", help=_THEME)
@click.option("--by", default="", metavar="role|kind|ATTRIBUTE", help=_BY)
@click.option("--passages", is_flag=True, help=_("The passages behind each number, as far as they "
              "may be quoted."))  # fmt: skip
@options.project
@options.output()
@options.filters
def show(
    names: tuple[str, ...], by: str, project: str, asked: Filter, to: Output, *, passages: bool
) -> None:
    if names and asked.codes:
        raise click.UsageError(_("ask about themes or about codes"))
    wanted = Asked(names, asked.codes, by)
    within = replace(asked, codes=())
    with opened(project) as place, place.read() as connection:
        made = triangulation.passages if passages else triangulation.triangulation
        output.show(made(connection, wanted, within), to)


@triangulate.command("set", help=_(
    "Write your verdict on what a group says: {verdicts}, or none to take it back."
).format(verdicts=", ".join(one.replace(" ", "-") for one in VERDICTS)))  # fmt: skip
@click.argument("words", nargs=-1, metavar="[THEME] GROUP VERDICT")
@click.option("--theme", default="", metavar="THEME", help=_("A theme, if not before the group."))
@click.option("--code", default="", metavar="CODE", help=_("A code."))
@click.option("--by", default="", metavar="role|kind|ATTRIBUTE", help=_BY)
@click.option("--memo", default=None, metavar="TEXT", help=_("Why, for others to follow."))
@options.project
@options.coder
def set_(
    words: tuple[str, ...], by: str, memo: str | None, project: str, coder: str, **about: str
) -> None:
    if len(words) not in (2, 3):
        raise click.UsageError(
            _("say on what, by whom, which verdict: qcode triangulate set THEME GROUP VERDICT, with a name "
              "of several words in quotation marks"))  # fmt: skip
    *named, group, verdict = words
    theme, code = " ".join(named) or about["theme"], about["code"]
    if bool(theme) == bool(code) or (named and about["theme"]):
        raise click.UsageError(_("name a theme with --theme or a code with --code"))
    chosen = triangulation.verdict_typed(verdict)
    subject = ("theme", theme) if theme else ("code", code)
    with writing(project, coder, "appraise") as step:
        said = triangulation.appraise(step, subject, by, group, chosen, memo)
    diagnostics.note(f"{theme or code} · {said.group}: {said.verdict or '-'}")
