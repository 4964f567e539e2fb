"""A browser without scripts: it opens pages, fills in forms, and posts them with their CSRF tokens."""

from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

COURSES = "/admin/openedx_catalog/catalogcourse/"
RUNS = "/admin/openedx_catalog/courserun/"
ORGANIZATIONS = "/admin/organizations/organization/"


class Page(HTMLParser):
    """What a person sees on a page: its text, its links, its errors, and the current fields of its forms."""

    def __init__(self, response: Any, browser: "Browser") -> None:
        super().__init__()
        self.status = response.status_code
        self.path = response.request["PATH_INFO"]
        self.links: dict[str, str] = {}
        self.errors: list[str] = []
        self.rows: list[list[str]] = []
        self.fields: dict[str, dict[str, str]] = {}
        self._browser = browser
        self._texts: list[str] = []
        self._form: dict[str, str] = {}
        self._select = ""
        self._open: list[tuple[str, str, int]] = []
        self.feed(response.content.decode())

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts).split())

    def submit(self, form: str, button: str = "_save", **typed: str | list[str]) -> "Page":
        """Post the form with this id, with the typed values changed, and follow redirects."""
        return self._browser.post(self.path, {button: "", **self.fields[form], **typed})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self.fields.setdefault(found.get("id", ""), {})
        elif tag == "input" and found.get("type") not in ("submit", "checkbox", "radio") and "name" in found:
            self._form[found["name"]] = found.get("value", "")
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and "selected" in found:
            self._form[self._select] = found["value"]
        elif tag == "tr":
            self.rows.append([])
        if tag in ("a", "li", "td", "th", "ul"):
            self._open.append((tag, found.get("href", found.get("class", "")), len(self._texts)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        _tag, detail, start = self._open.pop()
        text = " ".join("".join(self._texts[start:]).split())
        if tag == "a":
            self.links[text] = detail
        elif tag in ("td", "th") and self.rows and text:
            self.rows[-1].append(text)
        elif tag == "li" and self._open and self._open[-1][1].startswith("errorlist"):
            self.errors.append(text)

    def handle_data(self, data: str) -> None:
        self._texts.append(data)


class Browser:
    """The session of a signed-in user, with CSRF protection."""

    def __init__(self, user: Any) -> None:
        self._client = Client(enforce_csrf_checks=True)
        self._client.force_login(user)

    def open(self, address: str) -> Page:
        return Page(self._client.get(address, follow=True), self)

    def post(self, address: str, data: dict[str, Any]) -> Page:
        return Page(self._client.post(address, data, follow=True), self)


def count_queries(browser: Browser, address: str) -> int:
    """Return the number of queries that a page takes."""
    with CaptureQueriesContext(connection) as queries:
        browser.open(address)
    return len(queries)


def page_of(obj: Any) -> str:
    """Return the URL of an object's page."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def listed(browser: Browser, address: str) -> list[str]:
    """Return the first column of a list."""
    return [row[0] for row in browser.open(address).rows[1:]]
