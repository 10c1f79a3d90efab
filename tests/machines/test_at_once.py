"""The same request twice at the same instant, as a caller does who hears no answer: it is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client

from dean06.corrections.models import Disposition
from dean06.machines.models import Answer
from flows.conftest import at
from flows.test_answering import build, wrong
from machines.software import Software, installed


def test_two_at_once_get_one_answer(transactional_db, home, tmp_path):
    office = build(tmp_path)
    with at(2022, 7, 1):
        software, _ = installed(office)
        path = f"/findings/{wrong().fingerprint}/disposition"
        etag = software.call("GET", path).headers["ETag"]

        def put(_: int) -> tuple[int, bytes]:
            try:
                own = Software(client_id=software.client_id, token=software.token, http=Client())
                with at(2022, 7, 1):  # a thread has a clock of its own
                    answer = own.call("PUT", path, {"kind": "fixed"}, Idempotency_Key="hai-lan-mot-luc", If_Match=etag)
                return answer.status_code, answer.content
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(put, range(4)))
    assert len(set(told)) == 1, told
    assert told[0][0] == 200
    assert Disposition.objects.count() == Answer.objects.count() == 1
