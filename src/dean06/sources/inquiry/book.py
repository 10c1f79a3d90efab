"""The book of answers of one purpose: what was asked, under which id, and what came of it; encrypted on the disk.

    <home>/vault/hoi/<book>/so.bin      the questions and answers, each on the disk before anything else happens
    <home>/vault/hoi/<book>/xoa.jsonl   how many answers were deleted, when, under which rule; no value of anybody
    <home>/keys/hoi-dan-cu.key          the key, kept apart from what it opens

A question is written down with its id before it is put. One that was written down and not answered may have reached the
service; it is put again under the same id, so that it stays one question. If the service does not take that id a second
time, the answer is lost, and the person is not asked about anew unless somebody says so.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dean06.clock import service as clock
from dean06.clock.errors import Unavailable
from dean06.sources.connectors.population_service import Answered, Asked, Outcome
from dean06.sources.connectors.soap_channel import new_request
from dean06.sources.inquiry.described import PurposeFile, ServiceFile
from dean06.sources.inquiry.keeping import Keeping
from dean06.sources.inquiry.sealed_log import SealedLog, key_of

FOLDER, LOG, DELETIONS, LOCK = "hoi", "so.bin", "xoa.jsonl", ".khoa"
KEY = "hoi-dan-cu.key"
FIELDS = ("number", "old_number", "name", "born", "sex", "commune", "detail", "father", "mother")

__all__ = ["Answer", "Book", "Deletion", "book_folder", "opened_book", "sweep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer that is kept: `person` has what the engine compares, by `FIELDS`; empty where nothing was disclosed."""

    outcome: str
    request: str
    at: datetime
    differs: tuple[str, ...] = ()
    person: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """How many answers were deleted because their time was over."""

    at: datetime
    answers: int
    rule: Mapping[str, object]


class Book:
    """The questions and answers of one purpose, open for one process; several threads may call it."""

    def __init__(self, folder: Path, home: Path, keeping: Keeping) -> None:
        self._folder = folder
        self.keeping = keeping
        self._key = key_of(home / "keys" / KEY)
        self._lock = threading.Lock()
        self._log = SealedLog(folder / LOG, self._key, folder.name)
        self._answers: dict[str, Answer] = {}
        self._waiting: dict[str, tuple[str, datetime]] = {}
        self._lost: dict[str, tuple[str, datetime]] = {}
        for record in self._log.held:
            self._take(json.loads(record))
        self.deleted = self._delete_expired()

    def name_of(self, asked: Asked, operation: str, name: str) -> str:
        """Return what tells a question from any other; `name` is the name as it is sent."""
        told = f"{operation}\x1f{asked.number}\x1f{name}\x1f{asked.born}"
        return hmac.new(self._key, told.encode(), hashlib.sha256).hexdigest()[:32]

    def answer(self, question: str) -> Answer | None:
        """Return what is known of a question."""
        return self._answers.get(question)

    def is_lost(self, question: str) -> bool:
        """Say whether a question was put whose answer never came and will not come."""
        return question in self._lost

    def request_of_lost(self, question: str) -> tuple[str, datetime]:
        """Return the id and the time of a question whose answer is lost."""
        return self._lost[question]

    def intend(self, question: str) -> tuple[str, bool]:
        """Write down that a question is going to be put; return its id, and whether it was written down before."""
        with self._lock:
            if question in self._waiting:
                return self._waiting[question][0], True
            request, now = new_request(), clock.now()
            self._append({"k": "hoi", "q": question, "id": request, "at": now.isoformat()})
            self._waiting[question] = request, now
            return request, False

    def settle(self, question: str, answered: Answered) -> Answer:
        """Keep an answer; when this returns, no power cut takes it away."""
        told = answered.citizen
        person = {}
        if told is not None:
            values = (told.number, told.old_number, told.name, told.born, told.sex, told.home.commune)
            person = dict(zip(FIELDS, (*values, told.home.detail, told.father, told.mother), strict=True))
        kept = Answer(
            outcome=answered.outcome.value,
            request=answered.request,
            at=clock.now(),
            differs=answered.differs,
            person=person,
        )
        with self._lock:
            self._append(_record(question, kept))
            self._answers[question] = kept
            self._waiting.pop(question, None)
        return kept

    def lose(self, question: str) -> None:
        """Write down that the answer to a question is lost."""
        with self._lock:
            request, at = self._waiting.pop(question)
            self._append({"k": "mat", "q": question, "id": request, "at": at.isoformat()})
            self._lost[question] = request, at

    def drop(self, question: str) -> None:
        """Write down that the service did not take a question: put again, it gets an id of its own."""
        with self._lock:
            request, at = self._waiting.pop(question)
            self._append({"k": "bo", "q": question, "id": request, "at": at.isoformat()})

    def forgive_lost(self) -> int:
        """Have lost questions be put anew, because somebody said so; return how many."""
        with self._lock:
            for question in self._lost:
                self._append({"k": "hoi-lai", "q": question})
            count = len(self._lost)
            self._lost.clear()
            return count

    def close(self) -> None:
        """Let go of the book."""
        self._log.close()

    def _append(self, told: Mapping[str, object]) -> None:
        try:
            self._log.append(_line(told))
        except OSError as problem:
            raise Unavailable(
                f"Không ghi được sổ câu trả lời ({problem.strerror}): giải phóng chỗ trên đĩa rồi chạy lại lệnh này;"
                " các câu trả lời đã ghi còn nguyên.",
                f"The book of answers cannot be written ({problem.strerror}): free some space and run this again; the"
                " answers written so far are kept.",
            ) from problem

    def _take(self, told: Mapping[str, object]) -> None:
        question = str(told["q"])
        if told["k"] == "hoi-lai":
            self._lost.pop(question, None)
            return
        at = datetime.fromisoformat(str(told["at"]))
        if told["k"] == "dap":
            self._waiting.pop(question, None)
            self._answers[question] = _read(told, at)
        elif told["k"] in {"mat", "bo"}:
            self._waiting.pop(question, None)
            if told["k"] == "mat":
                self._lost[question] = str(told["id"]), at
        else:
            self._waiting[question] = str(told["id"]), at

    def _delete_expired(self) -> Deletion | None:
        """Delete what may not be kept any longer, and record that it was done."""
        now = clock.now()
        until = self.keeping.until
        gone = [question for question, one in self._answers.items() if until(one.at) <= now]
        if not gone:
            return None
        made = Deletion(at=now, answers=len(gone), rule=self.keeping.told(now.astimezone(clock.TZ).date()))
        # The record of a deletion comes first: cut off between the two, it is done, and recorded, once more.
        with (self._folder / DELETIONS).open("ab") as out:
            out.write(_line({"at": now.isoformat(timespec="seconds"), "answers": made.answers, "rule": made.rule}))
            out.flush()
            os.fsync(out.fileno())
        for question in gone:
            del self._answers[question]
        self._log.rewrite(self._records())
        return made

    def _records(self) -> Iterator[bytes]:
        for question, (request, at) in self._waiting.items():
            yield _line({"k": "hoi", "q": question, "id": request, "at": at.isoformat()})
        for question, (request, at) in self._lost.items():
            yield _line({"k": "mat", "q": question, "id": request, "at": at.isoformat()})
        for question, one in self._answers.items():
            yield _line(_record(question, one))


