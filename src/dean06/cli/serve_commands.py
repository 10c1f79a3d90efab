"""`dean06 serve`: everything in one terminal, until one Ctrl-C."""

from __future__ import annotations

import argparse
import http.client
import os
import subprocess
import sys
from pathlib import Path

from dean06.cli import demonstration
from dean06.cli.occupancy import Occupied, free_pair, free_port, is_free, occupy, require_free_port, state_directory
from dean06.cli.supervisor import Child, Supervisor
from dean06.cli.wording import Subparsers
from dean06.clock.errors import Unavailable, UsageError

THREADS = 4


def add_parsers(subparsers: Subparsers) -> None:
    """Add `serve`."""
    parser = subparsers.add_parser("serve", help="chạy toàn bộ hệ thống trong một cửa sổ (run everything)")
    parser.add_argument("--demo", action="store_true", help="tạo dữ liệu trình diễn ở lần chạy đầu (make the demo)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe, mặc định chỉ máy này (default: here)")
    parser.add_argument("--port", type=int, default=None, help="cổng, mặc định PORT hoặc 8000 (port)")
    parser.set_defaults(run=serve)


def serve(args: argparse.Namespace) -> int:
    """Take the state directory, bring the database up to date, run pages and worker until told to stop."""
    port, workers = _port(args.port), _workers(os.environ.get("DEAN06_WORKERS", ""))
    home = state_directory()
    held = demonstration.ensure(home) if args.demo else occupy(home)
    try:
        require_free_port(args.host, port)
        return _run(held, (args.host, port), workers)
    finally:
        held.close()


def _port(given: int | None) -> int:
    text = str(given) if given is not None else os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise UsageError(f"Cổng phải là một số từ 1 đến 65535, không phải “{text}”.", f"{text!r} is not a port number.")
    return int(text)


def _run(held: Occupied, where: tuple[str, int], workers: int) -> int:
    host, port = where
    environment = {**os.environ, "DEAN06_HOME": str(held.directory), "DJANGO_SETTINGS_MODULE": "dean06.settings"}
    (held.directory / "static").mkdir(exist_ok=True)
    migrate(environment)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}"
    held.announce({"url": url, "pid": os.getpid()})
    beside = [*_stamps(held.directory, environment), *stand_ins(held.directory, environment)]
    python = sys.executable
    supervisor = Supervisor(
        children=[
            Child(
                "Máy chủ trang", [python, "-m", "granian", *_granian(host, port, workers), "dean06.wsgi:application"]
            ),
            Child("Tiến trình nền", [python, "-m", "dean06.cli.worker_process"]),
            *beside,
        ],
        ready=lambda: answers(host, port),
        when_ready=lambda: welcome(url, held.directory),
        environment=environment,
    )
    code = supervisor.run()
    print("\ndean06 đã dừng. (Stopped.)", flush=True)
    return code


def _stamps(home: Path, environment: dict[str, str]) -> list[Child]:
    """Return the time stamp service of a demonstration, and tell the others where it is.

    An installation that knows a service (DEAN06_TSA) keeps to it.
    """
    command = demonstration.certifier(home)
    if not command or environment.get("DEAN06_TSA"):
        return []
    port = free_port()
    environment["DEAN06_TSA"] = f"http://127.0.0.1:{port}/tsa"
    return [Child("Dấu thời gian trình diễn", [*command, str(home), str(port)])]


def stand_ins(home: Path, environment: dict[str, str]) -> list[Child]:
    """Return the stand-ins of services around a demonstration; feeds may reach them beside what the operator names.

    They answer where the feeds lead, or on other ports where somebody else holds those.
    """
    port = demonstration.stand_ins(home)
    if port is None:
        return []
    if not (is_free(port) and is_free(port + 1)):
        port = free_pair()
        demonstration.lead_to(home, port, environment)
    named = (environment.get("DEAN06_FEEDS", ""), f"127.0.0.1:{port}", f"127.0.0.1:{port + 1}")
    environment["DEAN06_FEEDS"] = ",".join(one for one in named if one)
    return [Child("Dịch vụ giả lập", demonstration.keeper(home, port))]


def _granian(host: str, port: int, workers: int) -> list[str]:
    words = f"--interface wsgi --http 1 --no-ws --log-level warning --workers {workers} --blocking-threads {THREADS}"
    return [*words.split(), "--workers-kill-timeout", "3", "--host", host, "--port", str(port)]


def _workers(given: str) -> int:
    """Return how many processes answer pages: as told, else one a core, at most four."""
    if not given:
        return max(1, min(4, os.cpu_count() or 1))
    if not given.isdigit() or not 1 <= int(given) <= 64:
        raise UsageError(
            f"DEAN06_WORKERS phải từ 1 đến 64, không phải “{given}”.", f"{given!r} is no number of workers."
        )
    return int(given)


def migrate(environment: dict[str, str]) -> None:
    """Bring the database to this version's shape, in a process of its own."""
    command = [sys.executable, "-m", "dean06.cli.shape"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  a fixed command
    if done.returncode != 0:
        if os.environ.get("DEAN06_DEBUG"):
            print(done.stderr, file=sys.stderr)
        raise _not_migrated(done.stderr)


def _not_migrated(said: str) -> Unavailable:
    last = (said.strip().splitlines() or ["?"])[-1]
    if "OperationalError" in said:
        return Unavailable(
            f"Chưa mở được cơ sở dữ liệu ({last}); kiểm tra DATABASE_URL và quyền ghi ở DEAN06_HOME, rồi chạy lại.",
            f"The database was not opened ({last}); check DATABASE_URL and write access to DEAN06_HOME, run again.",
        )
    return Unavailable(
        f"Chưa đưa được cơ sở dữ liệu lên phiên bản này ({last}); đặt DEAN06_DEBUG=1 để xem chi tiết.",
        f"The database was not brought to this version ({last}); set DEAN06_DEBUG=1 to see it in full.",
    )


def answers(host: str, port: int) -> bool:
    """Say whether the page server answers."""
    connection = http.client.HTTPConnection(host.replace("0.0.0.0", "127.0.0.1"), port, timeout=2)  # noqa: S104  compared only
    try:
        connection.request("HEAD", "/", headers={"Host": known_as()})
        connection.getresponse()
    except OSError:
        return False
    else:
        return True
    finally:
        connection.close()


def known_as() -> str:
    """Return a name this installation answers to."""
    return next((name for name in os.environ.get("DEAN06_HOSTS", "").split(",") if name), "127.0.0.1").lstrip(".*")


def welcome(url: str, home: Path) -> None:
    """Print the address, and the demonstration's accounts when there are any."""
    print(f"\ndean06 đang chạy tại {url}  (dừng: Ctrl-C · stop: Ctrl-C)", flush=True)
    port = demonstration.stand_ins(home)
    if port is not None:
        print(f"Dịch vụ giả lập ở 127.0.0.1:{port} và :{port + 1} (stand-ins of services)", flush=True)
        print("  gây sự cố: dean06 demo fault down · phần mềm của cơ quan: dean06 demo software", flush=True)
    found = demonstration.accounts(home)
    if found:
        print("Tài khoản trình diễn (demonstration accounts):")
    wide = max((len(account["username"]) for account in found), default=0)
    for account in found:
        name = account["username"].ljust(wide)
        print(f"  {name}  {account['password']}  {account['role']}, {account['group']}")
    sys.stdout.flush()
