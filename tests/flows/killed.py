"""A process that is killed on purpose: `python killed.py HOME setup|run STEP|finish`.

`setup` makes, in a home with tables, a small office with one delivery received; `run` carries it through and kills
itself, as a power cut would, when the named step begins; `finish` carries it through to the end and prints what stands
in the store.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path


def main(home: Path, command: str, step: str = "") -> None:
    os.environ["DEAN06_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dean06.settings"
    import django

    django.setup()
    if command == "setup":
        _setup(home)
    elif command == "report":
        _report(home, step)
    elif command == "end":
        _end(home, step)
    else:
        _process(home, step if command == "run" else "")


def _setup(home: Path) -> None:
    from dean06.demo import service as demo
    from dean06.flows import intake, ordering
    from dean06.flows.intake import HandIn
    from flows.conftest import at, found

    office = found("quang-ninh-2022", "qn", home, persons=300)
    with at(2022, 6, 1):
        ordering.assign_source(office.account("leader"), office.group, "bhyt")
    office.load_register("2022-06")
    path = home / demo.delivery_name(office.world, "bhyt", "2022-06")
    demo.write_delivery(office.world, "bhyt", "2022-06", path)
    with at(2022, 6, 30, 22):
        given = HandIn(source="bhyt", period="2022-06", agency="BHXH", file=path, file_name=path.name)
        delivery = intake.hand_in(office.account("member", "BHXH"), office.group, given)
    (home / "note.json").write_text(
        json.dumps(
            {
                "account": office.account("member", "BHXH"),
                "delivery": delivery.id,
                "clerk": office.account("secretariat"),
                "admin": office.admin,
                "accounts": office.accounts,
            }
        )
    )


def _process(home: Path, step: str) -> None:
    from dean06.flows import intake
    from flows.conftest import at

    note = json.loads((home / "note.json").read_text())

    def tell(name: str, _share: float) -> None:
        if name == step:
            os.kill(os.getpid(), signal.SIGKILL)

    with at(2022, 6, 30, 23):
        intake.process(note["account"], note["delivery"], tell)
    _print()


def _report(home: Path, step: str) -> None:
    from dean06.flows import reporting
    from dean06.offices import service as offices
    from dean06.papers.keeping import store
    from flows.conftest import at

    note = json.loads((home / "note.json").read_text())
    keep = store.keep

    def killed(content: bytes, suffix: str) -> str:
        if suffix == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return keep(content, suffix)

    if step:
        store.keep = killed
    hour = 9 + ["xlsx", "docx", "pdf", ""].index(step)
    with at(2022, 7, 3, hour):
        reporting.make(note["clerk"], offices.group("qn"), "2022-07")
    _print()


def _end(home: Path, step: str) -> None:
    """End the group and hand it over; kill the process when the named part of the act begins."""
    from dean06.adoption import service as adoption
    from dean06.flows import handing_over, succession
    from dean06.offices import service as offices
    from flows.conftest import at
    from flows.successors import confirmed, plan, prepared, successor

    note = json.loads((home / "note.json").read_text())
    office = _office(home, note)
    if not note.get("heir"):
        note["heir"] = successor(office, "xa-moi", "456").accounts
        (home / "note.json").write_text(json.dumps(note))
    heir = _office(home, {"accounts": note["heir"]}, "xa-moi")
    with at(2025, 7, 1, 9 + ["", "work.hand_over", "numbers.close_series", "offices.end_group", "finish"].index(step)):
        listed = adoption.successions(office.group.id)
        kept = listed[0] if listed else confirmed(office, prepared(office, plan(heir)), "leader")
        room, _, name = step.partition(".")
        if name:
            setattr(getattr(handing_over, room), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
        seen = succession.draw_up(office.group, kept.plan).digest
        handing_over.confirm(office.account("standing_deputy"), office.group, kept, seen=seen)
    ended = offices.ending(office.group.id)
    _print(ended=ended is not None, states=[one.state for one in adoption.successions(office.group.id)])


def _office(home: Path, note: dict, slug: str = "qn"):
    from dean06.demo import service as demo
    from dean06.offices import service as offices
    from flows.conftest import Office

    world = demo.World(5, 300, "quang-ninh-2022")
    return Office(
        group=offices.group(slug), admin=note.get("admin", ""), accounts=note["accounts"], world=world, folder=home
    )


def _print(**more: object) -> None:
    from dean06.corrections.models import Finding, Order
    from dean06.ledger import service as ledger
    from dean06.papers.models import Paper
    from dean06.reconcile.models import Run, Score
    from dean06.reports.models import MonthReport
    from dean06.sources.models import Delivery
    from dean06.work.models import Task

    ledger.sequence()
    report = ledger.verify()
    run = Run.objects.first()
    told = {
        "tasks": list(Task.objects.order_by("pk").values_list("title", "total", "done")),
        "findings": Finding.objects.count(),
        "orders": Order.objects.count(),
        "runs": Run.objects.count(),
        "scores": Score.objects.count(),
        "result": run.result_sha256 if run else "",
        "states": list(Delivery.objects.values_list("state", flat=True)),
        "papers": Paper.objects.count(),
        "reports": list(MonthReport.objects.values_list("month", "version")),
        "sound": report.sound,
        **{f"end_{name}": value for name, value in more.items()},
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], *sys.argv[3:])
