"""``qcode documents correct``, ``corrections`` and ``play``: a turn repaired, and heard again."""

from __future__ import annotations

from functools import partial

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.opened import opened, writing
from qcode.cli.output import TERMINAL, Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.document import SPEAKER_KINDS, Transcript
from qcode.store import documents
from qcode.system import run
from qcode.workflows import playing, repairing
from qcode.workflows.addresses import document_named
from qcode.workflows.repairing import Way
from qcode.workflows.telling import local_now, stamp, when

Asked = str | None


@click.command(help=_("Correct one turn: other words, another speaker, split in two, or joined "
                      "with the next; codings follow their words. “qcode documents show” numbers "
                      "the turns."))  # fmt: skip
@click.argument("name", metavar="DOCUMENT")
@click.argument("turn", type=int)
@click.option("--words", metavar="TEXT", help=_("What was said."))
@click.option("--speaker", metavar="LABEL",
              help=_("Who said it; with --split, who goes on (by default the other speaker)."))  # fmt: skip
@click.option("--split", metavar="WORDS", help=_("Let a new turn begin with these words."))
@click.option("--join", is_flag=True, help=_("Let the next turn go on in this one."))
@click.option("--kind", type=click.Choice(SPEAKER_KINDS), help=_("What a new speaker is."))
@options.project
@options.coder
def correct(
    name: str, turn: int, project: str, coder: str, *, join: bool, kind: str | None, **asked: Asked
) -> None:
    with writing(project, coder, "correct") as step:
        document = document_named(step.connection, name)
        transcript = documents.current(step.connection, document.id).transcript
        way = _way(transcript, turn, asked, join=join)
        if kind:
            _new(transcript, asked["speaker"])
        done = repairing.repair(step, document.id, way, kind=kind or "")
    diagnostics.note(_("{document} corrected.").format(document=document.name))
    for line in repairing.told(done):
        diagnostics.note(line)


def _way(transcript: Transcript, turn: int, asked: dict[str, Asked], *, join: bool) -> Way:
    """Return the one way that was asked for; raises BadInput for none or several."""
    words, speaker, split = asked["words"], asked["speaker"], asked["split"]
    ways = [words is not None, split is not None or speaker is not None, join]
    if sum(ways) != 1:
        raise BadInput(_("say one thing: --words, --speaker, --split or --join"))
    number = repairing.number_of(transcript, turn)
    if words is not None:
        return repairing.words(number, words)
    if split is not None:
        return repairing.parts_at(number, split, speaker or "")
    return repairing.speaker(number, speaker or "") if not join else repairing.joined(number)


def _new(transcript: Transcript, label: Asked) -> None:
    """Refuse to say what a speaker is who speaks in other turns, too."""
    if not label or repairing.label_of(transcript, label) in transcript.speakers:
        raise BadInput(
            _("--kind is for a new speaker; “qcode documents speakers” says what the others are")
        )


@click.command(help=_("List what was corrected (all documents, if none is named), for the "
                      "transcriber."))  # fmt: skip
@click.argument("names", nargs=-1, metavar="[DOCUMENT]...")
@options.output()
@options.project
def corrections(names: tuple[str, ...], to: Output, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        of = (
            tuple(document_named(connection, name, retired=True) for name in names)
            or documents.listed(connection)
        )  # fmt: skip
        clock = partial(when if to == TERMINAL else stamp, now=local_now())
        output.show(repairing.corrections_table(connection, of, clock), to)


@click.command(help=_("Play the recording of a document from the time at a turn. The player is set "
                      "in settings.toml, the recording with “qcode documents set --audio”."))  # fmt: skip
@click.argument("name", metavar="DOCUMENT")
@click.argument("turn", type=int)
@options.project
def play(name: str, turn: int, project: str) -> None:
    with opened(project) as place, place.read() as connection:
        document = document_named(connection, name)
        transcript = documents.current(connection, document.id).transcript
        number = repairing.number_of(transcript, turn)
        found = playing.playback(connection, document.id, number)
    diagnostics.note(_("{document} from {time}").format(document=document.name, time=found.time))
    run(found.words)
