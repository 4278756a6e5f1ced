"""What a speaker's label looks like, and the words that are one or never are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

MAX_LENGTH = 30
MAX_WORDS = 4
_REMEMBERED = 4096

INTERVIEWERS = frozenset(
    (
        *("interviewer", "researcher", "moderator", "facilitator", "host", "question"),
        *("pewawancara", "peneliti", "fasilitator", "moderatora", "penanya", "pertanyaan", "tanya"),
        *("interviewerin", "forscher", "forscherin", "intervieweur", "chercheur", "entrevistador"),
        *("moderador", "moderadora", "enquêteur", "interviewr"),
    )
)
PARTICIPANTS = frozenset(
    (
        *("interviewee", "participant", "respondent", "informant", "speaker", "answer", "guest"),
        *("informan", "narasumber", "responden", "partisipan", "peserta", "jawaban", "jawab"),
        *("subjek", "penerjemah", "juru bahasa", "interpreter", "translator", "befragte"),
        *("befragter", "entrevistado", "entrevistada", "enquêté", "unknown speaker"),
    )
)
KNOWN = INTERVIEWERS | PARTICIPANTS
PAIRS = (("p", "n"), ("p", "i"), ("t", "j"), ("q", "a"), ("i", "r"), ("q", "r"), ("p", "j"))
"""Letters that stand for the two sides of an interview; which of ``p`` and ``i`` asks is open."""
ASKING_LETTERS = {("p", "n"): "p", ("t", "j"): "t", ("q", "a"): "q", ("q", "r"): "q"}

HEADINGS = frozenset(
    (
        *("date", "time", "place", "location", "venue", "title", "duration", "length", "language"),
        *("name", "age", "gender", "sex", "occupation", "job", "education", "address", "code"),
        *("interview date", "date of interview", "start time", "end time", "recording", "audio"),
        *("audio file", "file", "keywords", "summary", "summary keywords", "speakers", "topic"),
        *("project", "participants", "transcriber", "transcribed by", "transcript", "version"),
        *("pseudonym", "note", "notes", "source", "url", "link", "status", "id", "number"),
        *("tanggal", "hari", "hari tanggal", "hari/tanggal", "waktu", "jam", "tempat", "lokasi"),
        *("judul", "durasi", "lama", "lama wawancara", "bahasa", "nama", "umur", "usia", "kode"),
        *("jenis kelamin", "pekerjaan", "pendidikan", "alamat", "jabatan", "desa", "dusun"),
        *("kecamatan", "kabupaten", "tanggal wawancara", "waktu wawancara", "tempat wawancara"),
        *("nama informan", "nama narasumber", "nama responden", "nama pewawancara", "rekaman"),
        *("kata kunci", "ringkasan", "topik", "proyek", "transkriptor", "ditranskrip oleh"),
        *("catatan", "keterangan", "sumber", "status perkawinan", "agama", "kode informan"),
        *("datum", "ort", "dauer", "titel", "thema", "sprache", "date et lieu", "lieu", "durée"),
    )
)
_NEVER = frozenset(
    (
        *("for example", "example", "examples", "contoh", "contohnya", "misalnya", "misal"),
        *("yes", "no", "ya", "tidak", "ok", "okay", "so", "well", "jadi", "that's right"),
        *("http", "https", "see", "lihat", "ps", "nb", "warning", "figure", "table", "tabel"),
    )
)
_PARTICLES = frozenset(("de", "van", "der", "von", "bin", "binti", "dan", "and", "&", "of", "la"))
_NUMBER = re.compile(r"[\s._-]*\(?\d{1,4}\)?$|\s*\([^)]*\)$")
_RUNNING = re.compile(r"(?P<stem>[^\W\d_][^\d]{0,25}?)[\s.-]?(?P<number>\d{1,4})")
_SPOKEN = re.compile(r"[,!?;\"“”…]|\.$|\.\s+[a-zß-öø-ÿ]")


@lru_cache(maxsize=_REMEMBERED)
def stem(label: str) -> str:
    """Return the label in lower case without a number or bracket behind it."""
    return _NUMBER.sub("", label.casefold().strip()).strip()


@lru_cache(maxsize=_REMEMBERED)
def is_known(label: str) -> bool:
    """Tell whether the label is a role written out ("Researcher 1", "Pewawancara")."""
    return stem(label) in KNOWN


@lru_cache(maxsize=_REMEMBERED)
def is_heading(label: str) -> bool:
    """Tell whether the label names a detail of the interview ("Date", "Tanggal"), not a voice."""
    return " ".join(label.casefold().replace("/", " ").split()) in HEADINGS or (
        label.casefold().strip() in HEADINGS
    )


@lru_cache(maxsize=_REMEMBERED)
def is_shaped(label: str) -> bool:
    """Tell whether the label has the length and the form of a name or role."""
    words = label.split()
    return (
        0 < len(words) <= MAX_WORDS
        and len(label) <= MAX_LENGTH
        and any(map(str.isalpha, label))
        and not _SPOKEN.search(label)
        and not is_heading(label)
        and label.casefold() not in _NEVER
    )


@lru_cache(maxsize=_REMEMBERED)
def is_plain_name(label: str) -> bool:
    """Tell whether every word of the label is capitalised or a number, as in a name."""
    return all(
        not word.strip("()&/-.'’")[:1].islower() or word.casefold() in _PARTICLES
        for word in label.split()
    )


def has_partner(letter: str, letters: Iterable[str]) -> bool:
    """Tell whether a letter stands beside the one it makes a pair with."""
    known = set(letters)
    return any(letter in pair and set(pair) <= known for pair in PAIRS)


def running_stems(labels: Iterable[str]) -> frozenset[str]:
    """Return the stems, in lower case, whose numbers count turns.

    They run as P1, J1, P2, J2 or as P1, C2, P3. A number that comes back belongs to a person (P1 and P2 of a focus group).
    """
    numbers: dict[str, list[int]] = defaultdict(list)
    whole: list[int] = []
    for label in labels:
        match = _RUNNING.fullmatch(label)
        if match:
            numbers[match["stem"].casefold()].append(int(match["number"]))
            whole.append(int(match["number"]))
    if len(numbers) > 1 and _climbs(whole, 6):
        return frozenset(numbers)
    climbing = {name for name, values in numbers.items() if _climbs(values, 3)}
    if len(climbing) == 1 and len(numbers[min(climbing)]) < 10:
        return frozenset()
    return frozenset(climbing)


def without_number(label: str, stems: frozenset[str]) -> str:
    """Return the label without its turn number, if its stem is one that counts turns."""
    match = _RUNNING.fullmatch(label)
    return match["stem"] if match and match["stem"].casefold() in stems else label


def _climbs(values: list[int], least: int) -> bool:
    steps = [second - first for first, second in pairwise(values)]
    return (
        len(values) >= least
        and all(step > 0 for step in steps)
        and sum(step == 1 for step in steps) >= 0.8 * len(steps)
    )
