"""Everything qcode refuses or cannot do, as a sentence for a researcher.

    QcodeError
    ├── BadInput      a file or a typed value that cannot be used
    ├── NotFound      a name that stands for nothing
    ├── Refused       an action that would break a promise
    ├── Busy          another process holds the project
    └── Unusable      a project file that cannot be opened or written

Front ends catch ``QcodeError`` once and print it; nothing else is caught.
"""

from __future__ import annotations


class QcodeError(Exception):
    """What happened and what to do about it; never holds interview text."""


class BadInput(QcodeError):
    """A file or a typed value that cannot be used; nothing was changed."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, field: str = "") -> None:
        where = file
        if line:
            where = f"{where}:{line}" if where else f"{line}"
        if field:
            where = f"{where} [{field}]" if where else f"[{field}]"
        super().__init__(f"{where}: {message}" if where else message)


class NotFound(QcodeError):
    """A name that stands for nothing in the project."""


class Refused(QcodeError):
    """An action that would break one of the promises."""


class Busy(QcodeError):
    """Another process holds the project; nothing is lost, try again."""


class Unusable(QcodeError):
    """A project that cannot be opened or written."""
