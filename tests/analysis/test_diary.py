"""What a coder did, day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from qcode.analysis.diary import PAUSE, Made, days, hours, told

FIRST, SECOND = date(2026, 3, 4), date(2026, 3, 5)


def at(day: int, hour: int, minute: int) -> int:
    return int(datetime(2026, 3, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


def day_of(moment: int) -> date:
    return datetime.fromtimestamp(moment / 1000, UTC).date()


def test_things_are_counted_on_their_day_and_in_all_the_latest_day_first() -> None:
    things = [
        Made(FIRST, "coding", "1", "W01"), Made(FIRST, "coding", "2", "W01"),
        Made(SECOND, "coding", "3", "W02"), Made(SECOND, "status", "4", "W02"),
        Made(SECOND, "code", "5"), Made(SECOND, "memo", "6"),
    ]  # fmt: skip
    whole, later, earlier = days(things, (), day_of)
    assert told(whole) == ("3 segments in 2 documents, 1 document finished, 1 new code, 1 memo")
    assert (later.day, told(earlier)) == (SECOND, "2 segments in 1 document")
    assert (later.finished, later.codes) == (["W02"], ["5"])


def test_only_short_ways_between_saved_steps_of_one_day_are_time_at_work() -> None:
    times = [at(4, 9, 0), at(4, 9, 8), at(4, 9, 18), at(4, 9, 40), at(4, 23, 58), at(5, 0, 3)]
    whole, later, earlier = days([], times, day_of)
    assert (hours(earlier.active), hours(later.active), hours(whole.active)) == ("0:18", "", "0:18")
    assert PAUSE == 600_000
    assert told(whole) == ""


def test_a_length_of_time_is_told_in_hours_and_minutes() -> None:
    assert [hours(ms) for ms in (0, 59_999, 60_000, 3_900_000)] == ["", "", "0:01", "1:05"]
