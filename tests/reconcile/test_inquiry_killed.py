"""Killed anywhere, taken up again: nobody is asked about twice, and no answer that came is lost."""

from __future__ import annotations

import random
import signal
import time

import pytest

from dean06.cli.main import INTERRUPTED
from reconcile.asking import desk, row, service, written

MOST = 300


def listed(population, folder):
    rows = [row(one, at) for at, one in enumerate(population.people, 1)]
    return written(folder / "danh-sach.csv", rows + rows[:20])


def questions(population):
    """Return how many questions each person was asked about in, and how many ids they had."""
    numbers = [one.number for one in population.asked]
    return len(numbers), len(set(numbers)), len({one.request for one in population.asked})


@pytest.mark.parametrize(
    ("replays", "kills"),
    [
        pytest.param(True, 4),
        pytest.param(True, 30, marks=pytest.mark.proof),
        pytest.param(False, 30, marks=pytest.mark.proof),
    ],
)
def test_killed_at_random_moments_nobody_is_asked_about_twice(tmp_path, replays, kills):
    chance, population = random.Random(6), service(MOST)  # noqa: S311  the same moments each time
    population.replays = replays
    file = listed(population, tmp_path)
    with desk(population, tmp_path, moi_giay=60 if kills == 30 else 300, cung_luc=3) as at:
        killed = 0
        while killed < kills:
            before = len(population.asked)
            with at.process(file) as going:
                wanted = before + chance.randint(1, max(1, MOST // (2 * kills)))
                while going.poll() is None and len(population.asked) < min(wanted, MOST):
                    time.sleep(0.002)
                time.sleep(chance.random() * 0.03)
                going.send_signal(signal.SIGKILL)
                killed += going.wait() == -signal.SIGKILL
        left = list(at.folder.glob(".dean06-*"))
        told = at.told(file, code=1)
        assert not [one for one in left if one.exists()], "rows of people do not linger"
    assert questions(population) == (MOST, MOST, MOST)
    lost = told["inquiry"]["rows"]["mat_tra_loi"]
    assert told["inquiry"]["rows"]["chua_hoi"] == 0
    if replays:
        assert told["inquiry"]["rows"]["xac_nhan"] == MOST + 20
        assert told["by_result"]["TRUNG"] == 20
        assert set(told["by_result"]) == {"KHOP_HOAN_TOAN", "KHOP_CHUAN_HOA", "TRUNG"}
    else:  # the service gives no answer a second time: what was on its way is said to be lost, and no more than that
        assert 0 <= lost <= 3 * kills
        assert told["by_result"].get("KHONG_TIM_THAY", 0) == 0
        assert told["by_result"].get("NGHI_VAN", 0) == lost


def test_stopped_by_hand_it_waits_for_what_is_on_its_way(tmp_path):
    population = service(60)
    file = listed(population, tmp_path)
    with desk(population, tmp_path, moi_giay=50, cung_luc=3) as at:
        with at.process(file) as going:
            while len(population.asked) < 12:
                time.sleep(0.005)
            going.send_signal(signal.SIGINT)
            assert going.wait(20) == INTERRUPTED
        at.told(file, code=1)
    assert questions(population) == (60, 60, 60)
