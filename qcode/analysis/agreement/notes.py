"""What qualifies the figures of agreement: whose, on what, by which rule, and how sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from qcode.analysis.agreement import presence
from qcode.analysis.agreement.comparing import FEWEST_PLACES, CodeFigures, Compared
from qcode.analysis.agreement.interval import FEW, FEWEST, REPLICATES, Interval
from qcode.analysis.agreement.scales import LONG_TURN, WORDS_APIECE
from qcode.analysis.layer import named, shortened
from qcode.language import _, counted

BAR = 0.667
"""Krippendorff's bar below which he draws no conclusion; shown as a count, never as a verdict."""


def notes_of(
    compared: Compared, found: Mapping[str, CodeFigures], seed: int | None,
    drawn: Mapping[str, Interval | None],
) -> tuple[str, ...]:  # fmt: skip
    """Return the sentences under the table."""
    return tuple(
        note
        for some in (
            _documents(compared), _measured(compared), _formulas(compared, seed), _undrawn(drawn),
            _missing(compared, found), _few(compared, found), _low(compared, found),
        )
        for note in some
    )  # fmt: skip


def basis_of(compared: Compared) -> tuple[str, ...]:
    """Return the sentences under every table: which documents, of whom, on what."""
    return (*_documents(compared), *_measured(compared))


def _documents(compared: Compared) -> Iterator[str]:
    if compared.notice:
        yield compared.notice
    yield from compared.remarks
    if not compared.documents:
        yield _("no document was coded or finished by two of these coders")
        return
    shares = ", ".join(
        f"{compared.names[who]} {sum(who in one.coders for one in compared.markings)}"
        for who in compared.coders
    )
    yield counted(
        "compared: {n} document that two or more coded or finished ({{coders}}): {{names}}",
        "compared: {n} documents that two or more coded or finished ({{coders}}): {{names}}",
        len(compared.documents),
    ).format(coders=shares, names=named(compared.documents))
    for who, names in compared.unfinished.items():
        yield counted(
            "{{coder}} has not marked {n} of these finished: {{names}}",
            "{{coder}} has not marked {n} of these finished: {{names}}", len(names),
        ).format(coder=compared.names[who], names=shortened(names))  # fmt: skip
    if compared.lost:
        yield counted(
            "{n} coding needs a place and is not compared",
            "{n} codings need a place and are not compared", compared.lost,
        )  # fmt: skip


def _measured(compared: Compared) -> Iterator[str]:
    yield (
        _("compared is the whole text, with labels and what interviewers say")
        if compared.whole
        else _("compared are the words of participants; --whole-text takes all, as NVivo does")
    )
    total = sum(one.length for one in compared.on_characters)
    units = sum(one.length for one in compared.on_turns)
    rules = {
        "turn": _("a turn; one of more than {long} words is cut into its sentences, or every "
                  "{some} words where it has none").format(long=LONG_TURN, some=WORDS_APIECE),
        "sentence": _("a sentence, or every {some} words of a turn that has none").format(
            some=WORDS_APIECE),
        "paragraph": _("a paragraph of a turn"),
        "informant": _("an informant, of whom any turn is marked"),
        "character": _("a character"),
    }  # fmt: skip
    yield _("unit: {rule}; marked if one character of it is").format(rule=rules[compared.unit])
    yield _("in all: characters {characters}, units {units}, informants {people}").format(
        characters=total, units=units, people=len(compared.by_informant)
    )


def _formulas(compared: Compared, seed: int | None) -> Iterator[str]:
    yield _("alpha: Krippendorff's, given or not; Dice: 2 x both / (one + other); pooled: 1 - sum "
            "of observed / sum of expected disagreement over codes, and informants times codes that "
            "anybody gave; a code counts without those below it")  # fmt: skip
    places = len(compared.on_units if compared.unit == "informant" else compared.documents)
    drawn = _("informants") if compared.unit == "informant" else _("documents")
    if seed is None:
        return
    if places < FEWEST:
        yield _("no interval: it needs {n} {what}, here are {k}").format(
            n=FEWEST, what=drawn, k=places
        )
        return
    yield _("95 %: {what} drawn again {times} times, seed {seed}").format(
        what=drawn, times=REPLICATES, seed=seed
    )
    if places < FEW:
        yield _("the intervals rest on {k} {what}, fewer than {n}: they are rough").format(
            k=places, what=drawn, n=FEW
        )


def _undrawn(drawn: Mapping[str, Interval | None]) -> Iterator[str]:
    rare = sum(one is not None and one.undefined > 0 for one in drawn.values())
    if rare:
        yield _("{k} of {n} intervals leave out draws in which the code did not occur").format(
            k=rare, n=sum(one is not None for one in drawn.values())
        )


def _missing(compared: Compared, found: Mapping[str, CodeFigures]) -> Iterator[str]:
    often = Counter(
        (code, who) for one in compared.markings for code, some in one.lacking.items()
        for who in some
    )  # fmt: skip
    absent: dict[tuple[str, int], list[str]] = {}
    for code in found:
        for who in compared.coders:
            if times := often[code, who]:
                absent.setdefault((who, times), []).append(compared.book[code].name)
    for (who, times), codes in absent.items():
        yield counted(
            "missing data, not “not coded”: {{coder}} did not have this in {n} document: {{codes}}",
            "missing data, not “not coded”: {{coder}} did not have this in {n} documents: {{codes}}",
            times,
        ).format(coder=compared.names[who], codes=shortened(codes))


def _few(compared: Compared, found: Mapping[str, CodeFigures]) -> Iterator[str]:
    given = {code: one for code, one in found.items() if one.places}
    few = [compared.book[code].name for code, one in given.items() if one.few]
    if few:
        yield _("too few (fewer than {places} distinct places marked by any coder, or fewer than "
                "{documents} documents): {k} of {n} codes that anybody gave: {codes}").format(
            places=FEWEST_PLACES, documents=FEWEST, k=len(few), n=len(given),
            codes=shortened(few),
        )  # fmt: skip


def _low(compared: Compared, found: Mapping[str, CodeFigures]) -> Iterator[str]:
    alphas = {
        code: presence.alpha(presence.coincidence(one.on_units)).value
        for code, one in found.items()
    }
    defined = {code: alpha for code, alpha in alphas.items() if alpha is not None}
    low = sorted((alpha, compared.book[code].name) for code, alpha in defined.items()
                 if alpha < BAR)  # fmt: skip
    yield _("below .667, the least from which Krippendorff draws tentative conclusions (.800: "
            "conclusions): {k} of {n} codes with an alpha{names}").format(
        k=len(low), n=len(defined),
        names=": " + ", ".join(name for _alpha, name in low) if low else "",
    )  # fmt: skip
    if len(alphas) > len(defined):
        yield _("{k} of {n} codes have no alpha").format(
            k=len(alphas) - len(defined), n=len(alphas)
        )