def _line(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _record(question: str, one: Answer) -> dict[str, object]:
    told: dict[str, object] = {"k": "dap", "q": question, "id": one.request, "at": one.at.isoformat()}
    return told | {"o": one.outcome, "d": list(one.differs), "p": [one.person.get(name, "") for name in FIELDS]}


def _read(told: Mapping[str, object], at: datetime) -> Answer:
    values, differs = told["p"], told["d"]
    person = dict(zip(FIELDS, map(str, values), strict=True)) if isinstance(values, list) and any(values) else {}
    return Answer(
        outcome=Outcome(str(told["o"])).value,
        request=str(told["id"]),
        at=at,
        differs=tuple(map(str, differs)) if isinstance(differs, list) else (),
        person=person,
    )


def book_folder(home: Path, service: ServiceFile, purpose: PurposeFile, user: str) -> Path:
    """Return where the book of a purpose lies; its name says neither the purpose nor who is asked."""
    key = key_of(home / "keys" / KEY)
    told = f"{service.digest(user)}{purpose.digest()}"
    return home / "vault" / FOLDER / hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:24]


@contextmanager
def opened_book(folder: Path, home: Path, keeping: Keeping) -> Iterator[Book]:
    """Open a book for this process alone; what may not be kept any longer is deleted first."""
    for part in (*reversed(folder.parents), folder):
        part.mkdir(mode=0o700, exist_ok=True)
    with _alone(folder):
        book = Book(folder, home, keeping)
        try:
            yield book
        finally:
            book.close()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise Unavailable(
            "Một lượt khác đang hỏi dịch vụ cho đúng mục đích này: chờ lượt đó xong rồi chạy lại.",
            "Another run is asking the service for this very purpose: wait until it is done, then run again.",
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)


def sweep(home: Path, keeping: Keeping) -> list[Deletion]:
    """Delete what may not be kept any longer from every book that nobody has open."""
    made = []
    for folder in sorted((home / "vault" / FOLDER).glob("*/")):
        try:
            with opened_book(folder, home, keeping) as book:
                made.append(book.deleted)
        except Unavailable:  # somebody has it open, who deletes by themselves
            continue
    return [one for one in made if one is not None]
