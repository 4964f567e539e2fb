"""The pictures in the README: pages with the demo catalog. `make pictures` saves them."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.conftest import STATIC

PICTURES = os.environ.get("PICTURES")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (STATIC / "studio-home/studio-home.js").exists(), reason="needs the built pages: make frontend"
    ),
]


@pytest.fixture
def demo(page: Page, settings) -> Page:
    """The home page with the demo catalog, as staff see it."""
    settings.DEBUG = True
    call_command("load_demo_catalog")
    page.goto("/")
    page.get_by_label("User name").fill("staff")
    page.get_by_label("Password").fill("staff")
    page.get_by_role("button", name="Sign in").click()
    return page


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


class TestPictures:
    def test_show_the_home_page(self, demo: Page, complaints):
        expect(demo.get_by_role("article")).to_have_count(20)
        expect(demo.get_by_text("Showing 20 of 317 courses")).to_be_visible()
        keep(demo, "home")

        demo.set_viewport_size({"width": 360, "height": 740})
        expect(demo.get_by_role("article").first).to_be_visible()
        keep(demo, "home-narrow")

        assert complaints == []

    def test_show_a_new_course(self, demo: Page, complaints):
        demo.get_by_role("button", name="New course").click()

        expect(demo.get_by_role("dialog")).to_be_visible()
        keep(demo, "new-course")
        assert complaints == []
