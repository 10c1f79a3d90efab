"""An office of many clerks who number papers at once and are killed in the middle: `python -m papers.clerks HOME …`.

    make COUNT           found the group and lay COUNT drafts before the clerks, in the series of `SYMBOLS`
    work CLERKS EVERY    let so many clerk processes number them all; after every EVERY numbers one is killed, replaced
    count                tell what stands in the register, the ledger and the archive

HOME is a state directory of its own; DATABASE_URL names the database. Everything is the product's own but the
rendering of the two files, for which a line of text stands in: what is proved is that numbers, rows, entries and files
stay together, not how a page looks. A draft is laid down by a bulk insert for the same reason.
"""

from __future__ import annotations

import ctypes
import gc
import json
import mmap
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

SYMBOLS = ("TCTĐA-CA", "TCTĐA-VP", "TCTĐA-YT")
SLUG = "dong-nguoi"
BATCH = 1000
PR_SET_PDEATHSIG = 1


def main(home: Path, command: str, *given: str) -> None:
    os.environ["DEAN06_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dean06.settings"
    _die_with_parent()
    import django

    django.setup()
    if command == "make":
        _make(home, int(given[0]))
    elif command == "work":
        _work(home, int(given[0]), int(given[1]))
    else:
        _count()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def boundary() -> datetime:
    """Return the instant at which one year's series end and the next year's begin."""
    from dean06.clock import service as clock

    return datetime(2027, 1, 1, tzinfo=clock.TZ)


def instant_of(paper: int) -> datetime:
    """Return when a paper is issued: some within a second before the new year, some within one after."""
    return boundary() + timedelta(milliseconds=paper * 7919 % 2000 - 1000)


def _make(home: Path, count: int) -> None:
    from django.core.management import call_command

    from dean06.papers import models
    from dean06.papers.service import documents
    from flows.conftest import found
    from papers.samples import letter

    call_command("migrate", verbosity=0)
    office = found("quang-ninh-2022", SLUG, home, persons=60)
    (home / "leader").write_text(office.account("leader"))
    sample = replace(letter(), number=None, issued_on=None, draft=True)
    content = {symbol: documents.CONTENT.dump_python(replace(sample, symbol=symbol), mode="json") for symbol in SYMBOLS}
    for first in range(0, count, BATCH):
        models.Paper.objects.bulk_create(
            models.Paper(
                group_id=office.group.id,
                kind=sample.kind,
                symbol=(symbol := SYMBOLS[place % len(SYMBOLS)]),
                abstract=f"Văn bản {place}",
                content=content[symbol],
                created_at=boundary(),
                docx_sha256=f"{place:064x}",
            )
            for place in range(first, min(first + BATCH, count))
        )


# ---------------------------------------------------------------- the clerks


def _work(home: Path, clerks: int, every: int) -> None:
    """Fork the clerks from one process, so that they share what is loaded; kill and replace until all is done."""
    from django.db import connection

    from dean06.papers.service import issuing

    issuing.render_docx = lambda paper: f"docx {paper.number}/{paper.symbol} {paper.issued_on}".encode()
    issuing.render_pdf = lambda paper, *_: f"pdf {paper.number}/{paper.symbol} {paper.issued_on}".encode()
    _permits(home)  # the charter is compiled once, before there are clerks
    connection.close()
    gc.collect()
    gc.freeze()
    done = memoryview(mmap.mmap(-1, 8 * clerks)).cast("Q")  # how many each slot has numbered; shared by all
    chance, killed, slots = random.Random(6), 0, {}  # noqa: S311  which clerk dies is no secret
    for slot in range(clerks):
        slots[_fork(home, slot, done)] = slot
    while slots:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            slot = slots.pop(pid)
            if status:
                slots[_fork(home, slot, done)] = slot
        elif sum(done) >= (killed + 1) * every:
            time.sleep(chance.random() / 100)  # whatever it is doing then
            os.kill(chance.choice(list(slots)), signal.SIGKILL)
            killed += 1
        else:
            time.sleep(0.002)
    sys.stdout.write(json.dumps({"killed": killed}))


def _fork(home: Path, slot: int, done: memoryview) -> int:
    pid = os.fork()
    if pid == 0:
        _die_with_parent()
        try:
            _clerk(home, slot, done)
        except BaseException:  # noqa: BLE001  a forked process ends here whatever happened
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return pid


def _permits(home: Path):
    """Return how the leader's permits to sign and to number a paper at an instant are made, by the group's charter."""
    from dean06.clock import service as clock
    from dean06.flows import signing
    from dean06.flows.authority import Act, ask, bind, grant
    from dean06.offices import service as offices
    from dean06.papers.types import Signature  # noqa: F401  loaded before the clerks are

    leader, group = (home / "leader").read_text(), offices.group(SLUG)
    signs = {"document.kind": "decision", "document.serves_group_task": True}
    acts = (("document.sign", signs), ("document.number", {"document.is_signed": True}))

    def act(action: str, facts, paper: int) -> Act:
        obj = bind("paper", str(paper), docx=f"{paper - 1:064x}")
        return Act(account=leader, group=group, action=action, obj=obj, facts=facts)

    with clock.pinned(boundary() - timedelta(hours=1)):
        answers = {action: ask(act(action, facts, 1)) for action, facts in acts}
        signature = signing.signature(group, answers["document.sign"])

    def at(paper: int):
        with clock.pinned(instant_of(paper)):
            return [grant(act(action, facts, paper), answers[action]) for action, facts in acts], signature

    return at


def _clerk(home: Path, slot: int, done: memoryview) -> None:
    """Number every draft of a slot that has no number yet, and try some of a neighbour's too."""
    from django.db import OperationalError

    from dean06.clock.errors import BadInput
    from dean06.papers import models
    from dean06.papers.service import issuing

    permits, clerks = _permits(home), len(done)
    share = -(-models.Paper.objects.order_by("-pk").values_list("pk", flat=True)[0] // clerks)
    own, others = (_waiting(one % clerks * share, share) for one in (slot, slot + 1))
    random.shuffle(own)
    tried = [*own, *others[: len(own) // 50]]
    random.shuffle(tried)
    for paper in tried:
        while True:
            (by, numbered_by), signature = permits(paper)
            try:
                issuing.issue(by, numbered_by, paper, signature)
            except BadInput:  # a neighbour was first
                break
            except OperationalError as problem:  # SQLite's queue was too long: nothing was done, and it is tried again
                if "locked" not in str(problem):
                    raise
            else:
                done[slot] += 1
                break


def _waiting(first: int, share: int) -> list[int]:
    from dean06.papers import models

    rows = models.Paper.objects.filter(pk__gt=first, pk__lte=first + share, number=None)
    return list(rows.values_list("pk", flat=True))


# ---------------------------------------------------------------- what stands afterwards


def _count() -> None:
    from dean06.ledger import service as ledger
    from dean06.offices import service as offices
    from dean06.papers import models
    from dean06.papers.service import numbers

    group = offices.group(SLUG)
    papers = models.Paper.objects.filter(group_id=group.id)
    series = numbers.series(group.id)
    begun = time.monotonic()
    ledger.sequence()
    told = {
        "unnumbered": papers.filter(number=None).count(),
        "series": [
            {
                "symbol": one.symbol,
                "year": one.year,
                "last": one.last,
                "numbers": _runs(papers.filter(symbol=one.symbol, year=one.year)),
                "holes": [asdict(hole) for hole in numbers.holes(group.id, one.symbol, one.year)],
            }
            for one in series
        ],
        "wrong_year": sum(1 for pk, year in papers.values_list("pk", "year") if year != instant_of(pk).year),
        "entries": _entries(papers),
        "signatures": Counter(models.Signature.objects.values_list("paper_id", flat=True)).most_common(1)[0][1],
        "signed": models.Signature.objects.count(),
        "archive": _archive(papers),
        "log": [asdict(fault) for fault in ledger.verify().faults],
    }
    sys.stdout.write(json.dumps(told | {"seconds": round(time.monotonic() - begun, 1)}))


def _runs(papers) -> dict[str, int]:
    """Return how many papers carry a number, how many numbers they carry, and the bounds of those."""
    carried = sorted(papers.values_list("number", flat=True))
    return {"papers": len(carried), "distinct": len(set(carried)), "first": carried[0], "last": carried[-1]}


def _entries(papers) -> dict[str, int]:
    """Compare entries and papers one to one: each paper is signed once and numbered once, under its own number."""
    from dean06.ledger.models import Entry

    wanted = {
        str(pk): (number, symbol, pdf)
        for pk, number, symbol, pdf in papers.values_list("pk", "number", "symbol", "pdf_sha256")
    }
    seen: Counter[tuple[str, str]] = Counter()
    strange = 0
    for body in Entry.objects.filter(scope=SLUG, object_kind="paper").values_list("body", flat=True).iterator():
        told = json.loads(body)
        note, obj = told["note"], told["object"]
        seen[told["action"], obj["id"]] += 1
        strange += (note.get("number"), note.get("symbol"), obj["digest"]) != wanted.get(obj["id"])
    twice = sum(1 for count in seen.values() if count != 1)
    missing = sum(1 for pk in wanted for action in ("document.sign", "document.number") if (action, pk) not in seen)
    return {"twice": twice, "missing": missing, "strange": strange, "pairs": len(seen)}


def _archive(papers) -> dict[str, int]:
    """Count papers whose files are not there or not what they were; what a kill left without a row harms nobody."""
    from dean06.papers.keeping import store

    wrong, named = 0, set()
    for pdf, docx in papers.values_list("pdf_sha256", "docx_sha256"):
        for sha256, suffix in ((pdf, "pdf"), (docx, "docx")):
            named.add(f"{sha256}.{suffix}")
            try:
                store.path_of(sha256, suffix)
            except Exception:  # noqa: BLE001  whatever is wrong with a file is counted
                wrong += 1
    return {"wrong": wrong, "named": len(named)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
