"""Tokens: the words of a thing, folded, each marked with its group and with what it is.

The group stands inside the token, so that a look-up walks the words of one group alone, however many others there are:

    g12cbc01      c  a code or number as a whole
    g12tnguyen    t  a word of the title, folded
    g12mnguyễn    m  a word of the title as written, where marks were typed
    g12wnguyen    w  a word of title, label, codes or the rest, folded
    g12ra7        r  a key of who may find it
    g12ktask      k  the kind
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dean06.catalogue.types import Asked, NewEntry, Readers
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography

WORD = re.compile(r"[^\W_]+")
PLAIN = re.compile(r"[^a-z0-9]+")
LONGEST = 30
MOST_WORDS = 8


def folded(text: str) -> list[str]:
    """Return the words of a text in small letters without marks."""
    return [word for piece in text.split() for word in _folded(piece)]


@lru_cache(maxsize=65_536)  # a catalogue is made of the same few thousand words
def _folded(piece: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST] for word in WORD.findall(orthography.search_key(piece)))


def marked(text: str) -> list[str]:
    """Return the words of a text in small letters with their marks, tones where modern writing puts them."""
    return [word for piece in text.split() for word in _marked(piece)]


@lru_cache(maxsize=65_536)
def _marked(piece: str) -> tuple[str, ...]:
    plain = orthography.modern_tones(unicodedata.normalize("NFC", piece)).lower()
    return tuple(word[:LONGEST] for word in WORD.findall(plain))


def whole(text: str) -> str:
    """Return a code as one word: `05/BC-TCTĐA` as `05bctctda`, and a number without the zeros before it."""
    return "".join(folded(text)).lstrip("0")[: 2 * LONGEST]


def _name(text: str) -> str:
    return PLAIN.sub("", text.lower())


def reader_keys(readers: Readers) -> list[str]:
    """Return the keys under which an entry may be found."""
    keys = [word for word, given in (("all", readers.everybody), ("over", readers.overseers)) if given]
    keys += [f"a{_name(code)}" for code in sorted(readers.agencies)]
    return keys + [f"s{seat}" for seat in sorted(readers.seats)]


def entry_tokens(new: NewEntry) -> str:
    """Return the tokens of an entry, parted by spaces."""
    group = f"g{new.group_id}"
    title = folded(new.title)
    rest = [word for text in (new.label, *new.codes, new.words[:1000]) for word in folded(text)]
    codes = {code: None for given in (*new.codes, new.label) if (code := whole(given))}
    tokens = [f"{group}c{code}" for code in codes]
    tokens += [f"{group}t{word}" for word in title]
    tokens += [f"{group}m{word}" for word in marked(new.title) if not word.isascii()]
    tokens += [f"{group}w{word}" for word in (*title, *rest, *codes)]
    tokens += [f"{group}r{key}" for key in reader_keys(new.readers)]
    tokens.append(f"{group}k{_name(new.kind)}")
    return " ".join(dict.fromkeys(tokens))


def viewer_keys(viewer: Viewer, group_id: int, overseeing: frozenset[str]) -> list[str]:
    """Return the keys by which a reader finds things of a group; none where they do not sit in it."""
    held = [seat for seat in viewer.capacities if seat.group_id == group_id]
    if not held:
        return []
    keys = ["all"]
    if any(seat.role in overseeing for seat in held):
        keys.append("over")
    keys += [f"a{_name(code)}" for code in sorted({seat.agency for seat in held if seat.agency})]
    return keys + [f"s{seat.seat_id}" for seat in held if not seat.reading]


Clause = tuple[tuple[str, bool], ...]  # tokens of which one must stand there; True for one that is only begun


def gates(viewer: Viewer, asked: Asked) -> tuple[list[int], list[Clause]]:
    """Return the groups a reader may look in, and what every thing they find must bear."""
    wanted = asked.groups or viewer.groups
    keys: list[tuple[str, bool]] = []
    groups: list[int] = []
    for group_id in sorted(wanted & viewer.groups):
        own = viewer_keys(viewer, group_id, asked.see_all.get(group_id, frozenset()))
        keys += [(f"g{group_id}r{key}", False) for key in own]
        groups += [group_id] if own else []
    found: list[Clause] = [tuple(keys)]
    if asked.kinds:
        found.append(tuple((f"g{group}k{_name(kind)}", False) for group in groups for kind in sorted(asked.kinds)))
    return groups, found


def ranks(text: str, groups: list[int]) -> list[list[Clause]]:
    """Return what is looked for, the best rank first: the very code, the title as written, the title, any word."""
    words, code = folded(text)[:MOST_WORDS], whole(text)
    if not words or not groups:
        return []
    found: list[list[Clause]] = []
    if code:
        found.append([_either("c", code, groups, begun=False)])
    written = marked(text)[:MOST_WORDS]
    if any(not word.isascii() for word in written):
        kept = [(word, "m" if not word.isascii() else "t") for word in written]
        found.append([_either(sort, word, groups, begun=word is written[-1]) for word, sort in kept])
    found.append([_either("t", word, groups, begun=place == len(words) - 1) for place, word in enumerate(words)])
    found.append([_either("w", word, groups, begun=place == len(words) - 1) for place, word in enumerate(words)])
    return found


def _either(sort: str, word: str, groups: list[int], *, begun: bool) -> Clause:
    return tuple((f"g{group}{sort}{word}", begun) for group in groups)
