"""Helpers to look at the Studio home page."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from organizations.models import Organization
from playwright.sync_api import Locator, Page, Request

from catalog_graphql.catalog.records import CatalogCourse
from catalog_graphql.catalog.search_text import mend

PACKAGE = Path(__file__).resolve().parents[3] / "frontend-queries/studio-home"
AXE = PACKAGE / "node_modules/axe-core/axe.min.js"

Visit = Callable[..., Page]


def operation_of(request: Request) -> str:
    [name] = re.findall(r"^(?:query|mutation) (\w+)", json.loads(request.post_data or "")["query"], re.MULTILINE)
    return str(name)


def make_courses(org: Organization, count: int) -> None:
    CatalogCourse.objects.bulk_create(
        CatalogCourse(org=org, course_code=f"C{number:04}", title=f"Course {number:04}", language="en")
        for number in range(1, count + 1)
    )
    mend(CatalogCourse)


def titles(page: Page) -> Locator:
    return page.locator(".course h2")


def card(page: Page, title: str) -> Locator:
    return page.get_by_role("article", name=title)


def menu(page: Page, name: str) -> Locator:
    """Open a menu, and return its items."""
    page.get_by_role("button", name=name).click()
    return page.locator(".dropdown-menu.show .dropdown-item")


def problems_of_accessibility(page: Page) -> list[str]:
    """Return the violations that axe considers serious."""
    if not AXE.exists():
        pytest.skip("needs axe-core: npm ci in frontend-queries/studio-home")
    page.evaluate(AXE.read_text())
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{violation['id']}: {violation['nodes'][0]['html']}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
