"""One installation is served by one `dean06 serve`: the state directory itself is the lock.

The lock is on the directory's inode, so it travels with the directory when a finished demonstration is renamed into
place, and the system drops it when its holder dies.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dean06.clock.errors import Unavailable


def state_directory() -> Path:
    """Return where this installation keeps its state: DEAN06_HOME, else `var/` in the checkout."""
    checkout = Path(__file__).resolve().parents[3]
    return Path(os.environ.get("DEAN06_HOME") or checkout / "var").resolve()


def alive(process: int) -> bool:
    """Say whether a process of this machine is still there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass(frozen=True, slots=True)
class Occupied:
    """A held state directory; closing it lets the next one in."""

    directory: Path
    descriptor: int

    def announce(self, facts: Mapping[str, object]) -> None:
        """Leave the address and process for a second start to name."""
        place = self.directory / "run"
        place.mkdir(mode=0o700, exist_ok=True)
        part = place / "serve.part"
        part.write_text(json.dumps(dict(facts)))
        part.replace(place / "serve.json")

    def close(self) -> None:
        os.close(self.descriptor)


def occupy(directory: Path) -> Occupied:
    """Hold this directory, made when absent; another holder is named and left alone."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise Unavailable(
            f"Không dùng được thư mục dữ liệu {directory} ({error.strerror}); hãy đặt DEAN06_HOME tới nơi ghi được.",
            f"The state directory {directory} cannot be used ({error.strerror}); point DEAN06_HOME at a writable one.",
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise _taken(directory) from None
    return Occupied(directory, descriptor)


def _taken(directory: Path) -> Unavailable:
    try:
        facts = json.loads((directory / "run" / "serve.json").read_text())
        vi = f"đang chạy tại {facts['url']} (tiến trình {facts['pid']})"
        en = f"already running at {facts['url']} (process {facts['pid']})"
    except (OSError, ValueError, KeyError):
        vi, en = "đang khởi động trong một cửa sổ khác", "being started in another window"
    return Unavailable(
        f"dean06 {vi}, với dữ liệu ở {directory}; bản đang chạy được giữ nguyên. Hãy dùng bản ấy, hoặc dừng nó trước.",
        f"dean06 is {en}, on {directory}; it was left alone. Use that one, or stop it first.",
    )


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that another program holds, before anything is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _no_port(host, port, error) from error


def free_port() -> int:
    """Return a port of the loopback that nobody holds now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Say whether nobody holds a port of the loopback now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_pair() -> int:
    """Return a port of the loopback that nobody holds now, where nobody holds the next one either."""
    return next(port for port in iter(free_port, 0) if port < 65535 and is_free(port + 1))


def _no_port(host: str, port: int, error: OSError) -> Unavailable:
    if error.errno == errno.EADDRINUSE:
        vi, en = "đang do một chương trình khác giữ", "is held by another program"
    else:
        vi, en = f"không mở được ({error.strerror})", f"cannot be opened ({error.strerror})"
    return Unavailable(
        f"Cổng {port} trên {host} {vi}; hãy chọn cổng khác, ví dụ `make run PORT={port + 1}`.",
        f"Port {port} on {host} {en}; choose another, for example `make run PORT={port + 1}`.",
    )
