"""How fast each service is asked, over threads and processes; what is left of a day's budget."""

import threading

import pytest

from refcheck.errors import SourceError
from refcheck.net.failures import OutOfTime
from refcheck.net.health import WAITS_S, Health
from refcheck.net.limits import MARGIN, RECOVERY_S, SLOWEST, Pace, Rate


class Clock:
    """A clock that moves when told."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        """Tell the time."""
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_requests_leave_an_interval_apart(clock, tmp_path):
    """At two a second, requests leave half a second apart and a little more."""
    pace = Pace(tmp_path, clock)
    times = [pace.reserve("a", Rate(2.0), 60) - clock.now for _ in range(4)]
    assert times == pytest.approx([0, 0.5 * MARGIN, 1.0 * MARGIN, 1.5 * MARGIN])


def test_a_burst_may_leave_at_once(clock, tmp_path):
    """Ten a minute as a burst of five: five at once, then one in twelve seconds."""
    pace = Pace(tmp_path, clock)
    times = [pace.reserve("wiki", Rate(5 / 60, burst=5), 600) - clock.now for _ in range(12)]
    assert times[:5] == pytest.approx([0] * 5, abs=1e-3)
    assert sum(time < 60 for time in times) <= 10


def test_processes_share_the_pace(clock, tmp_path):
    """Two processes together keep to the limit of one."""
    one, other = Pace(tmp_path, clock), Pace(tmp_path, clock)
    times = [pace.reserve("a", Rate(1.0), 60) - clock.now for pace in (one, other, one, other)]
    assert times == pytest.approx([0, MARGIN, 2 * MARGIN, 3 * MARGIN])


def test_a_wait_beyond_patience_takes_nothing(clock, tmp_path):
    """Where a limit asks for more time than there is, nothing is reserved."""
    pace = Pace(tmp_path, clock)
    pace.reserve("a", Rate(0.1), 60)
    with pytest.raises(OutOfTime, match="11 s"):
        pace.reserve("a", Rate(0.1), 5)
    clock.now += 20
    assert pace.reserve("a", Rate(0.1), 5) == clock.now


def test_too_much_halves_the_pace_and_it_recovers(clock, tmp_path):
    """After "too many requests" the pace is halved, rests as asked, and recovers slowly."""
    pace = Pace(tmp_path, clock)
    pace.slow("a", 30)
    first = pace.reserve("a", Rate(1.0), 60)
    assert first - clock.now == pytest.approx(30)
    assert pace.reserve("a", Rate(1.0), 60) - first == pytest.approx(2 * MARGIN)
    clock.now = first + RECOVERY_S / 2
    start = pace.reserve("a", Rate(1.0), 60)
    assert MARGIN < pace.reserve("a", Rate(1.0), 60) - start < 2 * MARGIN
    clock.now = first + RECOVERY_S
    start = pace.reserve("a", Rate(1.0), 60)
    assert pace.reserve("a", Rate(1.0), 60) - start == pytest.approx(MARGIN)


def test_what_leaves_late_moves_on_the_next(clock, tmp_path):
    """A request that left half a second late is followed a whole interval after it left."""
    pace = Pace(tmp_path, clock)
    at = pace.reserve("a", Rate(1.0), 60)
    clock.now = at + 0.5
    pace.leave("a", Rate(1.0), at)
    assert pace.reserve("a", Rate(1.0), 60) == pytest.approx(at + 0.5 + MARGIN)


def test_the_pace_never_stops(clock, tmp_path):
    """However often a service complains, its pace has a floor."""
    pace = Pace(tmp_path, clock)
    for _ in range(50):
        pace.slow("a")
    start = pace.reserve("a", Rate(1.0), 600)
    assert pace.reserve("a", Rate(1.0), 600) - start == pytest.approx(MARGIN / SLOWEST)


def test_a_clock_set_back_locks_nobody_out(clock, tmp_path):
    """A time far ahead in the file is not waited for."""
    pace = Pace(tmp_path, clock)
    pace.reserve("a", Rate(1.0), 60)
    clock.now -= 10_000_000
    assert pace.reserve("a", Rate(1.0), 3700) - clock.now <= 3601


def test_a_budget_is_kept_across_runs_and_renewed_daily(clock, tmp_path):
    """What is spent today is spent for the next run too; tomorrow there is a new budget."""
    pace = Pace(tmp_path, clock)
    for _ in range(98):  # of a hundred; two may be under way
        pace.spend("openalex", 0.001, 0.1)
    again = Pace(tmp_path, clock)
    with pytest.raises(SourceError, match="budget is spent"):
        again.spend("openalex", 0.001, 0.1)
    again.spend("openalex", 0.0, 0.1)
    clock.now += 86_400
    again.spend("openalex", 0.001, 0.1)
    assert again.left("openalex", 0.1) == pytest.approx(0.099)


def test_what_is_not_answered_is_not_paid_for(clock, tmp_path):
    """What a request would have cost is given back, never more than there was."""
    pace = Pace(tmp_path, clock)
    pace.spend("a", 0.2, 1.0)
    pace.give_back("a", 0.2, 1.0)
    pace.give_back("a", 0.2, 1.0)
    assert pace.left("a", 1.0) == pytest.approx(1.0)


def test_a_service_knows_better_what_is_left(clock, tmp_path):
    """A smaller rest that a reply tells is believed, a larger one is not."""
    pace = Pace(tmp_path, clock)
    pace.learn_left("openalex", 0.02, 0.1)
    pace.learn_left("openalex", 0.09, 0.1)
    assert pace.left("openalex", 0.1) == pytest.approx(0.02)


def test_connections_are_counted_over_processes(tmp_path):
    """While one process holds the only connection, another waits for it."""
    one, other, order = Pace(tmp_path), Pace(tmp_path), []

    def second():
        with other.connection("crossref", Rate(1.0)):
            order.append("second")

    with one.connection("crossref", Rate(1.0)):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.15)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_an_error_inside_a_connection_is_not_lost(tmp_path):
    """What fails while a connection is held comes out, and the connection is free again."""
    pace = Pace(tmp_path)
    with pytest.raises(OSError, match="broken"), pace.connection("a", Rate(1.0)):
        raise OSError("broken")
    with pace.connection("a", Rate(1.0)):
        pass


def test_without_a_folder_limits_hold_in_memory(clock):
    """A cache folder that cannot be written costs only what is shared with others."""
    pace = Pace(None, clock)
    pace.reserve("a", Rate(1.0), 60)
    assert pace.reserve("a", Rate(1.0), 60) > clock.now


def test_failures_in_a_row_are_given_up():
    """A service that fails again and again is waited for longer each time, then given up."""
    health = Health()
    waits = [health.failed("a", nth) for nth in range(len(WAITS_S) + 1)]
    assert waits[-1] is None
    for wait, expected in zip(waits, WAITS_S, strict=False):
        assert 0.8 * expected <= wait <= 1.2 * expected


def test_failures_at_once_are_one_failure():
    """Ten requests that were under way together count once."""
    health = Health()
    waits = [health.failed("a", 0) for _ in range(10)]
    assert None not in waits
    assert max(waits) <= 1.2 * WAITS_S[0]


def test_an_answer_makes_well():
    """After an answer counting begins anew."""
    health = Health()
    health.failed("a", 0)
    health.well("a")
    with health.asking("a") as failures:
        assert failures == 0


def test_many_ill_services_are_given_up_sooner():
    """Where several services fail at once it is likely the net: each is given up sooner."""
    health = Health()
    for name in "bcd":
        health.failed(name, 0)
    assert health.failed("a", 0) is not None
    assert health.failed("a", 1) is None


def test_who_comes_after_the_end_is_told_so(tmp_path, clock):
    """A request that was under way when the run ended meets a closed file, and no crash."""
    pace = Pace(tmp_path, clock)
    pace.reserve("a", Rate(1.0), 60)
    pace.close()
    with pytest.raises(SourceError, match="stopped"):
        pace.reserve("a", Rate(1.0), 60)
    assert pace.left("a", 5.0) == 5.0
