"""What was prepared of passages, as it is quoted: shortened, translated, with its role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qcode.analysis.shortening import said_in, shortened
from qcode.model.document import Transcript
from qcode.model.quotation import CUT, Basis, Cut, Quotation, Translation
from qcode.model.span import Span
from qcode.store import quotations, versions
from qcode.store.project import Reader
from qcode.workflows.retrieving import Passage


def quotation(passage: Passage, cuts: tuple[Cut, ...] = ()) -> str:
    """Return the words of a passage; where several turns are in it, each after who speaks.

    Speakers are named as the project shows them, which may not be the label in the transcript.
    """
    hearing = passage.page.hearing
    text = hearing.transcript.text
    if not cuts and len(passage.said) == 1:
        span = passage.said[0][1]
        return text[span.start : span.end].strip()
    if not cuts:
        said = [(turn, text[span.start : span.end].strip()) for turn, span in passage.said]
    else:
        parts = shortened(text, [span for _turn, span in passage.said], cuts)
        said = [(passage.said[number][0], words) for number, words in parts]
    if len(passage.said) == 1:
        return said[0][1]
    lines = [(hearing.label(turn) if words != CUT else "", words) for turn, words in said]
    return "\n".join(f"{label}: {words}" if label else words for label, words in lines)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a passage as they go out, and what was prepared of them.

    ``stale`` says that words were left out of it which have changed since: nobody knows whether
    what was to be left out still is, and it stays inside until somebody has looked.
    """

    text: str
    prepared: Quotation | None = None
    stale: bool = False


class Prepared:
    """What is prepared in a project, by the words it is of; read once."""

    def __init__(self, connection: Reader, document: str = "") -> None:
        self._connection = connection
        self._by_place: Mapping[tuple[str, int, int], Quotation] = quotations.by_place(
            quotations.listed(connection, document)
        )

    def __len__(self) -> int:
        return len(self._by_place)

    @property
    def documents(self) -> frozenset[str]:
        """The documents in which something is prepared."""
        return frozenset(document for document, _start, _end in self._by_place)

    def of(self, passage: Passage) -> Quotation | None:
        """Return what is prepared of the words of a passage."""
        if not self._by_place:
            return None
        coding = passage.segment.coding
        return self._by_place.get((coding.document, coding.start, coding.end))

    def quoted(self, passage: Passage) -> Quoted:
        """Return a passage as it goes out; nothing but the mark where the shortening is stale."""
        found = self.of(passage)
        if found is None or found.short is None:
            return Quoted(quotation(passage), found)
        if not self.stands(passage.page.hearing.transcript, found, found.short):
            return Quoted(CUT, found, stale=True)
        return Quoted(quotation(passage, found.short.cuts), found)

    def stale(self, passage: Passage) -> bool:
        """Tell whether words were left out of a passage that have changed since."""
        found = self.of(passage)
        return bool(found and found.short) and self.quoted(passage).stale

    def translation(self, passage: Passage, language: str) -> tuple[Translation | None, bool]:
        """Return a translation, and whether it is of the words as they are quoted now."""
        found = self.of(passage)
        given = found and found.translations.get(language)
        if not found or not given:
            return None, True
        return given, self.translated(passage.page.hearing.transcript, found, given)

    def stale_languages(self, passage: Passage) -> tuple[str, ...]:
        """Return the languages of translations whose words have changed since."""
        found, now = self.of(passage), passage.page.hearing.transcript
        given = found.translations if found else {}
        return tuple(
            language for language, one in given.items()
            if found and not self.translated(now, found, one)
        )  # fmt: skip

    def translated(self, now: Transcript, found: Quotation, given: Translation) -> bool:
        """Tell whether a translation is of the words as they are quoted now."""
        cuts = found.short.cuts if found.short else ()
        return self._told(given.of) == _words(now, Basis("", found.start, found.end, cuts))

    def stands(self, now: Transcript, found: Quotation, basis: Basis) -> bool:
        """Tell whether the words that were shortened are the words of today."""
        whole = Basis(basis.version, basis.start, basis.end)
        return self._told(whole) == _words(now, Basis("", found.start, found.end))

    def _told(self, basis: Basis) -> list[str] | None:
        then = versions.transcript_of(self._connection, basis.version) if basis.version else None
        return None if then is None else _words(then, basis)


def _words(transcript: Transcript, basis: Basis) -> list[str]:
    """Return the words of a basis, with the marks of what is left out."""
    said = said_in(transcript, Span(basis.start, basis.end))
    parts = shortened(transcript.text, said, basis.cuts)
    return [word for _number, words in parts for word in words.split()]
