"""Another system that keeps to nothing: it writes whatever a test wants, on a real line, until the test is over."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Talk = Callable[[socket.socket, threading.Event], None]
STEP = 0.02


@contextmanager
def talking(talk: Talk) -> Iterator[str]:
    """Every caller is talked to in its own thread; gives the address."""
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))

    def answer(line: socket.socket) -> None:
        with line, suppress(OSError):
            talk(line, over)

    def listen() -> None:
        with suppress(OSError):
            while not over.is_set():
                threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        over.set()
        server.close()


def heard(line: socket.socket) -> None:
    """The question as far as it comes at once."""
    line.recv(65_536)


def saying_again(piece: bytes, *, first: bytes = b"") -> Talk:
    """A piece every moment, for ever: each reading is quick, the whole has no end."""

    def talk(line: socket.socket, over: threading.Event) -> None:
        heard(line)
        line.sendall(first)
        while not over.wait(STEP):
            line.sendall(piece)

    return talk


def answering(head: bytes, body: bytes = b"") -> Talk:
    """One answer, and the line is closed; what is still being asked is heard out, as closing on it would break the line
    before the answer is read."""

    def talk(line: socket.socket, _over: threading.Event) -> None:
        heard(line)
        line.sendall(head + b"\r\n\r\n" + body)
        line.shutdown(socket.SHUT_WR)
        while line.recv(65_536):
            pass

    return talk


def deaf(line: socket.socket, over: threading.Event) -> None:
    """Takes the call, neither reads nor speaks."""
    over.wait(10)


DIGITS = b"9" * 5000
WITHOUT_END = {
    "a head that drips": saying_again(b"X-A: 1\r\n", first=b"HTTP/1.1 200 OK\r\n"),
    "a line of the head that drips": saying_again(b"x", first=b"HTTP/1.1 200 OK\r\nX-A: "),
    "Continue without end": saying_again(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a body that drips": saying_again(b" ", first=b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
    "chunks that drip": saying_again(b"1\r\n \r\n", first=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    "trailers that drip": saying_again(
        b"X-A: 1\r\n", first=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    ),
}
SILLY = {
    "no HTTP": b"SSH-2.0-something",
    "a status of 5,000 digits": b"HTTP/1.1 " + DIGITS + b" OK",
    "a length of 5,000 digits": b"HTTP/1.1 200 OK\r\nContent-Length: " + DIGITS,
    "a length below nothing": b"HTTP/1.1 200 OK\r\nContent-Length: -1",
    "a length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: all",
    "a chunk of no length": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz",
    "a thousand headers": b"HTTP/1.1 200 OK" + b"\r\nX-A: 1" * 1000,
}
