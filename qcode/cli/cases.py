"""``qcode cases``: list, bring in, link and change cases."""

from __future__ import annotations

from pathlib import Path

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.errors import BadInput
from qcode.language import _, counted
from qcode.model.case import INFORMANT
from qcode.model.filter import Filter
from qcode.store import backups
from qcode.store import cases as stored
from qcode.workflows import listing, people
from qcode.workflows.addresses import document_named

RELEASED = {"yes": True, "no": False, "unknown": None}


@click.group(cls=Listing, help=_("List, bring in, link and change cases."))
def cases() -> None:
    pass


@cases.command("list", help=_("List the cases with attributes, consent and documents."))
@click.option("--kind", default="", metavar="KIND", help=_("Only this kind, such as village."))
@options.output()
@options.project
@options.filters_of("--case", "--where")
def list_(kind: str, to: Output, project: str, asked: Filter) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(listing.cases_table(connection, kind, asked), to)


@cases.command("import", help=_("Bring in cases from a CSV or XLSX table: name, kind, consent, "
               "consent note, and a column an attribute."))  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help=_("Write over cases that exist."))
@options.project
@options.coder
def import_(file: Path, project: str, coder: str, *, update: bool) -> None:
    with acting(project, coder) as (place, who):
        backups.back_up_if_filled(place)
        with place.write(who, "import cases") as step:
            done = people.take_cases(step, file, update=update)
    diagnostics.note(counted("{n} case imported.", "{n} cases imported.", done.added))
    diagnostics.known(done.updated, done.skipped)


@cases.command(help=_("Say that a case takes part in a document, as one speaker or as a whole."))
@click.argument("document", default="")
@click.argument("case", default="")
@click.option("--speaker", default="", metavar="LABEL", help=_("As whom, by the label."))
@click.option("--same-names", is_flag=True, help=_("Link every case to the document of its name."))
@options.project
@options.coder
def link(document: str, case: str, speaker: str, project: str, coder: str, *, same_names: bool,
         ) -> None:  # fmt: skip
    if same_names == bool(case) or (same_names and (document or speaker)):
        raise click.UsageError(_("name a document and a case, or give --same-names"))
    with writing(project, coder, "link") as step:
        if same_names:
            linked = people.link_same_names(step)
            told = counted("{n} document linked.", "{n} documents linked.", len(linked))
        else:
            found = document_named(step.connection, document)
            people.link(step, found, people.case_named(step.connection, case), speaker)
            told = _("{document} is linked.").format(document=found.name)
    diagnostics.note(told)


@cases.command(help=_("Add a case that stands in no table."))
@click.argument("name")
@click.option("--kind", default=INFORMANT, show_default=True, metavar="KIND",
              help=_("What it is, such as village."))  # fmt: skip
@options.project
@options.coder
def add(name: str, kind: str, project: str, coder: str) -> None:
    with writing(project, coder, "add case") as step:
        made = people.add_case(step, name, kind)
    diagnostics.note(_("Added: {kind} {name}").format(kind=made.kind, name=made.name))


@cases.command(help=_("Take a case out of view and count; what it says is then nobody's."))
@click.argument("name")
@click.option("--undo", is_flag=True, help=_("Bring it back."))
@options.project
@options.coder
def retire(name: str, project: str, coder: str, *, undo: bool) -> None:
    with writing(project, coder, "restore case" if undo else "retire case") as step:
        found = people.case_named(step.connection, name, retired=undo)
        stored.retire(step, found.id, retired=not undo)
    told = _("{case} is back.") if undo else _("{case} is retired.")
    diagnostics.note(told.format(case=found.name))


@cases.command("set", help=_("Set an attribute of a case: qcode cases set W07 village Klaten"))
@click.argument("case")
@click.argument("attribute")
@click.argument("values", nargs=-1)
@options.project
@options.coder
def set_(case: str, attribute: str, values: tuple[str, ...], project: str, coder: str) -> None:
    given = tuple(value for value in values if value.strip())
    with writing(project, coder, "case") as step:
        found = people.case_named(step.connection, case)
        people.set_value(step, found, attribute, given)
    shown = " + ".join(given) or "-"
    diagnostics.note(f"{found.name}: {attribute} = {shown}")


@cases.command(help=_("Record what participants released."))
@click.argument("names", nargs=-1, required=True)
@click.option("--quotation", type=click.Choice(tuple(RELEASED)),
              help=_("Whether their words may be quoted."))  # fmt: skip
@click.option("--translation", type=click.Choice(tuple(RELEASED)),
              help=_("Whether they may be quoted in another language."))  # fmt: skip
@click.option("--checking", type=click.Choice(tuple(RELEASED)),
              help=_("Whether they want their words brought back to be checked."))  # fmt: skip
@click.option("--note", default="", help=_("What else was said, such as “not the village”."))
@options.project
@options.coder
def consent(
    names: tuple[str, ...], quotation: str | None, translation: str | None, checking: str | None,
    note: str, project: str, coder: str,
) -> None:  # fmt: skip
    from qcode.workflows.previewing import some

    if not (quotation or translation or checking or note):
        raise BadInput(_("say what was released: --quotation, --translation, --checking or --note"))
    with writing(project, coder, "consent") as step:
        found = [people.case_named(step.connection, name) for name in names]
        for case in found:
            if quotation:
                people.set_consent(step, case, RELEASED[quotation], note)
            elif note:
                people.note_consent(step, case, note)
            if translation:
                people.set_translation(step, case, RELEASED[translation])
            if checking:
                people.set_checking(step, case, RELEASED[checking])
    diagnostics.note(_("Recorded for {names}.").format(names=some([one.name for one in found])))
