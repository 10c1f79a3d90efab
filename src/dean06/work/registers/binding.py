"""What permits and the ledger know of an entry: digests in which texts stand as keyed commitments alone."""

from __future__ import annotations

from collections.abc import Iterable

from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of
from dean06.work.registers.types import Change, NewEntry, Values

DOMAIN = "dean06/registers/1 "

__all__ = ["batch_digest", "change_digest", "entry_digest", "state_digest", "undo_digest"]


def _sealed(values: Values) -> str:
    return ledger.commitment(DOMAIN + canonical(dict(values)))


def entry_digest(new: NewEntry) -> str:
    """Return the SHA-256 (hex) to which the permit of opening an entry is bound."""
    return digest_of(
        ref=new.slot.ref, opening=new.opening, values=_sealed(new.values), level=new.level.value, origin=new.origin
    )


def change_digest(ref: str, change: Change) -> str:
    """Return the SHA-256 (hex) to which the permit of a move or a correction is bound."""
    return digest_of(
        ref=ref,
        revision=change.revision,
        move=change.move,
        values=_sealed(change.values),
        level=change.level.value if change.level else "",
        paper=change.paper,
    )


def batch_digest(register: str, parts: Iterable[str]) -> str:
    """Return the SHA-256 (hex) to which the permit of a whole batch is bound, from the digests of its parts."""
    return digest_of(register=register, parts=" ".join(parts))


def state_digest(ref: str, revision: int, state: str, level: str, values: Values) -> str:
    """Return the SHA-256 (hex) of an entry as it stands."""
    return digest_of(ref=ref, revision=revision, state=state, level=level, values=_sealed(values))


def undo_digest(ref: str, event_id: int) -> str:
    """Return the SHA-256 (hex) to which the permit of taking back an event is bound."""
    return digest_of(ref=ref, event=event_id)
