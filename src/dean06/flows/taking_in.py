"""A file that comes, by hand or by itself: received once, for everybody of whom its rows speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.offices.types import GroupInfo
from dean06.sources import service as sources
from dean06.sources.types import DeliveryInfo, NewDelivery, delivery_ref

__all__ = ["receive", "require_list"]


def require_list(group: GroupInfo, source: str) -> None:
    """Refuse a source that does not exist, or that is read from the file of another."""
    known = sources.contracts(group.id, clock.today(group))
    contract = known.contract(source)
    if contract.beside:
        first = known.contract(contract.beside).title
        raise BadInput(
            f"«{contract.title.vi}» được đọc từ tệp của «{first.vi}»: nộp tệp đó, không nộp riêng.",
            f"{contract.title.en!r} is read from the file of {first.en!r}: hand that one in, not this.",
        )


def receive(
    group: GroupInfo,
    new: NewDelivery,
    file: Path,
    allow: Callable[[ObjectRef], Permit],
    *,
    answers: str = "",
    with_it: Callable[[int], None] | None = None,
) -> DeliveryInfo:
    """Receive a file for its source and for each list that reads the same file, by one hand, under the same clause."""
    digest = sources.fingerprint_file(file)

    def by(one: NewDelivery) -> Permit:
        ref = delivery_ref(group.slug, one.source, one.period, digest)
        return allow(ObjectRef(kind="delivery", id=ref, digest=one.digest(digest)))

    known = sources.contracts(group.id, clock.today(group))
    others = [replace(new, source=source) for source in known.beside(new.source)]
    companions = [(by(one), one) for one in others]
    return sources.receive(by(new), new, file, companions=companions, answers=answers, with_it=with_it)
