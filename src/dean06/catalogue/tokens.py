"""Tokens: the words of a thing, folded, each marked with its group, its shelf, and with what it is.

The group stands inside the token, so that a look-up walks the words of one group alone, however many others there are;
the shelf, so that it walks the newest things first and stops when there are enough:

    g12b3cbc01      c  a code or number as a whole
    g12b3tnguyen    t  a word of the title, folded
    g12b3mnguyễn    m  a word of the title as written, where marks were typed
    g12b3wnguyen    w  a word of title, label, codes or the rest, folded
    g12rabhxh         r  a key of who may find it; never parted by shelves
    g12ktask        k  the kind

Keys of readers are written so that two different ones are never the same: e everybody, o overseers, a an agency,
s a seat, u an account, c a circle.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dean06.catalogue.types import Asked, NewEntry, Readers
from dean06.offices.types import Viewer
from dean06.orthography import service as orthography

WORD = re.compile(r"[^\W_]+")
EVERYBODY, OVERSEERS = "e", "o"
CODE = "c"
NOBODY: frozenset[str] = frozenset()
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


@lru_cache(maxsize=4096)
def _name(text: str) -> str:
    """Return a code in small letters and digits, different ones differently."""
    return "".join(_letter(one) for one in text)


def _letter(one: str) -> str:
    """Return a capital as its small letter and a digit as it is; anything else by its number."""
    return one.lower() if one.isascii() and (one.isdigit() or (one.isupper() and one != "Z")) else f"z{ord(one):x}z"


def reader_keys(readers: Readers) -> list[str]:
    """Return the keys under which an entry may be found."""
    keys = [word for word, given in ((EVERYBODY, readers.everybody), (OVERSEERS, readers.overseers)) if given]
    keys += [f"a{_name(code)}" for code in sorted(readers.agencies)]
    keys += [f"s{seat}" for seat in sorted(readers.seats)]
    keys += [f"u{_name(account)}" for account in sorted(readers.accounts)]
    return keys + [f"c{_name(circle)}" for circle in sorted(readers.circles)]


def entry_tokens(new: NewEntry, shelf: int = 0) -> str:
    """Return the tokens of an entry, parted by spaces."""
    whole_group, group = f"g{new.group_id}", f"g{new.group_id}b{shelf}"
    title = folded(new.title)
    rest = [word for text in (new.label, *new.codes, new.words[:1000]) for word in folded(text)]
    codes = {code: None for given in (*new.codes, new.label) if (code := whole(given))}
    tokens = [f"{group}c{code}" for code in codes]
    tokens += [f"{group}t{word}" for word in title]
    tokens += [f"{group}m{word}" for word in marked(new.title) if not word.isascii()]
    tokens += [f"{group}w{word}" for word in (*title, *rest, *codes)]
    tokens += [f"{whole_group}r{key}" for key in reader_keys(new.readers)]
    tokens.append(f"{whole_group}k{_name(new.kind)}")
    return " ".join(dict.fromkeys(tokens))


def viewer_keys(
    viewer: Viewer, group_id: int, overseeing: frozenset[str], circles: frozenset[str] = NOBODY
) -> list[str]:
    """Return the keys by which a reader finds things of a group; none where they do not sit in it."""
    held = [seat for seat in viewer.capacities if seat.group_id == group_id]
    if not held:
        return []
    keys = [EVERYBODY]
    if any(seat.role in overseeing for seat in held):
        keys.append(OVERSEERS)
    keys += [f"a{_name(code)}" for code in sorted({seat.agency for seat in held if seat.agency})]
    keys += [f"s{seat.seat_id}" for seat in held if not seat.reading]
    keys += [f"u{_name(viewer.account)}"] if viewer.account else []
    return keys + [f"c{_name(circle)}" for circle in sorted(circles)]


Clause = tuple[tuple[str, bool], ...]  # tokens of which one must stand there; True for one that is only begun


def gates(viewer: Viewer, asked: Asked) -> tuple[list[int], list[Clause]]:
    """Return the groups a reader may look in, and what every thing they find must bear."""
    wanted = asked.groups or viewer.groups
    keys: list[tuple[str, bool]] = []
    groups: list[int] = []
    for group_id in sorted(wanted & viewer.groups):
        own = viewer_keys(viewer, group_id, asked.see_all.get(group_id, NOBODY), asked.circles.get(group_id, NOBODY))
        keys += [(f"g{group_id}r{key}", False) for key in own]
        groups += [group_id] if own else []
    found: list[Clause] = [tuple(keys)]
    if asked.kinds:
        found.append(tuple((f"g{group}k{_name(kind)}", False) for group in groups for kind in sorted(asked.kinds)))
    return groups, found


Word = tuple[str, str, bool]  # what it is (c, m, t, w), the word, whether it is only begun


def ranks(text: str) -> list[list[Word]]:
    """Return what is looked for, the best rank first: the very code, the title as written, the title, any word.

    The last rank holds whatever the others do.
    """
    words, code = folded(text)[:MOST_WORDS], whole(text)
    if not words:
        return []
    found: list[list[Word]] = [[(CODE, code, False)]] if code else []
    written = marked(text)[:MOST_WORDS]
    if any(not word.isascii() for word in written):
        found.append([(_sort(word), word, place == len(written) - 1) for place, word in enumerate(written)])
    found += [[(sort, word, place == len(words) - 1) for place, word in enumerate(words)] for sort in "tw"]
    return found


def _sort(word: str) -> str:
    return "t" if word.isascii() else "m"


def clauses(rank: list[Word], shelves: list[tuple[int, int]]) -> list[Clause]:
    """Return a rank as it is looked for on some shelves, each named by its group and its number."""
    return [tuple((f"g{group}b{shelf}{sort}{word}", begun) for group, shelf in shelves) for sort, word, begun in rank]


def fits(rank: list[Word], place: str, tokens: set[str]) -> bool:
    """Say whether the tokens of a thing on a shelf (`g12b3`) meet a rank."""
    return all(
        any(token.startswith(f"{place}{sort}{word}") for token in tokens) if begun else f"{place}{sort}{word}" in tokens
        for sort, word, begun in rank
    )
