"""The ordinary changes after a signature, seen at a glance: fields filled or signed, proof for long keeping added.

A revision can change what is read only by overriding objects that were there. So when every overridden object is a
field that differs in value and appearance alone, the store of proof, or the catalogue's mention of it, nothing else of
the file can have changed, and the longer comparison of whole revisions (`changes`) is not needed. Whatever does not fit
goes there.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from dean06.papers.signatures.objects import dictionary, value

__all__ = ["Filled", "filled_only"]

FIELD_KEYS = {"/V", "/AP"}
ROOT_KEYS = {"/DSS", "/Extensions"}
PROOF_KEYS = {"/Type", "/Certs", "/CRLs", "/OCSPs", "/VRI"}


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields that were filled or signed since; none when only proof was added."""

    fields: tuple[str, ...]


def filled_only(signature: EmbeddedPdfSignature) -> Filled | None:
    """Return the fields filled since a signature if nothing else was changed and its signer permitted it."""
    reader = signature.reader
    then = reader.get_historical_resolver(signature.signed_revision)
    if reader.xrefs.hybrid_xrefs_present or not _same_roots(reader, then):
        return None
    later = range(signature.signed_revision + 1, reader.xrefs.total_revisions)
    if any(reader.xrefs.refs_freed_in_revision(at) for at in later):
        return None
    touched = set().union(*(reader.xrefs.explicit_refs_in_revision(at) for at in later))
    overridden = [each for each in touched if not then.is_ref_unassignable(each)]
    known = _fields(then)
    names: set[str] = set()
    for each in overridden:
        if each in known:
            names.add(known[each])
        if not _is_small(each, then, reader, known):
            return None
    permission, locks = signature.docmdp_level, signature.fieldmdp
    if names and permission == MDPPerm.NO_CHANGES:
        return None
    if locks is not None and any(locks.is_locked(name) for name in names):
        return None
    return Filled(tuple(sorted(names)))


def _same_roots(reader: PdfFileReader, then: HistoricalResolver) -> bool:
    now = reader.trailer
    if ("/Encrypt" in now) is not ("/Encrypt" in then.trailer_view):
        return False
    return all(
        each in then.trailer_view and each in now and then.trailer_view.raw_get(each) == now.raw_get(each)
        for each in ("/Root", "/Info")
    )


def _fields(then: HistoricalResolver) -> dict[Reference, str]:
    """Return the fields at the top of the form, with their names."""
    listed = value(dictionary(then.root, "/AcroForm"), "/Fields")
    if not isinstance(listed, generic.ArrayObject):
        return {}
    found: dict[Reference, str] = {}
    for at in range(len(listed)):
        entry = listed.raw_get(at)
        if isinstance(entry, generic.IndirectObject):
            field = then.get_object(entry.reference)
            if isinstance(field, generic.DictionaryObject) and "/T" in field and "/Kids" not in field:
                found[entry.reference] = str(field["/T"])
    return found


def _is_small(each: Reference, then: HistoricalResolver, now: PdfFileReader, known: dict[Reference, str]) -> bool:
    old, new = then.get_object(each), now.get_object(each)
    if not _plain(old) or not _plain(new):
        return False
    changed = {key for key in {*old, *new} if _raw(old, key) != _raw(new, key)}
    if each in known:
        signed_before = value(old, "/FT") == "/Sig" and "/V" in old
        return changed <= FIELD_KEYS and not signed_before
    if each == then.root_ref:
        return changed <= ROOT_KEYS
    store = then.root.raw_get("/DSS") if "/DSS" in then.root else None
    is_store = isinstance(store, generic.IndirectObject) and store.reference == each
    return is_store and {*old, *new} <= PROOF_KEYS


def _plain(value: object) -> bool:
    return isinstance(value, generic.DictionaryObject) and not isinstance(value, generic.StreamObject)


def _raw(holder: generic.DictionaryObject, key: str) -> generic.PdfObject | None:
    return holder.raw_get(key) if key in holder else None
