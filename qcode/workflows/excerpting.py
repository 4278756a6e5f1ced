"""Making excerpts of passages: words, reference and what was prepared, as they are wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qcode.analysis import referring
from qcode.analysis.releasing import without_bystanders
from qcode.analysis.surroundings import surroundings
from qcode.language import _, counted
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.quotation import Translation
from qcode.store import memos
from qcode.store.project import Reader, about
from qcode.workflows.addresses import addresses_on
from qcode.workflows.checked import put_right
from qcode.workflows.prepared import Prepared
from qcode.workflows.retrieving import Passage, Shelf


@dataclass
class _Translated:
    """How many translations were wanted and found, and why some are left out."""

    there: int = 0
    refused: int = 0
    unknown: int = 0
    stale: list[str] = field(default_factory=list)


class Desk:
    """Makes excerpts of passages, and counts what there is to say of their translations."""

    def __init__(
        self, shelf: Shelf, quoted: Sequence[Passage], manner: Manner, prepared: Prepared,
        shown: referring.Shown,
    ) -> None:  # fmt: skip
        connection = shelf.connection
        pages = {one.page.document.id: one.page for one in quoted}
        self._typed = addresses_on(connection, pages.values())
        self._remarks = _memos(connection) if manner.memos else {}
        self._manner, self._prepared, self._shown = manner, prepared, shown
        general = about(connection).get("notice", "")
        self._notices = {
            id: (general, page.document.details.get("notice", "")) for id, page in pages.items()
        }
        self._mended = put_right(connection)
        self._plain = {id: " · ".join(dict.fromkeys(filter(None, some)))
                       for id, some in self._notices.items()}  # fmt: skip
        self._wanted = len(quoted)
        self._known: dict[tuple[str, ...], tuple[Mapping[str, str], str]] = {}
        self._translated = _Translated()
        self._marks = 0

    def excerpts(self, quoted: Iterable[Passage]) -> Iterator[Excerpt]:
        """Yield passages as excerpts, numbered in their order."""
        place = referring.places()
        for number, passage in enumerate(quoted, 1):
            segment = passage.segment
            coding = segment.coding
            values, who = self._who(segment.document, passage)
            out = self._prepared.quoted(passage)
            self._marks += out.stale
            found = out.prepared
            address = self._typed[coding.id]
            before, after = self._around(passage) if self._manner.context else ("", "")
            yield Excerpt(
                address,
                f"{who} · {place(segment.turn, segment.lines)}",
                segment.code,
                out.text,
                segment.document,
                segment.turn,
                segment.lines,
                segment.speakers,
                segment.cases,
                segment.coder,
                values,
                self._remarks.get(coding.id, ""),
                self._notice(coding.document, passage),
                number,
                bool(found and found.short),
                found.role if found else "",
                found.used if found else (),
                self._translation(passage, address),
                before,
                after,
            )

    def _around(self, passage: Passage) -> tuple[str, str]:
        page = passage.page
        closed = without_bystanders(page.closed) if self._manner.bystanders else page.closed
        return surroundings(page.hearing, closed, passage.span, self._manner.context)

    def _who(self, document: str, passage: Passage) -> tuple[Mapping[str, str], str]:
        """Return with what the cases of a passage are cited, and the beginning of its reference.

        Who is no case is not taken for the informant after whom the document is named.
        """
        cases, hearing = passage.cases, passage.page.hearing
        if not cases:
            turns = (turn for turn, _words in passage.said if hearing.beside(turn))
            if others := ", ".join(dict.fromkeys(map(hearing.label, turns))):
                said = _("{document}, somebody else: {speaker}")
                return {}, said.format(document=document, speaker=others)
        key = (document, *[case.id for case in cases])
        if key not in self._known:
            values = referring.values_shown(cases, self._shown)
            self._known[key] = values, " · ".join(referring.who(document, cases, values))
        return self._known[key]

    def _notice(self, document: str, passage: Passage) -> str:
        """Return what must stand beside an excerpt, also how its speaker put it right."""
        mended = self._mended.get(document)
        if not mended:
            return self._plain[document]
        said = [said for span, said in mended if span.overlaps(passage.span)]
        return " · ".join(dict.fromkeys(filter(None, (*self._notices[document], *said))))

    def _translation(self, passage: Passage, address: str) -> Translation | None:
        """Return the translation that is wanted, if it may go out and is of these words."""
        if not self._manner.language:
            return None
        given, fits = self._prepared.translation(passage, self._manner.language)
        if given is None:
            return None
        released = [case.consent.translation for case in passage.cases]
        if False in released:
            self._translated.refused += 1
            return None
        if not fits:
            self._translated.stale.append(address)
            return None
        self._translated.there += 1
        self._translated.unknown += None in released or not released
        return given

    def notes(self) -> Iterator[str]:
        """Yield what to know about shortenings, and about the translations that were asked for."""
        if self._marks:
            yield counted("{n} quotation is only a mark: its shortened words have changed since",
                          "{n} quotations are only marks: their shortened words have changed since",
                          self._marks)  # fmt: skip
        found, language = self._translated, self._manner.language
        if not language:
            return
        yield _("{k} of {n} excerpts have a translation ({language})").format(
            k=found.there, n=self._wanted, language=language)  # fmt: skip
        if found.refused:
            yield counted("{n} translation withheld: no consent to translate",
                          "{n} translations withheld: no consent to translate",
                          found.refused)  # fmt: skip
        if found.stale:
            yield _("left out, because the words have changed since they were translated: "
                    "{addresses}").format(addresses=", ".join(found.stale))  # fmt: skip
        if found.unknown:
            yield counted("{n} translation of somebody whose consent to it is not recorded",
                          "{n} translations of somebody whose consent to it is not recorded",
                          found.unknown)  # fmt: skip


def _memos(connection: Reader) -> Mapping[str, str]:
    found: dict[str, list[str]] = defaultdict(list)
    for memo in memos.listed(connection):
        if memo.about[0] == "coding":
            found[memo.about[1]].append(memo.text)
    return {coding: "\n".join(texts) for coding, texts in found.items()}
