"""Copies of one project that are worked on, copied, restored and exchanged at random."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count

from sqlalchemy import Engine, select

from qcode.errors import Refused
from qcode.model.case import Case
from qcode.model.codebook import Code
from qcode.model.coding import DISCUSS, FLAGS
from qcode.model.decision import VERDICTS, Decision, Outcome
from qcode.model.document import Splice, Transcript, Turn
from qcode.model.round import ROUND_KINDS, Assignment
from qcode.model.span import Span
from qcode.store import (
    cases,
    codebook,
    coders,
    codings,
    decisions,
    dialect,
    documents,
    history,
    memos,
    rounds,
    schema,
)
from qcode.store.codings import NewCoding
from qcode.store.consensus import consensus_id
from qcode.store.documents import NewDocument
from qcode.store.exchange import exchange
from qcode.store.project import Project, Step, found, lay_tables
from qcode.store.refolding import contents
from qcode.workflows.merging import join_corrections
from tests.store.story_acts import StoryActs
from tests.store.theme_acts import ThemeActs

STUDY = "5" * 32
START = 1_760_000_000_000
WORDS = [
    "takut",
    "pegang",
    "HP",
    "lalu",
    "anak",
    "tetangga",
    "sabar",
    "ongkir",
    "mahal",
    "sinyal",
    "grup",
    "WA",
    "panen",
]
CODERS = ("ani", "budi", "citra")


def text_of(rng: random.Random) -> Transcript:
    """Return a short interview of random words with two speakers."""
    text, turns = "", []
    for number in range(6):
        label = "PN"[number % 2]
        start = len(text)
        words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 9)))
        text += f"{label}: {words}.\n"
        turns.append(Turn(start, start + 3, len(text), label))
    return Transcript(text, tuple(turns))


class Copy:
    """One copy of the project, on one person's machine."""

    def __init__(self, number: int, clock: Callable[[], int], engine: Engine) -> None:
        self.number = number
        self.engine = engine
        lay_tables(engine, STUDY)
        place = f"copy {number}"
        self.project = Project(engine, place, now=clock, here=place)
        self.coder = ""

    def snapshot(self) -> sqlite3.Connection | None:
        """Return a copy of the whole file as it is now, or None for a server."""
        with self.file() as file:
            if file is None:
                return None
            copy = sqlite3.connect(":memory:", check_same_thread=False)
            file.backup(copy)
            return copy

    def restore(self, snapshot: sqlite3.Connection | None) -> None:
        """Put an earlier copy, or that of another person, in the place of the file."""
        with self.file() as file:
            if file is not None and snapshot is not None:
                snapshot.backup(file)

    def logged(self) -> set[str]:
        """Return the ids of all changes in the log."""
        with self.project.read() as connection:
            return set(connection.execute(select(schema.change.c.id)).scalars())

    @contextmanager
    def file(self) -> Iterator[sqlite3.Connection | None]:
        """Lend the connection to the file, or None where the copy is on a server."""
        raw = self.engine.raw_connection()
        try:
            driver = raw.driver_connection
            yield driver if isinstance(driver, sqlite3.Connection) else None
        finally:
            raw.close()


