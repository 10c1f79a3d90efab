"""The background worker: queued jobs in the main thread, the ledger's sequencer and the round of the post beside it.

`python -m dean06.cli.worker_process` is started by `dean06 serve` and by nobody else: one installation has one worker,
so a job marked as running when it starts was cut off, and is put back in the queue.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable

import django
from django.db import close_old_connections
from django.db.utils import DatabaseError

SEQUENCE_EVERY = 1.0
POST_EVERY = 60.0
PULL_EVERY = 10.0
HOOKS_EVERY = 10.0


def main() -> None:
    """Run until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    django.setup()
    from dean06.jobs import service as jobs

    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # stopping when told is no news
    jobs.take_up()
    over = threading.Event()
    sequencer = threading.Thread(target=_sequence, args=(over,), name="sequencer", daemon=True)
    post = threading.Thread(target=_post, args=(over,), name="post", daemon=True)
    pullers = threading.Thread(target=_pull, args=(over,), name="pullers", daemon=True)
    hooks = threading.Thread(target=_hooks, args=(over,), name="hooks", daemon=True)
    beside = (sequencer, post, pullers, hooks)
    for thread in beside:
        thread.start()
    try:
        _work()
    finally:
        over.set()
        for thread in beside:
            thread.join(timeout=2)


def _work() -> None:
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
    worker.configure_signals()
    worker.run()


def _sequence(over: threading.Event) -> None:
    from dean06.jobs import service as jobs
    from dean06.ledger import service as ledger

    while not over.wait(SEQUENCE_EVERY):
        try:
            close_old_connections()
            ledger.sequence()
        except DatabaseError:  # a locked or restarting database: the next second tries again
            traceback.print_exc(limit=1, file=sys.stderr)
            continue
        _go(jobs.follow, "follow")


def _post(over: threading.Event) -> None:
    from dean06.jobs import service as jobs

    rounds = (jobs.Post().go_round, jobs.Letters().go_round, jobs.Forgetting().go_round)
    while not over.wait(POST_EVERY):
        for go_round in rounds:
            _go(go_round)


def _pull(over: threading.Event) -> None:
    from dean06.jobs import service as jobs

    pullers = jobs.Pullers(ask=jobs.ask_intake)
    while not over.wait(PULL_EVERY):
        _go(pullers.go_round, "pull")


def _hooks(over: threading.Event) -> None:
    """Tell agencies' software beside the post: a receiver that is slow keeps no letter waiting."""
    from dean06.jobs import service as jobs

    hooks = jobs.Hooks()
    while not over.wait(HOOKS_EVERY):
        _go(hooks.go_round, "hooks")


def _go(go_round: Callable[[], object], name: str = "post") -> None:
    """Go one round; what goes wrong with it keeps none of the others waiting."""
    try:
        close_old_connections()
        go_round()
    except Exception as problem:  # noqa: BLE001  the next round tries again; its words may quote a paper
        print(f"{name}: {type(problem).__name__}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
