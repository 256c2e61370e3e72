"""Another system as a real HTTP server on loopback, with faults to be asked for; what it answers else is its own."""

import json
import socket
import ssl
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CERTIFICATE = Path(__file__).parent / "loopback.pem"

Fault = Callable[[Any], None]


@dataclass
class Fake:
    """What goes wrong next, and where it listens."""

    faults: deque[Fault | None] = field(default_factory=deque)
    address: str = ""


class Request(BaseHTTPRequestHandler, ABC):
    """One request: the next fault, or `faithful`, what the contract says."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    @property
    def fake(self) -> Any:
        return self.server.fake

    def respond(self) -> None:
        fault = self.fake.faults.popleft() if self.fake.faults else None
        if fault is not None:
            fault(self)
        else:
            self.faithful()

    @abstractmethod
    def faithful(self) -> None: ...

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


def hung_up(request: Request) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True


def silent(until: threading.Event) -> Fault:
    """Says nothing for as long as the test lasts."""
    return lambda request: (until.wait(10), setattr(request, "close_connection", True))[0] and None


@contextmanager
def serving(fake: Any, answered_by: type[Request], *, tls: bool = False) -> Iterator[Any]:
    """A running server; its address is in the fake."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), answered_by)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up is what is tested
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    fake.address = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    server.fake = fake
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
