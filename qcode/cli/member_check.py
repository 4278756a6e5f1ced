"""``qcode member-check``: bring back to a participant what was understood; obey his answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qcode.cli import diagnostics, options, output
from qcode.cli.groups import Listing
from qcode.cli.opened import acting, opened, writing
from qcode.cli.output import Output
from qcode.language import _, counted
from qcode.model.answer import WAYS
from qcode.model.filter import Filter
from qcode.model.methods import LANGUAGES


@click.group(cls=Listing, named="page", name="member-check", help=_(
    "Bring back to a participant what was understood, and obey what he answers: "
    "“qcode member-check W07 -o W07.docx” makes his page, without a name who was asked is "
    "listed."))  # fmt: skip
def member_check() -> None:
    pass


@member_check.command("list", help=_("List who was asked, and what was answered."))
@options.project
@options.output()
@options.filters_of("--case", "--where")
def list_(project: str, to: Output, asked: Filter) -> None:
    from qcode.workflows.answers import overview

    with opened(project) as study, study.read() as connection:
        table = overview(connection, asked)
    output.show(table, to)


@member_check.command(help=_("Make the page of a participant: his own words, each with a number "
                             "and room for an answer."))  # fmt: skip
@click.argument("case")
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help=_("A .docx, .html, .md or .txt file; the numbers on it stay. "
                                     "Without a file it is only shown."))  # fmt: skip
@click.option("--read-aloud", "aloud", is_flag=True,
              help=_("To be read to somebody who does not read: short sentences, no boxes."))  # fmt: skip
@click.option("--codes", "with_codes", is_flag=True, help=_("With the names of the codes."))
@click.option(
    "--memos", "with_memos", is_flag=True, help=_("With the memos about the participant.")
)
@click.option("--summaries", is_flag=True,
              help=_("With your summaries of the participant, which are written for yourself."))  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES),
              help=_("The language of the page; by default the project's."))  # fmt: skip
@click.option("--theme", "themes", multiple=True, metavar="NAME",
              help=_("Only passages that this theme rests on."))  # fmt: skip
@options.project
@options.coder
@options.filters_but("--coder", "--case", "--where", "--language")
def page(case: str, file: Path | None, language: str | None, project: str, coder: str, *,
         asked: Filter, aloud: bool, **chosen: Any) -> None:  # fmt: skip
    from qcode.analysis.member_check.telling import sheet
    from qcode.formats.member_check import lines, write
    from qcode.workflows import member_check as workflow
    from qcode.workflows.understood import Wanted

    wanted = Wanted(chosen["with_codes"], chosen["with_memos"], chosen["summaries"],
                    chosen["themes"])  # fmt: skip
    with acting(project, coder) as (study, who):
        with study.read() as connection:
            made = workflow.prepared(connection, case, asked, wanted, language or "")
        told = sheet(made.material, made.language, aloud=aloud)
        if file:
            page = write(told, file.suffix.lower())
            with study.write(who, "member check") as step:
                workflow.ask(step, made.case, made.own)
                output.write(page, Output("docx", file))
        else:
            output.lines(lines(told))
            diagnostics.note(_("Only shown: answers go by the numbers on a page that -o FILE "
                               "writes."))  # fmt: skip
    for note in made.notes:
        diagnostics.note(note)


@member_check.command(help=_("Write down what a participant said to a passage, by its number on "
                             "his page or by the address of a coding: agree, correct, do-not-use "
                             "or withdraw."))  # fmt: skip
@click.argument("case")
@click.argument("passage")
@click.argument("verdict")
@click.option("--text", default="", metavar="TEXT", help=_("What he said, or put right."))
@click.option("--how", type=click.Choice([way.replace(" ", "-") for way in WAYS]),
              help=_("How he was asked."))  # fmt: skip
@options.project
@options.coder
def answer(case: str, passage: str, verdict: str, text: str, how: str | None, project: str,
           coder: str) -> None:  # fmt: skip
    from qcode.model.answer import FORBIDDING
    from qcode.store.answers import Given
    from qcode.workflows import answers as workflow
    from qcode.workflows.member_check import participant

    given = Given(workflow.verdict_named(verdict), text, (how or "").replace("-", " "))
    with writing(project, coder, "member answer") as step:
        who = participant(step.connection, case)
        found = workflow.answer(step, who, passage, given)
        quoted = workflow.quoted_of(step, found)
    names = workflow.verdict_names()
    diagnostics.note(f"{who.name} {found.number}: {names[given.verdict]}")
    if found.verdict not in {"", given.verdict}:
        diagnostics.note(_("Before, he had answered: {answer}; “qcode undo” takes this back.")
                         .format(answer=names[found.verdict]))  # fmt: skip
    if found.forbids and given.verdict not in FORBIDDING:
        diagnostics.note(_("The mark “not to be used” that obeyed it is taken away."))
    if given.verdict in FORBIDDING:
        diagnostics.note(_("His words there are marked “not to be used”: no table counts them, and "
                           "nothing shows them."))  # fmt: skip
        _take_out(quoted)


def _take_out(quoted: tuple[str, ...]) -> None:
    if quoted:
        diagnostics.note(_("He is quoted already; take it out of: {places}").format(
            places=", ".join(quoted)))  # fmt: skip


@member_check.command(help=_("Obey a participant who takes back everything he said."))
@click.argument("case")
@click.option("--text", default="", metavar="TEXT", help=_("What he said."))
@click.option("--how", type=click.Choice([way.replace(" ", "-") for way in WAYS]),
              help=_("How he was asked."))  # fmt: skip
@options.yes
@options.project
@options.coder
def withdraw(case: str, text: str, how: str | None, project: str, coder: str, *, yes: bool,
             ) -> None:  # fmt: skip
    from qcode.store.answers import Given
    from qcode.workflows import answers as workflow
    from qcode.workflows.people import case_named

    diagnostics.confirm(_("Take all words of {case} out of the study?").format(case=case), yes=yes)
    with writing(project, coder, "withdraw all") as step:
        who = case_named(step.connection, case)
        given = Given("withdraw", text, (how or "").replace("-", " "))
        done = workflow.withdraw(step, who, given)
    diagnostics.note(counted("{{case}}: {n} stretch of words is out of all analysis; the case is "
                             "retired. “qcode undo” takes it back.",
                             "{{case}}: {n} stretches of words are out of all analysis; the case "
                             "is retired. “qcode undo” takes it back.",
                             done.stretches).format(case=who.name))  # fmt: skip
    _take_out(done.quoted)
    for names in done.telling:
        diagnostics.note(_("Look through what else tells of him: {documents}").format(
            documents=names))  # fmt: skip
