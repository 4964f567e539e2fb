"""The catalogs of messages: they have all that the code says, all of it in Arabic, and are compiled."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CATALOG = Path("locale/ar/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%s|\{\w+\}")
# Those that stand for numbers, addresses, or words that are translated themselves.
NOT_APART = re.compile(r"%\(\w+\)d|%\(count\)s|%\(characters\)s|%\(filter_title\)s|\{(characters|count|objects|url)\}")

Messages = dict[tuple[str, ...], tuple[str, ...]]

pytestmark = pytest.mark.once


def read(catalog: Path) -> Messages:
    """Return the translations of each message and its plural; none of those that somebody has yet to look at."""
    messages = {}
    for entry in catalog.read_text().split("\n\n")[1:]:
        texts: list[tuple[str, str]] = []
        for line in entry.splitlines():
            name, quote, text = line.partition('"')
            if name.startswith("#"):
                continue
            if name:
                texts.append((name, ""))
            texts[-1] = (texts[-1][0], texts[-1][1] + ast.literal_eval(quote + text))
        ids = tuple(text for name, text in texts if name.startswith("msgid"))
        is_fuzzy = re.search("^#,.*fuzzy", entry, re.MULTILINE)
        if ids:
            messages[ids] = () if is_fuzzy else tuple(text for name, text in texts if name.startswith("msgstr"))
    return messages


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


@pytest.fixture(params=["catalog_graphql", "openedx_catalog"])
def app(request: pytest.FixtureRequest) -> Path:
    return ROOT / request.param


@pytest.fixture
def messages(app: Path) -> Messages:
    return read(app / CATALOG)


class TestCatalog:
    def test_has_all_that_the_code_says_and_no_more(self, app, messages, tmp_path):
        if shutil.which("xgettext") is None:
            pytest.skip("needs GNU gettext: apt-get install gettext")
        copy = tmp_path / app.name
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("static", "node_modules", "__pycache__"))

        command = [sys.executable, "-m", "django", "makemessages", "--locale=ar", "--no-obsolete"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=environment, check=True)

        assert read(copy / CATALOG) == messages

    def test_is_arabic_throughout(self, messages):
        forms = {ids: len([text for text in texts if text]) for ids, texts in messages.items()}

        assert len(messages) > 30
        assert forms == {ids: 1 if len(ids) == 1 else 6 for ids in messages}

    def test_is_compiled(self, app, messages):
        with (app / CATALOG.with_suffix(".mo")).open("rb") as file:
            compiled = gettext.GNUTranslations(file)

        numbers = (0, 1, 2, 3, 11, 100)  # Of which each has a form of its own.
        found = {
            ids: tuple(compiled.ngettext(*ids, number) for number in numbers)
            if len(ids) == 2
            else (compiled.gettext(*ids),)
            for ids in messages
        }
        assert found == messages
        assert len(compiled._catalog) == 1 + sum(map(len, messages.values()))  # Beside them, the header.

    def test_is_shipped(self, app):
        project = app if (app / "pyproject.toml").exists() else ROOT
        shipped = tomllib.loads((project / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]

        assert app / CATALOG.with_suffix(".mo") in {path for name in shipped[app.name] for path in app.glob(name)}

    def test_has_the_placeholders_of_the_code(self, messages):
        found = {ids: set().union(*map(placeholders, texts)) for ids, texts in messages.items()}

        assert found == {ids: set().union(*map(placeholders, ids)) for ids in messages}

    def test_sets_apart_what_is_put_into_it(self, messages):
        """From right to left, a code beside other Latin text, or a number, would come out in another order."""
        bare = [
            text
            for texts in messages.values()
            for text in texts
            if placeholders(re.sub("\u2068[^\u2069]*\u2069", "", NOT_APART.sub("", text)))
        ]

        assert bare == []
