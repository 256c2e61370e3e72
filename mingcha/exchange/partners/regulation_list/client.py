"""Fetches a unit's list by the written contract (docs/contracts/regulation-list.md). Standard library only.

Everything is bounded: attempts, waiting, pages, bytes, and the time for the whole list. Nothing is followed elsewhere:
a redirection would carry the token to another host.
"""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.utils.translation import gettext as _

from mingcha.exchange.lines import Answer, Deadline, LineFault, Question, Trouble, ask, count_of
from mingcha.kit.errors import Refused

ATTEMPTS = 4
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
RESTARTS = 2
A_PAGE = 200
MOST_PAGES = 500
MOST_BYTES = 64 * 2**20  # of the whole list, attempts included
BUSY = frozenset({429, 500, 502, 503, 504})
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Connection:
    """Where the superior system answers, as the operator wrote it down; an empty address: not connected."""

    address: str
    token: str = field(repr=False)
    timeout: float = 10.0

    @property
    def is_configured(self) -> bool:
        return bool(self.address)


@dataclass(frozen=True)
class Clockwork:
    """Waiting and measuring, handed in so that tests need not wait; `patience` is for the whole list, in seconds."""

    sleep: Callable[[float], None]
    clock: Callable[[], float]
    patience: float


@dataclass(frozen=True)
class Fetched:
    """A whole list: one state of it on all pages."""

    items: list[Mapping[str, object]]
    edition: str
    etag: str


class Unanswered(Refused):
    """The other side did not answer, however often it was asked."""


class _Transient(Exception):
    """Worth another attempt, after `pause` seconds if the other side said so."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.pause = reason, pause


class _Moved(Exception):
    """The list changed between two pages."""


def fetch_items(
    connection: Connection, organisation_code: str, *, etag: str = "", clockwork: Clockwork
) -> Fetched | None:
    """A unit's whole list, or None where it is still in the state that `etag` names."""
    check_connection(connection)
    until = clockwork.clock() + clockwork.patience
    for _attempt in range(RESTARTS + 1):
        try:
            return _Reader(connection, organisation_code, clockwork, until).whole_list(etag)
        except _Moved:
            continue
    raise Refused(_("上级系统的清单在读取时一直在变，过一会儿再同步"))


def check_connection(connection: Connection) -> None:
    """Refuse to send a token over a line that anybody can read, or to no place at all."""
    if not connection.is_configured:
        raise Refused(_("没有配置上级系统的接口，导入它导出的文件；要自动同步，由运维人员填写接口地址和令牌"))
    parts = urlsplit(connection.address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not (secure and parts.hostname and _has_good_port(connection.address)) or "@" in parts.netloc or parts.query:
        raise Refused(_("上级系统的接口地址不对：应以 https:// 开头，不带账号和问号，由运维人员改正"))
    if not (connection.token and connection.token.isascii() and connection.token.isprintable()):
        raise Refused(_("上级系统的令牌是空的或者有不该有的字符，由运维人员填写"))


def _has_good_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


class _Reader:
    """One reading of one list."""

    def __init__(self, connection: Connection, organisation_code: str, clockwork: Clockwork, until: float) -> None:
        self.connection, self.clockwork, self.until = connection, clockwork, until
        self.size = 0
        self.parts = urlsplit(connection.address)
        self.path = f"{self.parts.path.rstrip('/')}/v1/organisations/{quote(organisation_code, safe='')}/items"

    def whole_list(self, etag: str) -> Fetched | None:
        """Page by page; every page names the same state of the list, or the reading begins anew."""
        answer = self._page(1, etag)
        if etag and answer.status == http.client.NOT_MODIFIED:
            return None
        first = _read_page(answer.body, number=1)
        items, tag = list(first["items"]), answer.headers.get("etag", "")
        for number in range(2, first["pages"] + 1):
            answer = self._page(number)
            page = _read_page(answer.body, number=number)
            if (page["edition"], page["total"], page["pages"]) != (first["edition"], first["total"], first["pages"]):
                raise _Moved
            items += page["items"]
        if len(items) != first["total"]:
            raise Refused(
                _("上级系统说有 %(total)d 项，给了 %(given)d 项，过一会儿再同步；仍然如此，请上级系统检查接口")
                % {"total": first["total"], "given": len(items)}
            )
        return Fetched(items, first["edition"], tag[:200])

    def _page(self, number: int, etag: str = "") -> Answer:
        """One page, with another attempt where it may help."""
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _accepted(self._answer(number, etag))
            except _Transient as fault:
                wait = min(pause if fault.pause is None else fault.pause, LONGEST_PAUSE)
                if attempt == ATTEMPTS or self.clockwork.clock() + wait > self.until:
                    raise Unanswered(
                        _("上级系统没有给出清单：%(reason)s。试了 %(count)d 次，过一会儿再同步")
                        % {"reason": fault.reason, "count": attempt}
                    ) from fault
                self.clockwork.sleep(wait)
                pause *= 2
        raise AssertionError("the last attempt returns or refuses")

    def _answer(self, number: int, etag: str) -> Answer:
        """Ask once; whatever the line does becomes a reason."""
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self.connection.token}"}
        if etag:
            headers["If-None-Match"] = etag
        path = f"{self.path}?{urlencode({'page': number, 'size': A_PAGE})}"
        question = Question("GET", path, headers, MOST_BYTES - self.size)
        deadline = Deadline(self.clockwork.clock, self.until, self.connection.timeout)
        try:
            answer = ask(self.parts, question, deadline=deadline)
        except LineFault as fault:
            self.size += fault.size
            raise _reason_of(fault.trouble, self.connection) from fault
        self.size += len(answer.body)
        return answer


