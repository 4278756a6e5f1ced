"""Words in a text: literally, as whole words, as a pattern, misspelt, or by their stems."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from math import prod
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.filter import FUZZY, LITERAL, REGEX, STEM, WORD
from qcode.model.span import Span

if TYPE_CHECKING:
    import regex

Places = Callable[[str], Iterator[Span]]
"""What yields where something stands in a text, in order and without overlap."""

SECONDS = 5.0
"""How long one pattern may look in all texts together."""
LANGUAGES = {"id": "indonesian", "en": "english"}
"""Languages whose words have stems here, as a project names them and as snowballstemmer does."""

_TOKEN = re.compile(r"\w+")
_BRACED = re.compile(r"\{([^{}]*)\}")
_CALLED = re.compile(r"\(\?(?:R|[0-9]|[+-][0-9]|&|P>)")
_LONGEST, _MOST_REPEATS = 500, 10_000
_LETTERS_A_FAULT = 4
_SWALLOWED = (("meng", "k"), ("peng", "k"), ("men", "t"), ("pen", "t"))
_VOWELS = tuple("aeiou")


def matcher(words: str, how: str = LITERAL, language: str = "") -> Places:
    """Return what finds words in texts, whatever their case and wherever lines break.

    ``how`` is one of MATCHES. FUZZY: each word may have one letter in four wrong, missing, added or
    swapped with its neighbour (optimal string alignment); shorter words none. STEM: words with the
    same stem, in the language of LANGUAGES or, for any other, in each of them. Raises BadInput for
    what cannot be looked for.
    """
    if not words.strip():
        raise BadInput(_("there is nothing to look for; write the words after “find”"))
    if how == REGEX:
        return _Pattern(words)
    if how == FUZZY:
        return _Likes([_misspelt(word) for word in _tokens(words)])
    if how == STEM:
        stems = _stems(language)
        return _Likes([_stemmed(word, stems) for word in _tokens(words)])
    return _literal(words, whole=how == WORD)


def stands(places: Places, text: str) -> bool:
    """Tell whether anything is found in a text."""
    return next(places(text), None) is not None


def _tokens(words: str) -> list[str]:
    found = _TOKEN.findall(words.casefold())
    if not found:
        raise BadInput(_("“{words}” has no letters to look for").format(words=words))
    return found


# -- letter by letter --------------------------------------------------------------------------


def _literal(words: str, *, whole: bool) -> Places:
    """Return what finds these words, without regard to case and to where lines break."""
    parts = r"\s+".join(map(re.escape, words.casefold().split()))
    pattern = re.compile(rf"(?<!\w){parts}(?!\w)" if whole else parts)

    def places(text: str) -> Iterator[Span]:
        folded = text.casefold()
        if len(folded) == len(text):
            for found in pattern.finditer(folded):
                yield Span(*found.span())
            return
        # A few letters fold into two (ß to ss): each then remembers where it came from.
        origin = [at for at, sign in enumerate(text) for _letter in sign.casefold()]
        for found in pattern.finditer(folded):
            yield Span(origin[found.start()], origin[found.end() - 1] + 1)

    return places


class _Pattern:
    """A regular expression that ends in a sentence instead of running on and on."""

    def __init__(self, typed: str) -> None:
        self._pattern = _compiled(typed)
        self._left = SECONDS

    def __call__(self, text: str) -> Iterator[Span]:
        """Yield where the pattern fits; nowhere where it fits nothing at all."""
        for start, end in self._spans(text):
            if start < end:
                yield Span(start, end)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        began = time.monotonic()
        try:
            # Another thread may draw the screen meanwhile: concurrent.
            found = self._pattern.finditer(text, timeout=max(self._left, 0.001), concurrent=True)
            return [one.span() for one in found]
        except TimeoutError as error:
            raise BadInput(
                _("the pattern takes longer than {n} seconds; write it so that what may repeat "
                  "does not repeat again inside").format(n=int(SECONDS))
            ) from error  # fmt: skip
        finally:
            self._left -= time.monotonic() - began


def _compiled(typed: str) -> regex.Pattern[str]:
    """Return a pattern, or say what is wrong with it, or that it would fill the memory."""
    import regex

    if len(typed) > _LONGEST:
        raise BadInput(_("a pattern has at most {n} signs").format(n=_LONGEST))
    numbers = (re.findall(r"\d+", braced) for braced in _BRACED.findall(typed))
    if prod(max(map(int, some)) for some in numbers if some) > _MOST_REPEATS:
        raise BadInput(
            _("the pattern repeats too often: the numbers in {{}} may make {n} together").format(
                n=_MOST_REPEATS
            )
        )
    if _CALLED.search(typed):
        raise BadInput(_("a pattern cannot call itself or a part of itself"))
    try:
        return regex.compile(typed, regex.IGNORECASE | regex.MULTILINE)
    except (regex.error, RecursionError, OverflowError, ValueError) as error:
        raise BadInput(_("this is no pattern: {why}").format(why=error)) from error


# -- word by word ------------------------------------------------------------------------------

_Alike = Callable[[str], bool]
"""Tells whether a word, without regard to case, is one that is looked for."""


class _Likes:
    """Words that are alike one after the other; what stands between words is none."""

    def __init__(self, alike: Sequence[_Alike]) -> None:
        # A text has few different words, and comparing takes longer than remembering.
        self._alike = [cache(one) for one in alike]
        self._known: set[str] = set()
        self._first: dict[str, list[str]] = {}

    def __call__(self, text: str) -> Iterator[Span]:
        """Yield where words stand that are alike."""
        onward = 0
        for start, end in sorted(self._begun(text)):
            if start >= onward and (last := self._last(text, end)):
                yield Span(start, last)
                onward = last

    def _begun(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a word stands that is like the first, in any order."""
        between_blanks = set(text.split())
        for signs in between_blanks - self._known:
            words = set(_TOKEN.findall(signs))
            if some := [word for word in words if self._alike[0](word.casefold())]:
                self._first[signs] = some
        self._known |= between_blanks
        found = between_blanks & self._first.keys()
        for word in {word for signs in found for word in self._first[signs]}:
            # A pattern that begins with letters is looked for faster than one with a border.
            for place in re.finditer(rf"{word}(?!\w)(?<!\w{word})", text):
                yield place.span()

    def _last(self, text: str, at: int) -> int | None:
        """Return where the last word ends, if the next ones are like those wanted there."""
        for alike in self._alike[1:]:
            found = _TOKEN.search(text, at)
            if not (found and alike(found.group().casefold())):
                return None
            at = found.end()
        return at


