"""``qcode guide``: the interview guide, where its questions were asked, and what was answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.model.filter import Filter

if TYPE_CHECKING:
    from qcode.model.table import Table
    from qcode.store.project import Reader

question = click.argument("question")
whom = options.whole_documents
LEAST, TAKEN = 60, 80
"""From which likeness turns are suggested, and written with --take (see ``analysis.guide``)."""


@click.group(cls=Listing, otherwise="show", named="answers", help=_(
    "Bring in the interview guide, say where its questions were asked, and read everyone's "
    "answers to one of them: “qcode guide 4”."))  # fmt: skip
def guide() -> None:
    pass


@guide.command("import", help=_("Bring in the questions of a guide.toml; those that exist are "
                                "skipped."))  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help=_("Write over questions that exist."))
@options.project
@options.coder
def import_(file: Path, project: str, coder: str, *, update: bool) -> None:
    from qcode.workflows.guide import take

    with writing(project, coder, "import guide") as step:
        done = take(step, file, update=update)
    diagnostics.note(counted("{n} question imported.", "{n} questions imported.", done.added))
    diagnostics.known(done.updated, done.skipped)


@guide.command(help=_("Show the questions, whom they are put to, and how many were asked."))
@options.project
@options.output()
@whom
def show(project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.replies import guide_table

    _show(project, to, lambda connection: guide_table(connection, asked))


def _show(project: str, to: Output, table: Callable[[Reader], Table]) -> None:
    with opened(project) as study, study.read() as connection:
        made = table(connection)
    output.show(made, to)


@guide.command(help=_("Say that a turn of a document asks a question: qcode guide mark W07 12 4"))
@click.argument("document")
@click.argument("turn", type=click.IntRange(1))
@question
@options.project
@options.coder
def mark(document: str, turn: int, question: str, project: str, coder: str) -> None:
    from qcode.workflows import guide as workflow

    with writing(project, coder, "mark question") as step:
        name, found = workflow.mark(step, document, turn, question)
    diagnostics.note(_("{document}, turn {turn}, asks question {number}: {text}").format(
        document=name, turn=turn, number=found.number, text=found.text))  # fmt: skip


@guide.command(help=_("Take back that a turn asks a question, or all that it asks."))
@click.argument("document")
@click.argument("turn", type=click.IntRange(1))
@click.argument("question", default="")
@options.project
@options.coder
def unmark(document: str, turn: int, question: str, project: str, coder: str) -> None:
    from qcode.workflows import guide as workflow

    with writing(project, coder, "unmark question") as step:
        gone = workflow.unmark(step, document, turn, question)
    diagnostics.note(counted("{n} mark taken away.", "{n} marks taken away.", gone))


@guide.command(help=_("List turns whose words are like a question and that are not marked yet; "
                      "--take marks them in one step."))  # fmt: skip
@click.option("--least", type=click.IntRange(30, 100), metavar="N",
              help=_("From this likeness on, 100 being the same words: by default {list}, with "
                     "--take {take}.").format(list=LEAST, take=TAKEN))  # fmt: skip
@click.option("--take", is_flag=True, help=_("Mark them; qcode undo takes it back."))
@options.project
@options.coder
@options.output()
@whom
def find(
    least: int | None, project: str, coder: str, asked: Filter, to: Output, *, take: bool
) -> None:
    from qcode.store.project import about
    from qcode.workflows import guide as workflow

    bar = float(least or (TAKEN if take else LEAST))
    with acting(project, coder) as (study, who):
        with study.read() as connection:
            found = tuple(workflow.suggestions(connection, bar, asked))
            table = workflow.suggested(found, bar, about(connection).get("notice", ""))
        if take and found:
            with study.write(who, "mark questions") as step:
                found = workflow.take_suggestions(step, bar, asked)
    output.show(table, to)
    if take:
        diagnostics.note(counted("{n} turn marked; “qcode undo” takes it back.",
                                 "{n} turns marked; “qcode undo” takes it back.",
                                 len(found)))  # fmt: skip


@guide.command(help=_("Show everyone's answers to a question, as far as they may be shown; the "
                      "options choose among them: the turns with a passage, words, a flag."))  # fmt: skip
@question
@options.project
@options.output()
@options.filters
def answers(question: str, project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.replies import answers_table

    _show(project, to, lambda connection: answers_table(connection, question, asked))


@guide.command(help=_("Show who was asked what: a number is how often, - not asked, x not put to "
                      "this role."))  # fmt: skip
@options.project
@options.output()
@whom
def coverage(project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.replies import coverage_table

    _show(project, to, lambda connection: coverage_table(connection, asked))


@guide.command(help=_("Count the codes of a question among those who were asked it: k of n. The "
                      "same as “qcode freq --question”."))  # fmt: skip
@question
@options.project
@options.output()
@options.filters
def codes(question: str, project: str, asked: Filter, to: Output) -> None:
    from qcode.workflows.frequency import Asked, frequency

    how = Asked(question=question)
    _show(project, to, lambda connection: frequency(connection, asked, how))


@guide.command(help=_("Take a question out of the guide, with where it was asked."))
@question
@options.project
@options.coder
def retire(question: str, project: str, coder: str) -> None:
    from qcode.store import guide as stored
    from qcode.workflows.guide import question_named

    with writing(project, coder, "retire question") as step:
        found = question_named(step.connection, question)
        stored.retire(step, found.id)
    diagnostics.note(_("Question {number} is retired.").format(number=found.number))


@guide.command("export", help=_("Write the questions to a guide.toml."))
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help=_("Write to a file instead of the terminal."))  # fmt: skip
@options.project
def export(file: Path | None, project: str) -> None:
    from qcode.formats.guide import written
    from qcode.workflows.plain_guide import typed

    with opened(project) as study, study.read() as connection:
        data = written(typed(connection))
    output.write(data, Output("toml", file))
