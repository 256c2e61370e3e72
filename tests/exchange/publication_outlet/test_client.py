"""One content sent over a real line, with everything that a line and an outlet can do to it."""

import json
import threading
import time
from datetime import timedelta

import pytest

from mingcha.exchange.partners.publication_outlet import Clockwork, Connection, Posted, SentBack, Unanswered, client
from mingcha.exchange.partners.publication_outlet import send as send_content
from mingcha.kit.digests import sha256_hex
from tests.exchange import loopback, raw
from tests.exchange.publication_outlet import fake as fakes
from tests.exchange.publication_outlet.fake import Fake

BODY = '{"title":"示范清单"}'.encode()
DIGEST = sha256_hex(BODY)
KEY = f"ITEM_LIST.11990000000000001X.1.1.{DIGEST}"
WORKS = Clockwork(lambda: 0.0, 10.0)


@pytest.fixture
def fake():
    with fakes.serving() as running:
        yield running


def send(fake: Fake, *, address: str = "", token: str = fakes.TOKEN, timeout: float = 5.0, works=WORKS) -> Posted:
    connection = Connection(address or fake.address, token, timeout)
    return send_content(connection, key=KEY, body=BODY, digest=DIGEST, clockwork=works)


def unanswered(fake: Fake, **changes) -> str:
    with pytest.raises(Unanswered) as refusal:
        send(fake, **changes)
    return refusal.value.reason


def test_what_is_sent_is_put_up_and_comes_back_with_number_and_address(fake):
    assert send(fake) == Posted("公示〔2026〕1号", "https://outlet.example.invalid/lists/1")
    assert fake.put_up == {KEY: BODY}


def test_the_request_is_the_one_that_the_contract_names(fake):
    send(fake, address=f"{fake.address}/gate/")
    path, headers, body = fake.asked[0]
    assert (path, body) == ("/gate/v1/editions", BODY)
    assert headers["Authorization"] == f"Bearer {fakes.TOKEN}"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["Idempotency-Key"] == KEY
    assert headers["Content-Digest"].startswith("sha-256=:")


def test_the_same_key_again_is_put_up_once_and_gives_the_same_receipt(fake):
    assert send(fake) == send(fake)
    assert len(fake.put_up) == 1
    assert len(fake.asked) == 2


def test_a_receipt_that_was_lost_on_the_way_is_given_again(fake):
    fake.faults.append(fakes.taken_and_hung_up)
    unanswered(fake)
    assert send(fake).number == "公示〔2026〕1号"
    assert len(fake.put_up) == 1


@pytest.mark.parametrize("status", sorted(client.SENT_BACK))
def test_what_the_outlet_sends_back_comes_with_its_own_words(fake, status):
    fake.faults.append(fakes.saying(status, {"error": "第 2 项\n没有依据\u0007"}))
    with pytest.raises(SentBack, match=f"渠道退回（{status}）：第 2 项 没有依据"):
        send(fake)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": 7}'])
def test_what_is_sent_back_without_a_reason_says_so(fake, body):
    fake.faults.append(fakes.with_body(body, status=422))
    with pytest.raises(SentBack, match="没有说明理由"):
        send(fake)


@pytest.mark.parametrize("status", sorted(client.BUSY))
def test_a_busy_outlet_is_left_for_later(fake, status):
    fake.faults.append(fakes.saying(status, {"error": "busy"}))
    assert str(status) in unanswered(fake)


@pytest.mark.parametrize(
    ("said", "wait"),
    [("120", timedelta(minutes=2)), ("9999999999", timedelta(days=1)), ("soon", None), ("-5", None), ("²", None)],
)
def test_the_pause_that_it_asks_for_is_handed_on_within_bounds(fake, said, wait):
    def busy(request) -> None:
        request.raw(429, b"{}", **{"Retry_After": said.encode("latin-1").decode("latin-1")})

    fake.faults.append(busy)
    with pytest.raises(Unanswered) as refusal:
        send(fake)
    assert refusal.value.wait == wait


def test_a_wrong_token_is_said_and_never_repeated_in_words(fake):
    reason = unanswered(fake, token="a-wrong-token")
    assert "令牌" in reason
    assert "a-wrong-token" not in reason
    assert "a-wrong-token" not in repr(Connection(fake.address, "a-wrong-token"))


def test_an_outlet_that_says_the_token_aloud_is_not_quoted(fake):
    fake.faults.append(fakes.saying(400, {"error": f"Bearer {fakes.TOKEN} ?"}))
    with pytest.raises(SentBack) as refusal:
        send(fake)
    assert fakes.TOKEN not in refusal.value.reason


