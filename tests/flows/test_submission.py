"""Where an authority above issued the charter, the leader's decision on an amendment is a submission to it (O-06)."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption
from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from flows.conftest import Office, at, found, kept, own

ADOPTED = Adoption(instrument="2001/QĐ-UBND", signed_on=date(2022, 7, 20), in_force_from=date(2022, 8, 1))


def build(folder) -> Office:
    return found("xuan-truong-2022", "xt", folder, persons=40)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("trinh"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def test_a_charter_issued_from_above_is_submitted_first(office):
    with at(2022, 7, 1):
        draft = chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "8.1", "Sửa")
        assert chartering.needs_submission(office.group)
        with pytest.raises(BadInput, match="trình trước"):
            chartering.confirm(office.account("leader"), office.group, draft, ADOPTED)
        with pytest.raises(Refused):
            chartering.submit(office.account("standing_deputy"), office.group, draft)
        sent = chartering.submit(office.account("leader"), office.group, draft)
        assert sent.state == "submitted"
        for role in ("leader", "standing_deputy"):
            chartering.confirm(office.account(role), office.group, sent, ADOPTED)
    old, new = adoption.charters_of(office.group.charter_line)
    assert (old.in_force_to, new.in_force_from, new.is_unsigned) == (date(2022, 7, 31), date(2022, 8, 1), False)
