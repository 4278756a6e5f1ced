"""Earlier states of a codebook, and what became of each code from one state to the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats import codebook
from qcode.formats.codebook import CodebookFile
from qcode.formats.folder.names import missing
from qcode.formats.folder.tables import Cells, read_table
from qcode.formats.folder.values import ENDINGS, VERBS, PlainChange, PlainState
from qcode.language import _
from qcode.model.codebook import Codebook

HISTORY = "codebook-history.csv"
COLUMNS = ("version", "verb", "code", "into", "reason", "date")
_VERSION = re.compile(r"\d+(\.\d+)*", re.ASCII)


def file_name(version: str) -> str:
    """Return the file that holds an earlier state of the codebook."""
    return f"codebook-{version}.toml"


def is_version(text: str) -> bool:
    """Tell whether states can be put in order by this version: ``0.3``, ``1.0``."""
    return bool(_VERSION.fullmatch(text))


def rank(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by: 0.3 comes before 0.10."""
    return tuple(int(part) for part in version.split("."))


def read_states(folder: Path, now: CodebookFile, mint: Callable[[], str]) -> tuple[PlainState, ...]:
    """Return the states of a codebook in order, the last of them ``now``; none without a history.

    Raises BadInput with file, line and field for a row that does not fit the two states it stands
    between, and for a code that goes without a row.
    """
    files = sorted(folder.glob("codebook-*.toml"))
    history = folder / HISTORY
    if not files and not history.exists():
        return ()
    older = sorted((_state(path, mint) for path in files), key=lambda book: rank(book.version))
    if not is_version(now.version) or any(
        rank(book.version) >= rank(now.version) for book in older
    ):
        raise BadInput(
            _("beside earlier states, a codebook needs a version after theirs, such as 1.0"),
            file=str(folder / "codebook.toml"), field="codebook: version",
        )  # fmt: skip
    books = (*older, now)
    rows = read_table(history, COLUMNS, needed=COLUMNS[:4]) if history.exists() else ()
    known = [book.version for book in books]
    for row in rows:
        row.one_of("version", known[1:])
    changes = {
        new.version: _changes(_Passage(_Side(old), _Side(new)), rows, str(history))
        for old, new in pairwise(books)
    }
    return tuple(PlainState(book, changes.get(book.version, ())) for book in books)


def _state(path: Path, mint: Callable[[], str]) -> CodebookFile:
    version = path.stem.removeprefix("codebook-")
    if not is_version(version):
        raise BadInput(
            _("an earlier state of a codebook is named by its version: {example}").format(
                example=file_name("0.3")
            ),
            file=str(path),
        )
    book = codebook.read(path, mint)
    if book.version not in ("", version):
        raise BadInput(
            _("the name of the file says {version}").format(version=version),
            file=str(path), field="codebook: version",
        )  # fmt: skip
    return replace(book, version=version)


class _Side:
    """A codebook before or after a change, whose codes are named by their paths."""

    def __init__(self, book: CodebookFile) -> None:
        self.version = book.version
        self.tree = Codebook(book.codes)
        self.paths: Mapping[str, str] = {code.id: self.tree.path(code.id) for code in book.codes}
        self.ids: Mapping[str, str] = {path.casefold(): id for id, path in self.paths.items()}

    def id(self, row: Cells, column: str, path: str) -> str:
        """Return the id of the code of a path."""
        if id := self.ids.get(path.casefold()):
            return id
        sentence = _("codebook {version} has no code “{path}”").format(
            version=self.version, path=path
        )
        near = [self.paths[code.id] for code in self.tree.nearest(path)]
        raise row.refused(missing(sentence, path, near, 0), column)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Two states that follow each other."""

    old: _Side
    new: _Side


def _changes(between: _Passage, rows: Sequence[Cells], file: str) -> tuple[PlainChange, ...]:
    changes: list[PlainChange] = []
    ended: set[str] = set()
    for row in rows:
        if row.text("version") != between.new.version:
            continue
        change, code = _change(row, between)
        if code in ended:
            raise row.refused(_("another row says already what became of this code"), "code")
        if change.verb in ENDINGS:
            ended.add(code)
        changes.append(change)
    for id, path in between.old.paths.items():
        if id not in between.new.paths and id not in ended:
            raise BadInput(
                _("no row says why “{path}” is not in codebook {version} any more: merge, split "
                  "or retire; a code that stays keeps its guid")
                .format(path=path, version=between.new.version), file=file,
            )  # fmt: skip
    return tuple(changes)


def _change(row: Cells, between: _Passage) -> tuple[PlainChange, str]:
    """Return what a row says, and the id of the code it is about (empty for a new one)."""
    verb = row.one_of("verb", VERBS)
    into = row.several("into")
    targets = tuple(between.new.id(row, "into", path) for path in into)
    _check_number(row, verb, len(targets))
    code = ""
    if verb != "add":
        code = between.old.id(row, "code", row.needed("code"))
    elif row.text("code"):
        raise row.refused(_("a new code has no path in the older codebook"), "code")
    if problem := _problem(verb, code, targets, between):
        raise row.refused(problem, "verb")
    change = PlainChange(
        verb=verb,
        code=between.old.paths.get(code, ""),
        into=tuple(between.new.paths[id] for id in targets),
        reason=row.text("reason"),
        date=row.text("date"),
        line=row.line,
    )
    return change, code


def _check_number(row: Cells, verb: str, number: int) -> None:
    if verb == "retire" and number:
        raise row.refused(_("a retired code goes into no other"), "into")
    if verb == "split" and number < 2:
        raise row.refused(_("a code is split into two or more, with “ | ” between them"), "into")
    if verb not in ("retire", "split") and number != 1:
        raise row.refused(_("the path of one code stands here"), "into")


def _problem(verb: str, code: str, into: Iterable[str], between: _Passage) -> str:
    """Return what speaks against a change, or nothing."""
    old, new = between.old, between.new
    target = next(iter(into), "")
    if verb in ENDINGS and code in new.paths:
        return _("this code is in codebook {version} still, by its guid").format(
            version=new.version
        )
    if verb in ("add", "split") and any(id in old.paths for id in into):
        return _("a code that is to be new was in codebook {version}, by its guid").format(
            version=old.version
        )
    if verb in ("rename", "move", "new meaning") and code != target:
        return _("these are two codes: a code that stays keeps its guid")
    if verb == "rename" and old.tree[code].name == new.tree[code].name:
        return _("the name is the same in both")
    if verb == "move" and old.tree[code].parent == new.tree[code].parent:
        return _("the code stands below the same one in both")
    return ""
