"""The list fetched over a real line, with everything that a line and a partner can do to it."""

import json
import ssl
import threading
from time import monotonic
from types import SimpleNamespace

import pytest

from mingcha.exchange.partners.regulation_list import Clockwork, Connection, Unanswered, client, fetch_items
from mingcha.kit.errors import Refused
from tests.exchange import loopback, raw
from tests.exchange.regulation_list import fake as fakes
from tests.exchange.regulation_list.fake import Fake, Listed, contract

ORGANISATION = "11990000000000001X"
ITEMS = [*contract("page-1.json")["items"], *contract("page-2.json")["items"]]


@pytest.fixture
def listed() -> Listed:
    return Listed("20261120-0800", ITEMS)


@pytest.fixture
def fake(listed):
    with fakes.serving() as running:
        running.lists[ORGANISATION] = listed
        yield running


@pytest.fixture
def time():
    """A clock that moves only while somebody sleeps."""
    kept = SimpleNamespace(now=0.0, slept=[])

    def sleep(seconds: float) -> None:
        kept.slept.append(seconds)
        kept.now += seconds

    kept.works = Clockwork(sleep, lambda: kept.now, 100.0)
    return kept


def line_to(fake: Fake, token: str = fakes.TOKEN, timeout: float = 5.0) -> Connection:
    return Connection(fake.address, token, timeout)


def refused(fake: Fake, time, **changes) -> str:
    with pytest.raises(Refused) as refusal:
        fetch_items(line_to(fake, **changes), ORGANISATION, clockwork=time.works)
    return refusal.value.reason


# proves S1-01
def test_a_whole_list_comes_in_one_page_or_in_several(fake, listed, time):
    for size, asked in ((200, [1]), (2, [1, 2]), (1, [1, 2, 3])):
        fake.page_size = size
        fake.asked.clear()
        fetched = fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
        assert (fetched.items, fetched.edition, fetched.etag) == (ITEMS, listed.edition, listed.etag)
        assert fake.pages_asked() == asked


def test_the_request_is_the_one_that_the_contract_names(fake, time):
    fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
    path, headers = fake.asked[0]
    assert path == f"/v1/organisations/{ORGANISATION}/items?page=1&size=200"
    assert headers["Authorization"] == f"Bearer {fakes.TOKEN}"
    assert headers["Accept"] == "application/json"
    assert "If-None-Match" not in headers


def test_a_base_address_keeps_its_path(fake, time):
    with pytest.raises(Refused):
        fetch_items(Connection(f"{fake.address}/gate/", fakes.TOKEN), "a/../b?c", clockwork=time.works)
    assert fake.asked[0][0].startswith("/gate/v1/organisations/a%2F..%2Fb%3Fc/items?")


def test_a_list_that_we_have_is_not_sent_again(fake, listed, time):
    assert fetch_items(line_to(fake), ORGANISATION, etag=listed.etag, clockwork=time.works) is None
    assert fetch_items(line_to(fake), ORGANISATION, etag='"older"', clockwork=time.works) is not None


def test_an_answer_of_nothing_new_counts_only_if_it_was_asked_for(fake, time):
    fake.faults.append(fakes.with_body(b"", status=304))
    assert "JSON" in refused(fake, time)


def test_a_wrong_token_stops_at_once_and_is_never_repeated_in_words(fake, time):
    reason = refused(fake, time, token="a-wrong-token")
    assert "令牌" in reason
    assert "a-wrong-token" not in reason
    assert len(fake.asked) == 1
    assert "a-wrong-token" not in repr(line_to(fake, token="a-wrong-token"))


def test_an_unknown_organisation_names_the_code_as_the_thing_to_compare(fake, time):
    fake.lists.clear()
    assert "机构代码" in refused(fake, time)


@pytest.mark.parametrize("status", sorted(client.BUSY))
def test_a_busy_system_is_asked_again_after_growing_pauses(fake, time, status):
    fake.faults.extend([fakes.busy(status), fakes.busy(status), fakes.busy(status)])
    assert fetch_items(line_to(fake), ORGANISATION, clockwork=time.works).items == ITEMS
    assert time.slept == [1.0, 2.0, 4.0]


def test_a_system_that_stays_busy_is_left_alone_after_four_attempts(fake, time):
    fake.faults.extend([fakes.busy(429)] * 9)
    with pytest.raises(Unanswered, match="试了 4 次"):
        fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
    assert len(fake.asked) == client.ATTEMPTS


@pytest.mark.parametrize(("said", "slept"), [("7", 7.0), ("0", 0.0), ("99999", 30.0), ("soon", 1.0), ("-5", 1.0)])
def test_the_pause_it_asks_for_is_kept_within_bounds(fake, time, said, slept):
    fake.faults.append(fakes.busy(429, Retry_After=said))
    fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
    assert time.slept == [slept]


def test_patience_is_for_the_whole_list(fake, time):
    fake.faults.extend([fakes.busy(429, Retry_After="30")] * 9)
    time.works = Clockwork(time.works.sleep, time.works.clock, 40.0)
    assert "试了 2 次" in refused(fake, time)
    assert time.slept == [30.0]


@pytest.mark.parametrize("fault", [fakes.half_a_body, fakes.half_a_chunk, loopback.hung_up])
def test_a_broken_off_answer_is_asked_for_again(fake, time, fault):
    fake.faults.append(fault)
    assert fetch_items(line_to(fake), ORGANISATION, clockwork=time.works).items == ITEMS
    fake.faults.extend([fault] * client.ATTEMPTS)
    assert refused(fake, time)


