"""``qcode keys``."""

from __future__ import annotations

import click

from qcode import settings
from qcode.cli import diagnostics, options, output
from qcode.cli.output import Output
from qcode.language import _


@click.command(help=_("List all keys of the screens, with the ids by which to give others."))
@options.output()
def keys(to: Output) -> None:
    from qcode.tui import keymap

    kept = settings.remembered()
    usable, problems = keymap.usable(kept.keys)
    for problem in filter(None, (kept.problem, *problems)):
        diagnostics.warning(problem)
    output.show(keymap.keys_table(usable), to)
