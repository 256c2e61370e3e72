"""The superior system as the contract describes it, as a real HTTP server on loopback, with faults to be asked for."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.exchange import loopback
from tests.exchange.loopback import Fault

HERE = Path(__file__).parent
TOKEN = "a-token-of-the-office"


@dataclass
class Listed:
    """A unit's list in one state."""

    edition: str
    items: Sequence[dict]

    @property
    def etag(self) -> str:
        return f'"{self.edition}"'


@dataclass
class Fake(loopback.Fake):
    """What it has, what it was asked, what goes wrong next."""

    lists: dict[str, Listed] = field(default_factory=dict)
    page_size: int = 200
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def pages_asked(self) -> list[int]:
        return [int(parse_qs(urlsplit(path).query)["page"][0]) for path, _headers in self.asked]


class Request(loopback.Request):
    """A page of a list that is asked for."""

    def do_GET(self) -> None:
        self.fake.asked.append((self.path, dict(self.headers)))
        self.respond()

    def faithful(self) -> None:
        parts = urlsplit(self.path)
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer(401, {"error": "token"})
        organisation = parts.path.removeprefix("/v1/organisations/").removesuffix("/items")
        listed = self.fake.lists.get(organisation)
        if listed is None:
            return self.answer(404, {"error": "organisation"})
        if self.headers.get("If-None-Match") == listed.etag:
            return self.answer(304, None, ETag=listed.etag)
        return self.answer(200, self.page_of(listed, int(parse_qs(parts.query)["page"][0])), ETag=listed.etag)

    def page_of(self, listed: Listed, number: int) -> dict:
        size = self.fake.page_size
        pages = max(1, -(-len(listed.items) // size))
        items = list(listed.items[(number - 1) * size : number * size])
        return {"edition": listed.edition, "page": number, "pages": pages, "total": len(listed.items), "items": items}


# ---- what may go wrong -------------------------------------------------------------------------------------------


def busy(status: int = 503, **headers: str) -> Fault:
    return lambda request: request.answer(status, {"error": "busy"}, **headers)


def half_a_body(request: Request) -> None:
    request.raw(200, b'{"edition": "1", "pa', length=4000)
    request.close_connection = True


def half_a_chunk(request: Request) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    request.wfile.write(b'ff\r\n{"edition"')
    request.close_connection = True


def with_body(body: bytes, status: int = 200, **headers: str) -> Fault:
    return lambda request: request.raw(status, body, **headers)


def changed_to(listed: Listed) -> Fault:
    """Between two pages the office wrote another list."""

    def change(request: Request) -> None:
        request.fake.lists = dict.fromkeys(request.fake.lists, listed)
        request.faithful()

    return change


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Fake]:
    """A running system; its address is in the fake."""
    with loopback.serving(Fake(), Request, tls=tls) as fake:
        yield fake


def contract(name: str) -> dict:
    """An example of the contract."""
    return json.loads((HERE / "contract" / name).read_text(encoding="utf-8"))
