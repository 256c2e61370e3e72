"""One question over HTTP that comes to an end, whatever the other side does. Standard library only.

One deadline holds for everything: connecting, shaking hands, sending, the head with however many "100 Continue", the
body. No reading and no writing waits longer than what is left of it: `http.client` alone bounds each reading, and a
side that says a little every second then holds a worker for ever. Only the look-up of the name is the resolver's.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import SplitResult

PIECE = 2**14
LONGEST_COUNT = 12  # digits of a length or a pause; Python itself refuses to read thousands of them
BODILESS = frozenset({http.client.NO_CONTENT, http.client.NOT_MODIFIED})


class Trouble(Enum):
    """What a line does to a question."""

    UNTRUSTED = auto()  # the certificate
    UNREACHED = auto()  # no connection, or it broke
    SILENT = auto()  # one step took too long
    SLOW = auto()  # all of it took too long
    BROKEN = auto()  # not HTTP, or not whole
    TOO_LONG = auto()


class LineFault(Exception):
    """The only thing that `ask` raises; `size` is how many bytes of a body had come."""

    def __init__(self, trouble: Trouble, size: int = 0) -> None:
        super().__init__(trouble.name)
        self.trouble, self.size = trouble, size


@dataclass(frozen=True)
class Deadline:
    """When the whole exchange ends, by a clock that tests may hold, and how long a single step may take."""

    clock: Callable[[], float]
    until: float
    step: float

    def left(self) -> float:
        """Seconds for the next step."""
        left = self.until - self.clock()
        if left <= 0:
            raise LineFault(Trouble.SLOW)
        return min(left, self.step)


@dataclass(frozen=True)
class Question:
    """What is asked, and how long the answer may be."""

    method: str
    path: str
    headers: Mapping[str, str]
    most_bytes: int
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """The names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(place: SplitResult, question: Question, *, deadline: Deadline) -> Answer:
    """Ask once; nothing is followed, nothing repeated."""
    try:
        return _exchanged(place, question, deadline)
    except ssl.SSLCertVerificationError as fault:
        raise LineFault(Trouble.UNTRUSTED) from fault
    except TimeoutError as fault:
        raise LineFault(_slow_or_silent(deadline)) from fault
    except OSError as fault:
        raise LineFault(Trouble.UNREACHED) from fault
    except (http.client.HTTPException, ValueError) as fault:
        raise LineFault(Trouble.BROKEN) from fault


def _slow_or_silent(deadline: Deadline) -> Trouble:
    return Trouble.SLOW if deadline.clock() >= deadline.until else Trouble.SILENT


def _exchanged(place: SplitResult, question: Question, deadline: Deadline) -> Answer:
    host, secure = place.hostname or "", place.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    with closing(kind(host, place.port)) as line:
        line.sock = _connected(host, line.port, secure=secure, deadline=deadline)
        line.request(question.method, question.path, body=question.body, headers=dict(question.headers))
        with closing(line.getresponse()) as response:
            headers = {name.lower(): value for name, value in response.getheaders()}
            body = _body(response, question.most_bytes)
            _check_whole(response.status, headers, len(body))
            return Answer(response.status, headers, body)


def _body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """Piece by piece, so that a huge answer is not taken in."""
    pieces = bytearray()
    try:
        while piece := response.read1(PIECE):
            pieces += piece
            if len(pieces) > most_bytes:
                raise LineFault(Trouble.TOO_LONG, len(pieces))
    except LineFault as fault:
        raise LineFault(fault.trouble, len(pieces)) from fault
    return bytes(pieces)


def _check_whole(status: int, headers: Mapping[str, str], size: int) -> None:
    """An answer that says how long it is has that length."""
    promised = headers.get("content-length")
    if promised is None or status in BODILESS:
        return
    count = count_of(promised)
    if count is None or size < count:
        raise LineFault(Trouble.BROKEN, size)


def count_of(said: str) -> int | None:
    """A number that a header names, or None where it is no number or has more digits than any true one."""
    plain = said.strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= LONGEST_COUNT else None


# ---- sockets that look at the clock --------------------------------------------------------------------------------


class _Hurried(socket.socket):
    """Every step asks first how much time is left."""

    deadline: Deadline

    def recv_into(self, *given, **named):  # hands on whatever it is given
        self.settimeout(self.deadline.left())
        return super().recv_into(*given, **named)

    def send(self, *given, **named):
        self.settimeout(self.deadline.left())
        return super().send(*given, **named)

    def sendall(self, *given, **named):
        self.settimeout(self.deadline.left())
        return super().sendall(*given, **named)


class _HurriedTls(_Hurried, ssl.SSLSocket):
    """The same under TLS: its `sendall` is many a `send`."""


def _connected(host: str, port: int, *, secure: bool, deadline: Deadline) -> socket.socket:
    raw = _dialled(host, port, deadline)
    sock: _Hurried
    try:
        if secure:
            context = ssl.create_default_context()
            context.sslsocket_class = _HurriedTls
            raw.settimeout(deadline.left())  # of the whole handshake
            sock = context.wrap_socket(raw, server_hostname=host)  # type: ignore[assignment] # of the class named above
        else:
            sock = _Hurried(fileno=raw.detach())
    finally:
        raw.close()  # what was handed on is no longer its own
    sock.deadline = deadline
    return sock


def _dialled(host: str, port: int, deadline: Deadline) -> socket.socket:
    """The first of its addresses that answers; all of them together have no more time than one."""
    fault = OSError("the name has no address")
    for *_kind, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection((str(place[0]), port), timeout=deadline.left())
        except OSError as met:
            fault = met
    raise fault
