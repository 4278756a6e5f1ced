"""Which commands there are and where each is defined; naming one here imports nothing of it.

A command's module is imported when the command is called, so that ``qcode --help`` starts neither
the database nor the screens. The short help stands here for the same reason.
"""

from __future__ import annotations

from typing import NamedTuple


class Listed(NamedTuple):
    """Where a command is defined and what the list of commands says about it."""

    module: str
    attribute: str
    help: str


COMMANDS: dict[str, Listed] = {}
"""Commands by name, in the order of the help; one feature after the other."""

HOME: Listed | None = None
"""What ``qcode`` does without a command: open the project. Until it is set, the help."""