@pytest.mark.parametrize("fault", [fakes.half_a_body, loopback.hung_up])
def test_a_broken_off_answer_is_no_receipt(fake, fault):
    fake.faults.append(fault)
    assert unanswered(fake)


def test_a_silent_outlet_is_not_waited_for(fake):
    over = threading.Event()
    fake.faults.append(loopback.silent(over))
    reason = unanswered(fake, timeout=0.05)
    over.set()
    assert "0.05 秒没有回答" in reason


def test_a_dripping_answer_ends_with_the_patience(fake):
    ticks = iter(range(0, 1000, 6))

    def drip(request) -> None:
        request.send_response(201)
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        for _step in range(20):
            request.wfile.write(b" ")
            request.wfile.flush()

    fake.faults.append(drip)
    assert "太慢" in unanswered(fake, works=Clockwork(lambda: next(ticks), 5.0))


def test_an_endless_answer_is_cut_off(fake):
    fake.faults.append(fakes.with_body(b" " * (client.MOST_BYTES + 1)))
    assert "超过 64 KB" in unanswered(fake)


def test_nobody_listening_is_said_in_words():
    with fakes.serving() as gone:
        pass
    assert "连接不上" in unanswered(gone)


@pytest.mark.parametrize("talk", raw.WITHOUT_END.values(), ids=raw.WITHOUT_END)
def test_an_outlet_that_never_ends_its_answer_is_left_with_words(talk):
    with raw.talking(talk) as address:
        reason = unanswered(Fake(), address=address, works=Clockwork(time.monotonic, 0.2))
    assert "太慢，0.2 秒没有答完" in reason


@pytest.mark.parametrize("head", raw.SILLY.values(), ids=raw.SILLY)
def test_a_silly_head_becomes_words_and_no_crash(head):
    with raw.talking(raw.answering(head)) as address:
        assert "不完整" in unanswered(Fake(), address=address)


def test_an_absurd_pause_is_no_pause_and_no_crash():
    head = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " + raw.DIGITS
    with raw.talking(raw.answering(head)) as address, pytest.raises(Unanswered, match="503") as refusal:
        send(Fake(), address=address)
    assert refusal.value.wait is None


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "another"},
        {"sha256": "0" * 64},
        {"number": None},
        {"number": ""},
        {"number": "1" * 121},
        {"number": "1\n2"},
        {"address": 7},
        {"address": "javascript:alert(1)"},
        {"address": "https://user@outlet.example.invalid/"},
    ],
)
def test_a_receipt_that_breaks_the_contract_is_no_receipt(fake, changes):
    fake.faults.append(fakes.receipt_with(**changes))
    assert "回执" in unanswered(fake)


def test_a_receipt_may_come_before_the_address_is_known(fake):
    fake.faults.append(fakes.receipt_with(number=" 7 "))
    assert send(fake) == Posted("7", "")


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[" * 60_000, json.dumps([1]).encode()])
def test_a_broken_receipt_is_no_receipt(fake, body):
    fake.faults.append(fakes.with_body(body))
    assert "对不上" in unanswered(fake)


@pytest.mark.parametrize("status", [202, 204, 302, 404, 418])
def test_what_is_not_in_the_contract_is_no_receipt_and_no_redirection_is_followed(fake, status):
    with fakes.serving() as elsewhere:
        fake.faults.append(fakes.saying(status, {}, Location=elsewhere.address))
        assert unanswered(fake)
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://outlet.example.invalid",
        "ftp://127.0.0.1/",
        "https://",
        "https://user:word@outlet.example.invalid/",
        "https://outlet.example.invalid/?a=b",
        "https://outlet.example.invalid:99999/",
        "outlet.example.invalid",
    ],
)
def test_a_token_goes_over_no_open_line_and_to_no_odd_address(fake, address):
    assert "接口地址不对" in unanswered(fake, address=address)


@pytest.mark.parametrize("token", ["", "two\nlines", "令牌"])
def test_a_token_that_cannot_be_sent_is_refused(fake, token):
    assert "令牌" in unanswered(fake, token=token)
    assert fake.asked == []


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_vouched_one_taken(monkeypatch):
    with fakes.serving(tls=True) as fake:
        assert "证书" in unanswered(fake)
        assert fake.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(loopback.CERTIFICATE))
        assert send(fake).number
