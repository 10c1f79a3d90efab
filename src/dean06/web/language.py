"""Two languages on every page: Vietnamese first, English when the reader asked for it.

There are no message catalogues to compile: a page, a part and a tag carry both sentences side by side, and the
reader's language picks one. So a sentence cannot fall behind its translation, and a Vietnamese reader never meets an
untranslated key.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

SESSION_KEY = "ngon_ngu"
LANGUAGES = ("vi", "en")


def current_language() -> str:
    """Return `vi` or `en`, whichever is in force for this request."""
    return "en" if (translation.get_language() or "vi").startswith("en") else "vi"


def words(vi: str, en: str) -> str:
    """Choose one of two sentences by the reader's language."""
    return en if current_language() == "en" else vi


def language_of(request: HttpRequest) -> str:
    """Return the reader's language: chosen in this session, else the account's, else Vietnamese.

    The browser's own preference is not asked: office browsers are often installed in English, their readers are not.
    """
    if hasattr(request, "session"):
        chosen = request.session.get(SESSION_KEY)
        if chosen in LANGUAGES:
            return str(chosen)
    preferred = getattr(getattr(request, "user", None), "language", None)
    return preferred if preferred in LANGUAGES else "vi"


class LanguageMiddleware:
    """Puts the reader's language in force for one request; stands after the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language_of(request))
        return response
