"""Here: the day that rules see. Not here: working days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from organizations import clock


@time_machine.travel(datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC), tick=False)
def test_the_last_second_of_a_day_in_shanghai():
    assert clock.today() == date(2026, 3, 9)


@time_machine.travel(datetime(2026, 3, 9, 16, 0, 0, tzinfo=UTC), tick=False)
def test_shanghai_is_already_tomorrow_at_four_in_the_afternoon_utc():
    assert clock.today() == date(2026, 3, 10)


@time_machine.travel(datetime(2026, 3, 9, 2, 30, 15, tzinfo=UTC), tick=False)
def test_now_keeps_the_time_of_day_on_the_chosen_day():
    with clock.at(date(2015, 7, 1)):
        assert clock.now().isoformat() == "2015-07-01T10:30:15+08:00"
    assert clock.now().isoformat() == "2026-03-09T10:30:15+08:00"


def test_blocks_nest_and_restore():
    with clock.at(date(2015, 1, 1)):
        with clock.at(date(2016, 2, 29)):
            assert clock.today() == date(2016, 2, 29)
        assert clock.today() == date(2015, 1, 1)


def test_the_day_is_restored_after_an_error():
    real = clock.today()
    with pytest.raises(RuntimeError), clock.at(date(2015, 1, 1)):
        raise RuntimeError
    assert clock.today() - real <= timedelta(days=1)


def test_a_day_set_here_is_not_seen_by_another_thread():
    with clock.at(date(2015, 1, 1)), ThreadPoolExecutor(1) as pool:
        assert pool.submit(clock.today).result().year >= 2026
