"""``qcode quotations``: shorten, translate and keep track of what is quoted."""

from __future__ import annotations

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.quotation import ROLES
from qcode.store import quotations as stored
from qcode.workflows import quotations as prepared

address = click.argument("address")


@click.group(cls=Listing, help=_("Prepare quotations: shorten, translate, say where they are used. "
                                 "A quotation is typed as W07:15.2, which excerpts print."))  # fmt: skip
def quotations() -> None:
    pass


@quotations.command("list", help=_("List the quotations that are prepared."))
@click.option("--role", default="", metavar="ROLE", help=_("Only those with this role."))
@click.option("--unused", is_flag=True, help=_("Only those that are used nowhere yet."))
@options.project
@options.output()
@options.filters
def list_(role: str, project: str, asked: Filter, to: Output, *, unused: bool) -> None:
    with opened(project) as study, study.read() as connection:
        found = prepared.table(connection, asked, role=role, unused=unused)
    output.show(found, to)


@quotations.command(help=_("Count how often each informant is quoted."))
@options.project
@options.output()
@options.filters
def informants(project: str, asked: Filter, to: Output) -> None:
    with opened(project) as study, study.read() as connection:
        found = prepared.informants(connection, asked)
    output.show(found, to, bars=("used",))


@quotations.command(help=_("Leave words out of a quotation. TEXT is what stays of it, with [...] "
                           "where words are left out; without TEXT the words are listed with "
                           "their numbers, for --cut."))  # fmt: skip
@address
@click.argument("text", default="")
@click.option("--cut", "cuts", multiple=True, metavar="A-B", help=_("Leave out words A to B."))
@click.option("--whole", is_flag=True, help=_("Quote the whole passage again."))
@options.project
@options.coder
def shorten(
    address: str, text: str, cuts: tuple[str, ...], project: str, coder: str, *, whole: bool
) -> None:
    if bool(text.strip()) + bool(cuts) + whole > 1:
        raise BadInput(_("say it in one way: TEXT, --cut or --whole"))
    if not (text.strip() or cuts or whole):
        with opened(project) as study, study.read() as connection:
            passage = prepared.quotable(connection, prepared.at(connection, address))
        words = enumerate(prepared.spoken_words(passage), 1)
        output.lines([" ".join(f"{word}({number})" for number, word in words)])
        return
    with writing(project, coder, "shorten quotation") as step:
        quoted = prepared.shorten(step, prepared.at(step.connection, address), text, cuts)
    output.lines([quoted])


@quotations.command(help=_("Keep a translation beside a quotation: qcode quotations translate "
                           "W07:15.2 en TEXT --by NAME"))  # fmt: skip
@address
@click.argument("language")
@click.argument("text", default="")
@click.option("--by", default="", metavar="NAME", help=_("Who translated it."))
@click.option("--checked", default="", metavar="NAME",
              help=_("Who checked it; without TEXT, of the translation that is there."))  # fmt: skip
@options.project
@options.coder
def translate(
    address: str, language: str, text: str, by: str, checked: str, project: str, coder: str
) -> None:  # fmt: skip
    with writing(project, coder, "translate quotation") as step:
        coding = prepared.at(step.connection, address)
        prepared.translate(step, coding, language.casefold(), text, by.strip(), checked.strip())
    diagnostics.note(_("Recorded for {names}.").format(names=address))


@quotations.command(help=_("Say why this is a key quotation: {roles}, or none.").format(
    roles=", ".join(ROLES)))  # fmt: skip
@address
@click.argument("role")
@options.project
@options.coder
def role(address: str, role: str, project: str, coder: str) -> None:
    with writing(project, coder, "key quotation") as step:
        given = prepared.give_role(step, prepared.at(step.connection, address), role)
    diagnostics.note(f"{address}: {given}")


@quotations.command(help=_("Say where a quotation is used: qcode quotations use W07:15.2 "
                           '"Chapter 4" "Table 3"'))  # fmt: skip
@address
@click.argument("places", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help=_("It is no longer used there."))
@options.project
@options.coder
def use(
    address: str, places: tuple[str, ...], project: str, coder: str, *, remove: bool
) -> None:  # fmt: skip
    with writing(project, coder, "use quotation") as step:
        prepared.use(step, prepared.at(step.connection, address), places, used=not remove)
    diagnostics.note(_("Recorded for {names}.").format(names=address))


@quotations.command(help=_("Take away all that is prepared of quotations; the passages stay."))
@click.argument("addresses", nargs=-1, required=True)
@click.option("--translation", "language", default="", metavar="LANGUAGE",
              help=_("Only the translation into this language."))  # fmt: skip
@options.project
@options.coder
def forget(addresses: tuple[str, ...], language: str, project: str, coder: str) -> None:
    with writing(project, coder, "forget quotation") as step:
        for coding in [prepared.at(step.connection, one) for one in addresses]:
            if language:
                stored.untranslate(step, coding, language.casefold())
            else:
                stored.forget(step, coding)
    diagnostics.note(_("Recorded for {names}.").format(names=", ".join(addresses)))
