"""What was typed for options and is nothing: refused, so that no command does more than was meant.

An empty variable of a shell, as in ``--text "$word"``, would else be an option that was left out.
What is to be written may be empty, such as a memo; what chooses may not.
"""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from qcode.errors import BadInput
from qcode.language import _

_WRITTEN = ("TEXT", "LINE")
_WORDS = ("text", "statement")
_CHOOSING = "wanted_"
"""Begins the names of the options of a filter (see ``filtering``)."""


def watched(command: click.Command) -> click.Command:
    """Let a command, and those below it, refuse options and arguments that are given nothing."""
    for one in command.params:
        if one.callback is None and _chooses(one):
            one.callback = something
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        watched(below)
    return command


def _chooses(one: click.Parameter) -> bool:
    """Tell whether an empty value means no more than none: then somebody typed it by mistake."""
    if isinstance(one.type, click.types.BoolParamType) or getattr(one, "is_flag", False):
        return False
    if isinstance(one, click.Argument):
        return one.default == "" and one.name not in _WORDS
    if one.metavar in _WRITTEN and not str(one.name).startswith(_CHOOSING):
        return False
    return one.multiple or one.default == ""


def refuse(why: str, *names: str) -> None:
    """Refuse parameters of this command that were typed where they mean nothing; ``why`` tells."""
    ctx = click.get_current_context()
    typed = [
        (one.opts if ctx.params[one.name] is not False else one.secondary_opts)[0]
        for one in ctx.command.params if one.name in names
        and ctx.get_parameter_source(one.name) is ParameterSource.COMMANDLINE
    ]  # fmt: skip
    if typed:
        raise BadInput(_("{why}; leave {options} out").format(why=why, options=", ".join(typed)))


def something(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """Return what was typed, or refuse it where it is nothing but blanks."""
    source = ctx.get_parameter_source(str(parameter.name))
    typed = value if isinstance(value, tuple) else (value,)
    blank = any(isinstance(one, str) and not one.strip() for one in typed)
    if blank and source is ParameterSource.COMMANDLINE:
        raise click.BadParameter(_("nothing is given; leave it out, or say what is meant"))
    return value
