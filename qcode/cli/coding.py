"""The command that opens the coding screen."""

from __future__ import annotations

import sys

import click

from qcode.cli import diagnostics, options
from qcode.cli.opened import remember_typed
from qcode.errors import Refused
from qcode.language import _


@click.command(help=_("Code a document on the screen; by default the one you were in last."))
@click.argument("document", required=False, default="", metavar=_("[DOCUMENT]"))
@options.project
@options.coder
def code(document: str, project: str, coder: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused(
            _("coding needs a terminal; “qcode apply DOCUMENT START END CODE” works without one")
        )
    from qcode.tui.app import run

    remember_typed(coder)
    if told := run(project, coder, document, resume=True, asked=bool(options.coder_asked())):
        diagnostics.note(told)
