"""The same writing rules as SQL text for DuckDB: normalise each distinct name once, then join back.

This module holds text only and opens nothing. Each rule is built from the pattern the Python function uses, and a
property test holds the two together.
"""

from __future__ import annotations

from dean06.orthography import characters, folding, hashing, names, sound, tones

_VIETNAMESE = "àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ"
_LETTERS = f"A-Za-z{_VIETNAMESE}ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ"
# Composed Vietnamese letters and single spaces need no Unicode work: nearly every name of a real list.
PLAIN = f"[{_LETTERS}]+( [{_LETTERS}]+)*"
_TRAILING_NOTE = names.NOTES[-1]
_TITLED = "|".join(f"(?:{pattern})" for pattern in names.TITLES)


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def hash63(expression: str) -> str:
    """Return SQL for `hashing.hash63` of an expression."""
    return f"(md5_number({expression}) & {hashing.MASK}::uhugeint)::bigint"


def replaced(expression: str, pattern: str, by: str = "") -> str:
    """Return SQL that replaces every match of a pattern."""
    return f"regexp_replace({expression}, {quoted(pattern)}, {quoted(by)}, 'g')"


def composed(expression: str) -> str:
    """Return SQL for lower case of the composed text without invisible characters."""
    return f"lower(nfc_normalize({replaced(expression, f'[{characters.INVISIBLE}]')}))"


def single_spaces(expression: str) -> str:
    """Return SQL for `characters.single_spaces`."""
    return f"trim({replaced(expression, f'[{characters.SPACES}]+', ' ')}, ' ')"


def _marks(expression: str) -> str:
    plain = replaced(expression, f"[{characters.APOSTROPHES}]", "'")
    plain = replaced(plain, f"[{characters.DASHES}]", "-")
    return f"translate({plain}, 'ðɖ', 'đđ')"


def _notes(expression: str) -> str:
    bare = replaced(expression, names.NUMBERING)
    for pattern in names.NOTES:
        bare = replaced(bare, pattern)
    return single_spaces(bare)


def _titles(expression: str) -> str:
    certain, doubtful = names.TITLES
    return replaced(replaced(expression, certain), doubtful, r"\1")


def _tones(expression: str) -> str:
    """Rewrite syllables that a space closes; qu is one consonant, so its u and y are held apart meanwhile."""
    modern = f"{expression} || ' '"
    held = [("quỳ", "q\x01ỳ"), ("quý", "q\x01ý"), ("quỷ", "q\x01ỷ"), ("quỹ", "q\x01ỹ"), ("quỵ", "q\x01ỵ")]
    for written, kept in held:
        modern = f"replace({modern}, '{written} ', '{kept} ')"
    for old, new in tones.MOVES:
        modern = f"replace({modern}, '{old} ', '{new} ')"
    return f"rtrim(replace({modern}, '\x01', 'u'), ' ')"


def folded(expression: str) -> str:
    """Return SQL for `folding.fold` of a lower-case composed text."""
    return f"replace(strip_accents({expression}), 'đ', 'd')"


def levelled(expression: str) -> str:
    """Return SQL that turns punctuation of a folded text to single spaces."""
    spaced = replaced(expression, f"[{folding.PUNCTUATION}]", " ")
    return f"trim({replaced(spaced, ' +', ' ')}, ' ')"


def plain(expression: str) -> str:
    """Return SQL for a text without case, tone marks, punctuation and needless spaces."""
    return levelled(folded(composed(expression)))


def sorted_syllables(expression: str) -> str:
    """Return SQL for the syllables of a text in alphabetical order."""
    return f"array_to_string(list_sort(string_split({expression}, ' ')), ' ')"


def sounded(expression: str) -> str:
    """Return SQL for `sound.phonetic_key` of a folded text."""
    heard = f"' ' || {expression}"
    for written, sounds in sound.ONSETS:
        heard = f"replace({heard}, '{written}', '{sounds}')"
    return f"substr({heard}, 2)"


def normal_names(source: str) -> str:
    """Return a query of (raw, nm) for a query of distinct (raw): `names.normal_name`.

    Each repair runs only on the names that need it.
    """
    return f"""
select raw, case when regexp_matches(bare, {quoted(tones.OLD_STYLE)}) then {_tones("bare")} else bare end as nm from (
select raw, case when regexp_matches(noted, {quoted(_TITLED)})
    then coalesce(nullif({_titles("noted")}, ''), noted) else noted end as bare from (
select raw, simple, case when simple and not regexp_matches(marked, {quoted(_TRAILING_NOTE)}) then marked
    else coalesce(nullif({_notes("marked")}, ''), marked) end as noted from (
select raw, simple, case when simple then lower(raw) else {_marks(single_spaces(composed("raw")))} end as marked from (
select raw, regexp_full_match(raw, {quoted(PLAIN)}) as simple from ({source})))))"""


def folded_name(normal: str) -> str:
    """Return SQL for the folded form of a normal name: `folding.search_key`."""
    folded_text = folded(normal)
    return f"case when regexp_full_match({normal}, {quoted(PLAIN)}) then {folded_text} else {levelled(folded_text)} end"


KEYS = {
    "nk": hash63("nm"),
    "hk": hash63("fd"),
    "fk": hash63(sorted_syllables("fd")),
    "pk": hash63(sorted_syllables(sounded("fd"))),
    "gk": hash63(f"string_split({sounded('fd')}, ' ')[-1]"),
    "sgk": hash63("split_part(fd, ' ', 1) || ' ' || string_split(fd, ' ')[-1]"),
}


def name_keys(source: str, keys: tuple[str, ...] = tuple(KEYS)) -> str:
    """Return a query of (raw, nm, fd and the keys asked for) for one of distinct (raw): `names.name_keys`."""
    asked = ", ".join(f"{KEYS[key]} as {key}" for key in keys)
    return f"select raw, nm, fd, {asked} from (select raw, nm, {folded_name('nm')} as fd from ({normal_names(source)}))"
