"""The options that several commands share, so that they are spelt and explained once.

Each is a decorator. What belongs together reaches the command as one value: the filter options as
a Filter that still holds names as they were typed, the options of the output as an Output.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource

from qcode import settings
from qcode.cli import diagnostics, filtering
from qcode.cli.given import something
from qcode.cli.output import PICTURES, Output
from qcode.errors import BadInput
from qcode.language import _
from qcode.system import uncollected

P = ParamSpec("P")
R = TypeVar("R")
Command = Callable[P, R]

filters, pairs = filtering.filters, filtering.pairs
filters_but, filters_of = filtering.filters_but, filtering.filters_of
NAMED = filtering.NAMED
whole_documents = filters_of("--document", "--kind", "--case", "--where")
"""Gives ``asked``: a Filter of names that leaves whole documents, see ``choosing.whole_documents``."""

FORMATS = ("table", "csv", "json", "markdown", "xlsx", "docx")
FOR_FILES = ("xlsx", "docx", "png", "pdf")
"""Formats that no terminal or pipe takes."""


def _from_group(ctx: click.Context, name: str) -> str:
    """Return what was given before the name of the command, as in ``qcode -p P freq``."""
    return ctx.find_root().params.get(name) or ""


def _project(ctx: click.Context, parameter: click.Parameter, typed: str | None) -> str:
    if ctx.resilient_parsing:
        return ""
    something(ctx, parameter, typed)
    return settings.project_place(typed or _from_group(ctx, "project"))


def _coder(ctx: click.Context, parameter: click.Parameter, typed: str | None) -> str:
    if ctx.resilient_parsing:
        return ""
    something(ctx, parameter, typed)
    if problem := settings.remembered().problem:
        diagnostics.warning(problem)
    return settings.coder_name(typed or _from_group(ctx, "coder"))


def coder_asked() -> str:
    """Return the coder who was named for this command, there or in the environment; else nothing."""
    ctx = click.get_current_context()
    own = any(one.name == "coder" and one.callback is _coder for one in ctx.command.params)
    typed = own and ctx.get_parameter_source("coder") is ParameterSource.COMMANDLINE
    named = str(ctx.params["coder"]) if typed else _from_group(ctx, "coder")
    return named or os.environ.get("QCODE_CODER", "").strip()


project = click.option(
    "-p",
    "--project",
    metavar="PATH|URL",
    callback=_project,
    help=_("The project: a .qcode file or a postgresql:// address. By default the one here."),
)
"""Gives ``project``: the file or address, found as DESIGN says; raises NotFound where none is."""


def _as_typed(ctx: click.Context, parameter: click.Parameter, typed: str | None) -> str:
    something(ctx, parameter, typed)
    return "" if ctx.resilient_parsing else typed or _from_group(ctx, "project")


project_as_typed = click.option(
    "-p",
    "--project",
    metavar="PATH|URL",
    callback=_as_typed,
    help=_("The project: a .qcode file or a postgresql:// address. By default the one here."),
)
"""Gives ``project`` as it was typed, empty where it was not: for what needs none, or makes one."""

coder = click.option(
    "--coder",
    metavar="NAME",
    callback=_coder,
    help=_("Who codes. By default QCODE_CODER, then the name last used, then the login name."),
)
"""Gives ``coder``: a name, never empty."""

reason = click.option("--reason", default="", metavar="TEXT", help=_("Why; kept in the history."))
"""Gives ``reason``."""

yes = click.option("--yes", is_flag=True, help=_("Do not ask; the answer is yes."))
"""Gives ``yes``, for ``diagnostics.confirm``."""

question = click.option(
    "--question",
    default="",
    metavar="NUMBER",
    help=_("Only who was asked this question of the guide, and its codes unless --code names others. "
           "“qcode guide answers” lists what they say."),
)  # fmt: skip
"""Gives ``question``: its number as typed, empty for everybody."""


EXCEL_ID = "excel-id"
"""CSV as Excel opens it where the decimal sign is a comma, as in Indonesia."""
_FOR_EXCEL = click.option(
    "--for", "excel", type=click.Choice((EXCEL_ID,)),
    help=_("Write CSV as Excel opens it in Indonesia: BOM, semicolons, decimal comma."),
)  # fmt: skip


def output(
    *formats: str, excel: bool = True, folder: str = ""
) -> Callable[[Command[..., R]], Command[..., R]]:  # fmt: skip
    """Give ``to``: an Output in one of ``formats``, of which the first is the default.

    Without --format, the name of the file says how it is written. Without ``excel``, there is no
    option for CSV of a spreadsheet. ``folder`` names the parameter that may say where files go.
    """
    offered = formats or FORMATS

    def decorate(command: Command[..., R]) -> Command[..., R]:
        command = uncollected()(diagnostics.waiting()(command))

        @functools.wraps(command)
        def with_output(*args: Any, format: str, file: Path | None, **kwargs: Any) -> R:
            program = kwargs.pop("excel", None)
            format = "csv" if program and not _format_typed() else format
            format = _format_of(file, format, offered)
            if not (file or kwargs.get(folder)):
                _needs_no_file(format)
            if program and format != "csv":
                raise BadInput(_("--for {program} writes csv").format(program=program))
            return command(*args, to=Output(format, file, excel=bool(program)), **kwargs)

        for option in (
            click.option("-o", "--output", "file", metavar="FILE",
                         type=click.Path(dir_okay=False, path_type=Path),
                         help=_("Write to a file instead of the terminal.")),
            click.option("--format", type=click.Choice(offered), default=offered[0],
                         show_default=True, help=_("How the result is written.")),
            *([_FOR_EXCEL] if excel and "csv" in offered else ()),
        ):  # fmt: skip
            with_output = option(with_output)
        return with_output

    return decorate


def _needs_no_file(format: str) -> None:
    if format in FOR_FILES:
        raise BadInput(
            _("{format} is not for a terminal or a pipe; add -o FILE").format(format=format)
        )


def for_excel(to: Output) -> Output:
    """Return an Output as CSV for Excel in Indonesia; raises BadInput where another was asked."""
    if to.format != "csv" and (_format_typed() or to.format != FORMATS[0]):
        raise BadInput(_("--for {program} writes csv").format(program=EXCEL_ID))
    return Output("csv", to.file, excel=True)


def _format_typed() -> bool:
    context = click.get_current_context()
    return context.get_parameter_source("format") is ParameterSource.COMMANDLINE


def _format_of(file: Path | None, format: str, offered: Sequence[str]) -> str:
    """Return the format that was asked for with --format, else by the name of the file."""
    if not _format_typed() and file:
        from qcode.formats.tabular import SUFFIXES

        named = {f".{one}": one for one in (*offered, *PICTURES)} | {
            ".tex": "latex",
            ".html": "html",
        }
        named |= SUFFIXES
        format = named.get(file.suffix.casefold(), format)
        if format not in offered:
            raise BadInput(
                _("this is written as {formats}, not “{format}”").format(
                    formats=", ".join(offered), format=format
                )
            )
    return format


def one_of(
    name: str, *flags: tuple[str, str], default: str = ""
) -> Callable[[Command[..., R]], Command[..., R]]:  # fmt: skip
    """Give ``name``: which of some flags was typed, each with its help; two of them are refused."""
    keys = {f"{name}_{flag}": flag for flag, _help in flags}

    def decorate(command: Command[..., R]) -> Command[..., R]:
        @functools.wraps(command)
        def with_one(*args: Any, **kwargs: Any) -> R:
            typed = [flag for key, flag in keys.items() if kwargs.pop(key)]
            if len(typed) > 1:
                raise click.UsageError(_("--{one} and --{other} say different things; leave one out"
                                         ).format(one=typed[0], other=typed[1]))  # fmt: skip
            return command(*args, **{name: "".join(typed) or default}, **kwargs)

        for flag, help in reversed(flags):
            option = click.option(f"--{flag}", f"{name}_{flag}", is_flag=True, help=help)
            with_one = option(with_one)
        return with_one

    return decorate


def without_output(to: Output, why: str) -> None:
    """Refuse -o and --format where nothing is written by them; ``why`` says what is instead."""
    if to.file or _format_typed():
        raise BadInput(_("{why}; -o and --format are for tables").format(why=why))


def split(typed: Iterable[str]) -> tuple[str, ...]:
    """Return names that were typed each alone or several with commas."""
    return tuple(name.strip() for some in typed for name in some.split(",") if name.strip())
