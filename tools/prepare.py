"""Prepare this checkout to run, to be tested, proved or measured: `python3 tools/prepare.py run|test|proof|bench`.

Only the standard library, for a machine that has nothing but python3 and make. Asks Debian for missing system packages,
then fills `.venv` from the hashed lock. Safe to interrupt and to repeat: `.venv` counts only while it carries the note
written last, which names the lock, the interpreter and the folder it was made for; a half-made one is made again.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NOTE = VENV / "prepared.json"
PYTHON = VENV / "bin" / "python"
LEVELS = {"run": ["run"], "test": ["run", "test"], "proof": ["run", "test", "spark"], "bench": ["run", "test", "bench"]}
INSTALL = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input"]


class Stop(Exception):
    """The machine cannot be prepared; the sentence says what to do."""


def system_packages(level: str) -> list[str]:
    """Return Debian's names of what this level needs and the machine lacks."""
    missing = []
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        missing.append("python3-venv")
    if level != "run":
        if not any(map(shutil.which, ("chromium", "chromium-browser"))):
            missing.append("chromium")
        if not has_library("libatomic.so.1"):  # Playwright's driver asks for it
            missing.append("libatomic1")
        if shutil.which("pdftoppm") is None:
            missing.append("poppler-utils")
        if not Path("/usr/lib/softhsm/libsofthsm2.so").exists():  # the token that the tests of signing plug in
            missing.append("softhsm2")
        if level == "proof":  # other eyes on our .docx; what Spark runs on; who reconciles
            wanted = {"soffice": "libreoffice-writer-nogui", "java": "default-jre-headless", "openrefine": "openrefine"}
            missing += [package for program, package in wanted.items() if shutil.which(program) is None]
        if shutil.which("initdb") is None and not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            missing.append("postgresql")
        if not any(map(shutil.which, ("mariadbd", "/usr/sbin/mariadbd"))):  # a database that feeds a source
            missing.append("mariadb-server")
    return missing


def has_library(name: str) -> bool:
    """Say whether the system's loader finds this library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_system_packages(names: Sequence[str]) -> None:
    """Install with apt, through sudo when not root; without either say the one line and stop."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if shutil.which("apt-get") is None:
        raise Stop(f"Máy này không có apt; hãy tự cài: {' '.join(names)}. (No apt here; install these yourself.)")
    prefix: list[str] = []
    if os.geteuid() != 0:
        if shutil.which("sudo") is None:
            raise Stop(f"Cần gói hệ thống. Hãy chạy bằng quyền root (run as root): {shlex.join(line)}")
        prefix = ["sudo"]
    print(f"Cài gói hệ thống (system packages): {' '.join(names)} …", flush=True)
    shown = None if sys.stdout.isatty() else subprocess.PIPE  # a person watches apt's own progress
    for command in (["apt-get", "update"], line):
        whole = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command]
        done = subprocess.run(whole, stdout=shown, text=True, check=False)
        if done.returncode != 0:
            print((done.stdout or "")[-2000:], file=sys.stderr)
            raise Stop(f"apt không xong. Hãy chạy (run): {shlex.join([*prefix, *line])}")


def require_system(level: str) -> None:
    """Check the interpreter and bring in the system packages of this level."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file runs on whatever python3 the machine has
        raise Stop(f"Cần Python 3.11 trở lên; máy này có {sys.version.split()[0]}. (Python 3.11+ is needed.)")
    if missing := system_packages(level):
        install_system_packages(missing)
    if left := system_packages(level):
        raise Stop(f"Sau khi cài vẫn còn thiếu (still missing): {' '.join(left)}")


def digest(name: str) -> str:
    """Return the SHA-256 of a file of this checkout."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def wanted(level: str) -> dict[str, str]:
    """Return what the note must say for this level."""
    facts = {"folder": str(ROOT), "python": f"{sys.version} {Path(sys.executable).resolve()}"}
    facts["project"] = digest("pyproject.toml")
    return facts | {f"lock {name}": digest(f"requirements/{name}.txt") for name in LEVELS[level]}


def noted() -> dict[str, str]:
    """Return what the note says; nothing when there is none or it is broken."""
    try:
        return dict(json.loads(NOTE.read_text()))
    except (OSError, ValueError, TypeError):
        return {}


def fill(level: str) -> None:
    """Bring `.venv` to this level; the note goes first and comes back last."""
    target, now = wanted(level), noted()
    if all(now.get(key) == value for key, value in target.items()):
        return
    reusable = all(now.get(key) == target[key] for key in ("folder", "python")) and PYTHON.exists()
    NOTE.unlink(missing_ok=True)
    if not reusable:
        now = {}
        print("Tạo môi trường Python (virtual environment) …", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            print(made.stdout + made.stderr, file=sys.stderr)
            raise Stop("Không tạo được môi trường Python; xem các dòng trên. (The virtual environment was not made.)")
    for name in LEVELS[level]:
        if now.get(f"lock {name}") != target[f"lock {name}"]:
            install_lock(name)
    run_pip([*INSTALL, "--no-deps", "--no-build-isolation", "--no-index", "--quiet", "-e", str(ROOT)], 1, "dean06")
    note = NOTE.with_suffix(".part")
    note.write_text(json.dumps({**now, **target}, indent=1))
    note.replace(NOTE)


def install_lock(name: str) -> None:
    """Install one hashed lock."""
    path = ROOT / "requirements" / f"{name}.txt"
    count = sum(1 for row in path.read_text().splitlines() if row[:1].isalnum())
    run_pip([*INSTALL, "--require-hashes", "-r", str(path)], count, f"thư viện ({name})")


def run_pip(arguments: Sequence[str], count: int, what: str) -> None:
    """Run pip with one line of progress; its own words are shown only when it fails."""
    said: list[str] = []
    seen = 0
    with subprocess.Popen(
        [str(PYTHON), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as pip:
        for row in pip.stdout or ():
            said.append(row)
            seen += row.startswith(("Collecting ", "Requirement already satisfied: "))
            progress(f"Cài {what}: {min(seen, count)}/{count}")
            if row.startswith("Installing collected"):
                progress(f"Cài {what}: đang giải nén (unpacking) …")
    if pip.returncode != 0:
        print("\n" + "".join(said[-30:]), file=sys.stderr)
        raise Stop(f"pip không cài được {what}; xem các dòng trên rồi chạy lại. (pip failed; run again.)")
    progress(f"Cài {what}: xong.", end="\n")


def progress(sentence: str, end: str = "") -> None:
    """Rewrite the line on a terminal; elsewhere print only the last one."""
    if sys.stdout.isatty():
        print(f"\r\033[K{sentence}", end=end, flush=True)
    elif end:
        print(sentence, flush=True)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one preparation work at a time: the checkout's folder itself is the lock."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Một lệnh make khác đang chuẩn bị; chờ … (waiting for another make)", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def main(level: str) -> int:
    """Prepare this level and return the exit code."""
    try:
        with alone():
            require_system(level)
            fill(level)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 5
    except KeyboardInterrupt:
        print("\nĐã dừng; chạy lại lệnh make để tiếp tục. (Stopped; run make again to go on.)", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LEVELS:
        sys.exit(f"usage: prepare.py {'|'.join(LEVELS)}")
    sys.exit(main(sys.argv[1]))
