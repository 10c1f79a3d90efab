"""Letters over a real SMTP line: one a person, nothing twice, whatever the server or the worker does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dean06.charter.types import Citation
from dean06.clock import service as clock
from dean06.flows import telling
from dean06.flows.telling import Address, Said, To
from dean06.notices import mailer
from dean06.notices.models import Letter, Mailbox
from dean06.notices.service import choices, inbox, letters
from dean06.notices.types import ChoiceInfo, LetterState, Mail
from dean06.offices import service as offices
from flows.conftest import at
from notices.conftest import mailbox

CLAUSE = Citation(article="7", clause="2", point="k")


def told(office, to: To, key: str = "a", kind: str = "task_assigned", *, restricted: bool = False) -> int:
    said = Said(vi=f"Việc {key} chờ bạn.", en=f"{key} waits for you.", restricted=restricted)
    return telling.tell(office.group, to, kind, said, clause=CLAUSE, address=Address(route="tasks"), key=key)


def state() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("state", flat=True))


def test_a_letter_cites_its_clause_and_leads_to_its_page(house, server):
    address = mailbox(house, "member", "BHXH")
    told(house, To(agencies=("BHXH",)))
    assert telling.post().sent == 1
    ((_, to, letter),) = server.taken
    plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert to == (address,)
    assert letter["Subject"] == "[dean06] Việc a chờ bạn."
    assert "Điều 7 khoản 2 điểm k" in plain
    assert "https://dean06.xa-mau.example/t/qn/nhiem-vu/" in plain
    assert 'href="https://dean06.xa-mau.example/t/qn/nhiem-vu/"' in html


def test_nothing_is_mailed_to_whoever_confirmed_no_address(house, server):
    mailbox(house, "member", "BHXH")
    Mailbox.objects.update(confirmed_at=None)
    told(house, To(agencies=("BHXH",), roles=("leader",)))
    assert telling.post().made == 0
    assert server.taken == []


def test_what_was_read_meanwhile_is_not_mailed(house, server):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    inbox.mark_all_read(offices.viewer(house.account("leader"), date(2022, 8, 18)))
    telling.post()
    assert server.taken == []


def test_a_restricted_matter_is_not_quoted(house, server):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)), restricted=True)
    telling.post()
    ((_, _, letter),) = server.taken
    assert "Việc a" not in letter.as_string() + letter.get_body(("plain",)).get_content()
    assert "hạn chế người đọc" in letter.get_body(("plain",)).get_content()


def test_a_digest_is_one_letter_in_the_morning(house, server):
    mailbox(house, "leader")
    account = house.account("leader")
    choices.choose(account, [ChoiceInfo(kind="task_assigned", in_app=True, mail=Mail.DAILY)])
    for key in "abc":
        told(house, To(roles=("leader",)), key)
    telling.post()
    assert server.taken == []
    with at(2022, 8, 19, 6):
        telling.post()
        assert server.taken == []
    with at(2022, 8, 19, 7):
        assert telling.post().sent == 1
    with at(2022, 8, 19, 8):
        told(house, To(roles=("leader",)), "d")
        assert telling.post().sent == 0
    ((_, _, letter),) = server.taken
    assert letter["Subject"] == "[dean06] 3 tin mới"
    assert all(f"Việc {key}" in letter.get_body(("plain",)).get_content() for key in "abc")


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ((2022, 8, 18, 9), (2022, 8, 18), (2022, 8, 15)),
        ((2022, 8, 18, 6), (2022, 8, 17), (2022, 8, 15)),
        ((2022, 8, 15, 7), (2022, 8, 15), (2022, 8, 15)),
        ((2022, 8, 15, 6), (2022, 8, 14), (2022, 8, 8)),
        ((2022, 8, 21, 23), (2022, 8, 21), (2022, 8, 15)),
    ],
)
def test_digests_leave_at_seven_and_on_mondays(now, daily, weekly):
    due = letters.due_until(datetime(*now, tzinfo=clock.TZ))
    assert due[Mail.DAILY] == datetime(*daily, 7, tzinfo=clock.TZ)
    assert due[Mail.WEEKLY] == datetime(*weekly, 7, tzinfo=clock.TZ)


def test_a_server_that_says_later_gets_it_later(house, server):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    server.faults.answers = {"RCPT": ["451 4.7.1 greylisted"]}
    assert telling.post().waiting == 1
    assert (server.taken, state()) == ([], ["queued"])
    telling.post()  # too early
    assert server.taken == []
    with clock.pinned(clock.now() + timedelta(minutes=2)):
        assert telling.post().sent == 1
    assert len(server.taken) == 1


@pytest.mark.parametrize("word", ["DATA", "."])
def test_a_letter_refused_for_good_is_not_tried_again(house, server, word):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    server.faults.answers = {word: ["554 5.7.1 no"]}
    assert telling.post().refused == 1
    with clock.pinned(clock.now() + timedelta(hours=3)):
        telling.post()
    assert (server.taken, state()) == ([], ["refused"])
    assert Mailbox.objects.get().refused_at is None  # the letter was minded, not its reader


def test_an_address_that_is_not_there_gets_no_more_letters(house, server):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    server.faults.answers = {"RCPT": ["550 5.1.1 no such user"]}
    telling.post()
    told(house, To(roles=("leader",)), "b")
    telling.post()
    assert (server.taken, state()) == ([], ["refused"])
    assert Mailbox.objects.get().refused_at is not None


def test_a_server_that_minds_our_sender_refuses_no_reader(house, server):
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    server.faults.answers = {"MAIL": ["550 sender unknown"]}
    telling.post()
    assert state() == ["queued"]
    assert Mailbox.objects.get().refused_at is None


def test_letters_wait_while_the_server_is_away(house, server, settings):
    mailbox(house, "leader")
    mailbox(house, "deputy")
    told(house, To(roles=("leader", "deputy")))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    for minute in range(30):
        with clock.pinned(datetime(2022, 8, 18, 10, minute, tzinfo=clock.TZ)):
            telling.post()
    assert state() == ["queued", "queued"]
    settings.EMAIL_PORT = port
    with at(2022, 8, 18, 12):
        assert telling.post().sent == 2
    assert sorted(server.to) == ["deputy@xa-mau.example", "leader@xa-mau.example"]


def test_letters_wait_while_no_server_is_set(house, settings):
    settings.EMAIL_BACKEND = "dean06.papers.post.no_mail.NoMail"
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    telling.post()
    assert state() == ["queued"]
    assert "DEAN06_MAIL" in Letter.objects.get().note


@pytest.mark.parametrize(("cut", "after", "count"), [("RCPT", "queued", 1), (".", "unsure", 1), ("DATA", "unsure", 0)])
def test_a_line_that_breaks_doubles_nothing(house, server, cut, after, count):
    """Cut before the text the letter goes later; cut while the server had it, it is never sent again."""
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))
    server.faults.cut_at = cut
    telling.post()
    assert state() == [after]
    with clock.pinned(clock.now() + timedelta(hours=5)):
        telling.post()
        telling.post()
    assert len(server.taken) == count


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_worker_killed_in_the_midst_doubles_nothing(house, server, monkeypatch, moment):
    """Killed before the server has the text it is sent once; killed after, it is not sent again."""
    mailbox(house, "leader")
    told(house, To(roles=("leader",)))

    class Killed(BaseException):
        pass

    def die(self, mail, begin):
        if moment == "after":
            whole(self, mail, begin)
        raise Killed

    whole = mailer.Line.send
    with monkeypatch.context() as patched:
        patched.setattr(mailer.Line, "send", die)
        with pytest.raises(Killed):
            telling.post()
    for minutes in (1, 5, 300):
        with clock.pinned(clock.now() + timedelta(minutes=minutes)):
            telling.post()
    assert len(server.taken) == 1
    assert state() == [LetterState.UNSURE if moment == "after" else LetterState.SENT]


def test_the_link_of_an_address_is_sent_there(house, server):
    account = house.account("leader")
    choices.enter_mailbox(account, "truong@xa-mau.example")
    telling.post()
    ((_, to, letter),) = server.taken
    assert to == ("truong@xa-mau.example",)
    plain = letter.get_body(("plain",)).get_content()
    (link,) = [word for word in plain.split() if word.startswith("https://")]
    choices.confirm_mailbox(account, link.rstrip("/").rpartition("/")[2])
    assert choices.mailbox(account).confirmed_at is not None
