"""The documents: their links work, and the files they name exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "frontend-queries/README.md", "schema/README.md")
DOCUMENTS = [*(ROOT / name for name in NAMED), *sorted((ROOT / "docs").rglob("*.md"))]

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
QUOTED = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")


def anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub generates them."""
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def looks_like_a_file(name: str) -> bool:
    """Return whether a quoted name is a path in this repository: in one of its folders, or a file at its root."""
    top = name.split("/")[0]
    return ("/" in name and (ROOT / top).is_dir()) or (name == top and name.endswith((".md", ".toml", ".yaml")))


def is_there(name: str, document: Path) -> bool:
    return any((folder / name).exists() for folder in (ROOT, document.parent))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def document(request: pytest.FixtureRequest) -> Path:
    return request.param


class TestDocument:
    def test_links_to_what_is_there(self, document):
        links = [link for link in LINK.findall(CODE.sub("", document.read_text())) if "://" not in link]

        missing = []
        for link in links:
            name, _, anchor = link.partition("#")
            target = (document.parent / name).resolve() if name else document
            if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
                missing.append(link)
        assert missing == []

    def test_names_files_that_are_there(self, document):
        names = filter(looks_like_a_file, QUOTED.findall(CODE.sub("", document.read_text())))

        assert [name for name in names if not is_there(name, document)] == []


class TestIndex:
    def test_has_every_page(self):
        index = (ROOT / "docs/README.md").read_text()
        linked = {(ROOT / "docs" / link.partition("#")[0]).resolve() for link in LINK.findall(index)}

        pages = set((ROOT / "docs").rglob("*.md")) - {ROOT / "docs/README.md"}
        assert pages - linked == set()
