"""Groups of commands that do what is asked most where no command of theirs is named."""

from __future__ import annotations

from typing import Any

import click

from qcode.cli.filtering import NAMED


class Listing(click.Group):
    """A group whose command ``otherwise`` may be left out: ``qcode documents`` lists them.

    With ``named``, that command takes a first word that names no command: ``qcode guide 4``.
    """

    def __init__(
        self, *args: Any, otherwise: str = "list", named: str = "", **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.otherwise, self.named = otherwise, named

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the command where the first word is an option, a saved search, or not there."""
        option = args and args[0].startswith(("-", NAMED)) and args[0] not in ctx.help_option_names
        if not args or option:
            args = [self.otherwise, *args]
        elif self.named and not args[0].startswith("-") and args[0] not in self.commands:
            args = [self.named, *args]
        return super().parse_args(ctx, args)
