"""OpenRefine itself, started without a window and driven by the calls its own pages make."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

PROGRAM = "openrefine"
ENGINE = {"facets": [], "mode": "row-based"}

__all__ = ["Refine", "missing", "started"]


def missing() -> str:
    """Name what this machine lacks to run OpenRefine; empty where it has all."""
    lacks = [name for name in (PROGRAM, "java") if shutil.which(name) is None]
    return f"not installed: {', '.join(lacks)} (Debian: apt-get install openrefine)" if lacks else ""


@dataclass
class Refine:
    """A running OpenRefine."""

    client: requests.Session
    base: str

    def _post(self, command: str, **kept: object) -> requests.Response:
        token = self.client.get(f"{self.base}/command/core/get-csrf-token").json()["token"]
        answer = self.client.post(
            f"{self.base}/command/core/{command}", params={"csrf_token": token}, allow_redirects=False, **kept
        )
        assert answer.status_code < 400, answer.text
        return answer

    def project(self, file: Path) -> str:
        """Make a project of a CSV file; returns its number."""
        options = {"separator": ",", "headerLines": 1, "guessCellValueTypes": False, "encoding": "UTF-8"}
        made = self._post(
            "create-project-from-upload",
            data={"project-name": file.stem, "format": "text/line-based/*sv", "options": json.dumps(options)},
            files={"project-file": (file.name, file.read_bytes(), "text/csv")},
        )
        return parse_qs(urlsplit(made.headers["Location"]).query)["project"][0]

    def apply(self, project: str, operation: Mapping[str, object], within: float) -> None:
        """Do an operation and wait until it is done."""
        done = {"operations": json.dumps([{**operation, "engineConfig": ENGINE}])}
        told = self._post("apply-operations", data={**done, "project": project}).json()
        assert told["code"] in {"ok", "pending"}, told
        end = time.monotonic() + within
        while self.client.get(f"{self.base}/command/core/get-processes", params={"project": project}).json()[
            "processes"
        ]:
            assert time.monotonic() < end, "OpenRefine is not done"
            time.sleep(0.5)

    def rows(self, project: str, most: int) -> tuple[list[Mapping[str, object]], Mapping[str, Mapping[str, object]]]:
        """Return the rows of a project, and what reconciling said by its number."""
        asked = {"project": project, "start": 0, "limit": most}
        told = self._post("get-rows", data={**asked, "engine": json.dumps(ENGINE)}).json()
        return told["rows"], told["pool"]["recons"]

    def columns(self, project: str) -> Mapping[str, int]:
        """Return where the cells of each column stand in a row, by its name."""
        told = self.client.get(f"{self.base}/command/core/get-models", params={"project": project}).json()
        return {one["name"]: one["cellIndex"] for one in told["columnModel"]["columns"]}


@contextmanager
def started(folder: Path, port: int) -> Iterator[Refine]:
    """Start OpenRefine with a data directory of its own, and stop it at the end."""
    log = (folder / "refine.log").open("w")
    command = [PROGRAM, "-i", "127.0.0.1", "-p", str(port), "-d", str(folder / "data"), "-m", "700M"]
    running = subprocess.Popen([*command, "-x", "refine.headless=true"], stdout=log, stderr=log, start_new_session=True)
    try:
        with requests.Session() as client:
            _wait(client, f"http://127.0.0.1:{port}", running, folder / "refine.log")
            yield Refine(client, f"http://127.0.0.1:{port}")
    finally:
        # The script has the server as a child: both go.
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            running.wait(30)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        log.close()


def _wait(client: requests.Session, base: str, running: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while True:
        assert running.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        try:
            if client.get(f"{base}/command/core/get-version", timeout=10).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.5)
