"""The face of asking row by row for a group: the service, the purpose and the account that the operator put there.

DEAN06_HOME/dan-cu/<group>.yaml             the service, and how often it may be asked
DEAN06_HOME/dan-cu/<group>.muc-dich.yaml    the purpose: procedure, case, basis, officer
DEAN06_HOME/secrets/<group>/dan-cu          the account, for its owner alone
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dean06.ledger.types import digest_of
from dean06.sources.connectors import secrets
from dean06.sources.live.inquiry import (
    SERVICES,
    Asking,
    Keeping,
    PurposeFile,
    ServiceFile,
    opened_asking,
    purpose_file,
    service_file,
    sweep,
)

SECRET = "tep:dan-cu"  # noqa: S105  where it lies, not what it is
MOST_CASE = 200

__all__ = ["Inquiry", "forget_expired", "is_configured", "of_group", "opened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A service as one group asks it for one list."""

    slug: str
    service: ServiceFile
    purpose: PurposeFile

    def digest(self) -> str:
        """Return what tells the service and the purpose from any other."""
        return digest_of(
            service=self.service.address, operation=self.service.operation.value, why=self.purpose.digest()
        )


def is_configured(slug: str) -> bool:
    """Say whether the operator gave a group a service to ask."""
    return _place(slug).exists()


def of_group(slug: str, source: str, period: str) -> Inquiry:
    """Return how a group asks about a list; the case names the list, so each has answers of its own."""
    why = purpose_file(_place(slug).with_name(f"{slug}.muc-dich.yaml"))
    case = f"{why.case} · {source} {period}"[:MOST_CASE]
    return Inquiry(
        slug=slug,
        service=service_file(str(_place(slug)), Path(settings.HOME)),
        purpose=why.model_copy(update={"case": case}),
    )


@contextmanager
def opened(inquiry: Inquiry) -> Iterator[Asking]:
    """Open the book of an inquiry, for this process alone."""
    account = secrets.read(inquiry.slug, SECRET)
    with opened_asking(inquiry.service, inquiry.purpose, account, Path(settings.HOME)) as asking:
        yield asking


def forget_expired() -> int:
    """Delete every answer that may not be kept any longer, and return how many."""
    return sum(one.answers for one in sweep(Path(settings.HOME), Keeping()))


def _place(slug: str) -> Path:
    return Path(settings.HOME) / SERVICES / f"{slug}.yaml"
