"""A standalone Spark of two workers and a Connect server on the loopback address, as docs/van-hanh.md describes it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

HERE = "127.0.0.1"
WORKERS = 2
PATIENCE = 180  # seconds for a Java machine to come up beside other work


def missing() -> str | None:
    """Name what this machine lacks for it."""
    if shutil.which("java") is None:
        return "java"
    return next((name for name in ("pyspark", "pyarrow", "pandas", "grpc", "sqlglot") if find_spec(name) is None), None)


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a master, two workers of one core each and a Connect server; give the server's address."""
    found = find_spec("pyspark")
    assert found
    assert found.origin
    home = Path(found.origin).parent
    spark, connect = free_port(), free_port()
    master = f"spark://{HERE}:{spark}"
    with ExitStack() as stack:
        run = [str(home / "bin" / "spark-class")]
        deploy = "org.apache.spark.deploy"
        lines = [[*run, f"{deploy}.master.Master", "--host", HERE, "--port", str(spark), "--webui-port", "0"]]
        for at in range(WORKERS):
            place = ["--host", HERE, "--webui-port", "0", "--work-dir", str(folder / f"worker{at}")]
            lines.append([*run, f"{deploy}.worker.Worker", *place, "--cores", "1", "--memory", "1g", master])
        lines.append(server(home, master, connect))
        for name, line in zip(("master", "worker-1", "worker-2", "connect"), lines, strict=True):
            stack.enter_context(process(line, folder / f"{name}.log", home))
            if name in ("master", "connect"):
                wait(spark if name == "master" else connect, folder / f"{name}.log")
        yield f"sc://{HERE}:{connect}"


def server(home: Path, master: str, port: int) -> list[str]:
    settings = {
        "spark.connect.grpc.binding.address": HERE,
        "spark.connect.grpc.binding.port": port,
        "spark.driver.host": HERE,
        "spark.driver.bindAddress": HERE,
        "spark.driver.memory": "1g",
        "spark.executor.memory": "768m",
        "spark.executor.cores": 1,
        "spark.cores.max": WORKERS,
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
    }
    given = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    kind = "org.apache.spark.sql.connect.service.SparkConnectServer"
    return [str(home / "bin" / "spark-submit"), "--master", master, *given, "--class", kind, "spark-internal"]


@contextmanager
def process(line: list[str], log: Path, home: Path) -> Iterator[None]:
    given = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": HERE, "PYSPARK_PYTHON": sys.executable}
    with log.open("wb") as said:
        started = subprocess.Popen(line, stdout=said, stderr=said, env={**os.environ, **given})
        try:
            yield
        finally:
            started.terminate()
            try:
                started.wait(30)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def wait(port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection((HERE, port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(log.read_text(errors="replace")[-2000:])


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        port: int = taken.getsockname()[1]
        return port
