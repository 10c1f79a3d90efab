"""Two hands at the same moment: one delivery of one file, one run of one delivery."""

from __future__ import annotations

import pytest

from dean06.clock.errors import BadInput
from dean06.corrections.models import Order
from dean06.corrections.models import Run as Recorded
from dean06.demo import service as demo
from dean06.reconcile.models import Run
from dean06.sources import service as sources
from dean06.sources.models import Delivery
from dean06.work.models import Task
from flows.test_hands import hand_in, process, small
from harness.threads import at_once


@pytest.mark.django_db(transaction=True)
def test_two_hands_with_one_file_make_one_delivery_and_two_workers_one_run(home, tmp_path):
    office = small(tmp_path)
    path = office.folder / demo.delivery_name(office.world, "bhyt", "2022-06")
    demo.write_delivery(office.world, "bhyt", "2022-06", path)
    raised = at_once(*[lambda: hand_in(office)] * 3)
    assert [type(one) for one in raised] == [BadInput, BadInput]
    assert all("đã nộp" in str(one) for one in raised)
    assert not list((home / "vault").rglob("*.part"))
    delivery = Delivery.objects.get().pk
    assert sources.fingerprint_file(next((home / "vault").rglob("goc.*"))) == sources.fingerprint_file(path)
    assert at_once(*[lambda: process(office, delivery)] * 2) == []
    assert (Run.objects.count(), Recorded.objects.count()) == (1, 1)
    assert Order.objects.count() == Task.objects.count() > 0
    folders = [path for path in (home / "vault").rglob("*") if path.is_dir()]
    assert [path for path in [home / "vault", *folders] if path.stat().st_mode & 0o077] == []
