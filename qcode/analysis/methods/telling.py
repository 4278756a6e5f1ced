"""Which sentences a section on methods has: each only if what it says is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qcode.analysis.methods.wording import MONTHS, SENTENCES
from qcode.model.methods import Facts, Figures, Held, Resolved
from qcode.model.table import percent

REFLEXIVE = "reflexive"
_WHOLE = {"calibration": "calibration", "reliability": "reliability round", "drift": "drift",
          "again": "again"}  # fmt: skip


class Voice:
    """One language: its sentences, numbers and dates."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.sentences = SENTENCES[language]

    def say(self, key: str, n: int | None = None, **values: str | int) -> str:
        """Return a sentence in the form that fits the number ``n``."""
        forms = self.sentences[key]
        form = forms if isinstance(forms, str) else forms[n != 1]
        return form.format(n=n, **values)

    def number(self, value: float) -> str:
        """Return a number as the language writes it."""
        said = f"{value:.2f}"
        return said.replace(".", ",") if self.language == "id" else said

    def day(self, date: str) -> str:
        """Return ``2026-03-05`` in words."""
        year, month, day = map(int, date.split("-"))
        return f"{day} {MONTHS[self.language][month - 1]} {year}"

    def listed(self, some: Iterable[str]) -> str:
        """Return several things in one phrase."""
        *most, last = some
        return f"{', '.join(most)} {self.sentences['and']} {last}" if most else last


def title(language: str) -> str:
    """Return what stands above the paragraphs."""
    return Voice(language).say("title")


def paragraphs(facts: Facts, language: str) -> tuple[str, ...]:
    """Return the paragraphs that a project's facts allow; blanks to fill in stand in [brackets]."""
    voice = Voice(language)
    parts = [_material(facts, voice), _people(facts, voice)]
    if facts.coded:
        parts.append(_codebook(facts, voice))
        parts.append(_double(facts, voice))
        if facts.approach != REFLEXIVE:
            parts += [_rounds(facts, voice), _figures(facts, voice), _resolved(facts, voice)]
    parts.append(iter([voice.say("program", program=facts.program)]))
    written = (" ".join(part) for part in parts)
    return tuple(one for one in written if one)


def _material(facts: Facts, voice: Voice) -> Iterator[str]:
    kinds = [voice.say(kind, number) for kind, number in facts.documents.items() if number]
    if kinds:
        yield voice.say("material", kinds=voice.listed(kinds))
    if facts.informants:
        yield voice.say("informants", facts.informants)
    yield voice.say("sampling")


def _people(facts: Facts, voice: Voice) -> Iterator[str]:
    yield voice.say(facts.approach)
    if not facts.coded:
        yield voice.say("uncoded")
        return
    names = (f"{name} {number}" for name, number in facts.coders.items())
    yield voice.say("coder", len(facts.coders), names=", ".join(facts.coders), k=facts.coded,
                    all=sum(facts.documents.values()), each=", ".join(names))  # fmt: skip
    if facts.supervisors:
        yield voice.say("supervisor", len(facts.supervisors), names=voice.listed(facts.supervisors))


def _codebook(facts: Facts, voice: Voice) -> Iterator[str]:
    yield voice.say("codes", facts.codes)
    if facts.changes:
        (first, before), (last, after) = facts.changes[0], facts.changes[-1]
        yield voice.say("changed", len(facts.changes), first=voice.day(first), k=before,
                        last=voice.day(last), m=after, all=facts.coded)  # fmt: skip
    elif facts.brought:
        yield voice.say("brought")
    elif not facts.older:
        yield voice.say("unchanged")
    if facts.older:
        yield voice.say("older", facts.newer, k=facts.older, all=facts.coded)
    if facts.approach == REFLEXIVE:
        yield voice.say("themes")


def _double(facts: Facts, voice: Voice) -> Iterator[str]:
    if facts.approach == REFLEXIVE:
        if facts.double:
            yield voice.say("companion", facts.double)
        return
    if not facts.double:
        yield voice.say("single")
    else:
        share = percent(facts.double, facts.coded)
        yield voice.say("double", facts.double, all=facts.coded, share=share)
        for one in facts.draws:
            key = "drawn strata" if one.strata else "drawn"
            yield voice.say(key, share=one.share, strata=one.strata, seed=one.seed)
        if not facts.draws:
            yield voice.say("chosen")
        yield _independence(facts, voice)
    if facts.calibration:
        yield voice.say("calibrated", facts.calibration)


def _independence(facts: Facts, voice: Voice) -> str:
    known = facts.blind + facts.apart
    if not known:
        return voice.say("unrecorded")
    if known < facts.double:
        return voice.say("partly", known, all=facts.double)
    if not facts.apart:
        return voice.say("blind")
    return voice.say("independent" if facts.blind else "apart")


def _rounds(facts: Facts, voice: Voice) -> Iterator[str]:
    for one in facts.rounds:
        yield voice.say(
            _when(one), name=one.name,
            kind=voice.say(_WHOLE[one.kind]), coders=one.coders, documents=one.documents,
            opened=voice.day(one.opened) if one.opened else "",
            closed=voice.day(one.closed) if one.closed else "",
        )  # fmt: skip


def _when(one: Held) -> str:
    if not one.opened:
        return "round undated"
    if not one.closed:
        return "round open"
    return "round day" if one.closed == one.opened else "round"


def _figures(facts: Facts, voice: Voice) -> Iterator[str]:
    told = [one for one in facts.rounds if one.figures and one.kind != "calibration"]
    defined = any(one.figures and one.figures.alpha is not None for one in told)
    if defined:
        yield voice.say("measure")
    for one in told:
        if one.figures:
            yield from _figure(one, one.figures, voice)
    if defined:
        yield voice.say("why alpha")
    if not told and facts.double:
        yield voice.say("no figure")


def _figure(held: Held, found: Figures, voice: Voice) -> Iterator[str]:
    if found.alpha is None:
        yield voice.say("no alpha", name=held.name)
        return
    said = voice.say("figure", name=held.name, alpha=voice.number(found.alpha))
    if found.low is None or found.high is None:
        said += voice.say("no interval")
    else:
        said += voice.say("interval", low=voice.number(found.low), high=voice.number(found.high),
                          seed=found.seed)  # fmt: skip
    if found.characters is not None:
        said += voice.say("on characters", characters=voice.number(found.characters))
    yield f"{said}."
    yield voice.say("below", below=found.below, defined=found.defined)
    if found.codes > found.defined:
        yield voice.say("undefined codes", found.codes - found.defined)


def _resolved(facts: Facts, voice: Voice) -> Iterator[str]:
    found = facts.resolved
    if found is None:
        return
    yield _how_far(found, voice)
    if found.disagreements > found.open:
        for key, number in (("together", found.together), ("alone", found.alone),
                            ("by rule", found.by_rule), ("dissents", found.dissents)):  # fmt: skip
            if number:
                yield voice.say(key, number)
        yield voice.say("how")


def _how_far(found: Resolved, voice: Voice) -> str:
    settled = found.disagreements - found.open
    if not found.disagreements:
        return voice.say("no disagreement")
    if not found.open:
        return voice.say("all resolved", found.disagreements)
    if not settled:
        return voice.say("none resolved", found.disagreements)
    return voice.say("some resolved", found.disagreements, k=settled, open=found.open)
