"""The tables: the log and the values beside it, and what is folded from them.

Every noun has a table with the columns that queries join and filter on; the rest of its fields
stand in ``details`` as JSON. Integer keys are local to one store and never leave it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    literal_column,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.event import listen
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

SCHEMA = 3
"""Number of this layout; a store with a higher one was written by a newer qcode."""
APPLICATION = 0x51434F44
"""``QCOD``: marks an SQLite file as a project."""


class Hex(UserDefinedType[str]):
    """Bytes in the database, hexadecimal digits in Python; empty stands for NULL."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], bytes | None]:  # noqa: ARG002
        """Turn digits into bytes."""
        return lambda value: bytes.fromhex(value) if value else None

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002
        coltype: object,  # noqa: ARG002
    ) -> Callable[[bytes | None], str]:
        """Turn bytes into digits."""
        return lambda value: value.hex() if value is not None else ""


@compiles(Hex, "sqlite")
def _blob(_type: Hex, _compiler: object, **_: object) -> str:
    return "BLOB"


@compiles(Hex, "postgresql")
def _bytea(_type: Hex, _compiler: object, **_: object) -> str:
    return "BYTEA"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Whole = Integer().with_variant(BigInteger(), "postgresql")
STRICT: dict[str, Any] = {"sqlite_strict": True}

local = Table(
    "local",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    **STRICT,
)
"""What concerns this store alone: the project's id, the writer, where the file was last written."""

