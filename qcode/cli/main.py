"""The command ``qcode``: finds a command by name, and is the one place that catches errors.

A command raises a QcodeError and knows nothing of exit codes: 0 done, 1 told why not, 2 used
wrongly. Anything else that is raised is a fault of the program and is shown as one.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from qcode import __version__
from qcode.cli import diagnostics
from qcode.cli.commands import COMMANDS, HOME, Listed
from qcode.cli.given import something, watched
from qcode.errors import QcodeError
from qcode.language import _
from qcode.system import end_at_once, keep_private, uncollected


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def __init__(self, *args: Any, listed: Mapping[str, Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = listed

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return load(self.listed[cmd_name]) if cmd_name in self.listed else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from their short helps, importing none of them."""
        if self.listed:
            with formatter.section(_("Commands")):
                formatter.write_dl([(name, entry.help) for name, entry in self.listed.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what it raises into one sentence and an exit code."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except QcodeError as error:
            diagnostics.error(str(error))
            ctx.exit(1)
        except (KeyboardInterrupt, click.Abort):
            diagnostics.note(_("Stopped. Nothing that was saved is lost."))
            ctx.exit(1)
        except BrokenPipeError:
            _close_quietly()
            ctx.exit(0)
        return result


def load(entry: Listed) -> click.Command:
    """Import the command that an entry of the list names."""
    with uncollected():
        module = importlib.import_module(entry.module)
    command = getattr(module, entry.attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{entry.module}.{entry.attribute} is not a command")
    return watched(command)


def _close_quietly() -> None:
    """Let the reader of a pipe go away: what is still to be flushed goes nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


@click.group(
    cls=Commands,
    listed=COMMANDS,
    invoke_without_command=True,
    help=_(
        "Code qualitative interviews, see how far coders agree, and count what was said. "
        "Without a command, open the project of this folder."
    ),
    epilog=_("qcode COMMAND --help explains a command. qcode demo opens a sample project."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("-p", "--project", metavar="PATH|URL", callback=something,
              help=_("The project, if not the one here."))  # fmt: skip
@click.option("--coder", metavar="NAME", callback=something,
              help=_("Who codes; by default the name last used."))  # fmt: skip
@click.version_option(__version__, prog_name="qcode")
@click.pass_context
def qcode(ctx: click.Context, project: str | None, coder: str | None) -> None:  # noqa: ARG001
    # qcode.cli.options reads both from the context, for whichever command follows.
    if ctx.invoked_subcommand is not None:
        return
    if HOME is None:
        click.echo(ctx.get_help())
        return
    home = load(HOME)
    with home.make_context("qcode", [], parent=ctx) as below:
        home.invoke(below)


def main() -> None:
    """Start qcode from a terminal."""
    keep_private()
    for stream in (sys.stdout, sys.stderr):
        # A name in a transcript must not stop a table where the terminal knows fewer letters.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        qcode(prog_name="qcode")
    finally:
        end_at_once()
