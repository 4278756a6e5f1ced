"""Opening the project a command works on: to read it, to act as a coder, or to write one step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from qcode import settings
from qcode.cli import diagnostics, options
from qcode.errors import Unusable
from qcode.language import _
from qcode.system import warning_about

if TYPE_CHECKING:
    from qcode.store.coders import Coder
    from qcode.store.project import Project, Reader, Step


@contextmanager
def opened(place: str) -> Iterator[Project]:
    """Open the project for one command, and say what to know about where it lies.

    It is seen as by the coder who is asked for or remembered, so that he codes blind where he
    does.
    """
    from qcode.store import coders
    from qcode.store.opening import open_project

    project = open_project(place)
    try:
        if project.path and (risk := warning_about(project.path)):
            diagnostics.warning(risk)
        asked = options.coder_asked()
        name = settings.coder_name(asked)
        project.viewer = coders.viewer(project, name, asked=bool(asked))
        yield project
    finally:
        project.close()


@contextmanager
def acting(place: str, coder: str) -> Iterator[tuple[Project, str]]:
    """Open the project as a coder and yield it with his id; who is new joins with a first step.

    A name that was mistyped in a command that fails leaves nothing behind.
    """
    from qcode.store import coders

    with opened(place) as project:
        id = coders.expected(project, coder, asked=bool(options.coder_asked()))
        project.viewer = id
        new = id in project.newcomers
        yield project, id
        if new and id not in project.newcomers:
            diagnostics.note(_("{name} codes in this project from now on.").format(name=coder))
        if id not in project.newcomers:
            remember_typed(coder)


@contextmanager
def writing(place: str, coder: str, verb: str) -> Iterator[Step]:
    """Open the project and write one step as a coder: on disk when the block ends, or nothing."""
    with acting(place, coder) as (project, id), project.write(id, verb) as step:
        yield step


def person(project: Project, connection: Reader, typed: str) -> Coder:
    """Return the coder who looks, in a blind copy the one it was made for; or who was typed."""
    from qcode.model.naming import chosen
    from qcode.store import coders

    everyone = coders.listed(connection)
    own = [one for one in everyone if one.id == project.viewer]
    return own[0] if own else chosen(typed, {one.name: one for one in everyone}, _("coder"))


def name_of(project: Project, connection: Reader, typed: str) -> str:
    """Return the name of who looks; what was typed where he has not joined."""
    from qcode.store import coders

    return coders.names(connection).get(project.viewer or "", typed)


def remember(coder: str) -> None:
    """Keep a coder's name for the next command, where the settings can be written."""
    known = settings.remembered()
    if known.problem or known.coder == coder:
        return
    try:
        settings.remember_coder(coder)
    except Unusable as error:
        diagnostics.warning(str(error))


def remember_typed(coder: str) -> None:
    """Keep a coder's name if it was given on this command line, before or after the command."""
    if coder_was_typed():
        remember(coder)


def coder_was_typed() -> bool:
    """Tell whether the coder was named on this command line, before or after the command."""
    context = click.get_current_context()
    given = context.get_parameter_source("coder") is ParameterSource.COMMANDLINE
    return bool(given or context.find_root().params.get("coder"))
