"""Blind copies for coders, asked for by names."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.naming import chosen
from qcode.settings import PROJECT_SUFFIX
from qcode.store import blind, coders
from qcode.store.blind import Sent
from qcode.store.project import Project
from qcode.store.rounds import acting_as
from qcode.workflows.scope import round_named


def send(project: Project, name: str, file: Path, round: str = "") -> Sent:
    """Write a copy of a project for one coder, with the documents he is assigned; names as typed."""
    if file.suffix != PROJECT_SUFFIX:
        raise BadInput(
            _("{file}: a copy of a project is a file that ends in {suffix}").format(
                file=file, suffix=PROJECT_SUFFIX
            )
        )
    with project.read() as connection:
        known = {one.name: one.id for one in coders.listed(connection)}
        who = acting_as(connection, chosen(name, known, _("coder")))
        within = round_named(connection, round).id if round else ""
    return blind.send(project, who, file, within)