def _misspelt(word: str) -> _Alike:
    from rapidfuzz.distance import OSA

    most = len(word) // _LETTERS_A_FAULT
    return lambda other: OSA.distance(word, other, score_cutoff=most) <= most


def _stemmed(word: str, stems: Callable[[str], frozenset[str]]) -> _Alike:
    own = stems(word)
    return lambda other: not own.isdisjoint(stems(other))


def _stems(language: str) -> Callable[[str], frozenset[str]]:
    """Return what gives the stems of a word: one in each language, and what it may come from.

    Stems are those of snowballstemmer; its Indonesian one is after Tala, F. Z. (2003). A study of
    stemming effects on information retrieval in Bahasa Indonesia. It leaves out the k and t that
    me- and pe- swallow (mengirim, menulis): the stem with them stands beside it.
    """
    import snowballstemmer

    chosen = [LANGUAGES[language]] if language in LANGUAGES else list(LANGUAGES.values())
    stemmers = {name: snowballstemmer.stemmer(name) for name in chosen}

    def stems(word: str) -> frozenset[str]:
        found = {name: stemmer.stemWord(word) for name, stemmer in stemmers.items()}
        whole = _restored(word, found.get(LANGUAGES["id"], ""))
        return frozenset((*found.values(), *whole))

    return stems


def _restored(word: str, stem: str) -> Iterable[str]:
    if stem.startswith(_VOWELS):
        for prefix, letter in _SWALLOWED:
            if word.startswith(prefix) and word[len(prefix) :].startswith(_VOWELS):
                yield letter + stem
                return
