"""One definition of each distance between texts: DuckDB's, on every engine.

Embedded, these are DuckDB's own functions and a macro of them; on a cluster each worker asks the DuckDB beside it for
whole Arrow batches. Texts are compared byte by byte: folded names hold no other letters than a to z.
"""

from __future__ import annotations

# Jaro-Winkler: matches within half the longer text, a common start of up to four letters adds a tenth of what is
# missing for each, once the likeness is above 0.7 (Winkler 1990).
LIKENESS = "jaro_winkler_similarity"
# One letter apart, or two neighbours swapped. The plain distance is five times as quick to tell; a swap is two by it,
# between texts of one length.
ONE_SLIP = "one_slip"
_SLIP = """case levenshtein(a, b) when 0 then true when 1 then true
  when 2 then case when length(a) = length(b) then damerau_levenshtein(a, b) <= 1 else false end
  else false end"""

MACRO = f"create or replace temp macro {ONE_SLIP}(a, b) as {_SLIP}"
# Name to its definition in terms of `a` and `b`, and its type in Arrow's words.
DEFINITIONS = {LIKENESS: (f"{LIKENESS}(a, b)", "double"), ONE_SLIP: (_SLIP, "boolean")}
