"""``qcode review``: settle what coders did not give the same."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from qcode.analysis.adjudication import GONE, STATES
from qcode.analysis.disagreement import KINDS
from qcode.analysis.verdicts import meant
from qcode.cli import diagnostics, options, output
from qcode.cli.agreement import chosen_coders, within_round
from qcode.cli.groups import Listing
from qcode.cli.opened import opened, writing
from qcode.cli.output import TERMINAL, Output
from qcode.language import _, counted
from qcode.model.decision import VERDICTS
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.workflows import adjudication, ruling
from qcode.workflows import review as workflow
from qcode.workflows.adjudication import Ruling
from qcode.workflows.agreement import coders_named
from qcode.workflows.choosing import resolved
from qcode.workflows.telling import local_now, stamp, when

item = click.argument("item")
names = click.option("--names", "named", is_flag=True, help=_("Tell who A and B are."))
present = click.option("--with", "present", multiple=True, metavar="CODER",
                       help=_("Who else took part; you did."))  # fmt: skip
dissent = click.option("--dissent", default="", metavar="TEXT",
                       help=_("What somebody holds against it; kept beside it."))  # fmt: skip
kind = click.option("--type", "kind", type=click.Choice(KINDS[1:]), default=None,
                    help=_("Only disagreements of this kind."))  # fmt: skip


@click.group(cls=Listing, help=_("List what coders did not give the same, and settle it. An item is "
                                 "typed as the list prints it, such as W07:15kd."))  # fmt: skip
def review() -> None:
    pass


@review.command("list", help=_("List what is open, the codes on which coders agree least first."))
@chosen_coders
@within_round
@click.option("--type", "types", multiple=True, type=click.Choice((*KINDS, GONE)),
              help=_("Only items of this kind."))  # fmt: skip
@click.option("--state", "states", multiple=True, type=click.Choice(STATES),
              help=_("Only items in this state."))  # fmt: skip
@click.option("--all", "everything", is_flag=True, help=_("What is settled and agreed on, too."))
@names
@options.project
@options.output()
@options.filters
def list_(coders: tuple[str, ...], project: str, asked: Filter, to: Output, **how: Any) -> None:
    types, states = how["types"], how["states"]
    if how["everything"]:
        types, states = types or (*KINDS, GONE), states or STATES
    wanted = workflow.Wanted(coders_named(coders, asked), types, states, how["within"])
    clock = partial(when if to == TERMINAL else stamp, now=local_now())
    with opened(project) as study, study.read() as connection:
        found = adjudication.read(connection)
        table = workflow.table(connection, found, wanted, clock, named=how["named"])
    output.show(table, to)


@review.command(help=_("Take over what both agree on, in all documents at once."))
@click.option("--document", "documents", multiple=True, metavar="NAME",
              help=_("Only this document."))  # fmt: skip
@options.project
@options.coder
def agree(documents: tuple[str, ...], project: str, coder: str) -> None:
    with writing(project, coder, "take over agreements") as step:
        within = resolved(step.connection, Filter(documents=documents)).documents
        done = adjudication.take_over(step, adjudication.read(step.connection), within)
    _tell(done)


@review.command(help=_("Give one item a VERDICT: as A or b has it, the words of either (union) or "
                       "of both (intersection), other words (span), both stand, neither, or "
                       "change the codebook first."))  # fmt: skip
@item
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--span", nargs=2, type=int, metavar="START END",
              help=_("Where the words are, for the verdict span; offsets of the document."))  # fmt: skip
@click.option("--code", default="", metavar="CODE",
              help=_("Which code they get, for the verdict span."))  # fmt: skip
@options.reason
@present
@dissent
@options.project
@options.coder
def settle(item: str, verdict: str, project: str, coder: str, **how: Any) -> None:
    if verdict != "span" and (how["span"] or how["code"]):
        raise click.UsageError(_("--span and --code are for the verdict span"))
    span = Span(*how["span"]) if how["span"] else None
    with writing(project, coder, "settle item") as step:
        found = adjudication.read(step.connection)
        one = found.of(item)
        code = found.compared.book.find(how["code"]).id if how["code"] else ""
        people = (step.coder, *adjudication.people(step.connection, how["present"]))
        given = Ruling(meant(one.item, verdict), span, code, how["reason"], people, how["dissent"])
        done = adjudication.settle(step, found, [one], given)
    _tell(done)


@review.command(help=_("State a rule once: every open item of CODE gets this VERDICT, and the rule "
                       "is written beside the code as what it is not for."))  # fmt: skip
@click.argument("code")
@click.argument("verdict", type=click.Choice(("union", "intersection", "both", "neither",
                                              "codebook")))  # fmt: skip
@click.option("--rule", "text", required=True, metavar="TEXT", help=_("The rule in words."))
@kind
@click.option("--document", "documents", multiple=True, metavar="NAME",
              help=_("Only this document."))  # fmt: skip
@click.option("--example", default="", metavar="ADDRESS",
              help=_("A coding whose words become an example of the code."))  # fmt: skip
@present
@dissent
@options.project
@options.coder
@options.yes
def rule(code: str, verdict: str, text: str, project: str, coder: str, **how: Any) -> None:
    with opened(project) as study, study.read() as connection:
        found = adjudication.read(connection)
        book = found.compared.book
        wanted = ruling.Rule(book.end(book.find(code).id), verdict, text, how["kind"] or "",
                             how["example"])  # fmt: skip
        within = resolved(connection, Filter(documents=how["documents"])).documents
        number = len(ruling.ruled(found, wanted, within))
    question = counted("This settles {n} item. Go on?", "This settles {n} items. Go on?", number)
    diagnostics.confirm(question, yes=how["yes"])
    with writing(project, coder, "settle by rule") as step:
        people = (step.coder, *adjudication.people(step.connection, how["present"]))
        found = adjudication.read(step.connection)
        done = ruling.settle_by_rule(step, found, wanted, people, within, how["dissent"])
    _tell(done)


@review.command(help=_("Put an item on the agenda; it stays open."))
@item
@click.argument("text", required=False, default="")
@options.project
@options.coder
def park(item: str, text: str, project: str, coder: str) -> None:
    with writing(project, coder, "discuss") as step:
        found = adjudication.read(step.connection)
        flag = adjudication.park(step, found, found.of(item), text)
    diagnostics.note(_("On the agenda: {item}").format(item=flag[-6:]))


@review.command(help=_("Take back what was settled about an item."))
@item
@options.project
@options.coder
def reopen(item: str, project: str, coder: str) -> None:
    with writing(project, coder, "reopen item") as step:
        adjudication.reopen(step, adjudication.read(step.connection).of(item))
    diagnostics.note(_("Open again: {item}").format(item=item))


def _tell(done: adjudication.Settled) -> None:
    for sentence in adjudication.told(done):
        diagnostics.note(sentence)
