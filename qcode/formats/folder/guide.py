"""The interview guide of a plain-text project: questions as rows, like the other findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from qcode.formats import guide
from qcode.formats.folder.names import Names, missing
from qcode.formats.folder.tables import Cells, joined, split
from qcode.language import _
from qcode.model.guide import Question

_LABEL = "label."


def read(path: Path) -> tuple[Cells, ...]:
    """Return the questions of a guide.toml as rows; the line is the number of the question."""
    return tuple(
        Cells(str(path), at, cells(one)) for at, one in enumerate(guide.read(path), 1)
    )  # fmt: skip


def written(rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as a guide.toml."""
    return guide.written(map(question, rows))


def cells(one: Question) -> dict[str, str]:
    """Return a question as a row."""
    return {
        "number": one.number, "text": one.text, "wording": joined(one.wordings),
        "attribute": one.attribute, "roles": joined(one.roles), "codes": joined(one.codes),
        **{f"{_LABEL}{language}": label for language, label in one.labels.items()},
    }  # fmt: skip


def question(row: Mapping[str, str]) -> Question:
    """Return the question of a row."""
    several: Sequence[tuple[str, ...]] = [
        split(row.get(name, "")) for name in ("wording", "roles", "codes")
    ]
    labels = {
        name.removeprefix(_LABEL): text for name, text in row.items() if name.startswith(_LABEL)
    }
    return Question(
        row["number"], row["text"], labels=labels, wordings=several[0],
        attribute=row.get("attribute", ""), roles=several[1], codes=several[2],
    )  # fmt: skip


def checked(row: Cells, names: Names) -> Mapping[str, str]:
    """Return a question whose codes are all in the codebook, as it writes them."""
    codes = []
    for typed in row.several("codes"):
        path = names.paths.get(typed.casefold())
        if path is None:
            near = [names.codebook.path(one.id) for one in names.codebook.nearest(typed)]
            sentence = _("there is no code “{name}”").format(name=typed)
            raise row.refused(missing(sentence, typed, near, 0), "codes")
        codes.append(path)
    return {**row.values, "codes": joined(codes)}
