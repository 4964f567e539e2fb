"""Debian's Chromium, controlled by Playwright, with a live server."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "catalog_graphql/static/catalog_graphql"
expect.set_options(timeout=30_000)  # Milliseconds: CI's machines are small, and busy with the other tests.

SCREENSHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Debian's chromium: apt-get install chromium")
    if not (STATIC / "graphiql/graphiql.js").exists():
        pytest.skip("needs the built pages: make frontend")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, where Django would refuse to touch the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """The page's complaints: errors, violations of the content security policy, requests to other origins."""
    return []


@pytest.fixture
def page(browser: Browser, live_server, complaints: list[str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the live server. Its last state is saved to the folder SCREENSHOTS, if that is set."""
    page = browser.new_page(base_url=live_server.url, viewport={"width": 1440, "height": 900})
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda sent: sent.url.startswith((live_server.url, "data:", "blob:")) or complaints.append(sent.url),
    )
    yield page
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{request.node.name}.png")
    page.close()
