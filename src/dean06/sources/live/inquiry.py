"""The Django-free face of asking the population service row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dean06.sources.connectors.population_service import Asked, NameForm, Outcome
from dean06.sources.connectors.soap_channel import account as account_of
from dean06.sources.connectors.types import Secret
from dean06.sources.inquiry.asking import Ask, Asking, End, Ended, Step, Told
from dean06.sources.inquiry.book import Answer, Deletion, book_folder, opened_book, sweep
from dean06.sources.inquiry.described import (
    ACCOUNT,
    SERVICES,
    Fallback,
    Operation,
    PurposeFile,
    ServiceFile,
    account,
    line_to,
    purpose_file,
    service_file,
)
from dean06.sources.inquiry.keeping import Keeping, KeepingRule, rule_on
from dean06.sources.inquiry.pace import Pace

__all__ = [
    "ACCOUNT",
    "SERVICES",
    "Answer",
    "Ask",
    "Asked",
    "Asking",
    "Deletion",
    "End",
    "Ended",
    "Fallback",
    "Keeping",
    "KeepingRule",
    "NameForm",
    "Operation",
    "Outcome",
    "PurposeFile",
    "ServiceFile",
    "Step",
    "Told",
    "account",
    "opened_asking",
    "purpose_file",
    "rule_on",
    "service_file",
    "sweep",
]


@contextmanager
def opened_asking(service: ServiceFile, purpose: PurposeFile, secret: Secret, home: Path) -> Iterator[Asking]:
    """Open the book of a purpose and give what asks for it.

    Args:
        service: the service and how often it may be asked.
        purpose: what it is asked for; each purpose has a book of its own.
        secret: the account, as JSON.
        home: where state is kept: the books under `vault/`, their key under `keys/`.
    """
    known = account_of(secret)
    folder = book_folder(home, service, purpose, known.user)
    with opened_book(folder, home, Keeping(service.keep_days)) as book:
        file = folder.parent / f"han-muc-{service.digest(known.user)[:16]}.json"
        yield Asking(
            service=service,
            purpose=purpose,
            book=book,
            pace=Pace(file, service.per_second, service.per_day),
            line=lambda: line_to(service, secret),
        )
