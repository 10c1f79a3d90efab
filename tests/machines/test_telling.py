"""What software is told: asked first, signed, in the form of CloudEvents, as often as it takes and under one id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from dean06.clock import service as clock
from dean06.corrections.models import Order
from dean06.flows import intake, machine_accounts, machine_telling
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.machines import reaching
from dean06.machines.errors import AddressRefused
from dean06.machines.models import Hook, Parcel
from dean06.machines.service import hooks, posting
from dean06.machines.types import HookInfo, NewHook
from dean06.offices import service as offices
from flows.conftest import Office, at
from flows.test_answering import next_list, wrong
from flows.test_doubting import deliver, lines, load
from machines.receiver import Receiver, certified, receiving

pytestmark = pytest.mark.either_database  # the same queue, the same post


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    with receiving() as standing:
        yield standing


def entered(office: Office, url: str, agency: str = "BHXH") -> HookInfo:
    ledger.sequence()  # what was done before has its leaf
    new = NewHook(public_id=hooks.new_id(), agency=agency, url=url)
    return machine_accounts.make_hook(office.account("leader"), office.group, new)


def given(office: Office, receiver: Receiver) -> HookInfo:
    """Enter the address, and let a cause that waits be ordered by hand."""
    return entered(office, f"{receiver.url}/tin?ma=1")


def happened() -> None:
    ledger.sequence()
    jobs.follow()


def kinds(receiver: Receiver) -> list[str]:
    return [event.get_type() for event in receiver.events()]


def go(minutes: int = 0) -> object:
    with clock.pinned(clock.now() + timedelta(minutes=minutes)):
        return jobs.Hooks().go_round()


def proved(office: Office) -> None:
    """Let the next list prove the order of the wrong birth date."""
    next_list(office, mended=True)
    happened()


def test_nothing_is_sent_before_the_receiver_agrees(office, receiver):
    made = given(office, receiver)
    proved(office)
    assert Parcel.objects.get().kind == "dean06.order.verified"
    receiver.allowed = False
    go()
    assert (len(receiver.asked), receiver.came) == (1, [])
    assert {name.lower() for name in receiver.asked[0]} >= {"webhook-request-origin", "webhook-request-rate"}
    assert (Hook.objects.get().state, "không đồng ý" in Hook.objects.get().note) == ("refused", True)
    receiver.allowed = True
    machine_accounts.reopen_hook(office.account("leader"), office.group, made)
    go()
    assert kinds(receiver) == ["dean06.order.verified"]


def test_an_origin_that_is_not_ours_is_no_agreement(office, receiver):
    given(office, receiver)
    receiver.origin = "another.example"
    go()
    assert Hook.objects.get().state == "refused"


def test_a_stranger_reads_and_verifies_what_came(office, receiver):
    given(office, receiver)
    number = wrong().order.number
    proved(office)
    go()
    (event,) = receiver.events()
    assert (event.get_specversion(), event.get_type()) == ("1.0", "dean06.order.verified")
    assert event.get_subject() == f"qn:{number}"
    assert event.get_data() == {
        "order": number,
        "ref": f"qn:{number}",
        "agency": "BHXH",
        "source": "bhyt",
        "due": Order.objects.get(number=number).due.isoformat(),
        "href": f"/api/v1/orders/{number}",
    }
    assert receiver.verified(Client().get("/api/v1/jwks.json").json()) == 1


def test_a_body_that_was_changed_on_its_way_is_seen(office, receiver):
    given(office, receiver)
    proved(office)
    go()
    receiver.came[0].body = receiver.came[0].body.replace(b"BHXH", b"GDDT")
    with pytest.raises(Exception, match=r"[Dd]igest"):
        receiver.verified(Client().get("/api/v1/jwks.json").json())


def test_what_was_before_the_address_is_not_told(office, receiver):
    proved(office)
    given(office, receiver)
    happened()
    assert not Parcel.objects.exists()


def test_each_act_is_told_once_however_often_it_is_followed(office, receiver):
    given(office, receiver)
    proved(office)
    ledger.go_back(machine_telling.NAME, Hook.objects.get().after_leaf)
    happened()
    assert Parcel.objects.count() == 1


def test_another_agency_is_told_nothing_of_it(office, receiver):
    entered(office, receiver.url, "GDDT")
    proved(office)
    assert not Parcel.objects.exists()


def test_an_order_that_is_given_is_told(office, receiver):
    given(office, receiver)
    load(office, "2022-07")
    changed = lines(office)
    changed[2][3] = "022190009999"  # the third person bears another's number: a fault of a new cause
    deliver(office, 7, changed)
    happened()
    go()
    assert "dean06.order.assigned" in kinds(receiver)
    for event in receiver.events():
        assert "022190009999" not in str(event.get_data())


def test_what_came_back_is_told(office, receiver):
    given(office, receiver)
    proved(office)
    next_list(office, mended=False, month=8)
    happened()
    go()
    assert kinds(receiver)[:2] == ["dean06.order.verified", "dean06.order.reopened"]


def test_a_list_taken_back_takes_its_orders_back(office, receiver):
    given(office, receiver)
    intake.take_back(office.account("member", "BHXH"), office.delivered["2022-06"])
    happened()
    go()
    assert set(kinds(receiver)) == {"dean06.order.withdrawn"}


def test_a_day_that_draws_near_and_one_that_is_past_are_told_once_a_stage(office, receiver):
    given(office, receiver)
    due = wrong().order.due
    told = []
    for days in (-2, -2, 0, 1, 2):
        with at(due.year, due.month, due.day), clock.pinned(clock.now() + timedelta(days=days)):
            machine_telling.remind(office.group)
        told.append(Parcel.objects.filter(subject=f"qn:{wrong().order.number}").count())
    assert told == [1, 1, 2, 3, 3]
    assert list(Parcel.objects.filter(subject=f"qn:{wrong().order.number}").values_list("kind", flat=True)) == [
        "dean06.order.near_due",
        "dean06.order.near_due",
        "dean06.order.overdue",
    ]


def test_a_receiver_that_is_down_gets_it_later_under_the_same_id(office, receiver):
    given(office, receiver)
    go()
    proved(office)
    receiver.status = 500
    go()
    assert (Parcel.objects.get().state, Parcel.objects.get().tries) == ("queued", 1)
    go()  # at once again: it is left alone for a minute
    assert len(receiver.came) == 1
    receiver.status = 202
    go(minutes=2)
    first, second = receiver.events()
    assert first.get_id() == second.get_id()
    assert (Parcel.objects.get().state, Hook.objects.get().note) == ("sent", "")


def test_a_host_that_answers_nothing_costs_a_try_and_holds_up_no_other_address(office, receiver, settings):
    given(office, receiver)
    go()
    gone = entered(office, "http://127.0.0.1:9/")
    Hook.objects.filter(public_id=gone.public_id).update(state="open")
    proved(office)
    go()
    assert {row.hook.url: row.state for row in Parcel.objects.select_related("hook")} == {
        f"{receiver.url}/tin?ma=1": "sent",
        "http://127.0.0.1:9/": "queued",
    }


def test_a_slow_receiver_is_not_waited_for(office, receiver, monkeypatch):
    given(office, receiver)
    go()
    proved(office)
    monkeypatch.setattr(reaching, "TIMEOUT", 0.2)
    receiver.pause = 0.6
    go()
    assert (Parcel.objects.get().state, "không trả lời" in Parcel.objects.get().note) == ("queued", True)


def test_a_receiver_that_drips_is_cut_off(office, receiver, monkeypatch):
    given(office, receiver)
    go()
    proved(office)
    monkeypatch.setattr(reaching, "WHOLE", 0.2)
    receiver.pause = 1.0
    go()
    assert Parcel.objects.get().state == "queued"


def test_410_ends_it(office, receiver):
    given(office, receiver)
    go()
    proved(office)
    receiver.status = 410
    go()
    assert (Hook.objects.get().state, Parcel.objects.get().state) == ("gone", "dead")
    go(minutes=600)
    assert len(receiver.came) == 1


def test_429_is_heeded(office, receiver):
    given(office, receiver)
    go()
    proved(office)
    receiver.status, receiver.headers = 429, {"Retry-After": "1800"}
    go()
    receiver.status, receiver.headers = 204, {}
    go(minutes=29)
    assert len(receiver.came) == 1
    go(minutes=31)
    assert (len(receiver.came), Parcel.objects.get().state) == (2, "sent")


def test_no_more_goes_in_a_minute_than_the_receiver_allows(office, receiver):
    given(office, receiver)
    receiver.rate = "2"
    go()
    hook = Hook.objects.get()
    Parcel.objects.bulk_create(
        Parcel(
            group_id=office.group.id,
            hook=hook,
            event_id=f"{number}",
            kind="dean06.order.assigned",
            subject=f"qn:{number}",
            at=clock.now(),
            data={},
            free_at=clock.now(),
        )
        for number in range(5)
    )
    go()
    go()
    assert [event.get_subject() for event in receiver.events()] == ["qn:0", "qn:1"]
    go(minutes=2)
    assert [event.get_subject() for event in receiver.events()] == ["qn:0", "qn:1", "qn:2", "qn:3"]


def test_what_the_receiver_cannot_read_is_given_up_and_sent_again_by_hand(office, receiver):
    made = given(office, receiver)
    go()
    proved(office)
    receiver.status = 415
    go()
    assert Parcel.objects.get().state == "dead"
    receiver.status = 204
    assert machine_accounts.resend(office.account("secretariat"), office.group, made) == 1
    go()
    first, second = receiver.events()
    assert (first.get_id(), Parcel.objects.get().state) == (second.get_id(), "sent")


def test_after_many_tries_it_is_given_up(office, receiver):
    given(office, receiver)
    go()
    proved(office)
    receiver.status = 500
    for hours in range(0, 45, 3):
        go(minutes=60 * hours)
    assert (Parcel.objects.get().state, Parcel.objects.get().tries) == ("dead", 15)


def test_a_redirection_is_not_followed(office, receiver):
    given(office, receiver)
    go()
    proved(office)
    receiver.status, receiver.headers = 302, {"Location": "http://169.254.169.254/"}
    go()
    assert Parcel.objects.get().state == "queued"


def test_an_address_that_ended_is_told_nothing_more(office, receiver):
    made = given(office, receiver)
    machine_accounts.end_hook(office.account("member", "BHXH"), office.group, made)
    proved(office)
    go()
    assert not Parcel.objects.exists()
    assert receiver.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://192.168.1.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[fd00::1]/",
        "https://localhost/",
        "https://0.0.0.0/",
        "http://93.184.216.34/",
        "ftp://93.184.216.34/",
        "https://a:b@93.184.216.34/",
        "https://93.184.216.34/#x",
        "https://93.184.216.34:99999/",
        "https://93.184.216.34/\r\nHost: x",
        "https:///x",
        "",
    ],
)
def test_an_address_inside_is_not_entered(office, url):
    with pytest.raises(AddressRefused):
        entered(office, url)


def test_a_private_network_is_reached_once_the_operator_declares_it(office, settings):
    settings.WEBHOOK_NETWORKS = ("10.0.0.0/8",)
    assert entered(office, "https://10.1.2.3/tin").state == "waiting"
    with pytest.raises(AddressRefused):
        entered(office, "http://10.1.2.3/tin")  # only https leaves the machine


def test_a_name_that_leads_inside_later_is_not_followed(office, receiver, monkeypatch, settings):
    given(office, receiver)
    go()
    proved(office)
    settings.WEBHOOK_NETWORKS = ()
    go()
    assert (len(receiver.came), Parcel.objects.get().state) == (0, "queued")
    assert "mạng riêng" in Parcel.objects.get().note


def test_an_agency_sees_its_own_addresses_alone(office, receiver):
    made = given(office, receiver)
    viewer = offices.viewer(office.account("member", "GDDT"), clock.today())
    assert hooks.hooks(viewer, office.group.id) == []
    own = offices.viewer(office.account("member", "BHXH"), clock.today())
    assert [one.public_id for one in hooks.hooks(own, office.group.id)] == [made.public_id]


def test_a_certificate_that_nobody_vouches_for_gets_nothing(office, settings, tmp_path, monkeypatch):
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    with receiving(certified(tmp_path)) as secure:
        made = given(office, secure)
        go()
        assert (Hook.objects.get().state, secure.asked) == ("waiting", [])
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chung-thu.pem"))
        machine_accounts.reopen_hook(office.account("leader"), office.group, made)
        proved(office)
        go()
        assert kinds(secure) == ["dean06.order.verified"]
        assert secure.verified(Client().get("/api/v1/jwks.json").json()) == 1


def test_a_certificate_of_another_name_gets_nothing(office, settings, tmp_path, monkeypatch):
    settings.WEBHOOK_NETWORKS = ("127.0.0.0/8",)
    shown = certified(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chung-thu.pem"))
    with receiving(shown) as secure:
        given(office, secure)
        go()
        assert secure.asked == []


def test_what_a_killed_worker_had_in_hand_goes_again_under_the_same_id(office, receiver, monkeypatch):
    given(office, receiver)
    go()
    proved(office)
    with monkeypatch.context() as killed:
        killed.setattr(posting, "_settle", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            go()
    go(minutes=1)
    assert len(receiver.came) == 1  # it is in somebody's hand
    go(minutes=6)
    first, second = receiver.events()
    assert (first.get_id(), Parcel.objects.get().state) == (second.get_id(), "sent")
