"""The recording of a document, played from the time that stands at a turn."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from qcode import settings
from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.document import Transcript
from qcode.store import documents, recordings
from qcode.store.project import Reader

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Playback:
    """What is to be run, a word of it each, and the time stamp it begins at."""

    words: tuple[str, ...]
    time: str


def playback(connection: Reader, document: str, number: int) -> Playback:
    """Return how a document is played from a turn (counted from 0).

    A turn without a time begins at the last one before it. Raises NotFound or BadInput where there
    is no time, no recording on this computer, or no player in the settings.
    """
    time = _time_of(documents.current(connection, document).transcript, number)
    file = recordings.of_document(connection, document)
    if not file:
        raise NotFound(
            _("no recording is known on this computer: qcode documents set NAME --audio FILE")
        )
    if not Path(file).is_file():
        raise NotFound(_("the recording is not there any more: {file}").format(file=file))
    return Playback(command(settings.remembered().player, file, seconds(time)), time)


def _time_of(transcript: Transcript, number: int) -> str:
    for turn in reversed(transcript.turns[: number + 1]):
        if _CLOCK.search(turn.time):
            return turn.time
    raise NotFound(_("no turn up to here has a time in the transcript"))


def seconds(stamp: str) -> float:
    """Return the seconds of the first clock in a time stamp: 753.0 for ``00:12:33``."""
    clock = _CLOCK.search(stamp)
    if clock is None:
        raise BadInput(_("“{stamp}” is no time such as 00:12:33").format(stamp=stamp))
    hours, minutes, whole, part = clock.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{part or 0}")


def command(player: str, file: str, at: float) -> tuple[str, ...]:
    """Return the words of a player's command line; no shell ever reads them."""
    example = 'player = "mpv --start={seconds} {file}"'
    if not player:
        raise NotFound(
            _("no player is set: write {example} into {file}").format(
                example=example, file=settings.settings_file()
            )
        )
    try:
        words = shlex.split(player)
    except ValueError:
        words = []
    if not any("{file}" in word for word in words):
        raise BadInput(
            _("the player in {file} is not written like {example}").format(
                example=example, file=settings.settings_file()
            )
        )
    start = f"{at:.3f}".rstrip("0").rstrip(".")
    return tuple(word.replace("{seconds}", start).replace("{file}", file) for word in words)


def keep_recording(connection: Reader, document: str, file: Path | None) -> None:
    """Note where the recording of a document lies on this computer, or that none is known."""
    if file is not None and not file.is_file():
        raise NotFound(_("there is no file {file}").format(file=file))
    recordings.keep(connection, document, str(file.absolute()) if file else "")
