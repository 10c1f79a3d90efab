"""Loaded by pytest before anything else (`-p harness.environment`), so before Django reads its settings.

Gives the run a state directory of its own, one a worker, removed at the end. With DEAN06_TEST_DATABASE=postgresql it
also starts a private PostgreSQL cluster and points DATABASE_URL at it; without, the suite runs on SQLite. Whatever
installation the caller's environment points at is never touched.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

from harness.cluster import PrivateCluster
from harness.once import ROOT

WORKER = os.environ.get("PYTEST_XDIST_WORKER")


def _open_run() -> None:
    root = Path(tempfile.mkdtemp(prefix="dean06-test-"))
    os.environ[ROOT] = str(root)
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("DEAN06_TEST_DATABASE") == "postgresql":
        cluster = PrivateCluster.start()
        atexit.register(cluster.stop)
        os.environ["DATABASE_URL"] = cluster.url("dean06")


if WORKER is None:
    _open_run()
os.environ["DEAN06_HOME"] = str(Path(os.environ[ROOT]) / (WORKER or "main"))
(Path(os.environ["DEAN06_HOME"]) / "static").mkdir(parents=True)  # where `serve` makes it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # once a browser runs, its loop lives in this thread beside the ORM
HOUSE = (
    "WORKERS",
    "HOSTS",
    "HTTPS",
    "PUBLIC_URL",
    "SECRET_KEY",
    "DEBUG",
    "TSA",
    "PKCS11",
    "CSC",
    "AXIS",
    "MAIL",
    "MAIL_FROM",
)
for name in (*(f"DEAN06_{one}" for one in HOUSE), "PORT"):
    os.environ.pop(name, None)
os.fsync = lambda fd: None  # what is killed here is a process, never the machine
gc.set_threshold(200_000, 50, 100)  # the suite makes much that lives long: looking at it all less often saves a tenth
