"""From the ledger to the outlet and back, whatever happens in the middle."""

import itertools
import json
import time
from datetime import timedelta
from pathlib import Path

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.outlets import rules
from mingcha.domain.outlets.actions import send_again
from mingcha.domain.outlets.jobs import prepare_corrections, prepare_new_editions
from mingcha.domain.outlets.models import Delivery
from mingcha.exchange import jobs
from mingcha.exchange.partners.publication_outlet import Clockwork, delivering
from mingcha.kit.schedule import JOBS
from tests.conftest import NOON
from tests.exchange import loopback, raw
from tests.exchange.publication_outlet import fake as fakes
from tests.factories import laws
from tests.factories import outlets as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
CONTRACT = Path(__file__).parent / "contract"
WORKS = Clockwork(lambda: 0.0, 10.0)
MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """The worker's process is gone."""


@pytest.fixture
def fake(cast, settings, tmp_path, monkeypatch):
    """CREDIT_PUBLICITY has an interface, LOCAL_CREDIT has none."""
    demo_profile()
    monkeypatch.setenv("OUTLET_TOKEN", fakes.TOKEN)
    with fakes.serving() as running:
        path = tmp_path / "outlets.toml"
        path.write_text(
            f'[[outlet]]\ncode = "CREDIT_PUBLICITY"\naddress = "{running.address}"\ntoken_variable = "OUTLET_TOKEN"\n',
            encoding="utf-8",
        )
        settings.OUTLETS_FILE = path
        yield running


@pytest.fixture
def delivery(cast, fake):
    return make.prepared(cast)


def connect(settings, **addresses: str) -> None:
    """Write the file anew with these interfaces."""
    blocks = [
        f'[[outlet]]\ncode = "{code}"\naddress = "{address}"\ntoken_variable = "OUTLET_TOKEN"\n'
        for code, address in addresses.items()
    ]
    path = settings.OUTLETS_FILE.with_name("others.toml")
    path.write_text("".join(blocks), encoding="utf-8")
    settings.OUTLETS_FILE = path


def deliver(at=NOON) -> int:
    return delivering.deliver_due(works=WORKS, at=at)


def told(delivery: Delivery) -> Delivery:
    delivery.refresh_from_db()
    return delivery


# proves S4-16
def test_a_published_list_and_its_changes_are_put_up_by_themselves(cast, fake):
    first = make.edition(cast)
    prepare_new_editions(NOON)
    jobs.deliver_to_outlets(NOON)
    make.second_edition(cast, first)
    prepare_new_editions(NOON + MINUTE)
    jobs.deliver_to_outlets(NOON + MINUTE)
    assert [(content["edition"], len(content["changes"])) for content in fake.contents()] == [(1, 0), (2, 3)]
    put_up = Delivery.objects.filter(outlet="CREDIT_PUBLICITY").order_by("pk")
    assert [(row.state, row.receipt_number) for row in put_up] == [
        ("DELIVERED", "公示〔2026〕1号"),
        ("DELIVERED", "公示〔2026〕2号"),
    ]
    assert put_up[1].public_address == "https://outlet.example.invalid/lists/2"
    assert JOBS["mingcha.exchange.jobs.deliver_to_outlets"].interval == MINUTE


def test_what_is_sent_has_the_shape_of_the_example_in_the_contract(cast, fake):
    second = make.second_edition(cast, make.edition(cast))
    laws.freeze(second.items.get(code="M-03"), laws.law())
    prepare_new_editions(NOON)
    deliver()
    sent, example = fake.contents()[0], json.loads((CONTRACT / "edition.json").read_text(encoding="utf-8"))
    assert sent["items"][0] == example["items"][0]
    assert sent["changes"][0] == example["changes"][0]
    assert sent["suspended"] == example["suspended"]
    assert {**sent, "department": {**sent["department"], "code": ""}, "items": [], "changes": []} == {
        **example,
        "department": {**example["department"], "code": ""},
        "items": [],
        "changes": [],
    }
    receipt = json.loads((CONTRACT / "receipt.json").read_text(encoding="utf-8"))
    assert next(iter(fake.receipts.values())).keys() == receipt.keys()


