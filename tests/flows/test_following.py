"""What is kept by following the ledger: the catalogue and the notices take every act once, whatever dies in between."""

from __future__ import annotations

from datetime import date

import pytest

from dean06.adoption import service as adoption
from dean06.catalogue.models import Entry
from dean06.catalogue.service import searching
from dean06.catalogue.types import Asked
from dean06.charter.types import ObjectRef
from dean06.flows import cataloguing, due, news, paper_signing, paperwork
from dean06.flows.authority import Act, permit
from dean06.flows.cataloguing import tasks as cataloguing_tasks
from dean06.flows.desk import overseers
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.notices.models import Notice
from dean06.notices.service import inbox
from dean06.offices import service as offices
from dean06.papers.service import drafts, forms
from dean06.work.models import Task
from dean06.work.service import tasks as work
from dean06.work.types import Basis, NewTask, Origin
from flows.conftest import at

TODAY = (2022, 8, 18)
DAY = date(*TODAY)


def assign(office, title: str, lead: str = "BHXH", beside: tuple[str, ...] = ()) -> int:
    """Let the leader set a task by hand."""
    from django.db import transaction

    from dean06.clock import service as clock

    with transaction.atomic():
        new = NewTask(
            slot=work.reserve(office.group.id),
            title=title,
            origin=Origin.DIRECTIVE,
            lead=lead,
            due=date(2022, 9, 1),
            bound=clock.at_start_of(date(2022, 9, 2)),
            basis=Basis(article="7", clause="2", point="k"),
            coordinating=beside,
        )
        obj = ObjectRef(kind="task", id=new.slot.ref, digest=new.digest())
        act = Act(account=office.account("leader"), group=office.group, action="task.assign", obj=obj, reason="giao")
        return work.open_task(permit(act), new).id


def followed() -> int:
    ledger.sequence()
    return jobs.follow()


def seen(office, role: str, agency: str = ""):
    return offices.viewer(office.account(role, agency), DAY)


WORK = frozenset({"task", "paper"})


def found(
    office, text: str, role: str = "leader", agency: str = "", kinds: frozenset[str] = WORK
) -> list[tuple[str, str]]:
    see_all = {office.group.id: overseers(adoption.charter_of(office.group.charter_line, DAY))}
    result = searching.search(seen(office, role, agency), Asked(text=text, see_all=see_all, kinds=kinds))
    return [(one.kind, one.title) for one in result.items]


def told(office, role: str, agency: str = "") -> list[tuple[str, str]]:
    return [(one.kind, one.vi) for one in inbox.of(seen(office, role, agency)).items]


def test_a_task_is_found_and_told_after_it_was_set(office):
    with at(*TODAY):
        assign(office, "Rà soát hộ tịch năm 2015", beside=("GDDT",))
        assert found(office, "ho tich") == []
        followed()
        assert found(office, "ho tich") == [("task", "Rà soát hộ tịch năm 2015")]
        assert found(office, "ho tich", "member", "BHXH")
        assert found(office, "ho tich", "member", "GDDT")
        assert found(office, "ho tich", "clerk") == []  # neither leads nor takes part nor answers for the whole
        ((kind, lead),) = told(office, "member", "BHXH")
        ((_, beside),) = told(office, "member", "GDDT")
    assert kind == "task_assigned"
    assert lead == "Cơ quan bạn chủ trì nhiệm vụ 1: Rà soát hộ tịch năm 2015. Hạn 01/09/2022."
    assert beside.startswith("Cơ quan bạn phối hợp nhiệm vụ 1")
    assert told(office, "leader") == []  # whoever did it knows
    assert Notice.objects.values_list("article", "clause", "point").distinct().get() == ("7", "2", "k")


def test_an_act_is_taken_once(office):
    with at(*TODAY):
        assign(office, "Một việc")
        assert followed() > 0
        assert followed() == 0
        before = set(Notice.objects.values_list("key", flat=True))
        assign(office, "Hai việc")
        followed()
        followed()
        assert len(set(Notice.objects.values_list("key", flat=True)) - before) == 1
        assert Entry.objects.filter(kind="task").count() == 2


