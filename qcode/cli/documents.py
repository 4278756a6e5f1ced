"""``qcode documents``: list, show and change documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from qcode.cli import diagnostics, options, output, repairing
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.errors import NotFound
from qcode.language import _, counted
from qcode.model.document import DOCUMENT_KINDS, SPEAKER_KINDS, Document
from qcode.model.filter import Filter
from qcode.store import coders
from qcode.store import documents as stored
from qcode.store.project import Reader
from qcode.workflows import correcting, listing, people, playing, reading
from qcode.workflows.addresses import document_named
from qcode.workflows.correcting import Corrected


@click.group(cls=Listing, help=_("List, show and change documents."))
def documents() -> None:
    pass


@documents.command("list", help=_("List the documents with codings by coder."))
@click.option("--retired", is_flag=True, help=_("Retired ones too."))
@options.output()
@options.project
@options.whole_documents
def list_(to: Output, project: str, asked: Filter, *, retired: bool) -> None:
    with opened(project) as place, place.read() as connection:
        output.show(listing.documents_table(connection, asked, retired=retired), to)


@documents.command(help=_("Print a document with numbers and its codings."))
@click.argument("name")
@options.project
def show(name: str, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        document = document_named(connection, name, retired=True)
        output.lines(reading.shown(connection, document))


@documents.command(help=_("Say who speaks in documents (all, if none is named), or list it."))
@click.argument("names", nargs=-1)
@click.option("--label", default="", help=_("The label of the speaker, as in the text."))
@click.option("--kind", type=click.Choice(SPEAKER_KINDS), help=_("What the speaker is."))
@click.option("--name", "called", default="", help=_("The name shown instead of the label."))
@click.option("--case", default="", metavar="NAME", help=_("The case whose words these are."))
@options.output()
@options.project
@options.coder
def speakers(names: tuple[str, ...], label: str, to: Output, project: str, coder: str, **asked: str,
             ) -> None:  # fmt: skip
    change = people.Change(label, asked["kind"] or "", asked["called"], asked["case"])
    if change == people.Change(label):
        if label:
            raise click.UsageError(_("say what of this speaker changes: --kind, --name or --case"))
        with opened(project) as place, place.read() as connection:
            output.show(listing.speakers_table(connection, _chosen(connection, names)), to)
        return
    options.without_output(to, _("speakers are changed"))
    with writing(project, coder, "speakers") as step:
        done = people.change(step, _chosen(step.connection, names), change)
    diagnostics.note(counted("{n} document changed.", "{n} documents changed.", len(done)))


def _chosen(connection: Reader, names: tuple[str, ...]) -> tuple[Document, ...]:
    if names:
        return tuple(document_named(connection, name) for name in names)
    everything = stored.listed(connection)
    if not everything:
        raise NotFound(_("the project holds no documents; “qcode import FOLDER” brings them in"))
    return everything


@documents.command("set", help=_("Change the name, kind or further details of a document."))
@click.argument("name")
@click.option("--name", "new", default="", metavar="NAME", help=_("What it is called from now on."))
@click.option("--kind", type=click.Choice(DOCUMENT_KINDS), help=_("What kind of text it is."))
@click.option("--detail", "details", multiple=True, metavar="A=B", callback=options.pairs,
              help=_("Date, place and the like, such as date=2025-03-11."))  # fmt: skip
@click.option("--audio", metavar="FILE", type=click.Path(path_type=Path),
              help=_("Where its recording lies on this computer; “-” for nowhere."))  # fmt: skip
@options.project
@options.coder
def set_(
    name: str, new: str, kind: str | None, details: tuple[tuple[str, str], ...], project: str,
    coder: str, audio: Path | None,
) -> None:  # fmt: skip
    given = {key: value for key, value in (("name", new), ("kind", kind)) if value}
    if audio:
        with opened(project) as place, place.maintain() as connection:
            document = document_named(connection, name)
            playing.keep_recording(connection, document.id, None if str(audio) == "-" else audio)
        if not given and not details:
            return
    with writing(project, coder, "document") as step:
        document = document_named(step.connection, name)
        people.describe(step, document, given | dict(details))
    diagnostics.note(_("{document} changed.").format(document=document.name))


@documents.command(help=_("Say that you have finished coding a document."))
@click.argument("name")
@click.option("--nothing", is_flag=True, help=_("There was nothing to code."))
@click.option("--undo", is_flag=True, help=_("It is not finished after all."))
@options.project
@options.coder
def finish(name: str, project: str, coder: str, *, nothing: bool, undo: bool) -> None:
    if nothing and undo:
        raise click.UsageError(_("--nothing and --undo say different things; leave one out"))
    with writing(project, coder, "unfinish" if undo else "finish") as step:
        document = document_named(step.connection, name)
        if undo:
            stored.unfinish(step, document.id)
        else:
            people.finish(step, document, nothing=nothing)
        who = coders.names(step.connection).get(step.coder, coder)
    told = _("{document} is open again for {coder}.") if undo else _("{coder} finished {document}.")
    diagnostics.note(told.format(document=document.name, coder=who))


@documents.command(help=_("Take in a corrected transcript; codings follow their words."))
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", default="", metavar="NAME", help=_("If it is not in UTF-8."))
@options.project
@options.coder
def update(name: str, file: Path, encoding: str, project: str, coder: str) -> None:
    corrected = correcting.read(file, encoding)
    for warning in corrected.warnings:
        diagnostics.warning(f"{corrected.file}: {warning}")
    with acting(project, coder) as (place, who), place.write(who, "correct") as step:
        document = document_named(step.connection, name)
        done = correcting.correct(step, document, corrected)
    for line in _told(document.name, done):
        diagnostics.note(line)


def _told(name: str, done: Corrected) -> Iterator[str]:
    yield counted("{n} place of the text is new.", "{n} places of the text are new.", done.places)
    yield counted("{n} coding stays on its words.", "{n} codings stay on their words.", done.same)
    if done.changed:
        yield counted("{n} coding stands on other words now", "{n} codings stand on other words now",
                      done.changed) + _("; look at them: qcode codings list --document {name}"
                                        ).format(name=name)  # fmt: skip
    if done.lost:
        yield counted("{n} coding needs a place", "{n} codings need a place", done.lost) + _(
            "; give them one with qcode codings move, or retire them"
        )
    if done.labels:
        yield _("New speakers: {labels}; say who they are: qcode documents speakers {name}").format(
            labels=", ".join(done.labels), name=name
        )


@documents.command(help=_("Take a document out of view and count; its codings with it."))
@click.argument("name")
@click.option("--undo", is_flag=True, help=_("Bring it back."))
@options.project
@options.coder
def retire(name: str, project: str, coder: str, *, undo: bool) -> None:
    with writing(project, coder, "restore document" if undo else "retire document") as step:
        document = document_named(step.connection, name, retired=undo)
        stored.retire(step, document.id, retired=not undo)
    told = _("{document} is back.") if undo else _("{document} is retired.")
    diagnostics.note(told.format(document=document.name))


documents.add_command(repairing.correct)
documents.add_command(repairing.corrections)
documents.add_command(repairing.play)
