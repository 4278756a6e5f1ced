"""One turn of a transcript repaired where the fault is seen, and the list of all corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qcode.analysis import repairing
from qcode.analysis.repairing import Repair
from qcode.errors import BadInput, NotFound
from qcode.language import _, counted
from qcode.model.document import Document, Transcript
from qcode.model.table import Cell, Column, Table
from qcode.store import coders, codings, documents, versions
from qcode.store.project import Reader, Step

WORDS_AROUND = 4
"""Words before and after a correction that its list shows."""
_NOT_IN_LABELS = frozenset('\n\t:：*[]<>|?!;"“”\ufffd')

Way = Callable[[Transcript], Repair]


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many codings a repair left on other words, and how many without any."""

    changed: int
    lost: int


def repair(step: Step, document: str, way: Way, *, kind: str = "") -> Repaired:
    """Store one repair as a new version; ``kind`` says what a speaker is who is new by it."""
    before = documents.current(step.connection, document).transcript
    done = way(before)
    doubtful = _doubtful(step.connection, document)
    documents.correct(step, document, done.transcript, done.splices)
    for label in done.transcript.speakers:
        if kind and label not in before.speakers:
            documents.mend_speaker(step, document, label, kind=kind)
    fits = [fit for id, fit in _doubtful(step.connection, document).items() if id not in doubtful]
    return Repaired(fits.count("changed"), fits.count("lost"))


def _doubtful(connection: Reader, document: str) -> dict[str, str]:
    found = codings.of_document(connection, document)
    return {one.id: one.fit for one in found if one.fit != "same"}


def words(number: int, typed: str) -> Way:
    """Return the way to give a turn (from 0) other words; controls in them are replaced."""
    typed = cleaned(typed)
    return lambda transcript: repairing.reword(transcript, number, typed)


def speaker(number: int, typed: str) -> Way:
    """Return the way to give a turn (from 0) another speaker, known or new."""

    def way(transcript: Transcript) -> Repair:
        return repairing.respeak(transcript, number, label_of(transcript, typed))

    return way


def parts(at: int, typed: str = "") -> Way:
    """Return the way to split a turn at an offset; by default the other speaker goes on."""

    def way(transcript: Transcript) -> Repair:
        return repairing.split(transcript, at, label_of(transcript, typed) if typed else "")

    return way


def parts_at(number: int, beginning: str, typed: str = "") -> Way:
    """Return the way to split a turn (from 0) before words that stand in it once."""

    def way(transcript: Transcript) -> Repair:
        start, end = repairing.bounds(transcript, number)
        said = transcript.text[start:end]
        times = said.count(beginning)
        if not times or not beginning.strip():
            raise NotFound(_("“{words}” does not stand in this turn").format(words=beginning))
        if times > 1:
            raise BadInput(
                _("“{words}” stands in this turn {n} times; name words that stand there once")
                .format(words=beginning, n=times)
            )  # fmt: skip
        return parts(start + said.index(beginning), typed)(transcript)

    return way


def joined(number: int) -> Way:
    """Return the way to join a turn (from 0) with the next one."""
    return lambda transcript: repairing.join(transcript, number)


def cleaned(typed: str) -> str:
    r"""Return typed words as a canonical text holds them: line ends ``\n``, controls U+FFFD."""
    from qcode.formats.transcripts.canonical import clean

    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BadInput(_("what was typed is no text in UTF-8")) from error
    text, _controls = clean(typed)
    return text


def label_of(transcript: Transcript, typed: str) -> str:
    """Return the label that is meant: one of the document's whatever its case, or a new one.

    Raises BadInput where it could not be read as a label again.
    """
    from qcode.formats.transcripts.labels import is_shaped

    label = " ".join(cleaned(typed).rstrip(": ：").split())
    known = {one.casefold(): one for one in transcript.speakers}
    if label in transcript.speakers:
        return label
    if label.casefold() in known:
        return known[label.casefold()]
    if not is_shaped(label) or _NOT_IN_LABELS & set(label):
        raise BadInput(
            _("“{label}” cannot be the label of a speaker: a name or role of four words and 30 "
              "characters at most, without a colon or brackets").format(label=label)
        )  # fmt: skip
    return label


def told(done: Repaired) -> Iterator[str]:
    """Yield what became of the codings, in sentences."""
    if done.changed:
        yield counted("{n} coding stands on other words now and is flagged.",
                      "{n} codings stand on other words now and are flagged.",
                      done.changed)  # fmt: skip
    if done.lost:
        yield counted("{n} coding needs a place.", "{n} codings need a place.", done.lost)


def number_of(transcript: Transcript, typed: int) -> int:
    """Return the position of a turn that was given by its number, from 1."""
    if not 1 <= typed <= len(transcript.turns):
        raise NotFound(
            _("there is no turn {number}; this document has {n}").format(
                number=typed, n=len(transcript.turns)
            )
        )
    return typed - 1


def corrections_table(
    connection: Reader, of: Iterable[Document], when: Callable[[int], str]
) -> Table:
    """Return what was corrected in some documents, a row for each turn that a correction changed.

    ``when`` tells a time that is given in milliseconds since 1970 UTC.
    """
    known = coders.names(connection)
    titles = (_("document"), _("turn"), _("time"), _("speaker"), _("before"), _("after"), _("who"),
              _("when"), _("state"))  # fmt: skip
    keys = ("document", "turn", "time", "speaker", "before", "after", "who", "when", "state")
    columns = tuple(
        Column(key, title, numeric=key == "turn") for key, title in zip(keys, titles, strict=True)
    )
    rows: list[tuple[Cell, ...]] = []
    for document in of:
        for one in versions.corrections(connection, document.id):
            state = "" if one.stands else _("not in the current text")
            rows += [
                (document.name, *cells, known.get(one.coder, "?"), when(one.at), state)
                for cells in _cells(one)
            ]
    notes = (
        _("Turns are counted in the text as it was after the correction."),
        _("The words before a correction may hold what was taken out of the text: for the "
          "transcriber, not for others."),
    )  # fmt: skip
    return Table(_("Corrections"), columns, tuple(rows), notes if rows else ())


def _cells(one: versions.Correction) -> Iterator[tuple[Cell, ...]]:
    new = one.version.transcript
    done = Repair(new, one.version.splices)
    for place in repairing.places(one.before, done, WORDS_AROUND):
        turn = new.turns[place.turn] if new.turns else None
        yield (
            place.turn + 1, turn.time if turn else "", turn.speaker if turn else "",
            _in_one_line(place.before), _in_one_line(place.after),
        )  # fmt: skip
    if not done.splices:
        yield 1, "", "", "", _("turns found anew, the text as before")


def _in_one_line(text: str) -> str:
    return " ⏎ ".join(" ".join(line.split()) for line in text.split("\n") if line.strip())
