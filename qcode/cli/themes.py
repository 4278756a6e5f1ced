"""``qcode themes``: claims with what stands for and against them."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.filter import Filter
from qcode.model.theme import SIDES, STATUSES, Theme
from qcode.store import themes as stored
from qcode.workflows.themes import grounds_of, put, theme_named, themes_table

PARTS = ("grounds", "informants", "quotations", "against")


@click.group(cls=Listing, help=_("List themes, write them, and say what they rest on."))
def themes() -> None:
    pass


@themes.command("list", help=_("List the themes: status, what stands for and against, and who."))
@options.project
@options.output()
@options.filters
def list_(project: str, asked: Filter, to: Output) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(themes_table(connection, asked), to)


@themes.command(help=_("Show a theme: what it claims, what it rests on, who, key quotations."))
@click.argument("name")
@click.option("--part", type=click.Choice(PARTS),
              help=_("Only this table, which can then be written with --format."))  # fmt: skip
@options.project
@options.output()
@options.filters
def show(name: str, part: str | None, project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.theme_quotes import described, parts_of

    if not part and (to.file or to.format != "table"):
        raise BadInput(_("a theme is several tables; --part says which of them is written"))
    with opened(project) as place, place.read() as connection:
        found = theme_named(connection, name)
        lines = tuple(described(connection, found))
        parts = parts_of(connection, found, asked)
    if part:
        output.show(parts[part], to)
        return
    output.lines(lines)
    for table in parts.values():
        if table.rows or table.notes:
            output.lines([""])
            output.show(table)


@themes.command(help=_("Write theme, sub-theme, code, quotation and informant as one table."))
@click.option("--theme", "names", multiple=True, metavar="THEME",
              help=_("Only this theme, with those below it."))  # fmt: skip
@click.option("--all", "every", is_flag=True,
              help=_("Every passage of the codes, not the key quotations alone."))  # fmt: skip
@options.project
@options.output()
@options.filters
def quotations(
    names: tuple[str, ...], project: str, asked: Filter, to: Output, *, every: bool
) -> None:
    from qcode.workflows.theme_quotes import quotations_table

    with opened(project) as place, place.read() as connection:
        chosen = [theme_named(connection, name) for name in names]
        output.show(quotations_table(connection, asked, chosen, every=every), to)


@themes.command(help=_("Add a theme: a short name, and what it claims in a sentence."))
@click.argument("name")
@click.argument("statement", required=False, default="")
@click.option("--under", default="", metavar="THEME", help=_("The theme it is a part of."))
@click.option("--status", type=click.Choice(STATUSES), default=STATUSES[0], show_default=True,
              help=_("How far it is."))  # fmt: skip
@click.option("--memo", default="", metavar="TEXT", help=_("A note on it."))
@options.project
@options.coder
def add(
    name: str, statement: str, under: str, status: str, memo: str, project: str, coder: str
) -> None:
    with writing(project, coder, "add theme") as step:
        parent = theme_named(step.connection, under).id if under else ""
        stored.add(step, Theme("", name, statement, status, memo, parent))
    diagnostics.note(_("Added: {theme}").format(theme=name))


@themes.command(help=_("Write a theme anew: its name, its statement, its memo."))
@click.argument("theme")
@click.option("--name", metavar="NAME", help=_("Another short name."))
@click.option("--statement", metavar="TEXT", help=_("What it claims, in a sentence."))
@click.option("--memo", metavar="TEXT", help=_("A note on it."))
@options.project
@options.coder
def revise(theme: str, project: str, coder: str, **given: str | None) -> None:
    values = {name: text for name, text in given.items() if text is not None}
    if not values:
        raise click.UsageError(_("say what is to be written anew: --name, --statement or --memo"))
    with writing(project, coder, "revise theme") as step:
        found = theme_named(step.connection, theme)
        stored.revise(step, found.id, values)
    diagnostics.note(_("Revised: {theme}").format(theme=found.name))


@themes.command(help=_("Say how far a theme is."))
@click.argument("theme")
@click.argument("status", type=click.Choice(STATUSES))
@options.project
@options.coder
def status(theme: str, status: str, project: str, coder: str) -> None:
    with writing(project, coder, "theme status") as step:
        found = theme_named(step.connection, theme)
        stored.revise(step, found.id, {"status": status})
    diagnostics.note(f"{found.name}: {status}")


@themes.command(help=_("Make a theme a part of another one, or of none."))
@click.argument("theme")
@click.option("--under", default="", metavar="THEME", help=_("The theme above it."))
@options.one_of("by", ("up", _("One place up among its like.")), ("down", _("One place down.")))
@options.project
@options.coder
def move(theme: str, under: str, by: str, project: str, coder: str) -> None:
    if under and by:
        raise click.UsageError(_("say one: --under THEME, --up or --down"))
    with writing(project, coder, "move theme") as step:
        found = theme_named(step.connection, theme)
        if by:
            stored.shift(step, found.id, 1 if by == "down" else -1)
        else:
            above = theme_named(step.connection, under).id if under else ""
            stored.move(step, found.id, above)
        path = stored.read(step.connection).path(found.id)
    diagnostics.note(_("Moved: {theme}").format(theme=path))


@themes.command(help=_("Put a code, or one passage, under a theme: for it or against it."))
@click.argument("theme")
@click.option("--code", default="", metavar="CODE", help=_("A code, with those below it."))
@click.option("--coding", default="", metavar="W07:15.2", help=_("One coded passage."))
@click.option("--against", "side", flag_value=SIDES[1], default=SIDES[0],
              help=_("It speaks against the theme."))  # fmt: skip
@click.option("--why", default="", metavar="TEXT", help=_("Why, in a line."))
@options.project
@options.coder
def ground(
    theme: str, code: str, coding: str, side: str, why: str, project: str, coder: str
) -> None:
    _one_of(code, coding)
    with writing(project, coder, "ground theme") as step:
        found, what = put(step, theme, side, code, coding, why)
    told = (
        _("{what} stands for “{theme}”.")
        if side == SIDES[0]
        else _("{what} stands against “{theme}”.")
    )
    diagnostics.note(told.format(what=what, theme=found.name))


@themes.command(help=_("Take a code or a passage away from a theme."))
@click.argument("theme")
@click.option("--code", default="", metavar="CODE", help=_("A code."))
@click.option("--coding", default="", metavar="W07:15.2", help=_("One coded passage."))
@options.project
@options.coder
def unground(theme: str, code: str, coding: str, project: str, coder: str) -> None:
    _one_of(code, coding)
    with writing(project, coder, "unground theme") as step:
        found, own = grounds_of(step.connection, theme, code, coding)
        if not own:
            raise BadInput(_("{what} is not put under “{theme}”").format(
                what=code or coding, theme=found.name))  # fmt: skip
        stored.unground(step, [one.id for one in own])
    diagnostics.note(counted("{n} ground taken away from “{{theme}}”.",
                             "{n} grounds taken away from “{{theme}}”.",
                             len(own)).format(theme=found.name))  # fmt: skip


def _one_of(code: str, coding: str) -> None:
    if bool(code) == bool(coding):
        raise click.UsageError(_("name a code with --code or a passage with --coding"))


@themes.command(help=_("Take a theme out of view; “qcode undo” brings it back."))
@click.argument("theme")
@options.project
@options.coder
def retire(theme: str, project: str, coder: str) -> None:
    with writing(project, coder, "retire theme") as step:
        found = theme_named(step.connection, theme)
        stored.retire(step, found.id)
    diagnostics.note(_("Retired: {theme}; “qcode undo” brings it back.").format(theme=found.name))
