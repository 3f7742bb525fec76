"""Chromium, and pages served to it without a network. Without Chromium these tests are skipped, and say so."""

import json
import os
import shutil
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[2] / "build" / "pages"
SITE = "https://api.test"
NAMES = ("chromium", "chromium-browser", "google-chrome")

try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

WIDE, NARROW = (1400, 900), (360, 740)


def missing():
    """What these tests lack, or nothing."""
    if sync_playwright is None:
        return "NOT TESTED IN A BROWSER: `make browser-test` has the environment for it"
    if not executable():
        return "NOT TESTED IN A BROWSER: there is no Chromium here (Debian: apt-get install chromium; or name it in CHROMIUM)"
    return None


def executable():
    """The browser's path: CHROMIUM names it, else the first on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items):
    if reason := missing():
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=reason))


def page_of(name):
    """A page by its name, as tests/browser/pages.py has written it."""
    return json.loads((PAGES / f"{name}.json").read_text())


def page_names():
    """The pages that tests/browser/pages.py has written."""
    return sorted(path.stem for path in PAGES.glob("*.json")) or ["no page was written"]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root; what it shows here is our own.
        found = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def show(browser):
    """Opens a page by name in a window of a size and a colour scheme; what goes wrong is in ``troubles``."""
    contexts = []

    def opened(name, size=WIDE, scheme="light", script=True):
        found = page_of(name)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.troubles, page.texts = [], found["texts"]
        page.on("console", lambda message: page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("dialog", lambda dialog: page.troubles.append(dialog.message) or dialog.dismiss())

        def answer(route):
            if route.request.url != f"{SITE}/{name}":
                page.troubles.append(f"asked for {route.request.url}")
                return route.abort()
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": found["policy"]}
            return route.fulfill(status=200, body=found["html"], headers=headers)

        context.route("**/*", answer)
        page.goto(f"{SITE}/{name}")
        return page

    yield opened
    for context in contexts:
        context.close()
