"""An outlet as the contract describes it, as a real HTTP server on loopback, with faults to be asked for."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.exchange import loopback
from tests.exchange.loopback import Fault, hung_up

TOKEN = "a-token-of-the-outlet"


@dataclass
class Fake(loopback.Fake):
    """What it has put up, what it was asked, what goes wrong next."""

    put_up: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, dict[str, str | None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def contents(self) -> list[dict]:
        return [json.loads(body) for body in self.put_up.values()]


class Request(loopback.Request):
    """A list that is to be put up."""

    def do_POST(self) -> None:
        self.sent = self.rfile.read(int(self.headers["Content-Length"]))
        self.fake.asked.append((self.path, dict(self.headers), self.sent))
        self.respond()

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


# ---- what may go wrong -------------------------------------------------------------------------------------------


def saying(status: int, body: object, **headers: str) -> Fault:
    return lambda request: request.answer(status, body, **headers)


def with_body(body: bytes, status: int = 201) -> Fault:
    return lambda request: request.raw(status, body)


def half_a_body(request: Request) -> None:
    request.raw(201, b'{"key": "1", "nu', length=4000)
    request.close_connection = True


def taken_and_hung_up(request: Request) -> None:
    """It is put up, and the receipt never arrives."""
    request.answer = lambda *words, **headers: None  # type: ignore[method-assign]
    request.faithful()
    hung_up(request)


def receipt_with(**changes: object) -> Fault:
    """Puts it up and gives a receipt that is not as the contract says."""

    def answer(request: Request) -> None:
        key = request.headers["Idempotency-Key"]
        good = {"key": key, "sha256": key.rpartition(".")[2], "number": "1", "address": None}
        request.answer(201, {**good, **changes})

    return answer


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Fake]:
    """A running outlet; its address is in the fake."""
    with loopback.serving(Fake(), Request, tls=tls) as fake:
        yield fake
