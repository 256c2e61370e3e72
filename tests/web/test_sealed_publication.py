"""检查结束时公开: until then no screen outside the visits tells who was drawn, nor lets anybody compute it."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from django.core.signing import get_cookie_signer
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mingcha.domain.draws.actions import decide_reserve, propose_reserve, show_subject
from mingcha.domain.draws.models import Draw
from mingcha.domain.inspections.actions import dispatch_visits
from mingcha.domain.publication.jobs import publish_due
from mingcha.web.ceremony.proofs import SALT, cookie_of
from mingcha.web.shared.templatetags.mingcha import grouped
from tests.factories import draws

DURING = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # the visits run, the last day is the 14th
FILES = ("frame.tsv", "excluded.tsv", "roster.tsv", "barred.tsv", "rules.json", "ceremony.json", "result.tsv")


def addresses(draw: Draw, below: str) -> list[str]:
    """Every address of an audience, filled in with this draw, its firms, and the first row of everything else."""
    first = draw.subjects.order_by("pk")[0]
    gaps = {"number": [draw.number], "name": FILES, "code": [row.code for row in draw.subjects.all()]}
    gaps |= {"seat": ["agency"], "department": ["market"], "kind": ["nothing"], "year": ["2026"]}
    found = []
    for route, names in routes(get_resolver()):
        if not route.startswith(below):
            continue
        filled = [route]
        for name in names:
            values = gaps.get(name, [str(draw.pk if "draw" in route else 1)])
            filled = [one.replace(f"<{name}>", value) for one in filled for value in values]
        found += filled
    queries = [f"firms/?q={first.code}", f"search/?q={first.code}", "results/?q=示范", f"trail/?about={first.name}"]
    return found + [below + query for query in queries]


def routes(resolver: URLResolver, before: str = "/"):
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from routes(found, route)
        elif isinstance(found, URLPattern):
            pieces = [piece.split(">", 1) for piece in route.split("<")[1:]]
            names = [kind.split(":")[-1] for kind, _rest in pieces]
            start = route.split("<")[0]
            yield start + "".join(f"<{n}>{rest}" for n, (_kind, rest) in zip(names, pieces, strict=True)), names


def told(client: Client, paths: list[str], marks: set[bytes]) -> list[str]:
    """The addresses whose answer holds one of the marks, or is a zip."""
    found = []
    for path in paths:
        answer = client.get(path)
        content = unpacked(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        if any(mark in content for mark in marks):
            found.append(path)
    return found


def unpacked(content: bytes) -> bytes:
    """What a bundle or a workbook holds, as its reader sees it."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def chance_of(draw: Draw) -> set[bytes]:
    """What lets anybody compute the list: the seed, the key, the system's secret, a ticket; and the copies of it."""
    tickets = [row.ticket[:16] for row in draw.subjects.all()]
    texts = [draw.seed, draw.key, draw.system_secret, draw.locked_secret, draw.system_sealed_copy, *tickets]
    return {text.encode() for text in texts} | {grouped(text[:12]).encode() for text in texts}


def names_of(draw: Draw) -> set[bytes]:
    return {row.name.encode() for row in draw.subjects.all()}


@pytest.fixture
def room(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    return draws.room_at(cast, "SIGNED", list_timing="AT_END", subjects=30)


def witness_of(room, browse) -> Client:
    """The first witness's phone."""
    client, key = browse(), cookie_of(room.draw)
    client.cookies[key] = get_cookie_signer(salt=key + SALT).sign(room.tokens[0])
    assert "w1 示范甲" in client.get(f"/w/{room.draw.number}/").content.decode()
    return client


@pytest.mark.parametrize("in_force", [False, True])
def test_neither_citizens_nor_witnesses_learn_the_list_before_its_day(room, browse, in_force):
    if in_force:
        dispatch_visits(room.draw, by=room.cast.handler, at=DURING)
        publish_due(DURING)
    marks = chance_of(room.draw) | names_of(room.draw)
    searches = {f"/firms/?q={room.draw.subjects.order_by('pk')[0].code}"}
    firms = {f"/e/{row.code}/" for row in room.draw.subjects.all()}
    paths = [path for path in addresses(room.draw, "/") if not path.startswith("/desk/")]
    for client in (browse(), witness_of(room, browse)):
        assert set(told(client, paths, marks)) - searches - firms == set()
        assert told(client, list(firms), chance_of(room.draw) | {room.draw.number.encode()}) == []


def test_the_wall_and_a_replaced_firm_tell_nothing_either(room, browse):
    """The hall's screen with its code, and what is changed after the visits went out."""
    draw, cast = room.draw, room.cast
    dispatch_visits(draw, by=cast.handler, at=DURING)
    drawn = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]
    used = propose_reserve(drawn, reason="MOVED", reason_text="迁往邻县", by=cast.handler, at=DURING)
    decide_reserve(used, agreed=True, by=cast.approver, at=DURING)
    show_subject(draw, code=drawn.code, by=cast.handler, at=DURING)
    wall = browse()
    assert wall.post(f"/w/{draw.number}/hall/", {"code": draw.pairing_code}).status_code == 302
    paths = [path for path in addresses(draw, "/w/") if draw.number in path]
    paths += [f"/v/{draw.number}/", f"/v/{draw.number}/server/?code={drawn.code}"]
    marks = chance_of(draw) | names_of(draw) | {"替换".encode(), "递补".encode()}
    for client in (wall, witness_of(room, browse)):
        assert told(client, paths, marks) == []


def test_no_screen_promises_what_a_sealed_list_cannot_give(room, browse):
    host = browse(room.cast.handler)
    sent = host.post(f"/desk/inspections/dispatch/{room.draw.pk}/")
    assert sent.url == f"/desk/draws/{room.draw.pk}/"
    assert "任何人都能在公开页面核验" not in host.get(sent.url).content.decode()
    phone = witness_of(room, browse).get(f"/w/{room.draw.number}/").content.decode()
    assert "谁用公开的文件来算都一样" not in phone
    assert "名单到期公开后，任何人都能重算" in phone


def test_the_desk_learns_neither_seed_nor_key_before_the_visits_go_out(room, browse):
    for person in (room.cast.handler, room.cast.discipline):
        assert told(browse(person), addresses(room.draw, "/desk/"), chance_of(room.draw)) == []
