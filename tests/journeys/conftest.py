"""A living demo county behind a real server, and a real browser. What is missing fails; nothing is skipped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mingcha.config.env import database_from
from tests.journeys.ways import visit

ROOT = Path(__file__).resolve().parents[2]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
HALL = {"width": 1280, "height": 720}
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


# What Chromium logs when a form is refused in words, and when the power fails: before, within or after an answer.
REFUSED = "status of 422"
CUT_OFF = "net::ERR_"


@dataclass
class County:
    """Where the county is served, and how to get in."""

    address: str
    password: str
    finished_draw: str
    bundle: Path
    sealing_key: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None
    outages: int = 0

    def serve(self) -> None:
        """Start the site and its worker, in a process group of their own."""
        command = [sys.executable, "scripts/serve.py"]
        self.server = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        wait_until_served(self.address, self.server)

    def loses_power(self) -> None:
        """kill -9 for everything that runs, whatever it was doing, and the site comes up again."""
        self.outages += 1
        self.ends(signal.SIGKILL)
        self.serve()

    def ends(self, how: signal.Signals) -> None:
        if self.server is not None:
            os.killpg(self.server.pid, how)
            self.server.wait(timeout=30)

    def work(self) -> None:
        """What the worker does in its next round, now."""
        command = [sys.executable, "-m", "mingcha.config.worker", "--once"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def own_database(home: Path) -> str:
    """An empty database of the journeys' own, on the kind that the tests run on."""
    address = os.environ.get("MINGCHA_DATABASE", "")
    if not address.startswith("postgres"):
        return f"sqlite:///{home / 'county.sqlite3'}"
    values = database_from(address)
    keys = {"host": values["HOST"], "port": values["PORT"], "user": values["USER"], "dbname": values["NAME"]}
    with psycopg.connect(**keys, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS mingcha_journeys WITH (FORCE)")
        connection.execute("CREATE DATABASE mingcha_journeys")
    return address.replace("/mingcha?", "/mingcha_journeys?")


def wait_until_served(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(f"{address}/about/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """`make demo` with SERVE=0, then the embedded server."""
    home = tmp_path_factory.mktemp("county")
    port = free_port()
    environment = {
        **os.environ,
        "MINGCHA_DATABASE": own_database(home),
        "MINGCHA_MEDIA_ROOT": str(home / "media"),
        "MINGCHA_DEMO_HOME": str(home),
        "SERVE": "0",
        "PORT": str(port),
    }
    built = subprocess.run(
        [sys.executable, "scripts/load_demo.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    access = json.loads((home / "access.json").read_text(encoding="utf-8"))
    there = County(
        address=f"http://127.0.0.1:{port}",
        password=access["password"],
        finished_draw=access["draw"],
        bundle=Path(access["bundle"]),
        sealing_key=home / "discipline.key",
        environment=environment,
    )
    try:
        there.serve()
        yield there
    finally:
        there.ends(signal.SIGTERM)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "Chromium is missing: install Debian's package `chromium`; the journeys cannot be skipped"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Traveller:
    """One person with one browser; everything that goes wrong in the console is kept."""

    county: County
    context: BrowserContext
    page: Page
    troubles: list[str]

    def goes(self, path: str) -> Page:
        visit(self.page, self.county.address + path)
        return self.page

    def signs_in(self, username: str) -> Page:
        self.goes("/login/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(self.county.password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda address: "/login/" not in address)
        return self.page

    def has_no_barrier(self) -> None:
        """axe finds nothing serious on this page (WCAG 2.2 AA rules)."""
        self.page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]] == [], self.page.url


@pytest.fixture
def traveller(county: County, chromium: Browser) -> Iterator[object]:
    """`traveller()` is a person at a desk, `traveller(PHONE)` one with a phone."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []
    outages = county.outages

    def start(size: dict[str, int] = DESK) -> Traveller:
        phone = size == PHONE
        context = chromium.new_context(
            viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=phone, is_mobile=phone
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return Traveller(county, context, page, troubles)

    yield start
    for context in contexts:
        context.close()
    expected = (REFUSED,) if county.outages == outages else (REFUSED, CUT_OFF)
    assert [trouble for trouble in troubles if not any(word in trouble for word in expected)] == []