change = Table(
    "change",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", Hex, nullable=False, unique=True),
    Column("writer", Hex, nullable=False),
    Column("seq", Whole, nullable=False),
    Column("hlc", Whole, nullable=False, index=True),
    Column("at", Whole, nullable=False),
    Column("actor", Hex, nullable=False),
    Column("step", Hex, nullable=False, index=True),
    Column("verb", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("row", Hex, nullable=False, index=True),
    Column("new", Integer, nullable=False),
    Column("data", Text),
    Column("data_hash", Hex, nullable=False),
    Column("hash", Hex, nullable=False),
    Index("ix_change_writer_seq", "writer", "seq"),
    **STRICT,
)

value = Table(
    "value",
    metadata,
    Column("hash", Hex, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text),
    **STRICT,
)
"""Immutable texts, turns and codebook states, named by the SHA-256 of their body."""

step = Table(
    "step",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", Hex, nullable=False, unique=True),
    Column("writer", Hex, nullable=False),
    Column("actor", Hex, nullable=False),
    Column("verb", Text, nullable=False),
    Column("seq", Whole, nullable=False),
    Column("hlc", Whole, nullable=False),
    Column("at", Whole, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("turned", Whole, nullable=False),
    Index("ix_step_writer_actor_seq", "writer", "actor", "seq"),
    **STRICT,
)
"""One row a step; ``turned`` is the clock (hlc) of the last undo or redo of it, else 0."""

waiting = Table(
    "waiting",
    metadata,
    Column("noun", Text, primary_key=True),
    Column("id", Hex, primary_key=True),
    Column("needs", Hex, index=True),
    **STRICT,
)
"""Rows of the log that cannot stand yet: what they refer to is not there."""


@dataclass(frozen=True)
class Noun:
    """How the fields of one kind of row become columns."""

    name: str
    table: Table
    refs: Mapping[str, str] = field(default_factory=dict)
    """Field to the noun whose integer key the column of that name holds."""
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Fields that have a column of their own name, with what stands there if nothing was said."""
    place: bool = False
    trees: tuple[str, ...] = ()
    """Fields folded over all rows of the noun together, so that no loop arises."""


def _ref(name: str, target: str, *, index: bool = True) -> Column[Any]:
    link = ForeignKey(f"{target}.pk", deferrable=True, initially="DEFERRED")
    return Column(name, Integer, link, index=index)


def _place() -> list[Column[Any]]:
    return [
        _ref("at_version", "version", index=False),
        Column("at_start", Integer),
        Column("at_end", Integer),
        Column("at_words", Hex),
        Column("start", Integer),
        Column("end", Integer),
        Column("fit", Text),
    ]


def _noun(
    name: str,
    *columns: Column[Any],
    refs: Mapping[str, str] | None = None,
    place: bool = False,
    trees: tuple[str, ...] = (),
    derived: tuple[Any, ...] = (),
    unindexed: tuple[str, ...] = ("coder",),
) -> Noun:
    refs = refs or {}
    table = Table(
        name,
        metadata,
        Column("pk", Integer, primary_key=True),
        Column("id", Hex, nullable=False, unique=True),
        Column("born", Whole, nullable=False),
        Column("maker", Hex, nullable=False),
        # A coder has most rows of a table: an index on him costs every coding and finds nothing.
        *(_ref(ref, target, index=target not in unindexed) for ref, target in refs.items()),
        *columns,
        *(_place() if place else ()),
        *derived,
        Column("details", Text, nullable=False),
        **STRICT,
    )
    defaults = {one.name: getattr(one.default, "arg", None) for one in columns}
    return Noun(name, table, refs, defaults, place, trees)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False, default="")


def _flag(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False, default=0)


project = _noun("project", _text("name"))
coder = _noun("coder", _text("name"))
code = _noun(
    "code",
    _text("name"),
    _flag("position"),
    _flag("retired"),
    Column("meaning", Hex),
    trees=("parent", "merged_into"),
    derived=(_ref("parent", "code"), _ref("merged_into", "code"), _ref("final", "code")),
)
attribute = _noun("attribute", _text("name"), _text("type"), _flag("multiple"))
document = _noun(
    "document",
    _text("name"),
    _text("kind"),
    _flag("retired"),
    derived=(_ref("current", "version"), _ref("record", "coder")),
)
case = _noun("case", _text("kind"), _text("name"), _flag("retired"))
version = _noun(
    "version",
    Column("parent", Hex),
    Column("text", Hex, nullable=False),
    Column("turns", Hex, nullable=False),
    refs={"document": "document"},
)
speaker = _noun("speaker", _text("label"), _text("kind"), refs={"document": "document"})
participation = _noun(
    "participation",
    _flag("retired"),
    refs={"document": "document", "case": "case", "speaker": "speaker"},
)
coding = _noun(
    "coding",
    _flag("retired"),
    refs={"document": "document", "code": "code", "coder": "coder"},
    place=True,
    unindexed=("coder", "document"),
)
flag = _noun(
    "flag",
    _text("kind"),
    _flag("retired"),
    refs={"document": "document", "coder": "coder"},
    place=True,
)
memo = _noun(
    "memo",
    _text("about_noun"),
    Column("about_id", Hex),
    _flag("retired"),
    refs={"coder": "coder", "document": "document"},
    place=True,
)
status = _noun(
    "status",
    Column("seen", Hex),
    Column("finished", Hex),
    _flag("empty"),
    refs={"document": "document", "coder": "coder"},
)

round = _noun(
    "round",
    _text("name"),
    _text("kind"),
    _flag("retired"),
    Column("codebook", Hex),
    Column("figures", Hex),
)
assignment = _noun(
    "assignment",
    _flag("retired"),
    refs={"document": "document", "coder": "coder", "round": "round"},
)
decision = _noun(
    "decision",
    _text("verdict"),
    _flag("retired"),
    refs={"document": "document", "round": "round"},
)

theme = _noun("theme", _text("name"), _flag("retired"))
ground = _noun(
    "ground",
    _text("side"),
    _flag("retired"),
    refs={"theme": "theme", "code": "code", "coding": "coding"},
)
appraisal = _noun("appraisal", _flag("retired"), refs={"theme": "theme", "code": "code"})
summary = _noun("summary", _flag("retired"), refs={"case": "case", "code": "code"})
piece = _noun("piece", _flag("retired"), refs={"case": "case", "coding": "coding"})
quotation = _noun("quotation", _flag("retired"), refs={"coding": "coding"})
answer = _noun("answer", _flag("retired"), refs={"case": "case", "coding": "coding"})
search = _noun("search", _text("name"), _flag("retired"))
question = _noun("question", _text("name"), _flag("retired"))
asking = _noun(
    "asking",
    _flag("retired"),
    refs={"document": "document", "question": "question"},
    place=True,
)

NOUNS = (
    project, coder, code, attribute, document, case, version, speaker, participation, coding,
    flag, memo, status, round, assignment, decision, theme, ground, appraisal, summary, piece,
    quotation, answer, search, question, asking,
)  # fmt: skip
"""In an order in which what a row refers to comes before it."""
NOUN = {noun.name: noun for noun in NOUNS}
FINDINGS = ("theme", "ground", "appraisal", "summary", "piece", "quotation", "answer", "asking")
"""Nouns of what people make of the codings: hidden wherever others' codings are."""
WHOLE = {"decision": "verdict", "summary": "said"}
"""Nouns whose rows are written whole, under a given id, and the field in which two differ."""

case_value = Table(
    "case_value",
    metadata,
    Column("case", ForeignKey("case.pk", deferrable=True, initially="DEFERRED"), nullable=False),
    Column("attribute", Hex, nullable=False),
    Column("position", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Index("ix_case_value_case", "case"),
    **STRICT,
)

tally = Table(
    "tally",
    metadata,
    Column("document", ForeignKey("document.pk", deferrable=True, initially="DEFERRED")),
    Column("code", ForeignKey("code.pk", deferrable=True, initially="DEFERRED")),
    Column("coder", ForeignKey("coder.pk", deferrable=True, initially="DEFERRED")),
    Column("case", ForeignKey("case.pk", deferrable=True, initially="DEFERRED")),
    Column("passages", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Index("ix_tally_document_code_coder", "document", "code", "coder"),
    **STRICT,
)


def _index_all_but(fit: str, name: str, *columns: str) -> ColumnElement[bool]:
    """Index the codings that fit otherwise, and return the condition that finds the index."""
    condition = coding.table.c.fit != literal_column(f"'{fit}'")
    index = Index(name, *(coding.table.c[one] for one in columns), sqlite_where=condition)
    index.ddl_if(dialect="sqlite")
    # Said in words: an Index that names PostgreSQL loads all of its dialect, 4 MB, in every process.
    quoted = ", ".join(f'"{one}"' for one in columns)
    made = DDL(  # type: ignore[no-untyped-call]
        f"CREATE INDEX {name} ON %(fullname)s ({quoted}) WHERE fit != '{fit}'"
    )
    listen(coding.table, "after_create", made.execute_if(dialect="postgresql"))
    return condition


Index("ix_coding_document_born", coding.table.c.document, coding.table.c.born)
UNFIT = _index_all_but("same", "ix_coding_unfit", "fit")
"""The condition of codings that do not stand on the words they were given, which are few."""
PLACED = _index_all_but(
    "lost", "ix_coding_placed", "document", "code", "coder", "retired", "start", "end", "fit"
)
"""The condition of codings that stand somewhere: what is counted of them is all in the index."""

FOLDED = (tally, case_value, *(noun.table for noun in reversed(NOUNS)), waiting, step)
"""Every table that can be rebuilt from the log, in an order in which they may be emptied."""
