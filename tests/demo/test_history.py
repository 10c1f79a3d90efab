"""The demonstration's history: every record of work has its act, pages have what they show, nothing is left over."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import Unavailable, UsageError
from dean06.corrections import service as corrections
from dean06.corrections.types import SaidFixed
from dean06.demo import connection_room, history, pki, service_server, timetable, workshop
from dean06.demo.stages import STAGES, chosen
from dean06.demo.supplies import Supplies
from dean06.identity import service as identity
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.papers.service import documents, issuing, keys, signatures
from dean06.papers.service.signatures import Verdict
from dean06.reports.service import months as reports
from dean06.work.models import Task
from dean06.work.service import tasks as work

pytestmark = [
    pytest.mark.long,
    pytest.mark.either_database,  # a demonstration is made on SQLite alone
    pytest.mark.django_db,
]

LATER = timetable.at(history.INSTALLED.replace(year=2027), 9)
LAST = history.INSTALLED.replace(year=2030)
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# How each stored record of a group is tied to the ledger: it has a column for the digest of its permit, which names an
# act; or its rows are as many as the entries of one kind and action; or it is a part of a record that is tied.
PERMITS = ("permit", "permit_digest")
BY_COUNT = {
    "adoption.LocalRule": ("local_rule", "local_rule.set"),
    "adoption.Statement": ("statement", "compliance.state"),
    "conduct.Replacement": ("replacement", "member.propose_replacement"),
    "offices.Absence": ("absence", "absence.record"),
    "offices.Delegation": ("delegation", "delegation.grant"),
    "offices.Seal": ("seal", "seal.register"),
    "papers.Appraisal": ("appraisal", "appraisal.perform"),
    "papers.Comment": ("paper_comment", "document.comment"),
    "papers.FileList": ("file_list", "work_file.issue_plan"),
    "papers.Piece": ("work_file", "document.archive"),
    "papers.SigningRequest": ("paper", "document.ask_signature"),
    "population.Register": ("register", "register.load"),
    "reconcile.Run": ("delivery", "run.start"),
    "reports.AgencySending": ("agency_report", "report.receive"),
    "reports.DutyReply": ("duty_reply", "compliance.reply"),
    "sources.Delivery": ("delivery", "delivery.receive"),
    "work.Matter": ("matter", "matter.raise"),
}
SIGNING = {"document.sign", "minutes.sign", "notice.sign", "plan.issue"}
MEETINGS = 4  # held within three months and a half, each with its minutes
PARTS = {
    **dict.fromkeys(
        (
            "meetings.Absence",
            "meetings.Asked",
            "meetings.Conclusion",
            "meetings.Counter",
            "meetings.Decision",
            "meetings.Elector",
            "meetings.Invitee",
            "meetings.Item",
            "meetings.Meeting",
            "meetings.MeetingPaper",
            "meetings.OpenBallot",
            "meetings.Presence",
            "meetings.Report",
            "meetings.Round",
            "meetings.Series",
            "meetings.Vote",
        ),
        "meetings.Happening",
    ),
    "conduct.Honoured": "conduct.Commendation",
    "conduct.ReplacementEvidence": "conduct.Replacement",
    "conduct.ReplacementStep": "conduct.Replacement",
    "corrections.Counter": "corrections.Order",
    "corrections.Dataset": "corrections.Run",
    "corrections.Finding": "corrections.Run",
    "funds.Counter": "funds.Source",
    "funds.Estimate": "funds.EstimateEvent",
    "funds.EstimateLine": "funds.Estimate",
    "funds.Line": "funds.Source",
    "funds.Payment": "funds.Movement",
    "offices.Acknowledgement": "offices.Appointment",
    "offices.Appointment": "offices.Group",
    "offices.Reminder": "offices.Acknowledgement",
    "offices.Seat": "offices.Appointment",
    "offices.Service": "offices.Group",
    "papers.Paper": "papers.Version",
    "papers.Series": "papers.Paper",
    "papers.Signature": "papers.Paper",
    "papers.SigningKey": "offices.Appointment",
    "papers.Version": "papers.Paper",
    "papers.WorkFile": "papers.FileList",
    "reconcile.Score": "reconcile.Run",
    "reports.AgencyFile": "reports.AgencyReport",
    "reports.AgencyReport": "reports.AgencySending",
    "reports.Figure": "reports.MonthReport",
    "reports.InputFigure": "reports.MonthReport",
    "reports.IssuedReport": "reports.MonthReport",
    "reports.Receipt": "reports.MonthReport",
    "sources.Quarantined": "sources.Delivery",
    "work.Coordination": "work.Task",
    "work.Counter": "work.Task",
    "work.Entry": "work.EntryEvent",
    "work.EntryCounter": "work.Entry",
    "work.EntryFile": "work.Entry",
    "work.EntryLink": "work.Entry",
    "work.Extension": "work.Task",
    "work.PlanLine": "work.Plan",
    "work.TaskFile": "work.Task",
}


def every(name: str):
    """Return the rows of a table, which only this test may read past the faces."""
    return apps.get_model(name).objects.all()


def entries() -> list[dict]:
    return [json.loads(body) for body in every("ledger.Entry").order_by("pk").values_list("body", flat=True)]


def play(home, groups, months, persons):
    told = []
    scale = persons / max(STAGES[group].place.persons for group in groups)
    with override_settings(HOME=home, PASSWORD_HASHERS=QUICK):
        made = history.build(lambda *state: told.append(state), scale=scale, groups=groups, months=months)
    return made, told


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker, tmp_path_factory):
    """Play three months of the commune once for the module, in a transaction that is undone."""
    home = tmp_path_factory.mktemp("xa")
    with django_db_blocker.unblock(), transaction.atomic():
        made, told = play(home, ("ninh-chau",), 3, 600)
        with override_settings(HOME=home, PASSWORD_HASHERS=QUICK):
            yield {"home": home, "accounts": made, "told": told, "group": offices.group("ninh-chau")}
        transaction.set_rollback(True)


def test_every_record_of_work_is_tied_to_the_ledger(commune):
    made = entries()
    permits = {entry["permit"] for entry in made}
    acts = Counter((entry["object"]["kind"], entry["action"]) for entry in made)
    counted: Counter[str] = Counter()
    named = set()
    for model in apps.get_models():
        if not model.__module__.startswith("dean06.") or not any(f.name == "group" for f in model._meta.fields):
            continue
        name = f"{model.__module__.split('.')[1]}.{model.__name__}"
        counted[name] = every(name).count()
        column = next((field.name for field in model._meta.fields if field.name in PERMITS), "")
        if column:
            named.add(name)
            assert set(every(name).values_list(column, flat=True)) <= permits, name
        elif name in BY_COUNT:
            assert counted[name] == acts[BY_COUNT[name]], name
        elif name == "reconcile.Look":
            assert set(every(name).values_list("entry", flat=True)) <= set(
                every("ledger.Entry").values_list("pk", flat=True)
            )
        elif name == "reports.MonthReport":
            drafted = {
                e["object"]["id"] for e in made if (e["object"]["kind"], e["action"]) == ("report", "report.draft")
            }
            assert drafted == {f"{row.group.slug}:{row.month}" for row in every(name)}
        else:
            assert counted[name] == 0 or name in PARTS, f"{name}: say how its records are tied to the ledger"
    assert set(PARTS.values()) <= named | set(BY_COUNT) | set(PARTS) | {"offices.Group", "reports.MonthReport"}
    for name in ("corrections.Order", "funds.Movement", "meetings.Happening", "work.Task", "sources.Delivery"):
        assert counted[name] >= 3, name
    opened = acts["account", "account.create"] + acts["account", "account.invite"]
    assert opened == every("identity.Account").count() - 1  # the first one founds the rest
    assert acts["group", "group.create"] == every("offices.Group").count() == 1
    assert acts["charter", "charter.confirm_instrument"] == every("adoption.Confirmation").count() == 2
    signed = sum(count for (kind, action), count in acts.items() if kind == "paper" and action in SIGNING)
    assert signed == every("papers.Paper").exclude(number=None).count() == 2 + 3 + MEETINGS
    assert acts["paper", "document.seal"] == 1
    entered = acts["signing_key", "signing_key.set"] + acts["signing_key", "seal_key.set"]
    assert entered == every("papers.SigningKey").count() == 3 + 3


def test_the_ledger_is_sound_and_follows_the_clock(commune):
    report = ledger.verify()
    assert report.sound
    assert report.entries == report.sequenced > 150
    assert report.checkpoints > 3
    times = [entry["at"] for entry in entries()]
    assert all(before <= after for before, after in pairwise(times))
    assert {entry["outcome"] for entry in entries()} <= {
        "allowed",
        "not_allowed",
        "not_regulated",
    }  # what a charter only warns of is done with a reason


def test_what_the_pages_show_is_there(commune):
    group = commune["group"]
    assert group.own_day.isoformat() == "2026-10-12"
    tasks = list(every("work.Task").filter(group_id=group.id))
    now = timetable.at(group.own_day, 9)
    assert any(task.status == "open" and task.bound <= now for task in tasks)
    assert any(task.status == "done" and task.closed_by.startswith("L") for task in tasks)
    states = Counter(every("corrections.Finding").values_list("status", flat=True))
    assert states["proved"] > states["open"] / 10
    assert every("corrections.Finding").filter(reopened__gt=0).exists()
    assert set(every("sources.Delivery").values_list("state", flat=True)) == {"read", "refused"}


def test_some_claims_turn_out_false(commune):
    orders = {row.pk: row.order for row in every("work.Task") for row.order in [corrections.order_of_task(row.pk)]}
    said = [
        SaidFixed(order_id=orders[claim.task_id].id, at=claim.at, count=claim.count)
        for claim in work.claims(commune["group"].id, (timetable.at(history.INSTALLED, 0), timetable.at(LAST, 0)))
    ]
    proved = [one for one in corrections.check_claims(commune["group"].id, said) if one.proved is not None]
    assert any(one.said > one.proved for one in proved)
    assert any(one.proved for one in proved)


def test_reports_are_signed_and_sent_but_the_present_one(commune):
    found = {row.month: row for row in every("reports.MonthReport")}
    states = {month: reports.for_work(commune["group"].id, month).issued for month in found}
    assert states == {"2026-08": True, "2026-09": True, "2026-10": False}
    papers = every("papers.Paper").filter(form="").exclude(number=None).order_by("pk")
    assert [paper.signer for paper in papers] == ["Nguyễn Hữu Phước"] * 2
    assert every("reports.Receipt").count() == 2 * 2


def test_the_commune_lives_under_its_own_copy_of_the_template(commune):
    charter = adoption.charter_of("ninh-chau-2026", clock.today(commune["group"]))
    assert (charter.kind, charter.agencies["TYT"].name) == ("regulation", "Trạm Y tế xã Ninh Châu")
    facts = adoption.adoption_facts("ninh-chau-2026", clock.today(commune["group"]))
    assert facts["charter.number"].startswith("01-TD/")
    assert facts["charter.confirmed_by_two"]
    assert every("adoption.CharterVersion").get(line="ninh-chau-2026").is_demo
    assert len(set(adoption.confirmers("ninh-chau-2026", clock.today(commune["group"])))) == 2


def test_everybody_announced_can_sign_in(commune):
    told = {one["username"] for one in commune["accounts"]}
    assert told == {one.username for one in identity.demo_accounts(100)}
    assert told == {one.username for one in history.accounts(("ninh-chau",))}
    for one in commune["accounts"]:
        assert one["role"]
        account = every("identity.Account").get(username=one["username"])
        assert account.check_password(one["password"]), one["username"]


def test_progress_comes_to_its_end_and_no_file_is_left(commune):
    shares = [done / total for done, total, _ in commune["told"]]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    left = {path.name for path in commune["home"].iterdir()}
    assert left <= {"vault", "papers", "keys", "demo", "tin-cay", "secrets", "danh-sach"}


def test_services_feed_it_and_an_agencys_software_is_let_in(commune):
    feeds = {row.source: row for row in every("sources.Feed")}
    assert feeds.keys() == STAGES["ninh-chau"].fed.keys()
    assert {source: row.agency_code for source, row in feeds.items()} == STAGES["ninh-chau"].fed
    assert all(row.enabled and row.next_at <= clock.now() for row in feeds.values())
    around = service_server.noted(commune["home"])
    assert {row.settings["dia_chi"] for row in feeds.values()} == {
        f"http://127.0.0.1:{port}" for port in (around.port, around.port + 1)
    }
    for row in feeds.values():
        secret = commune["home"] / "secrets" / "ninh-chau" / row.secret.removeprefix("tep:")
        assert secret.stat().st_mode & 0o077 == 0
    (machine,) = every("machines.Machine")
    kept = json.loads((commune["home"] / service_server.KEY_FILE).read_text())
    assert (machine.agency, str(machine.public_id)) == (kept["agency"], kept["client_id"])
    assert machine.key == {name: kept["key"][name] for name in machine.key}
    assert "d" not in machine.key


def test_feeds_are_led_to_another_port_and_what_was_off_stays_off(commune):
    home, before = commune["home"], service_server.noted(commune["home"])
    with transaction.atomic(), override_settings(HOME=home):
        every("sources.Feed").filter(source="bhxh").update(enabled=False)
        assert connection_room.lead_to(home, 9700) == len(STAGES["ninh-chau"].fed)
        led = {row.source: row for row in every("sources.Feed")}
        assert {row.settings["dia_chi"] for row in led.values()} == {"http://127.0.0.1:9700", "http://127.0.0.1:9701"}
        assert [source for source, row in led.items() if not row.enabled] == ["bhxh"]
        assert service_server.noted(home).port == 9700
        before.note(home)
        transaction.set_rollback(True)


def test_papers_stand_at_every_step_and_the_digital_one_verifies(commune):
    held = every("papers.Paper").exclude(form="").order_by("pk")
    assert Counter((paper.form, paper.state, paper.manner) for paper in held) == Counter(
        [
            ("plan", "issued", "hand"),
            *[("minutes", "issued", "hand")] * (1 + MEETINGS),
            ("urging_letter", "issued", "digital"),
            ("directive", "draft", ""),
            ("official_letter", "asked", ""),
            ("conclusion_notice", "asked", ""),
            ("replacement_proposal", "draft", ""),
        ]
    )
    assert set(every("papers.SigningRequest").values_list("state", flat=True)) == {"signed", "waiting"}
    sealed = held.get(form="urging_letter")
    told = signatures.verify(issuing.kept_file(sealed.pdf_sha256), keys.trust().trust, LATER)
    assert told.verdict is Verdict.VALID
    assert [one.signer for one in told.signatures if not one.is_timestamp] == [
        sealed.signer,
        "Ủy ban nhân dân xã Ninh Châu",
    ]
    letter = documents.content(sealed.pk)
    assert "quá hạn" in str(letter)
    assert sorted(every("papers.Piece").values_list("ref", flat=True)) == sorted(
        str(paper.pk) for paper in held if paper.form in {"plan", "urging_letter"}
    )


def test_one_password_opens_accounts_and_keys():
    assert pki.PASSWORD == identity.DEMO_PASSWORD


@pytest.mark.proof
def test_an_acting_deputy_gives_out_what_had_come_before_the_assignment(db, tmp_path):
    play(tmp_path, ("xuan-truong",), 1, 400)
    of_findings = {
        f"xuan-truong:{one}" for one in Task.objects.filter(origin="finding").values_list("number", flat=True)
    }
    given = [
        entry
        for entry in entries()
        if entry["action"] == "task.assign"
        and (entry["object"]["kind"] == "order" or entry["object"]["id"] in of_findings)
    ]
    assert given
    assert {(entry["actor"]["role"], tuple(entry["citations"])) for entry in given} == {("standing_deputy", ("4.2",))}
    assert adoption.local_rule(offices.group("xuan-truong").id, "G-12", LAST).value == {"from_day": 15}


@pytest.mark.parametrize("slug", sorted(STAGES))
def test_files_are_asked_for_in_the_order_of_their_days(slug):
    stage = STAGES[slug]
    asked = timetable.wanted(stage)
    place = {(one.month, one.source): at for at, one in enumerate(asked)}
    for month in stage.months:
        mine = [place[month, one.source] for one in stage.handings if (month, one.source) in place]
        assert place[month, ""] < min(mine)
    assert [one.month for one in asked if not one.source] == list(stage.months)


def test_an_unknown_group_is_named():
    with pytest.raises(UsageError, match="hà-nội"):
        chosen(("hà-nội",), 1.0, None)


@pytest.fixture
def supplies(tmp_path) -> Supplies:
    stage = chosen(("ninh-chau",), 0.005, 1)[0]
    folder = tmp_path / "tep"
    return Supplies(place=stage.place, seed=1, folder=folder, shelf=tmp_path / "so", wanted=timetable.wanted(stage))


def test_files_made_apart_are_those_made_here(supplies, monkeypatch):
    with workshop.opened(supplies) as here:
        first = [here.file() for _ in supplies.wanted]
        bytes_here = [made.path.read_bytes() for made in first if made.path.suffix == ".csv"]
    monkeypatch.setattr(workshop, "LARGE", 0)
    with workshop.opened(supplies) as there:
        again = [there.file() for _ in supplies.wanted[:5]]
        bytes_there = [made.path.read_bytes() for made in again if made.path.suffix == ".csv"]
        there.done(again[0])
        assert not again[0].path.exists()
    assert bytes_there == bytes_here[: len(bytes_there)]
    assert [one.name for one in again] == [one.name for one in first]
    assert any(supplies.shelf.glob("2026-07-31_*/prepared/*"))


def use_up(shop, supplies):
    for _ in supplies.wanted:
        shop.done(shop.file())


def test_a_workshop_that_dies_is_told_and_not_waited_for(supplies, monkeypatch):
    monkeypatch.setattr(workshop, "LARGE", 0)
    with workshop.opened(supplies) as there:
        there.done(there.file())
        os.kill(there.process, signal.SIGKILL)
        with pytest.raises(Unavailable, match="đã dừng giữa chừng"):
            use_up(there, supplies)
