"""Sends one content to one outlet, once, by the written contract (docs/contracts/publication-outlet.md).

Standard library only. Everything is bounded: waiting, bytes, the time for the whole exchange. Another try is the
ledger's business, not this one's; the key makes it harmless. Nothing is followed elsewhere: a redirection would carry
the token to another host.
"""

import base64
import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from mingcha.domain.outlets.rules import LONGEST_NUMBER, is_address
from mingcha.exchange.lines import Answer, Deadline, LineFault, Question, Trouble, ask, count_of
from mingcha.kit.errors import Refused

MOST_BYTES = 2**16  # of an answer: a receipt, or a sentence
LONGEST_WORDS = 300
LONGEST_WAIT = 24 * 60 * 60
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
TAKEN = frozenset({http.client.OK, http.client.CREATED})
SENT_BACK = frozenset(
    {
        http.client.BAD_REQUEST,
        http.client.CONFLICT,
        http.client.REQUEST_ENTITY_TOO_LARGE,
        http.client.UNPROCESSABLE_ENTITY,
    }
)
BUSY = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Connection:
    """Where an outlet answers."""

    address: str
    token: str = field(repr=False)
    timeout: float = 10.0


@dataclass(frozen=True)
class Clockwork:
    """Measuring, handed in so that tests need not wait; `patience` is for one exchange, in seconds."""

    clock: Callable[[], float]
    patience: float


@dataclass(frozen=True)
class Posted:
    """What the outlet says of what it has put up: its own number, and where it can be read (empty: not yet known)."""

    number: str
    address: str


class Unanswered(Refused):
    """No usable answer; `wait` is how long the outlet asked to be left alone."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class SentBack(Refused):
    """The outlet will not have it, and says why; sending the same again changes nothing."""


def send(connection: Connection, *, key: str, body: bytes, digest: str, clockwork: Clockwork) -> Posted:
    """Put one content up under its key; the same key again gives the same receipt."""
    check_connection(connection)
    answer = _ask(connection, key=key, body=body, digest=digest, clockwork=clockwork)
    if answer.status in TAKEN:
        return _receipt(answer.body, key=key, digest=digest)
    if answer.status in SENT_BACK:
        words = _words_of(answer, secret=connection.token)
        raise SentBack(_("渠道退回（%(status)d）：%(words)s") % {"status": answer.status, "words": words})
    if answer.status in BUSY:
        raise Unanswered(_("渠道正忙（%d）") % answer.status, _wait_of(answer))
    if answer.status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        raise Unanswered(_("渠道不认这个令牌（%d），由运维人员换上有效的令牌") % answer.status)
    raise Unanswered(_("渠道的回答不在接口约定里（%d），由运维人员核对接口地址") % answer.status)


def check_connection(connection: Connection) -> None:
    """Refuse to send a token over a line that anybody can read, or to no place at all."""
    parts = urlsplit(connection.address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (secure and parts.hostname and _has_good_port(connection.address)) or "@" in parts.netloc or parts.query:
        raise Unanswered(_("渠道的接口地址不对：应以 https:// 开头，不带账号和问号，由运维人员改正"))
    if not (connection.token and connection.token.isascii() and connection.token.isprintable()):
        raise Unanswered(_("渠道的令牌是空的或者有不该有的字符，由运维人员填写"))


def _has_good_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _ask(connection: Connection, *, key: str, body: bytes, digest: str, clockwork: Clockwork) -> Answer:
    """One exchange; whatever the line does becomes a reason."""
    place = urlsplit(connection.address)
    headers = {
        "Accept": "application/json",
        "Authorization": f"Bearer {connection.token}",
        "Content-Type": "application/json; charset=utf-8",
        "Content-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:",
        "Idempotency-Key": key,
    }
    question = Question("POST", f"{place.path.rstrip('/')}/v1/editions", headers, MOST_BYTES, body)
    until = clockwork.clock() + clockwork.patience
    try:
        return ask(place, question, deadline=Deadline(clockwork.clock, until, connection.timeout))
    except LineFault as fault:
        raise Unanswered(_words_for(fault.trouble, connection, clockwork)) from fault


def _words_for(trouble: Trouble, connection: Connection, clockwork: Clockwork) -> str:
    words = {
        Trouble.UNTRUSTED: _("渠道的证书不可信，没有连接；由运维人员核对接口地址和证书"),
        Trouble.UNREACHED: _("渠道连接不上"),
        Trouble.SILENT: _("等了 %g 秒没有回答") % connection.timeout,
        Trouble.SLOW: _("渠道的回答太慢，%g 秒没有答完") % clockwork.patience,
        Trouble.BROKEN: _("渠道的回答不完整"),
        Trouble.TOO_LONG: _("渠道的回答超过 %d KB，由渠道检查接口") % (MOST_BYTES // 2**10),
    }
    return words[trouble]


def _receipt(body: bytes, *, key: str, digest: str) -> Posted:
    """A receipt counts only for what was sent: it names the key and the digest."""
    given = _json_of(body)
    if given.get("key") != key or given.get("sha256") != digest:
        raise Unanswered(_("渠道的回执不是这一份的（key、sha256 对不上），由渠道检查接口"))
    number, address = given.get("number"), given.get("address")
    good_number = isinstance(number, str) and 0 < len(number.strip()) <= LONGEST_NUMBER and number.isprintable()
    good_address = address is None or (isinstance(address, str) and is_address(address))
    if not (good_number and good_address):
        raise Unanswered(_("渠道的回执不合接口约定（number、address），由渠道检查接口"))
    return Posted(str(number).strip(), address or "")


def _words_of(answer: Answer, *, secret: str) -> str:
    """The outlet's own sentence, in one line and without our token, should it say that aloud."""
    said = _json_of(answer.body).get("error")
    words = " ".join(said.split()) if isinstance(said, str) else ""
    plain = "".join(sign for sign in words if sign.isprintable()).replace(secret, "***")
    return plain[:LONGEST_WORDS] or _("没有说明理由")


def _json_of(body: bytes) -> Mapping[str, Any]:
    try:
        given = json.loads(body.decode())
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _wait_of(answer: Answer) -> timedelta | None:
    """What it asks for, a day at most; what is no number, or a number of absurd length, asks for nothing."""
    seconds = count_of(answer.headers.get("retry-after", ""))
    return timedelta(seconds=min(seconds, LONGEST_WAIT)) if seconds is not None else None
