"""What rows of a run are asked for: filters stand in the address, words typed (a name, a number) never do.

Words are kept in the reader's session, a few searches a run, and the address carries the search's place among them.
They end with the session: at sign-out at the latest.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import urlencode

KEPT = ("ket_qua", "truong", "trang_tinh", "phep_do", "xa", "dong_so", "tim", "xep", "trang", "dong")
FILTERS = ("ket_qua", "truong", "trang_tinh", "phep_do", "xa", "xep")
MOST = 8
LONGEST = 200
ROW_DIGITS = 7

__all__ = ["address", "asked", "keep", "text_of"]


def asked(request: HttpRequest) -> dict[str, str]:
    """Return what the address asks for; what it does not know is left out, so that no link carries it on."""
    given = {name: request.GET.get(name, "") for name in KEPT}
    return {name: value for name, value in given.items() if value}


def _key(run_id: int) -> str:
    return f"tim_{run_id}"


def _row_number(text: str) -> str:
    digits = "".join(text.split())
    return digits if digits.isascii() and digits.isdecimal() and len(digits) <= ROW_DIGITS else ""


def text_of(request: HttpRequest, run_id: int) -> str:
    """Return what is looked for: a row's number from the address, or the words kept under the search's place."""
    if number := _row_number(request.GET.get("dong_so", "")):
        return number
    held = request.session.get(_key(run_id), {})
    return str(held.get(request.GET.get("tim", ""), ""))


def keep(request: HttpRequest, run_id: int, text: str) -> str:
    """Keep words typed for a run and return their place; the oldest search of a run gives way."""
    held: dict[str, str] = dict(request.session.get(_key(run_id), {}))
    place = next((known for known, words in held.items() if words == text), "")
    if not place:
        place = str(max(map(int, held), default=0) + 1)
        held[place] = text
        request.session[_key(run_id)] = dict(list(held.items())[-MOST:])
    return place


def address(request: HttpRequest, run_id: int) -> str:
    """Return the query under which the rows asked for by the form are shown; it holds no word of the reader's."""
    query = {name: request.POST[name] for name in FILTERS if request.POST.get(name)}
    text = " ".join(request.POST.get("q", "").split())[:LONGEST]
    if number := _row_number(text):
        query["dong_so"] = number
    elif text:
        query["tim"] = keep(request, run_id, text)
    return urlencode(query)
