"""The options that choose passages, documents and cases: the same on every command.

They reach the command as one value, a Filter that still holds names as they were typed. --save
keeps it under a name, by which ``@name`` takes it up again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource

from qcode import settings
from qcode.cli import diagnostics, given
from qcode.errors import BadInput
from qcode.language import _
from qcode.model.bound import Bound
from qcode.model.coding import FLAGS
from qcode.model.document import DOCUMENT_KINDS
from qcode.model.filter import LITERAL, MATCHES, OVERLAP, RECORD, WITHIN, Filter

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Command = Callable[P, R]

NAMED = "@"
"""Stands for the argument ``@name`` where options are left out."""
_MARK = "wanted_"
"""Before the name of each field, so that no other parameter of a command is called the same."""


def pairs(
    _ctx: click.Context, _parameter: click.Parameter, typed: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Read what was typed as A=B, as often as it was typed."""
    if not typed:
        return ()
    from qcode.workflows.asking import pair

    return _read(typed, pair)


def _conditions(
    _ctx: click.Context, _parameter: click.Parameter, typed: tuple[str, ...]
) -> tuple[tuple[str, str | Bound], ...]:
    """Read what was typed as A=B or, of what can be compared, as A>=B."""
    if not typed:
        return ()
    from qcode.workflows.asking import condition

    return _read(typed, condition)


def _read(typed: Iterable[str], how: Callable[[str], T]) -> tuple[T, ...]:
    try:
        return tuple(map(how, typed))
    except BadInput as error:
        raise click.BadParameter(str(error)) from error


def _searches(
    _ctx: click.Context, _parameter: click.Parameter, typed: tuple[str, ...]
) -> tuple[str, ...]:
    for text in typed:
        if not text.startswith(NAMED) or text == NAMED:
            raise click.UsageError(
                _("“{text}” is no option; a saved search is typed @NAME, a file -o FILE").format(
                    text=text
                )
            )
    return tuple(text.removeprefix(NAMED) for text in typed)


def _several(option: str, field: str, metavar: str, help: str) -> Callable[[Any], Any]:
    return click.option(option, f"{_MARK}{field}", multiple=True, metavar=metavar, help=help)


def _text(option: str, field: str, metavar: str, help: str) -> Callable[[Any], Any]:
    return click.option(option, f"{_MARK}{field}", multiple=True, metavar=metavar, help=help,
                        callback=_once)  # fmt: skip


def _once(ctx: click.Context, parameter: click.Parameter, typed: tuple[str, ...]) -> str:
    """Read what may be typed once, of which else the last alone would count."""
    given.something(ctx, parameter, typed)
    if len(typed) > 1:
        from qcode.workflows.asking import twice

        raise click.UsageError(twice(parameter.opts[0]))
    return "".join(typed)


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "--code": _several("--code", "codes", "CODE", _(
        "Only passages with this code or one below it; several are alternatives.")),
    "--and": _several("--and", "also", "CODE", _(
        "Only those that also have this code or one below it, by the same coder.")),
    "--not": _several("--not", "without", "CODE", _(
        "Leave out passages that also have this code or one below it.")),
    "--within": click.option("--within", f"{_MARK}within", type=click.Choice(WITHIN),
        default=OVERLAP, show_default=True, help=_(
            "Where --and and --not look: at the very same passage, at words that overlap, in the "
            "same turn, document or case.")),
    "--near": click.option("--near", f"{_MARK}near", type=click.IntRange(min=0), metavar="N", help=_(
        "Instead: with at most N words between.")),
    "--document": _several("--document", "documents", "NAME", _("Only this document.")),
    "--case": _several("--case", "cases", "NAME", _("Only this case.")),
    "--where": click.option("--where", f"{_MARK}where", multiple=True, metavar="A=B|A>=N",
        callback=_conditions, help=_(
            "Only cases whose attribute A is B. The same attribute again is an alternative, "
            "another attribute must hold too. Numbers and dates also with >= <= > <, in quotation "
            'marks: "age>=40", "met<2019-03"; several must all hold, and a case without a '
            "value is in none.")),
    "--kind": click.option("--kind", f"{_MARK}kinds", multiple=True,
        type=click.Choice(DOCUMENT_KINDS), help=_("Only documents of this kind.")),
    "--layer": click.option("--layer", f"{_MARK}layer", default=RECORD, show_default=True,
        metavar="record|consensus|CODER", help=_("Whose codings count for each document.")),
    "--coder": _several("--coder", "coders", "NAME", _(
        "Only this coder's codings, also where they do not count.")),
    "--flag": _several("--flag", "flags", "KIND", _(
        "Only passages with this flag on some of their words: {kinds}.").format(
            kinds=", ".join(kind.replace(" ", "-") for kind in FLAGS))),
    "--memo": _text("--memo", "memo", "TEXT", _("Only codings with a memo that has these words.")),
    "--text": _text("--text", "text", "TEXT", _("Only passages with these words.")),
    "--match": click.option("--match", f"{_MARK}match", type=click.Choice(MATCHES), default=LITERAL,
        show_default=True, help=_(
            "How words are looked for: as typed, as whole words, as a regular expression, misspelt "
            "(one letter in four), or with the same stem.")),
    "--language": _text("--language", "language", "id|en", _(
        "The language of stems. By default the project's.")),
    "--search": _several("--search", "searches", "NAME", _(
        "What was saved under this name; @NAME for short.")),
}  # fmt: skip
_SAVED = click.option("--save", f"{_MARK}save", default="", metavar="NAME", help=_(
    "Keep these options under a name; @NAME stands for them from then on."))  # fmt: skip
