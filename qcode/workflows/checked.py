"""What participants put right of their words: it stands beside every excerpt of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qcode.language import _
from qcode.model.answer import CORRECT, Answer
from qcode.model.coding import Coding
from qcode.model.span import Span
from qcode.store import answers, cases, codings, documents
from qcode.store.project import Reader


def put_right(connection: Reader) -> Mapping[str, Sequence[tuple[Span, str]]]:
    """Return, by document, which stretches a participant put right, with a sentence that says so.

    In a text that was corrected since, the codings on his words say where they stand.
    """
    given = [one for one in answers.listed(connection) if one.verdict == CORRECT]
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    if not given:
        return found
    names = {one.id: one.name for one in cases.listed(connection, retired=True)}
    current = {one.version: one.id for one in documents.listed(connection)}
    wanted = [coding for one in given for coding in one.codings]
    live = {one.id: one for one in codings.of_ids(connection, wanted) if one.fit != "lost"}
    for one in given:
        said = _("put right by {case}: “{text}”").format(case=names[one.case], text=one.text)
        for document, span in _standing(one, current, live):
            found[document].append((span, said))
    return found


def _standing(
    answer: Answer, current: Mapping[str, str], live: Mapping[str, Coding]
) -> Iterator[tuple[str, Span]]:
    for place in answer.places:
        if place.version in current:
            yield current[place.version], Span(place.start, place.end)
    if not any(place.version in current for place in answer.places):
        for coding in answer.codings:
            if coding in live:
                yield live[coding].document, Span(live[coding].start, live[coding].end)
