"""Pulls that are killed on purpose: `python killed_pull.py HOME KILLS SEED` prints what was served and what stands.

HOME holds tables and nothing else. Each pull runs in a process of its own that gets SIGKILL at a random moment of the
time that a pull takes. The other side shows a new list as soon as the last one is delivered; in the end every list
stands as one delivery, whole.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROWS, PAGE = 600, 20


def main(home: Path, kills: int, seed: int) -> None:
    os.environ["DEAN06_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dean06.settings"
    import django

    django.setup()
    from harness.paged import paged

    with paged():
        _killed(home, kills, random.Random(seed))  # noqa: S311  chance, no secret


def _killed(home: Path, kills: int, chance: random.Random) -> None:
    from dean06.flows import feeding
    from dean06.sources.models import Delivery
    from flows.conftest import at

    feed_id, side = _set_up(home), home / "ben-kia.json"
    served = [_serve(side, 0)]
    with at(2022, 6, 10):
        began = time.monotonic()
        feeding.pull(feed_id)
        whole = time.monotonic() - began
        struck = taken_up = 0
        while struck < kills:
            if Delivery.objects.count() == len(served):
                served.append(_serve(side, len(served)))
            died = _struck(lambda: feeding.pull(feed_id), chance.uniform(0, whole * 1.2))
            struck += died
            taken_up += _pieces(home) > 0
        if Delivery.objects.count() < len(served):
            feeding.pull(feed_id)
        feeding.pull(feed_id)  # once more brings nothing new
    _tell(served, taken_up)


def _set_up(home: Path) -> int:
    from dean06.flows import feeding
    from dean06.sources.service import feeds
    from dean06.sources.service.feeds import NewFeed
    from flows.conftest import at, found

    office = found("quang-ninh-2022", "qn", home, persons=50)
    new = NewFeed(
        name="Danh sách",
        source="bhyt",
        agency="BHXH",
        kind="thu",
        settings={"tep": str(home / "ben-kia.json")},
        secret="",
        schedule=feeds.Hours(hours=1),
        extent="full",
    )
    with at(2022, 6, 10):
        return feeding.set_up(office.account("secretariat"), office.group, new).id


def _serve(side: Path, number: int) -> list[str]:
    """Let the other side show another list; returns its names."""
    names = [f"Nguyễn Văn {number} {row}" for row in range(ROWS)]
    rows = [{"ho_ten": name, "ngay_sinh": "01/02/1980"} for name in names]
    draft = side.with_suffix(".moi")
    draft.write_text(json.dumps({"rows": rows, "size": PAGE, "faults": {}, "still": True}))
    draft.replace(side)
    return names


def _struck(work: Callable[[], object], after: float) -> bool:
    """Do the work in a process of its own and kill it after a while; says whether it died of that."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _pieces(home: Path) -> int:
    return len(list((home / "vault" / "pulls").glob("*/*.manh")))


def _tell(served: list[list[str]], taken_up: int) -> None:
    from dean06.ledger import service as ledger
    from dean06.ledger.models import Entry
    from dean06.sources import service as sources
    from dean06.sources.models import Delivery, Pull

    ledger.sequence()
    kept = [next(sources.delivery_for_work(row.pk).directory.glob("goc.*")) for row in Delivery.objects.order_by("pk")]
    lists = [[line.split(",")[0] for line in path.read_text().splitlines()[1:]] for path in kept]
    told = {
        "served": len(served),
        "same": lists == served,
        "taken_up": taken_up,
        "acts": Entry.objects.filter(action="delivery.receive").count(),
        "pulls": sorted(set(Pull.objects.values_list("state", flat=True))),
        "left": [str(path) for path in Path(os.environ["DEAN06_HOME"]).glob("vault/pulls/*") if path.is_dir()],
        "sound": ledger.verify().sound,
    }
    print(json.dumps(told))  # noqa: T201  what the test reads


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