def test_an_outlet_without_interface_waits_for_a_person(delivery, fake):
    deliver()
    by_hand = Delivery.objects.get(outlet="LOCAL_CREDIT")
    assert (by_hand.state, by_hand.tries) == ("WAITING", 0)
    assert len(fake.asked) == 1


def test_what_is_put_up_is_not_sent_again(delivery, fake):
    assert [deliver(), deliver(NOON + timedelta(days=2))] == [1, 0]
    assert len(fake.asked) == 1


def test_a_busy_outlet_is_tried_again_after_the_pause_it_asks_for(delivery, fake):
    fake.faults.append(fakes.saying(503, {}, Retry_After="600"))
    assert deliver() == 0
    assert told(delivery).next_try_at == NOON + timedelta(minutes=10)
    assert "503" in delivery.fault
    assert deliver(NOON + timedelta(minutes=9)) == 0
    assert deliver(NOON + timedelta(minutes=10)) == 1
    assert (told(delivery).state, delivery.fault, delivery.tries) == ("DELIVERED", "", 2)


def test_after_eight_tries_the_outlet_is_given_up_and_a_person_may_begin_anew(cast, delivery, fake):
    fake.faults.extend([fakes.saying(500, {})] * 8)
    at = NOON
    for _try in range(8):
        deliver(at)
        at = told(delivery).next_try_at or at
    assert (delivery.state, len(fake.asked)) == ("GIVEN_UP", 8)
    assert deliver(at + timedelta(days=9)) == 0
    send_again(delivery, by=cast.handler, at=at)
    assert deliver(at) == 1


def test_a_refusal_is_kept_in_the_outlets_words_and_not_repeated(delivery, fake):
    fake.faults.append(fakes.saying(422, {"error": "第 2 项没有依据"}))
    deliver()
    assert told(delivery).state == "REFUSED"
    assert "第 2 项没有依据" in delivery.fault
    assert deliver(NOON + timedelta(days=1)) == 0
    assert len(fake.asked) == 1


