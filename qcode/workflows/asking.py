"""A filter typed in one line: the options of the command line, and words to look for."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from qcode.errors import BadInput
from qcode.language import _
from qcode.model.bound import SIGNS, Bound
from qcode.model.document import DOCUMENT_KINDS
from qcode.model.filter import FUZZY, MATCHES, REGEX, STEM, WITHIN, WORD, Filter
from qcode.model.naming import chosen

FIELDS: Mapping[str, str] = {
    "--code": "codes", "--and": "also", "--not": "without", "--within": "within", "--near": "near",
    "--document": "documents", "--case": "cases", "--where": "where", "--kind": "kinds",
    "--coder": "coders", "--layer": "layer", "--flag": "flags", "--memo": "memo", "--text": "text",
    "--match": "match", "--language": "language", "--search": "searches",
}  # fmt: skip
"""Which field of a Filter each option fills; the command line declares the same ones."""
WAYS = {f"--{how}": how for how in (WORD, REGEX, FUZZY, STEM)}
"""Short for --match, where words are looked for."""
_EQUALS = re.compile(r"(?<![<>])=")
_BOUND = re.compile(rf"(.*)({'|'.join(SIGNS)})([^<>=]*)")
_ONCE = ("within", "near", "layer", "memo", "text", "match", "language")
SAVE = "--save"
SEARCH = "@"
"""What the name of a saved search is typed after."""


def filter_typed(line: str) -> Filter:
    """Return the filter that a line means; names stay as typed, words without option are its text.

    Raises BadInput for an option that there is not, or one without a value.
    """
    several: dict[str, list[object]] = {}
    once: dict[str, object] = {}
    words: list[str] = []
    parts = _parts(line)
    for part in parts:
        if part in WAYS:
            once["match"] = WAYS[part]
        elif part.startswith(SEARCH) and len(part) > 1:
            several.setdefault("searches", []).append(part[1:])
        elif part.startswith("--"):
            field, value = _option(part, parts)
            if field in _ONCE:
                if field in once:
                    raise BadInput(twice(part.partition("=")[0]))
                once[field] = value
            else:
                several.setdefault(field, []).append(value)
        else:
            words.append(part)
    if words:
        once["text"] = " ".join((*words, str(once["text"])) if "text" in once else words)
    return checked(Filter(**once, **{field: tuple(some) for field, some in several.items()}))  # type: ignore[arg-type]


def twice(option: str) -> str:
    """Return the sentence about an option that takes one value and was given several."""
    return _("{option} is given twice, and takes one value; leave one out").format(option=option)


def saved_as(line: str) -> tuple[str, str]:
    """Return a line without --save NAME, and that name or an empty text."""
    left, name = [], ""
    parts = _parts(line)
    for part in parts:
        option, equals, value = part.partition("=")
        if option != SAVE:
            left.append(part)
        elif not (name := value if equals else next(parts, "")):
            raise BadInput(_("“{option}” needs a value after it").format(option=SAVE))
    return (shlex.join(left), name) if name else (line, "")


def _parts(line: str) -> Iterator[str]:
    try:
        return iter(shlex.split(line))
    except ValueError as error:
        raise BadInput(_("a quotation mark is not closed")) from error


def _option(part: str, parts: Iterator[str]) -> tuple[str, object]:
    """Return the field that an option fills, and its value, which may be the next part."""
    option, equals, value = part.partition("=")
    field = FIELDS.get(option)
    if field is None:
        raise BadInput(_("there is no option “{option}”; there are: {known}").format(
            option=option, known=" ".join((*FIELDS, *WAYS))))  # fmt: skip
    value = value if equals else next(parts, "")
    if not value:
        raise BadInput(_("“{option}” needs a value after it").format(option=option))
    return field, _READ.get(field, str)(value)


def checked(asked: Filter) -> Filter:
    """Return a filter, or say what in it does not go together."""
    if asked.near is not None and asked.within != Filter().within:
        raise BadInput(_("--within and --near say the same thing in two ways; leave one out"))
    if (asked.near is not None or asked.within != Filter().within) and not related(asked):
        raise BadInput(_("--within and --near say how --and CODE and --not CODE are meant; "
                         "there is none"))  # fmt: skip
    if asked.coders and asked.layer not in (_EVERYTHING.layer, *asked.coders):
        raise BadInput(_("--coder and --layer both say whose codings are meant; leave one out"))
    return asked


def checked_words(asked: Filter, *, others: bool = False) -> None:
    """Refuse how words are looked for where there are none, in the filter or ``others`` beside it."""
    if asked.match != _EVERYTHING.match and not (others or asked.text.strip()):
        raise BadInput(_("--match says how --text is looked for; there is none"))
    if asked.language and asked.match != STEM:
        raise BadInput(_("--language is that of word stems: add --match stem"))


def related(asked: Filter) -> bool:
    """Tell whether a filter asks for other codes beside those of the passage itself."""
    return bool(asked.also or asked.without)


def pair(text: str) -> tuple[str, str]:
    """Read what was typed as A=B, such as an attribute and its value."""
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (equals and name and value):
        raise BadInput(
            _("“{text}” is not written ATTRIBUTE=VALUE, such as village=Klaten").format(text=text)
        )
    return name, value


def condition(text: str) -> tuple[str, str | Bound]:
    """Read what was typed as A=B, or as a bound such as A>=40; A and B may have such signs too."""
    if equals := _EQUALS.search(text):
        name, value = text[: equals.start()].strip(), text[equals.end() :].strip()
        if name and value:
            return name, value
    elif found := _BOUND.fullmatch(text):
        name, sign, value = (part.strip() for part in found.groups())
        if name and value:
            return name, Bound(sign, value)
    raise BadInput(
        _("“{text}” is not written ATTRIBUTE=VALUE, such as village=Klaten, nor, in quotation "
          'marks, "ATTRIBUTE>=NUMBER", such as "age>=40"').format(text=text)
    )  # fmt: skip


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 6:
        raise BadInput(_("“{text}” is no number of words").format(text=text))
    return int(text)


def _one_of(names: tuple[str, ...], noun: str) -> Callable[[str], str]:
    return lambda text: chosen(text, {name: name for name in names}, noun)


_READ: Mapping[str, Callable[[str], object]] = {
    "where": condition,
    "near": _number,
    "kinds": _one_of(DOCUMENT_KINDS, _("kind of document")),
    "within": _one_of(WITHIN, _("place")),
    "match": _one_of(MATCHES, _("way to look for words")),
    "searches": lambda text: text.removeprefix(SEARCH),
}


def line_of(asked: Filter) -> str:
    """Return the line that means a filter of names, as a person would type it."""
    given = []
    for option, field in FIELDS.items():
        value = getattr(asked, field)
        if value == getattr(_EVERYTHING, field):
            continue
        some = value if isinstance(value, tuple) else (value,)
        for one in some:
            text = _condition_typed(*one) if isinstance(one, tuple) else str(one)
            # A value that begins as an option does is still one.
            given.append(f"{option}={_quoted(text)}" if text.startswith("-")
                         else f"{option} {_quoted(text)}")  # fmt: skip
    return " ".join(given)


_EVERYTHING = Filter()


def _condition_typed(name: str, value: str | Bound) -> str:
    return f"{name}{value}" if isinstance(value, Bound) else f"{name}={value}"


def _quoted(text: str) -> str:
    return text if text and all(sign.isalnum() or sign in "-_.,:/=" for sign in text) else (
        shlex.quote(text))  # fmt: skip


def narrowed(saved: Filter, typed: Filter, name: str) -> Filter:
    """Return what is in a saved filter and in what was typed beside it.

    What both fill would have to be guessed at, but for codes that must be there or must not and
    different attributes and bounds of one, which all hold; the rest is refused.

    What attributes are called is the same in both.
    """
    if related(saved) and related(typed) and _meant(saved) != _meant(typed):
        raise _both(name, "--within")
    joined: dict[str, object] = {
        "also": saved.also + typed.also,
        "without": saved.without + typed.without,
        "where": saved.where + typed.where,
    }
    twice = {one for one, _value in saved.where} & {one for one, _value in typed.where}
    if any(one in twice and isinstance(value, str) for one, value in saved.where + typed.where):
        raise _both(name, "--where")
    meant = saved if related(saved) else typed
    joined |= {"within": meant.within, "near": meant.near}
    for option, field in FIELDS.items():
        if field in joined or field == "searches":
            continue
        one, other, none = (getattr(of, field) for of in (saved, typed, _EVERYTHING))
        if none not in (one, other) and one != other:
            raise _both(name, option)
        joined[field] = one if other == none else other
    return replace(typed, **joined)  # type: ignore[arg-type]


def _meant(asked: Filter) -> tuple[str, int | None]:
    return asked.within, asked.near


def _both(name: str, option: str) -> BadInput:
    return BadInput(
        _("the saved search “{name}” has {option} already; leave it out, or type the search anew "
          "(“qcode searches” shows it)").format(name=name, option=option)
    )  # fmt: skip