class World(StoryActs, ThemeActs):
    """Three copies with skewed clocks, and the random things people do with them."""

    def __init__(self, seed: int, engines: Sequence[Engine] = ()) -> None:
        self.rng = random.Random(seed)
        self.ticks = count()
        skews = [0, -3_600_000, 86_400_000, self.rng.randint(-(10**9), 10**9)]
        engines = engines or [dialect.sqlite_engine(None) for _ in range(3)]
        self.copies = [
            Copy(number, self.skewed(self.rng.choice(skews)), engine)
            for number, engine in enumerate(engines)
        ]
        first = self.copies[0]
        who = found(first.project, STUDY, {"name": "Uji"}, CODERS[0])
        with first.project.write(who, "import") as step:
            documents.add(
                step,
                [NewDocument(f"W0{number}", text_of(self.rng), speakers={"P": "interviewer"})
                 for number in range(2)],
            )  # fmt: skip
            cases.add(step, [Case("", "informant", f"I{number}") for number in range(2)])
        with first.project.write(who, "add code") as step:
            codebook.add(step, [Code(step.mint(), name) for name in ("a", "b", "c", "d")])
        for copy, name in zip(self.copies, CODERS, strict=True):
            if copy is not first:
                exchange(first.project, copy.project)
            copy.coder = coders.joined(copy.project, name)
        self.snapshots = [[copy.snapshot()] for copy in self.copies]

    def skewed(self, skew: int) -> Callable[[], int]:
        """Return a clock that is off by some milliseconds."""
        return lambda: START + skew + next(self.ticks) * 1000

    def act(self) -> None:
        """Let one person do one thing; what qcode refuses is refused."""
        rng = self.rng
        copy = rng.choice(self.copies)
        chance = rng.random()
        if chance < 0.14:
            other = rng.choice([one for one in self.copies if one is not copy])
            exchange(other.project, copy.project)
            if chance < 0.07:
                join_corrections(copy.project, copy.coder)
        elif chance < 0.18:
            owner = copy if chance < 0.17 else rng.choice(self.copies)
            copy.restore(rng.choice(self.snapshots[owner.number][-2:]))
        elif chance < 0.22:
            self.snapshots[copy.number].append(copy.snapshot())
        elif chance < 0.34:
            turn = history.undo if chance < 0.30 else history.redo
            with suppress(Refused):
                turn(copy.project, copy.coder)
        else:
            self.edit(copy)

    def edit(self, copy: Copy) -> None:
        """Do one random thing to a random row; no change that was logged ever goes."""
        before = copy.logged()
        verb = self.rng.choice([name for name in dir(self) if name.startswith("do_")])
        with suppress(Refused), copy.project.write(copy.coder, verb[3:]) as step:
            getattr(self, verb)(step)
        assert before <= copy.logged()

    def some(self, step: Step, noun: str) -> str:
        """Return the id of a random row of a noun, retired or not."""
        connection = step.connection
        ids = sorted(connection.execute(select(schema.NOUN[noun].table.c.id)).scalars())
        if not ids:
            raise Refused("nothing of that kind stands here")
        return str(self.rng.choice(ids))

    def somewhere(self, step: Step, document: str) -> Span:
        """Return a random stretch of a document."""
        length = len(documents.current(step.connection, document).transcript.text)
        start = self.rng.randrange(length - 1)
        return Span(start, self.rng.randint(start + 1, min(length, start + 30)))

    def do_apply(self, step: Step) -> None:
        document = self.some(step, "document")
        codings.apply(
            step,
            [NewCoding(document, self.somewhere(step, document), self.some(step, "code"))
             for _ in range(self.rng.randint(1, 3))],
        )  # fmt: skip

    do_apply_again = do_apply
    do_apply_more = do_apply

    def do_bounds(self, step: Step) -> None:
        coding = codings.one(step.connection, self.some(step, "coding"))
        codings.move(step, coding.id, self.somewhere(step, coding.document))

    def do_split(self, step: Step) -> None:
        coding = codings.one(step.connection, self.some(step, "coding"))
        codings.split(step, coding.id, self.rng.randint(coding.start, coding.end))

    def do_join(self, step: Step) -> None:
        codings.join(step, self.some(step, "coding"), self.some(step, "coding"))

    def do_memo_on_coding(self, step: Step) -> None:
        memos.write(step, ("coding", self.some(step, "coding")), "lihat W03")

    def do_recode(self, step: Step) -> None:
        codings.recode(step, [self.some(step, "coding")], self.some(step, "code"))

    def do_retire(self, step: Step) -> None:
        codings.retire(step, [self.some(step, "coding")], retired=self.rng.random() < 0.7)

    def do_rename(self, step: Step) -> None:
        codebook.rename(step, self.some(step, "code"), f"r{self.rng.randint(1, 30)}")

    def do_move_code(self, step: Step) -> None:
        codebook.move(step, self.some(step, "code"), self.some(step, "code"))

    def do_merge_codes(self, step: Step) -> None:
        codebook.merge(step, self.some(step, "code"), self.some(step, "code"))

    def do_retire_code(self, step: Step) -> None:
        codebook.retire(step, self.some(step, "code"), retired=self.rng.random() < 0.6)

    def do_add_code(self, step: Step) -> None:
        codebook.add(step, [Code(step.mint(), f"n{self.rng.randint(1, 99)}")])

    def do_correct(self, step: Step) -> None:
        document = self.some(step, "document")
        old = documents.current(step.connection, document).transcript
        new, splice = corrected(old, self.rng)
        documents.correct(step, document, new, [splice])

    do_correct_again = do_correct
    do_correct_more = do_correct
    do_move_again = do_move_code
    do_move_more = do_move_code
    do_merge_again = do_merge_codes

    def do_mark(self, step: Step) -> None:
        document = self.some(step, "document")
        kind = self.rng.choice(FLAGS)
        memos.mark(step, document, self.somewhere(step, document), kind, text="kenapa?")

    def do_unmark(self, step: Step) -> None:
        memos.unmark(step, [self.some(step, "flag")])

    def do_answer(self, step: Step) -> None:
        memos.write(step, ("flag", self.some(step, "flag")), "begini")

    def do_settle(self, step: Step) -> None:
        questions = [one for one in memos.flags(step.connection) if one.kind == DISCUSS]
        if questions:
            one = self.rng.choice(sorted(questions, key=lambda one: one.id))
            memos.settle(step, one, settled=self.rng.random() < 0.7)

    def do_decide(self, step: Step) -> None:
        connection, rng = step.connection, self.rng
        document = self.some(step, "document")
        book = sorted(connection.execute(select(schema.code.table.c.id)).scalars())
        given = [one for one in codings.of_document(connection, document)
                 if one.coder != consensus_id(connection)][:4]  # fmt: skip
        wanted = []
        for one in given[: rng.randint(0, 3)]:
            item = step.derive("decision", document, one.id)
            who, codes = (one.coder, one.coder), (one.code, one.code)
            decision = Decision(item, document, who, "missed", codes,
                                decisions.inputs_of([one]), rng.choice(VERDICTS))  # fmt: skip
            outcome = [Outcome(rng.choice(book), self.somewhere(step, document))
                       for _ in range(rng.randint(0, 2))]  # fmt: skip
            wanted.append((decision, outcome))
        decisions.decide(step, wanted)
        if rng.random() < 0.5:
            decisions.close(step, document, book)

    do_decide_again = do_decide

    def do_retire_decision(self, step: Step) -> None:
        decisions.retire(step, [self.some(step, "decision")])

    def do_memo(self, step: Step) -> None:
        document = self.some(step, "document")
        memos.write(step, ("document", document), "bandingkan", span=self.somewhere(step, document))

    def do_finish(self, step: Step) -> None:
        documents.finish(step, self.some(step, "document"))

    def do_assign(self, step: Step) -> None:
        within = [one.id for one in rounds.listed(step.connection)]
        rounds.assign(step, [Assignment(
            self.some(step, "document"), self.some(step, "coder"),
            self.rng.choice(["", *sorted(within)]), self.rng.random() < 0.6,
        )])  # fmt: skip

    def do_withdraw(self, step: Step) -> None:
        standing = sorted(rounds.assignments(step.connection), key=lambda one: one.document)
        if standing:
            rounds.withdraw(step, [self.rng.choice(standing)])

    def do_open_round(self, step: Step) -> None:
        kind = self.rng.choice(ROUND_KINDS)
        rounds.begin(step, f"R{self.rng.randint(1, 5)}", kind, [step.coder])

    def do_close_round(self, step: Step) -> None:
        open = sorted(one.id for one in rounds.listed(step.connection) if one.open)
        if open:
            rounds.close(step, self.rng.choice(open), "{}")

    def do_describe_coder(self, step: Step) -> None:
        role = self.rng.choice(("coder", "supervisor"))
        coders.describe(step, self.some(step, "coder"), {"role": role})

    def do_second_self(self, step: Step) -> None:
        within = sorted(one.id for one in rounds.listed(step.connection))
        everyone = coders.listed(step.connection)
        if within:
            who = self.rng.choice(sorted(everyone, key=lambda one: one.id))
            second = coders.add_second(step, who, self.rng.choice(within), "again")
            document = self.some(step, "document")
            span = self.somewhere(step, document)
            codings.apply(
                step, [NewCoding(document, span, self.some(step, "code"), coder=second)]
            )  # fmt: skip

    def do_link(self, step: Step) -> None:
        document, case = self.some(step, "document"), self.some(step, "case")
        cases.link(step, document, case, linked=self.rng.random() < 0.8)

    def do_mend_speaker(self, step: Step) -> None:
        kind = self.rng.choice(("participant", "interviewer"))
        documents.mend_speaker(step, self.some(step, "document"), "P", kind=kind)

    def reconcile(self) -> None:
        """Exchange everything with everyone, in random order, some of it twice."""
        pairs = [(a, b) for a in self.copies for b in self.copies if a is not b] * 3
        self.rng.shuffle(pairs)
        for source, target in pairs:
            exchange(source.project, target.project)
        for _again in range(2):
            for source in self.copies:
                join_corrections(source.project, source.coder)
            for source in self.copies:
                for target in self.copies:
                    if source is not target:
                        exchange(source.project, target.project)


def corrected(old: Transcript, rng: random.Random) -> tuple[Transcript, Splice]:
    """Replace some characters inside what one turn says."""
    turn = rng.choice(old.turns)
    start = rng.randint(turn.said, turn.end - 2)
    end = rng.randint(start, min(turn.end - 1, start + 8))
    words = rng.choice(("", "x", " sekali", "ngajari saya"))
    grown = len(words) - (end - start)
    text = old.text[:start] + words + old.text[end:]
    turns = tuple(
        one if one.end <= start
        else Turn(one.start, one.said, one.end + grown, one.speaker) if one is turn
        else Turn(one.start + grown, one.said + grown, one.end + grown, one.speaker)
        for one in old.turns
    )  # fmt: skip
    return Transcript(text, turns), Splice(start, end, len(words))


def said(copy: Copy) -> dict[str, set[str]]:
    """Return what the tables of a copy say."""
    with copy.project.read() as connection:
        return contents(connection)
