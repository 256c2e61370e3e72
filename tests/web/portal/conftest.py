"""One Chromium for the offline page's tests, and visits that may reach nothing but that page."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts.build_offline_verifier import build
from tests.web.portal.offline_page import DESK, PHONE, Visit

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page, built anew."""
    target = tmp_path_factory.mktemp("stick") / "fairdraw.html"
    build(target)
    return target


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: install Debian's package `chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(verifier: Path, chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """`visit()` opens the page from disk; nothing it does may reach beyond that file."""
    visits: list[Visit] = []

    def start(size: dict[str, int] = DESK, script: str = "") -> Visit:
        context = chromium.new_context(viewport=size, locale="zh-CN", is_mobile=size == PHONE)
        here = Visit(context.new_page())
        visits.append(here)
        context.on("request", lambda request: here.asked.append(request.url))
        here.page.on("console", lambda said: here.troubles.append(said.text) if said.type == "error" else None)
        here.page.on("pageerror", lambda error: here.troubles.append(str(error)))
        here.page.set_default_timeout(15_000)
        if script:
            here.page.add_init_script(script)
        here.page.goto(verifier.as_uri())
        return here

    yield start
    for here in visits:
        here.page.context.close()
    for here in visits:
        assert here.troubles == []
        assert [url for url in here.asked if not url.startswith(("blob:", verifier.as_uri()))] == []