_SEARCHES = click.argument(f"{_MARK}named", nargs=-1, metavar="[@SEARCH]...", callback=_searches)


def filters(command: Command[..., R]) -> Command[..., R]:
    """Give ``asked``: a Filter that holds names as typed, which a workflow turns into ids."""
    return filters_but()(command)


def filters_but(*left: str) -> Callable[[Command[..., R]], Command[..., R]]:
    """Give ``asked`` without some options, or NAMED, that mean something else on a command.

    The command also takes ``project``, where --save keeps what was asked.
    """
    return _given([option for name, option in _OPTIONS.items() if name not in left],
                  named=NAMED not in left)  # fmt: skip


def filters_of(*kept: str) -> Callable[[Command[..., R]], Command[..., R]]:
    """Give ``asked`` with some options alone, where the others mean nothing.

    A saved search may have more: see ``choosing.resolved_of``.
    """
    return _given([_OPTIONS[name] for name in (*kept, "--search")], named=True)


def layer_typed() -> bool:
    """Tell whether this command was told whose codings count."""
    source = click.get_current_context().get_parameter_source(f"{_MARK}layer")
    return source is ParameterSource.COMMANDLINE


def _given(
    declared: list[Callable[[Any], Any]], *, named: bool
) -> Callable[[Command[..., R]], Command[..., R]]:
    """Return what gives ``asked`` of some options, and of names of saved searches without one."""
    declared = [*declared, _SAVED]
    if named:
        declared.append(_SEARCHES)

    def decorate(command: Command[..., R]) -> Command[..., R]:
        @functools.wraps(command)
        def with_filter(*args: Any, wanted_save: str, **kwargs: Any) -> R:
            asked = _taken(kwargs)
            if wanted_save:
                _refuse_stranger(kwargs["project"], kwargs.get("coder", ""))
            found = command(*args, asked=asked, **kwargs)
            if wanted_save:
                _save(kwargs["project"], kwargs.get("coder", ""), wanted_save, asked)
            return found

        for option in reversed(declared):
            with_filter = option(with_filter)
        return with_filter

    return decorate


def _taken(given: dict[str, Any]) -> Filter:
    """Take the options of the filter out of all that was given."""
    own = {name.removeprefix(_MARK): given.pop(name)
           for name in list(given) if name.startswith(_MARK)}  # fmt: skip
    own["searches"] = (*own.get("searches", ()), *own.pop("named", ()))
    return Filter(**own)


def _refuse_stranger(project: str, coder: str) -> None:
    """Refuse that a search makes a coder of somebody who did not say who he is."""
    from qcode.cli.opened import opened
    from qcode.cli.options import coder_asked

    if coder_asked():
        return
    with opened(project) as place:
        if not place.viewer:
            raise BadInput(
                _("{name} has not joined this project; to save a search, say who you are: “qcode "
                  "--coder NAME ...”").format(name=coder or settings.coder_name())
            )  # fmt: skip


def _save(project: str, coder: str, name: str, asked: Filter) -> None:
    """Keep what was asked, once the command has shown that it means something."""
    from qcode.cli.opened import writing
    from qcode.workflows import searching

    typed = click.get_current_context().find_root().params.get("coder")
    who = coder or settings.coder_name(typed or "")
    with writing(project, who, "save search") as step:
        one = searching.save(step, name, asked)
    diagnostics.note(
        _("Saved: @{name} stands for {options}").format(name=one.name, options=one.line)
    )