@pytest.mark.parametrize("module", [cataloguing, news])
def test_a_kill_in_the_midst_loses_and_doubles_nothing(office, monkeypatch, module):
    class Killed(BaseException):
        pass

    whole = module._take

    def die(acts):
        whole(acts)
        raise Killed

    with at(*TODAY):
        assign(office, "Việc giữa chừng")
        ledger.sequence()
        with monkeypatch.context() as patched:
            patched.setattr(module, "_take", die)
            with pytest.raises(Killed):
                module.follow()
        assert not Notice.objects.exists()  # what was entered may stand: it is entered again as it is
        jobs.follow()
        assert found(office, "giua chung") == [("task", "Việc giữa chừng")]
        assert len(told(office, "member", "BHXH")) == 1


def test_one_thing_that_cannot_be_read_does_not_stop_the_others(office, monkeypatch):
    with at(*TODAY):
        assign(office, "Việc hỏng")
        assign(office, "Việc lành")
        read = cataloguing_tasks.work.by_number
        broken = lambda group, number: read(group, number) if number == 2 else 1 / 0  # noqa: E731  a fault in one line
        monkeypatch.setattr(cataloguing_tasks.work, "by_number", broken)
        followed()
        monkeypatch.undo()
        assert found(office, "viec") == [("task", "Việc lành")]
        cataloguing.rebuild(office.group)
        assert {title for _, title in found(office, "viec")} == {"Việc hỏng", "Việc lành"}


def test_old_acts_are_found_and_are_no_news(office):
    with at(2022, 6, 1):
        assign(office, "Việc đã lâu")
    with at(*TODAY):
        followed()
        assert found(office, "da lau")
        assert told(office, "member", "BHXH") == []


def test_a_paper_is_found_as_it_changes_and_its_signer_is_told(office):
    clerk = office.account("secretariat")
    seat = offices.holders(office.group.id, DAY, role="standing_deputy")[0].seat_id
    with at(*TODAY):
        facts = forms.form("urging_letter").examples() | {"subject": "đôn đốc làm sạch dữ liệu"}
        said = {key: str(value) for key, value in facts.items() if isinstance(value, date)}
        paper = paperwork.begin(clerk, office.group, "urging_letter", facts | said)
        followed()
        assert found(office, "don doc lam sach", "member", "BHXH")[0][0] == "paper"
        paper_signing.ask_signature(clerk, office.group, paper.id, seat)
        followed()
        ((kind, sentence),) = told(office, "standing_deputy")
        assert kind == "paper_to_sign"
        assert "đôn đốc" in sentence
        paper_signing.decline(office.account("standing_deputy"), office.group, paper.id, "chưa đúng số liệu")
        followed()
        assert [one for one, _ in told(office, "secretariat")] == ["paper_declined"]
        assert "chưa đúng" not in told(office, "secretariat")[0][1]
        assert drafts.request(paper.id) is None
        paperwork.drop(clerk, office.group, paper.id)
        followed()
        assert not [one for one in found(office, "don doc lam sach") if one[0] == "paper"]


def test_a_rebuild_gives_what_following_gave(office):
    with at(*TODAY):
        for number in range(5):
            assign(office, f"Việc số {number}", beside=("GDDT",))
        followed()
        fields = ("kind", "key", "title", "readers", "tokens")
        cataloguing.rebuild(office.group)
        before = set(map(str, Entry.objects.values_list(*fields)))
        Entry.objects.all().delete()
        counted = cataloguing.rebuild_all()
        assert set(map(str, Entry.objects.values_list(*fields))) == before
    assert counted["task"] == Task.objects.count() == 5
    assert counted["clause"] > 50


def test_clauses_are_found_by_number_and_words(office):
    with at(*TODAY):
        cataloguing.rebuild(office.group, only=["clause"])
        clauses = frozenset({"clause"})
        assert found(office, "7.2.k", kinds=clauses)[0][0] == "clause"
        assert found(office, "bao hiem", kinds=clauses)


def test_a_report_that_falls_due_is_told_once_to_whoever_owes_it(office):
    """The month's report is due before 1 September: nobody hears of it on the 20th, its bearers do on the 30th."""
    with at(2022, 8, 20):
        assert due.remind(office.group) == 0
    with at(2022, 8, 30):
        count = due.remind(office.group)
        assert count > 0
        assert due.remind(office.group) == 0
        first = Notice.objects.order_by("pk").first()
    assert first.kind == "report_due"
    assert "01/09/2022" in first.vi
    assert first.article
    assert not inbox.of(seen(office, "member", "GDDT")).items
