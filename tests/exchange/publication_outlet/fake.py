"""An outlet as the contract describes it, as a real HTTP server on loopback, with faults to be asked for."""

import base64
import hashlib
import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CERTIFICATE = Path(__file__).parents[1] / "regulation_list" / "loopback.pem"
TOKEN = "a-token-of-the-outlet"

Fault = Callable[["Request"], None]


@dataclass
class Fake:
    """What it has put up, what it was asked, what goes wrong next."""

    put_up: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, dict[str, str | None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    faults: deque[Fault | None] = field(default_factory=deque)
    address: str = ""

    def contents(self) -> list[dict]:
        return [json.loads(body) for body in self.put_up.values()]


class Request(BaseHTTPRequestHandler):
    """One request: the next fault, or what the contract says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    @property
    def fake(self) -> Fake:
        return self.server.fake  # type: ignore[attr-defined]

    def do_POST(self) -> None:
        self.sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.fake.asked.append((self.path, dict(self.headers), self.sent))
        fault = self.fake.faults.popleft() if self.fake.faults else None
        if fault is not None:
            fault(self)
        else:
            self.faithful()

    def faithful(self) -> None:
        """Put it up once a key; refuse what is not as the contract says."""
        key, fake = self.headers.get("Idempotency-Key", ""), self.fake
        digest = hashlib.sha256(self.sent)
        named = f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer(401, {"error": "token"})
        if not self.path.endswith("/v1/editions"):
            return self.answer(404, {"error": "path"})
        if self.headers.get("Content-Digest") != named or not key.endswith(digest.hexdigest()):
            return self.answer(400, {"error": "摘要与内容不符"})
        if key in fake.put_up:
            return self.answer(200, fake.receipts[key])
        number = len(fake.put_up) + 1
        fake.put_up[key] = self.sent
        fake.receipts[key] = {
            "key": key,
            "sha256": digest.hexdigest(),
            "number": f"公示〔2026〕{number}号",
            "address": f"https://outlet.example.invalid/lists/{number}",
        }
        return self.answer(201, fake.receipts[key])

    def answer(self, status: int, body: object, **headers: str) -> None:
        self.raw(status, json.dumps(body, ensure_ascii=False).encode(), **headers)

    def raw(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


# ---- what may go wrong -------------------------------------------------------------------------------------------


def saying(status: int, body: object, **headers: str) -> Fault:
    return lambda request: request.answer(status, body, **headers)


def with_body(body: bytes, status: int = 201) -> Fault:
    return lambda request: request.raw(status, body)


def half_a_body(request: Request) -> None:
    request.raw(201, b'{"key": "1", "nu', length=4000)
    request.close_connection = True


def hung_up(request: Request) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def taken_and_hung_up(request: Request) -> None:
    """It is put up, and the receipt never arrives."""
    request.answer = lambda *words, **headers: None  # type: ignore[method-assign]
    request.faithful()
    hung_up(request)


def silent(until: threading.Event) -> Fault:
    """Says nothing for as long as the test lasts."""
    return lambda request: (until.wait(10), setattr(request, "close_connection", True))[0] and None


def receipt_with(**changes: object) -> Fault:
    """Puts it up and gives a receipt that is not as the contract says."""

    def answer(request: Request) -> None:
        key = request.headers["Idempotency-Key"]
        good = {"key": key, "sha256": key.rpartition(".")[2], "number": "1", "address": None}
        request.answer(201, {**good, **changes})

    return answer


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
