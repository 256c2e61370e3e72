"""No page of the desk leads anybody to a page that is refused or missing: every link is followed, by every role."""

import re
from collections import Counter, deque
from html import unescape
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from mingcha.domain.catalogue.actions import approve_list, review_list, submit_list
from mingcha.domain.catalogue.queries import filings_of
from mingcha.domain.draws.actions import open_draw
from mingcha.domain.inspections.actions import dispatch_visits
from mingcha.domain.organisation.models import Role, User
from mingcha.domain.registers.actions import merge_batch, read_file
from tests.conftest import NOON
from tests.factories import catalogue, draws, plans, policy, registers
from tests.factories import organisation as make

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
OURS = ("/desk/", "/m/", "/password/")
ALIKE = 3  # pages of one kind that are looked at from pages of one kind
MOST = 250  # pages a person
FIRMS = "统一社会信用代码,名称\r\n{code},示范新店\r\n"


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def everybody(cast) -> list[User]:
    """One person of each role in a county where most things have begun, and few are over."""
    policy.calendar()
    registers.inspector(cast.market, 7, user=cast.inspector)
    drawn = draws.draw_at(cast, "SIGNED")
    dispatch_visits(drawn, by=cast.handler, at=NOON)
    receiver = catalogue.recipient(cast.justice)
    reviewer = _laid_ready(cast)
    _about_to_be_drawn(cast)
    _imported(cast)
    named = [
        cast.coordinator,
        cast.handler,
        cast.fire_handler,
        cast.approver,
        cast.inspector,
        cast.discipline,
        cast.supervisor,
    ]
    found = [*named, cast.keeper, cast.auditor, receiver, reviewer]
    assert {grant.role for person in found for grant in person.grants.all()} == set(Role)
    return found


def _laid_ready(cast: SimpleNamespace) -> User:
    """A list past its head: its filings are laid ready and not sent, so their recipient may not open them."""
    catalogue.body("JUSTICE", cast.justice)
    health = make.department("health", "卫生健康局", 6)
    drafter, head = make.user("h1", Role.HANDLER, within=health), make.user("h2", Role.APPROVER, within=health)
    reviewer = catalogue.legal_reviewer(health)
    edition = catalogue.draft(drafter)
    catalogue.enter(edition, "H-01", by=drafter)
    edition = review_list(submit_list(edition, by=drafter, at=NOON), by=reviewer, at=NOON)
    edition = approve_list(edition, by=head, at=NOON)
    assert [filing.is_sent for filing in filings_of(edition)] == [False]
    return reviewer


def _about_to_be_drawn(cast: SimpleNamespace) -> None:
    """A draw that takes seats: the discipline officer is in its room and reads no campaigns."""
    under = plans.plan(cast.market, cast.handler, title="示范补充计划", approver=cast.supervisor)
    chosen = plans.campaign(under, items=[plans.item(cast.market, cast.handler, "M-09")], approver=cast.supervisor)
    open_draw(chosen, by=cast.handler, at=NOON)


def _imported(cast: SimpleNamespace) -> None:
    content = FIRMS.format(code=make.code_for(900, prefix="91")).encode()
    batch = read_file(
        "SUBJECTS", department=cast.market, file_name="新店.csv", content=content, by=cast.handler, at=NOON
    )
    merge_batch(batch, by=cast.handler, at=NOON)


def shape(address: str) -> str:
    """The kind of a page: its address without numbers and without what is asked of it."""
    return re.sub(r"\d+", "N", urlsplit(address).path)


def links_on(client: Client, address: str) -> tuple[int, list[str]]:
    """How a page answers, and the pages of ours that it leads to."""
    answer = client.get(address)
    if answer.status_code in {301, 302}:
        found = [answer["Location"]]
    elif "html" in answer.get("Content-Type", "") and not answer.streaming:
        found = [unescape(link) for link in LINK.findall(answer.content.decode())]
    else:
        found = []
    b"".join(answer)  # a file is open until it is read; closing it by hand would close the test's connection too
    led = [urljoin(address, link) for link in found]
    return answer.status_code, [link for link in led if link.startswith(OURS)]


def dead_links(client: Client) -> tuple[list[tuple[int, str, str]], set[str]]:
    """(status, address, the page that leads there) from the first page on; and every kind of page that was seen."""
    waiting, known, alike = deque([("/desk/", "")]), {"/desk/"}, Counter()
    dead, looked = [], 0
    while waiting and looked < MOST:
        address, origin = waiting.popleft()
        status, found = links_on(client, address)
        looked += 1
        if status >= 400:
            dead.append((status, address, origin))
        for link in found:
            pair = shape(address), shape(link)
            if link not in known and alike[pair] < ALIKE:
                alike[pair] += 1
                known.add(link)
                waiting.append((link, address))
    assert not waiting, f"more than {MOST} pages: raise the bound"
    return dead, {shape(address) for address in known}


def test_every_link_of_the_desk_leads_every_role_to_a_page(everybody, browse):
    dead: dict[str, list[tuple[int, str, str]]] = {}
    seen: set[str] = set()
    for person in everybody:
        client = browse(person)
        client.raise_request_exception = False
        dead[person.username], kinds = dead_links(client)
        seen |= kinds
    assert {name: found for name, found in dead.items() if found} == {}
    # What was once dead is among what was looked at.
    assert {"/desk/items/lists/N/", "/desk/filings/N/", "/desk/draws/N/", "/desk/campaigns/N/"} <= seen
    assert {"/desk/registers/subjects/N/", "/desk/registers/imports/N/", "/desk/inspections/N/"} <= seen
