"""Who may see and do what across groups, row by row of a table, at the address itself; a refusal changes nothing."""

from __future__ import annotations

import itertools
import logging
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from ruamel.yaml import YAML

from dean06.flows import setup
from dean06.ledger.models import Entry
from flows.conftest import at
from web.conftest import Neighbours, neighbours, office_hours, settled_neighbours  # noqa: F401  fixtures of two groups
from web.neighbours import client

# Who may is the charter's word: it asks the two databases the same.
pytestmark = [pytest.mark.long, pytest.mark.either_database]

ROWS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("who_may.yaml"))
CASES = [
    pytest.param(row, account, id=f"{place}: {account} {row['do']} {row['at']}")
    for place, row in enumerate(ROWS)
    for account in row["as"]
]


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def browser(two: Neighbours, name: str) -> Client:
    """A browser in which the account of a case has signed in."""
    if name == "stranger":
        return Client()
    group, _, seat = name.partition(".")
    if seat:
        role, _, agency = seat.partition(":")
        return client(two.ours if group == "a" else two.theirs, role, agency)
    person = get_user_model().objects.get(public_id=two.ours.admin)
    if name == "nobody":
        with at(2022, 8, 1):
            made = setup.open_account(two.ours.admin, "khong-ghe", None, "Người Không Ghế")
        person = get_user_model().objects.get(public_id=made.public_id)
    signed_in = Client()
    signed_in.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return signed_in


def filled(text: str, two: Neighbours) -> str:
    """An address or a value with the slugs and ids of both groups in their places."""
    held = {"a": two.mine, "b": two.foreign}
    slugs = {"a": two.ours.group.slug, "b": two.theirs.group.slug}
    for letter in "ab":
        text = text.replace(f"{{{letter}}}", slugs[letter])
        for name in held[letter].__dataclass_fields__:
            text = text.replace(f"{{{letter}.{name}}}", str(getattr(held[letter], name)))
    assert "{" not in text, text
    return text


@pytest.mark.parametrize(("row", "account"), CASES)
def test_the_address_answers_as_the_table_says(office_hours, row, account):  # noqa: F811  the fixture imported above
    asked = browser(office_hours, account)
    sent = {name: filled(str(value), office_hours) for name, value in row.get("send", {}).items()}
    before = Entry.objects.count()
    answer = getattr(asked, row["do"])(filled(row["at"], office_hours), sent or None)
    wanted = row["is"] if isinstance(row["is"], list) else [row["is"]]
    assert answer.status_code in wanted
    if answer.status_code in {403, 404, 422}:
        assert Entry.objects.count() == before
    if answer.status_code == 302 and account == "stranger":
        assert answer.url.startswith("/dang-nhap/")


def test_the_table_has_two_hundred_cases_and_names_every_kind_of_reader():
    assert len(CASES) >= 200
    readers = {
        name.partition(".")[2].partition(":")[0] or name for name in itertools.chain(*(row["as"] for row in ROWS))
    }
    roles = {"leader", "standing_deputy", "deputy", "member", "secretariat", "clerk", "register_keeper"}
    assert readers >= roles | {"admin", "nobody", "stranger"}
