"""Trusted documents: operations known to the site, which clients name by hash instead of sending them.

A manifest is a JSON object of documents by the SHA-256 of their text, in hexadecimal, with or without `sha256:` before
it: what GraphQL Code Generator's `persistedDocuments` writes. The setting `CATALOG_TRUSTED_DOCUMENTS` lists the paths
of manifests, which are read once; `CATALOG_TRUSTED_DOCUMENTS_ONLY` admits no other documents.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from catalog_graphql import conf

PREFIX = "sha256:"


def there_are() -> bool:
    """Return whether the site has any trusted documents."""
    return bool(_paths())


def find(document_id: str) -> str | None:
    """Return the trusted document of this id, its hash with or without `sha256:` before it; None for a stranger."""
    return _documents(_paths()).get(document_id.removeprefix(PREFIX).lower())


def admits(document: str) -> bool:
    """Return whether the document may be executed. Any may, unless the site allows trusted ones only."""
    return not conf.trusts_no_others() or _hash(document) in _documents(_paths())


def problems() -> list[str]:
    """Return what is wrong with the manifests."""
    found = []
    for path in _paths():
        try:
            documents = _read(path)
        except (OSError, ValueError) as error:
            found.append(f"{path} is no manifest of trusted documents: {error}.")
        else:
            wrong = [name for name, document in documents.items() if name != _hash(document)]
            found += [f"{path}: {name} is not the hash of its document." for name in wrong]
    if conf.trusts_no_others() and not _paths():
        found.append("Only trusted documents are admitted, and there is no manifest of any.")
    return found


def _paths() -> tuple[str, ...]:
    return tuple(map(str, conf.trusted_documents()))


@lru_cache(maxsize=8)
def _documents(paths: tuple[str, ...]) -> Mapping[str, str]:
    return {name: document for path in paths for name, document in _read(path).items()}


def _read(path: str) -> Mapping[str, str]:
    """Return the documents of a manifest. Raises OSError or ValueError."""
    documents = json.loads(Path(path).read_text())
    if not isinstance(documents, dict) or not all(isinstance(document, str) for document in documents.values()):
        raise ValueError("it must be a JSON object of documents by their hash")
    return {name.removeprefix(PREFIX): document for name, document in documents.items()}


def _hash(document: str) -> str:
    return hashlib.sha256(document.encode(errors="replace")).hexdigest()
