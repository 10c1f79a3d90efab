"""The reader's language: one form in the foot of every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dean06.identity import service as identity
from dean06.web.language import LANGUAGES, SESSION_KEY


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language for this session, and on the account when somebody is signed in; then go back."""
    language = request.POST.get("language", "")
    if language in LANGUAGES:
        request.session[SESSION_KEY] = language
        if request.user.is_authenticated:
            identity.set_language(str(request.user.public_id), language)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    return HttpResponseRedirect(back)
