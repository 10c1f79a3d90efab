"""A person at a screen: opens pages, fills in the forms that stand there, presses their buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from dean06.identity import service as identity
from harness.signing import credentials, phone

BACKEND = "django.contrib.auth.backends.ModelBackend"
REASON = "ly_do"
UNSAID = (None, "", [""])
TYPED = (None, "text", "password", "number")
SILENT = "quy chế để trống, tổ thống nhất làm như vậy"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"

__all__ = ["SILENT", "Page", "Person", "Refused"]


class Refused(AssertionError):
    """What the script does, a page did not let happen."""


def _words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page, with what is filled in already."""

    action: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]
    near: str
    """The words of the row or panel that the form stands in."""


@dataclass(frozen=True)
class Page:
    """A page that somebody sees; it is asked for when it is first looked at."""

    address: str
    look: Callable[[], str]

    @cached_property
    def text(self) -> str:
        return self.look()

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.text)

    @property
    def words(self) -> str:
        """What stands in the page's main part."""
        return _words(next(iter(self.tree.xpath("//main")), self.tree))

    def forms(self, ending: str) -> list[Form]:
        """The forms whose act has an address with this ending."""
        return [_form(one) for one in self.tree.forms if (one.action or self.address).split("?")[0].endswith(ending)]

    def form(self, ending: str, *, near: str = "", button: tuple[str, str] | None = None) -> Form:
        """The first form of an act; beside some words, with a button, where one of several is meant."""
        for one in self.forms(ending):
            if near in one.near and (button is None or button in one.buttons):
                return one
        raise Refused(f"{self.address} offers no form «{ending}» {near or ''} {button or ''}: {self.words[:1500]}")

    def choices(self, ending: str, field: str) -> dict[str, str]:
        """What a list of a form offers: value by words."""
        for form in self.tree.forms:
            if (form.action or self.address).split("?")[0].endswith(ending):
                return {_words(one): one.get("value", "") for one in form.xpath(f'.//select[@name="{field}"]/option')}
        raise Refused(f"{self.address} has no list {field} in «{ending}»")

    def boxes(self, ending: str, field: str) -> dict[str, str]:
        """What the boxes of a form offer: value by the words beside."""
        found = {}
        for form in self.tree.forms:
            if (form.action or self.address).split("?")[0].endswith(ending):
                for box in form.xpath(f'.//input[@name="{field}"]'):
                    found[_words(box.getparent())] = box.get("value", "")
        return found


def _form(node: html.FormElement) -> Form:
    buttons = [(one.get("name", ""), one.get("value", "")) for one in node.xpath(".//button")]
    row = next((one for one in node.iterancestors("li", "tr", "section", "details") if one is not None), node)
    empty = [one for one in node.xpath(".//input[@name and not(@value)]") if one.get("type") in TYPED]
    fields = tuple((name, value or "") for name, value in node.form_values())
    fields += tuple((one.get("name"), "") for one in empty if one.get("name") not in dict(fields))
    return Form(action=node.action or "", fields=fields, buttons=tuple(buttons), near=_words(row))


class Person:
    """Somebody of a group, signed in."""

    def __init__(self, account: str, slug: str) -> None:
        self.account, self.base = account, f"/t/{slug}/"
        self.browser = Client()
        self._sign_in()

    def _sign_in(self) -> None:
        person = get_user_model().objects.get(public_id=self.account)
        self.browser.force_login(person, BACKEND)

    def address(self, path: str) -> str:
        return path if path.startswith("/") else self.base + path

    def open(self, path: str, **asked: str) -> Page:
        """Open a page of the group."""
        return Page(self.address(path), partial(self._looked, self.address(path), asked))

    def _looked(self, address: str, asked: Mapping[str, str]) -> str:
        answer = self.browser.get(address, asked)
        if answer.status_code != 200:
            raise Refused(f"{address}: {answer.status_code}")
        return answer.content.decode()

    def file(self, path: str, **asked: str) -> bytes:
        """Take a file of the group."""
        answer = self.browser.get(self.address(path), asked)
        if answer.status_code != 200:
            raise Refused(f"{path}: {answer.status_code}")
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    def press(
        self,
        page: Page,
        ending: str,
        button: tuple[str, str] | None = None,
        /,
        *,
        near: str = "",
        **filled: str | Sequence[str] | SimpleUploadedFile,
    ) -> Page:
        """Fill in a form of a page and send it; where the charter is silent, say why and send it again."""
        form = page.form(ending, near=near, button=button)
        given: dict[str, object] = {}
        for name, value in form.fields:
            given.setdefault(name, []).append(value)
        given |= filled
        if button is None and len(form.buttons) == 1:
            button = form.buttons[0]
        if button is not None:
            given[button[0]] = button[1]
        return self._sent(form.action or page.address, {name: value for name, value in given.items() if name})

    def sign(self, path: str, ending: str, **filled: str) -> Page:
        """Open a paper and sign it, with password and code where the page asks for them."""
        if not identity.has_second_factor(self.account):
            phone(self.account)
            self._sign_in()
        form = self.open(path).form(ending)
        asked = dict(form.fields) | {"da_doc": "1"} | filled
        if asked.get(REASON) == "":
            asked[REASON] = SILENT
        if "mat_khau" in asked:
            asked |= credentials(self.account)
        return self._sent(form.action, asked)

    def _sent(self, address: str, given: Mapping[str, object]) -> Page:
        answer = self.browser.post(address, given)
        if answer.status_code == 302:
            return self.open(answer["Location"].split("#")[0])
        text = answer.content.decode()
        if answer.status_code != 200 and 'name="ly_do"' in text and given.get(REASON) in UNSAID:
            return self._sent(address, {**given, REASON: SILENT})
        page = Page(address, lambda: text)
        if answer.status_code != 200:
            raise Refused(f"{address} {dict(given)}: {answer.status_code}: {page.words[:900]}")
        return page


def picture(name: str = "quet.png") -> SimpleUploadedFile:
    """A scan that somebody sends along."""
    return SimpleUploadedFile(name, PICTURE, content_type="image/png")
