"""The interview guide: questions, whom they are put to, and where they were asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.case import Case
from qcode.model.coding import Place
from qcode.model.span import Span

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,11}")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the guide; its ``number`` (``4``, ``4a``) is how it is named.

    ``roles`` are the values of the attribute ``attribute`` of those it is put to; none stands for
    everybody. ``codes`` are those that answers bear on: ids, or paths while it comes from a file.
    """

    number: str
    text: str
    id: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """A short name, by language."""
    wordings: tuple[str, ...] = ()
    """Other ways in which it is asked."""
    attribute: str = ""
    roles: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NUMBER.fullmatch(self.number):
            raise BadInput(
                _("a question has a short number such as 4 or 4a, not “{number}”").format(
                    number=self.number[:20]
                )
            )
        if not self.text.strip():
            raise BadInput(_("question {number} has no text").format(number=self.number))

    def put_to(self, case: Case) -> bool:
        """Tell whether the question is meant for a case."""
        if not self.roles:
            return True
        wanted = {role.casefold() for role in self.roles}
        return any(one.casefold() in wanted for one in case.values.get(self.attribute, ()))

    def label(self, language: str = "") -> str:
        """Return its short name in a language, else in any, else its text."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.text)


@dataclass(frozen=True, slots=True)
class Asking:
    """A place in a document where a question was asked: the interviewer's turn."""

    id: str
    document: str
    question: str
    at: Place
    start: int
    end: int
    fit: str = "same"
    by: str = ""


def answered(askings: Iterable[Asking], end: int) -> Mapping[str, Span]:
    """Return where the answer to each asking stands, by its id, in a document that ends at ``end``.

    It goes on to where the next question of the guide is asked; an asking that needs a place has
    none. Questions asked in one turn share their answer.
    """
    placed = sorted((one for one in askings if one.fit != "lost"), key=lambda one: one.start)
    found: dict[str, Span] = {}
    for at, one in enumerate(placed):
        last = next((later.start for later in placed[at + 1 :] if later.start >= one.end), end)
        if one.end < last:
            found[one.id] = Span(one.end, last)
    return found


def in_order(questions: Iterable[Question]) -> Sequence[Question]:
    """Return questions by number: 2, 4, 4a, 10."""
    return sorted(questions, key=_key)


def _key(question: Question) -> tuple[tuple[int, str], ...]:
    parts = re.findall(r"\d+|\D+", question.number)
    return tuple((int(one), "") if one.isdecimal() else (-1, one.casefold()) for one in parts)