def test_a_silent_system_is_not_waited_for(fake, time):
    over = threading.Event()
    fake.faults.extend([loopback.silent(over)] * client.ATTEMPTS)
    reason = refused(fake, time, timeout=0.05)
    over.set()
    assert "0.05 秒没有回答" in reason


def test_a_dripping_answer_ends_with_the_patience(fake, time):
    def drip(request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        for _step in range(50):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.now += 10

    fake.faults.append(drip)
    assert "回答太慢" in refused(fake, time)


@pytest.mark.parametrize("talk", raw.WITHOUT_END.values(), ids=raw.WITHOUT_END)
def test_a_system_that_never_ends_its_answer_is_left_with_words(talk):
    works = Clockwork(lambda _seconds: None, monotonic, 0.2)
    with raw.talking(talk) as address, pytest.raises(Unanswered, match="回答太慢"):
        fetch_items(Connection(address, fakes.TOKEN), ORGANISATION, clockwork=works)


@pytest.mark.parametrize("head", raw.SILLY.values(), ids=raw.SILLY)
def test_a_silly_head_becomes_words_and_no_crash(time, head):
    with raw.talking(raw.answering(head)) as address, pytest.raises(Unanswered, match="回答不完整"):
        fetch_items(Connection(address, fakes.TOKEN), ORGANISATION, clockwork=time.works)


def test_an_absurd_pause_is_no_pause_and_no_crash(fake, time):
    fake.faults.append(fakes.busy(429, Retry_After="9" * 5000))
    fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
    assert time.slept == [1.0]


def test_nobody_listening_is_said_in_words(time):
    with fakes.serving() as fake:
        address = fake.address
    with pytest.raises(Unanswered, match="连接不上"):
        fetch_items(Connection(address, fakes.TOKEN), ORGANISATION, clockwork=time.works)


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[" * 100_000, b'{"edition": ' + b"9" * 5000 + b"}"])
def test_broken_json_stops_the_reading(fake, time, body):
    fake.faults.append(fakes.with_body(body))
    assert "第 1 页不" in refused(fake, time)
    assert len(fake.asked) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"edition": None},
        {"edition": 7},
        {"page": 2},
        {"page": True},
        {"pages": -1},
        {"pages": "1"},
        {"pages": 10**9},
        {"total": 1.5},
        {"items": {}},
        {"items": ["text"]},
        {"items": [{}] * 201},
    ],
)
def test_a_page_that_breaks_the_contract_stops_the_reading(fake, time, changes):
    page = {"edition": "1", "page": 1, "pages": 1, "total": 0, "items": [], **changes}
    fake.faults.append(fakes.with_body(json.dumps(page).encode()))
    assert "接口约定" in refused(fake, time)


def test_a_page_without_its_edition_is_an_example_of_that(fake, time):
    fake.faults.append(fakes.with_body(json.dumps(contract("no-edition.json")).encode()))
    assert "接口约定" in refused(fake, time)


def test_a_list_that_changes_under_way_is_read_anew(fake, time):
    fake.page_size = 2
    newer = Listed("20261120-0801", [*ITEMS[:2], {**ITEMS[2], "task_name": "改过的名称"}])
    fake.faults.extend([None, fakes.changed_to(newer)])
    fetched = fetch_items(line_to(fake), ORGANISATION, clockwork=time.works)
    assert (fetched.edition, fetched.items, fetched.etag) == (newer.edition, newer.items, newer.etag)
    assert fake.pages_asked() == [1, 2, 1, 2]


def test_a_list_that_never_stops_changing_is_given_up(fake, time):
    fake.page_size = 2
    for number in range(3):
        fake.faults.extend([None, fakes.changed_to(Listed(f"other-{number}", ITEMS))])
    assert "一直在变" in refused(fake, time)


def test_fewer_items_than_promised_are_no_list(fake, time):
    page = {"edition": "1", "page": 1, "pages": 1, "total": 5, "items": ITEMS}
    fake.faults.append(fakes.with_body(json.dumps(page).encode()))
    assert "有 5 项，给了 3 项" in refused(fake, time)


def test_an_endless_answer_is_cut_off(fake, time, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 2**20)
    fake.faults.append(fakes.with_body(b" " * (2**20 + 1)))
    assert "超过 1 MB" in refused(fake, time)


def test_a_redirection_is_not_followed_with_the_token(fake, time):
    with fakes.serving() as elsewhere:
        fake.faults.append(fakes.with_body(b"", status=302, Location=elsewhere.address))
        assert "302" in refused(fake, time)
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://list.example.invalid",
        "ftp://127.0.0.1/",
        "https://",
        "https://user:word@list.example.invalid/",
        "https://list.example.invalid/?a=b",
        "https://list.example.invalid:99999/",
        "list.example.invalid",
    ],
)
def test_a_token_goes_over_no_open_line_and_to_no_odd_address(time, address):
    with pytest.raises(Refused, match="接口地址不对"):
        fetch_items(Connection(address, fakes.TOKEN), ORGANISATION, clockwork=time.works)


@pytest.mark.parametrize("token", ["", "two\nlines", "令牌"])
def test_a_token_that_cannot_be_sent_is_refused(fake, time, token):
    assert "令牌" in refused(fake, time, token=token)
    assert fake.asked == []


def test_without_an_address_nothing_is_fetched(time):
    with pytest.raises(Refused, match="没有配置"):
        fetch_items(Connection("", ""), ORGANISATION, clockwork=time.works)


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_vouched_one_taken(time, listed, monkeypatch):
    with fakes.serving(tls=True) as fake:
        fake.lists[ORGANISATION] = listed
        assert "证书" in refused(fake, time)
        assert fake.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(loopback.CERTIFICATE))
        assert fetch_items(line_to(fake), ORGANISATION, clockwork=time.works).items == ITEMS
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED
