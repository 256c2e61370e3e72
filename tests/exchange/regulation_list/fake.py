"""The superior system as the contract describes it, as a real HTTP server on loopback, with faults to be asked for."""

import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

HERE = Path(__file__).parent
CERTIFICATE = HERE / "loopback.pem"
TOKEN = "a-token-of-the-office"

Fault = Callable[["Request"], None]


@dataclass
class Listed:
    """A unit's list in one state."""

    edition: str
    items: Sequence[dict]

    @property
    def etag(self) -> str:
        return f'"{self.edition}"'


@dataclass
class Fake:
    """What it has, what it was asked, what goes wrong next."""

    lists: dict[str, Listed] = field(default_factory=dict)
    page_size: int = 200
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    address: str = ""

    def pages_asked(self) -> list[int]:
        return [int(parse_qs(urlsplit(path).query)["page"][0]) for path, _headers in self.asked]


class Request(BaseHTTPRequestHandler):
    """One request: the next fault, or what the contract says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    @property
    def fake(self) -> Fake:
        return self.server.fake  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        self.fake.asked.append((self.path, dict(self.headers)))
        fault = self.fake.faults.popleft() if self.fake.faults else None
        if fault is not None:
            fault(self)
        else:
            self.faithful()

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

    def answer(self, status: int, body: object, **headers: str) -> None:
        text = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        self.raw(status, text, **headers)

    def raw(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


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


def hung_up(request: Request) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def silent(until: threading.Event) -> Fault:
    """Says nothing for as long as the test lasts."""
    return lambda request: (until.wait(10), setattr(request, "close_connection", True))[0] and None


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
    """A running server; its address is in the fake."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Request)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is what is tested
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    fake = Fake(address=f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}")
    server.fake = fake  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def contract(name: str) -> dict:
    """An example of the contract."""
    return json.loads((HERE / "contract" / name).read_text(encoding="utf-8"))