def _reason_of(trouble: Trouble, connection: Connection) -> Exception:
    """What another attempt may mend, and what not."""
    if trouble is Trouble.UNTRUSTED:
        return Refused(_("上级系统的证书不可信，没有连接；由运维人员核对接口地址和证书"))
    if trouble is Trouble.TOO_LONG:
        return Refused(_("上级系统的回答超过 %d MB，请上级系统检查接口") % (MOST_BYTES // 2**20))
    words = {
        Trouble.UNREACHED: _("连接不上"),
        Trouble.SILENT: _("等了 %g 秒没有回答") % connection.timeout,
        Trouble.SLOW: _("回答太慢"),
        Trouble.BROKEN: _("回答不完整"),
    }
    return _Transient(words[trouble])


def _accepted(answer: Answer) -> Answer:
    """An answer that can be read; a refusal says whose turn it is."""
    if answer.status in (http.client.OK, http.client.NOT_MODIFIED):
        return answer
    if answer.status in BUSY:
        said = count_of(answer.headers.get("retry-after", ""))
        raise _Transient(_("它正忙（%d）") % answer.status, said)
    if answer.status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        raise Refused(_("上级系统不认这个令牌（%d），由运维人员换上有效的令牌") % answer.status)
    if answer.status == http.client.NOT_FOUND:
        raise Refused(_("上级系统没有这个机构代码的清单，核对部门的统一社会信用代码两边是否一致"))
    raise Refused(_("上级系统的回答不在接口约定里（%d），由运维人员核对接口地址") % answer.status)


def _read_page(body: bytes, *, number: int) -> dict[str, Any]:
    """The JSON of one page, as far as the contract promises it."""
    try:
        page = json.loads(body.decode())
    except (ValueError, RecursionError) as fault:
        raise Refused(_("上级系统的第 %d 页不是完整的 JSON，请上级系统检查接口") % number) from fault
    if not (isinstance(page, dict) and _keeps_contract(page, number)):
        raise Refused(_("上级系统的第 %d 页不合接口约定，请上级系统检查接口") % number)
    return page


def _keeps_contract(page: Mapping[str, Any], number: int) -> bool:
    counts = (page.get("page"), page.get("pages"), page.get("total"))
    items = page.get("items")
    return (
        isinstance(page.get("edition"), str)
        and all(type(count) is int and count >= 0 for count in counts)
        and counts[0] == number
        and page["pages"] <= MOST_PAGES
        and isinstance(items, list)
        and len(items) <= A_PAGE
        and all(isinstance(item, dict) for item in items)
    )
