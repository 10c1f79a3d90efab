"""One made-up certification service for the whole run, and a paper carried through all its states once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dean06.clock.service import TZ
from dean06.demo.pki import PASSWORD, Holder, Pki, make
from dean06.demo.pki_server import PkiServer
from dean06.papers.pdf.file import render_pdf
from dean06.papers.service import signatures
from dean06.papers.service.signatures import Means, Picture, Pkcs12File, TrustStore, Validation
from dean06.papers.types import Paper
from dean06.papers.writing.wording import head
from papers.samples import monthly_report
from papers.signatures import pictures

AT = datetime(2026, 1, 5, 10, 30, 15, tzinfo=TZ)
PERSON = Holder("nguoi-ky", "Lê Quang Thử", "Công an huyện Quảng Ninh")
AGENCY = Holder("co-quan", "Tổ công tác triển khai Đề án 06", "UBND huyện Quảng Ninh")


def lines_of(paper: Paper) -> tuple[str, str]:
    """The line of the number and the line of place and date, as the register gives them."""
    top = head(paper)
    return top.number, top.place_date


@dataclass(frozen=True)
class Carried:
    """The states of a paper, each as the bytes of its file."""

    prepared: bytes
    signed: bytes
    numbered: bytes
    sealed: bytes
    final: bytes
    """The same paper, numbered, as it is set without any signature."""


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PkiServer]:
    server = PkiServer(at=AT)
    server.pki = make(tmp_path_factory.mktemp("chung-thu"), [PERSON], [AGENCY], server.address)
    with server:
        yield server


@pytest.fixture(scope="session")
def pki(services: PkiServer) -> Pki:
    assert services.pki is not None
    return services.pki


@pytest.fixture(scope="session")
def trust(pki: Pki) -> TrustStore:
    return signatures.load_trust(pki.trust)


@pytest.fixture(scope="session")
def hand() -> Picture:
    return Picture(pictures.hand())


@pytest.fixture(scope="session")
def seal_picture() -> Picture:
    return Picture(pictures.seal(), 36, 36)


@pytest.fixture(scope="session")
def means(pki: Pki, trust: TrustStore) -> Callable[..., Means]:
    """Give what a holder of a key file signs with; whatever is named is changed."""

    def of(slug: str = PERSON.slug, **changes) -> Means:
        facts = {
            "signer": Pkcs12File(pki.key_file(slug).read_bytes(), PASSWORD),
            "tsa": pki.time_stamps(AT),
            "validation": Validation(trust=trust),
        }
        return Means(**{**facts, **changes})

    return of


@pytest.fixture(scope="session")
def carried(means: Callable[..., Means], hand: Picture, seal_picture: Picture) -> Carried:
    final = monthly_report(number=5, issued_on=date(2026, 1, 5))
    prepared = signatures.prepare(monthly_report(number=None, issued_on=None), AT - timedelta(hours=1)).pdf
    signed = signatures.sign_person(prepared, means(), hand, AT)
    numbered = signatures.fill_number(signed, *lines_of(final))
    sealed = signatures.seal(numbered, means(AGENCY.slug), seal_picture, AT + timedelta(minutes=20))
    return Carried(prepared, signed, numbered, sealed, render_pdf(final, AT - timedelta(hours=1)))


@pytest.fixture
def key_file(pki: Pki) -> Callable[[str], Path]:
    return pki.key_file
