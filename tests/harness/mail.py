"""A mail server that speaks SMTP (RFC 5321) over a real socket, keeps what it takes, and fails as it is told."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from typing_extensions import override


@dataclass
class Faults:
    """What goes wrong: an answer for a word (`MAIL`, `RCPT`, `DATA`, `.`), or the line cut at it; each once."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    cut_at: str = ""

    def answer(self, word: str) -> str | None:
        waiting = self.answers.get(word, [])
        return waiting.pop(0) if waiting else None


@dataclass
class Server:
    """Where the server listens, what it took, and its faults."""

    port: int
    taken: list[tuple[str, tuple[str, ...], EmailMessage]] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    @property
    def to(self) -> list[str]:
        """The recipients of what was taken, in order."""
        return [name for _, names, _ in self.taken for name in names]


class _Talk(socketserver.StreamRequestHandler):
    server: _Listening

    @override
    def handle(self) -> None:
        self.sender = ""
        self.names: list[str] = []
        self._say("220 thu.example ESMTP")
        while line := self.rfile.readline():
            word = line.decode().strip()
            if not self._answer(word):
                return

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _answer(self, line: str) -> bool:
        told = self.server.told
        word = line.split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0].upper()
        if told.faults.cut_at == word:
            told.faults.cut_at = ""
            return False
        if (fault := told.faults.answer(word)) is not None:
            self._say(fault)
            return True
        if word == "MAIL":
            self.sender = line.partition("<")[2].partition(">")[0]
        if word == "RCPT":
            self.names.append(line.partition("<")[2].partition(">")[0])
        if word == "RSET":
            self.names = []
        if word == "DATA":
            return self._take(told)
        self._say({"QUIT": "221 bye", "EHLO": "250-thu.example\r\n250 8BITMIME"}.get(word, "250 ok"))
        return word != "QUIT"

    def _take(self, told: Server) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if told.faults.cut_at == ".":
            told.faults.cut_at = ""
            self._keep(told, lines)  # it has the letter, and the sender never learns it
            return False
        if (fault := told.faults.answer(".")) is not None:
            self._say(fault)
            return True
        self._keep(told, lines)
        self._say("250 taken")
        return True

    def _keep(self, told: Server, lines: list[bytes]) -> None:
        read = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        told.taken.append((self.sender, tuple(self.names), read))
        self.names = []


class _Listening(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    told: Server


@contextmanager
def mail_server() -> Iterator[Server]:
    """Serve on a free port of 127.0.0.1 until the end."""
    with _Listening(("127.0.0.1", 0), _Talk) as listening:
        told = Server(port=listening.server_address[1])
        listening.told = told
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield told
        listening.shutdown()
        thread.join()


@contextmanager
def served_by(settings: object) -> Iterator[Server]:
    """Let the house send its letters by a mail server of its own; `settings` are pytest-django's, undone by it."""
    with mail_server() as told:
        told_to = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": told.port,
            "EMAIL_USE_TLS": False,
            "EMAIL_USE_SSL": False,
            "EMAIL_HOST_USER": "",
            "EMAIL_HOST_PASSWORD": "",
            "PUBLIC_URL": "https://dean06.xa-mau.example",
        }
        for name, value in told_to.items():
            setattr(settings, name, value)
        yield told