def test_a_worker_killed_after_the_outlet_took_it_puts_nothing_up_twice(delivery, fake, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(delivering, "note_delivered", raising(Killed))
        deliver()
    assert (told(delivery).state, delivery.tries) == ("WAITING", 1)
    assert deliver() == 0  # not while another worker may still be at it
    assert deliver(NOON + MINUTE) == 1
    assert (len(fake.asked), len(fake.put_up)) == (2, 1)
    assert told(delivery).receipt_number == "公示〔2026〕1号"


def test_a_worker_killed_before_anything_was_sent_leaves_it_to_the_next(delivery, fake, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(delivering, "send", raising(Killed))
        deliver()
    assert fake.asked == []
    assert deliver(NOON + MINUTE) == 1


def test_a_receipt_lost_on_the_line_is_asked_for_again(delivery, fake):
    fake.faults.append(fakes.taken_and_hung_up)
    assert deliver() == 0
    assert deliver(NOON + MINUTE) == 1
    assert len(fake.put_up) == 1


def test_a_silent_outlet_holds_up_no_other_and_is_asked_once_a_round(cast, delivery, fake):
    make.joint_list(cast, cast.market.itemlist_set.get())
    prepare_corrections(NOON)
    fake.faults.extend([loopback.hung_up] * 9)
    deliver()
    assert len(fake.asked) == 1


# proves S4-16
def test_an_outlet_that_never_ends_its_head_stops_neither_the_worker_nor_another_outlet(
    cast, delivery, fake, settings, monkeypatch
):
    monkeypatch.setattr(delivering, "PATIENCE", 1.0)
    with raw.talking(raw.WITHOUT_END["Continue without end"]) as address:
        connect(settings, CREDIT_PUBLICITY=address, LOCAL_CREDIT=fake.address)
        began = time.monotonic()
        jobs.deliver_to_outlets(NOON)
        assert time.monotonic() - began < 8
    assert (told(delivery).state, delivery.tries) == ("WAITING", 1)
    assert "没有答完" in delivery.fault
    assert Delivery.objects.get(outlet="LOCAL_CREDIT").is_delivered


def test_a_fault_of_the_program_holds_up_no_other_outlet_and_is_in_the_ledger(
    cast, delivery, fake, settings, monkeypatch
):
    connect(settings, CREDIT_PUBLICITY=f"{fake.address}/bad", LOCAL_CREDIT=fake.address)
    real = delivering.send

    def sometimes(connection, **named):
        if connection.address.endswith("/bad"):
            raise ValueError("anything")
        return real(connection, **named)

    monkeypatch.setattr(delivering, "send", sometimes)
    at = NOON
    for _try in range(rules.MOST_TRIES):
        deliver(at)
        at = told(delivery).next_try_at or at
    assert delivery.state == "GIVEN_UP"
    assert "程序出错" in delivery.fault
    assert Delivery.objects.get(outlet="LOCAL_CREDIT").is_delivered


def test_a_round_ends_however_much_waits_and_a_try_ends_before_another_worker_may_take_it(
    cast, delivery, fake, settings
):
    connect(settings, CREDIT_PUBLICITY=fake.address, LOCAL_CREDIT=fake.address)
    ticks = itertools.count(0, 5)  # every look at the clock costs five seconds
    works = Clockwork(lambda: next(ticks), 10_000.0)
    delivering.deliver_due(works=works, at=NOON)
    assert Delivery.objects.filter(state="DELIVERED").count() == 1
    longest = timedelta(seconds=delivering.ROUND_LASTS + delivering.PATIENCE)
    assert longest < rules.A_TRY == rules.pause_after(1)


def test_a_newer_edition_waits_until_the_older_one_is_off_the_line(cast, delivery, fake, monkeypatch):
    real = delivering.send

    def slow(*given, **named):  # a second worker comes while the first one sends
        with monkeypatch.context() as patch:
            patch.setattr(delivering, "send", real)
            if not fake.asked:
                make.second_edition(cast, cast.market.itemlist_set.get())
                prepare_new_editions(NOON)
                assert deliver() == 0
            return real(*given, **named)

    monkeypatch.setattr(delivering, "send", slow)
    deliver()
    assert deliver(NOON + MINUTE) == 1
    assert [json.loads(body)["edition"] for _path, _headers, body in fake.asked] == [1, 2]


def test_a_person_who_enters_it_while_it_is_being_sent_is_not_overruled(cast, delivery, fake, monkeypatch):
    real = delivering.send

    def slow(*given, **named):
        posted = real(*given, **named)
        make.entered(delivery, by=cast.handler)
        return posted

    monkeypatch.setattr(delivering, "send", slow)
    deliver()
    assert (told(delivery).receipt_number, delivery.entered_by) == ("网〔2026〕1号", cast.handler)
    assert deliver(NOON + MINUTE) == 0
    assert len(fake.asked) == 1


def test_the_token_is_nowhere_in_the_trail_nor_in_the_ledger(delivery, fake):
    fake.faults.extend([fakes.saying(401, {"error": fakes.TOKEN}), None])
    deliver()
    deliver(NOON + MINUTE)
    said = json.dumps([[entry.details, entry.about_label] for entry in Entry.objects.all()], ensure_ascii=False)
    assert fakes.TOKEN not in said
    assert fakes.TOKEN not in told(delivery).fault
    assert delivery.is_delivered


def test_an_outlet_without_its_token_is_not_asked_and_says_what_is_missing(delivery, fake, monkeypatch):
    monkeypatch.delenv("OUTLET_TOKEN")
    deliver()
    assert fake.asked == []
    assert "令牌" in told(delivery).fault


def test_a_faulty_file_stops_the_sending_and_nothing_else(delivery, fake, settings, tmp_path, caplog):
    settings.OUTLETS_FILE = tmp_path / "missing.toml"
    jobs.deliver_to_outlets(NOON)
    assert "no outlet is served" in caplog.text
    assert told(delivery).tries == 0


def raising(fault):
    def act(*_given, **_named):
        raise fault

    return act
