"""Every exchange comes to an end within its patience, and everything that goes wrong has a name."""

import ssl
import time
from urllib.parse import urlsplit

import pytest

from mingcha.exchange.lines import Answer, Deadline, LineFault, Question, Trouble, ask, count_of
from tests.exchange import raw

PATIENCE = 0.3
AMPLE = 8.0  # where the other side ends it, a busy machine must not be what runs out of time
SOON = 8.0  # without the deadline these tests take ten seconds or never end


def asked(
    address: str, *, body: bytes = b"{}", step: float = 5.0, patience: float = PATIENCE, most_bytes: int = 2**16
) -> Answer:
    deadline = Deadline(time.monotonic, time.monotonic() + patience, step)
    return ask(urlsplit(address), Question("POST", "/", {}, most_bytes, body), deadline=deadline)


def trouble(address: str, **changes) -> Trouble:
    began = time.monotonic()
    with pytest.raises(LineFault) as fault:
        asked(address, **changes)
    assert time.monotonic() - began < SOON
    return fault.value.trouble


# proves S4-16
@pytest.mark.parametrize("talk", raw.WITHOUT_END.values(), ids=raw.WITHOUT_END)
def test_an_answer_without_end_is_left_when_the_patience_is_over(talk):
    with raw.talking(talk) as address:
        assert trouble(address) is Trouble.SLOW


@pytest.mark.parametrize("head", raw.SILLY.values(), ids=raw.SILLY)
def test_a_silly_head_is_a_broken_answer_and_no_crash(head):
    with raw.talking(raw.answering(head, b"{}")) as address:
        assert trouble(address, patience=AMPLE) is Trouble.BROKEN


def test_one_that_says_nothing_is_silent_and_all_steps_together_have_one_patience():
    with raw.talking(raw.deaf) as address:
        assert trouble(address, step=0.05, patience=AMPLE) is Trouble.SILENT
        assert trouble(address) is Trouble.SLOW


def test_one_that_never_reads_what_is_sent_is_left_as_well():
    with raw.talking(raw.deaf) as address:
        assert trouble(address, body=b" " * 2**24) is Trouble.SLOW


def test_a_handshake_that_never_comes_is_left_as_well():
    with raw.talking(raw.deaf) as address:
        assert trouble(address.replace("http:", "https:")) is Trouble.SLOW


def test_one_that_speaks_no_tls_is_not_reached():
    with raw.talking(raw.answering(b"HTTP/1.1 200 OK")) as address:
        assert trouble(address.replace("http:", "https:")) in (Trouble.UNREACHED, Trouble.SLOW)
    assert issubclass(ssl.SSLError, OSError)


def test_a_name_with_many_addresses_has_no_more_time_than_one_with_a_single(monkeypatch):
    tried = []

    def dead(place, timeout):
        tried.append(timeout)
        time.sleep(timeout)
        raise TimeoutError

    place = (2, 1, 6, "", ("127.0.0.1", 1))
    monkeypatch.setattr("socket.getaddrinfo", lambda *_given, **_named: [place] * 1000)
    monkeypatch.setattr("socket.create_connection", dead)
    assert trouble("http://outlet.example.invalid", step=0.1) is Trouble.SLOW
    assert len(tried) < 6


def test_a_huge_answer_is_not_taken_in():
    with raw.talking(raw.answering(b"HTTP/1.1 200 OK", b" " * 2000)) as address:
        assert trouble(address, patience=AMPLE, most_bytes=1000) is Trouble.TOO_LONG


def test_a_whole_answer_is_handed_on():
    head = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\nX-A: b"
    with raw.talking(raw.answering(head, b"{}")) as address:
        answer = asked(address, patience=AMPLE)
    assert (answer.status, answer.headers["x-a"], answer.body) == (201, "b", b"{}")


@pytest.mark.parametrize(
    ("said", "count"),
    [("7", 7), (" 7 ", 7), ("9" * 12, 999_999_999_999), ("9" * 13, None), ("9" * 5000, None)]
    + [(word, None) for word in ("", "-1", "1.5", "²", "٣", "soon")],
)
def test_a_number_of_a_header_is_read_within_bounds(said, count):
    assert count_of(said) == count
