"""Sending, and keeping what was answered."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.outlets import jobs, rules
from mingcha.domain.outlets.actions import (
    begin_try,
    correct_posting,
    enter_posting,
    note_delivered,
    note_refused,
    note_unanswered,
    prepare_delivery,
    send_again,
)
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.queries import deliveries_visible_to, due_deliveries, put_up_elsewhere
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import outlets as make
from tests.factories.policy import clause, demo_profile

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def delivery(cast):
    demo_profile()
    return make.prepared(cast)


def note(delivery, at=NOON, **changes):
    return note_unanswered(delivery, reason="连接不上", **changes, by=SYSTEM, at=at)


def test_a_try_is_taken_by_one_worker_and_comes_back_when_that_one_dies(delivery):
    begun = begin_try(delivery, by=SYSTEM, at=NOON)
    assert (begun.tries, begun.next_try_at, begun.state) == (1, NOON + MINUTE, "WAITING")
    with pytest.raises(Refused, match="现在不用送"):
        begin_try(delivery, by=SYSTEM, at=NOON)
    assert delivery.outlet not in {row.outlet for row in due_deliveries(now=NOON)}
    assert begin_try(delivery, by=SYSTEM, at=NOON + MINUTE).tries == 2


def test_the_pauses_grow_and_the_outlet_may_ask_for_a_longer_one(delivery):
    assert [rules.pause_after(tries) for tries in (1, 2, 3, 4, 7, 30)] == [
        *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)),
        timedelta(days=1),
        timedelta(days=1),
    ]
    assert rules.pause_after(1, timedelta(hours=2)) == timedelta(hours=2)
    assert rules.pause_after(4, MINUTE) == timedelta(hours=1)
    assert rules.pause_after(1, timedelta(days=90)) == timedelta(days=1)
    make.tried(delivery)
    noted = note(delivery, wait=timedelta(hours=2))
    assert (noted.next_try_at, noted.fault) == (NOON + timedelta(hours=2), "连接不上")


def test_after_the_last_try_nobody_tries_any_more(delivery):
    at = NOON
    for _try in range(rules.MOST_TRIES):
        delivery = make.tried(delivery, at)
        delivery = note(delivery, at)
        at = delivery.next_try_at or at
    assert (delivery.state, delivery.tries, delivery.fault) == ("GIVEN_UP", 8, "连接不上")
    assert delivery.is_stuck
    with pytest.raises(Refused):
        begin_try(delivery, by=SYSTEM, at=at + timedelta(days=9))


def test_what_the_outlet_put_up_is_kept_with_its_number_and_address(delivery):
    make.tried(delivery)
    done = note_delivered(delivery, number="公示 7", address=make.ADDRESS, by=SYSTEM, at=NOON)
    assert (done.state, done.receipt_number, done.public_address) == ("DELIVERED", "公示 7", make.ADDRESS)
    assert (done.delivered_at, done.next_try_at, done.entered_by) == (NOON, None, None)
    last = list(trail_of(done))[-1]
    assert (last.event, last.details["number"]) == ("outlets.delivered", "公示 7")


def test_what_the_outlet_sends_back_says_why_and_goes_again_when_somebody_says_so(cast, delivery):
    make.tried(delivery)
    back = note_refused(delivery, reason="渠道退回（422）：依据不全", by=SYSTEM, at=NOON)
    assert (back.state, back.fault) == ("REFUSED", "渠道退回（422）：依据不全")
    again = send_again(back, by=cast.handler, at=NOON + MINUTE)
    assert (again.state, again.tries, again.next_try_at) == ("WAITING", 0, NOON + MINUTE)
    assert again.key == delivery.key


def test_what_came_too_late_changes_nothing(cast, delivery):
    make.tried(delivery)
    make.entered(delivery, by=cast.handler)
    assert note_delivered(delivery, number="9", address="", by=SYSTEM, at=NOON).receipt_number == "网〔2026〕1号"
    assert note_refused(delivery, reason="x", by=SYSTEM, at=NOON).is_delivered
    assert note(delivery).is_delivered


def test_an_outlet_that_took_the_old_edition_all_the_same_is_on_record(cast, delivery):
    make.tried(delivery)
    make.second_edition(cast, cast.market.itemlist_set.get())
    jobs.prepare_new_editions(NOON)
    assert note_delivered(delivery, number="9", address="", by=SYSTEM, at=NOON).is_delivered


def test_somebody_enters_where_and_when_it_was_put_up_by_hand(cast, delivery):
    done = make.entered(delivery, by=cast.handler)
    assert (done.state, done.public_address, done.entered_by) == ("DELIVERED", make.ADDRESS, cast.handler)
    assert done.delivered_at == NOON
    assert put_up_elsewhere(cast.market.itemlist_set.get()) == [done]
    with pytest.raises(Refused, match="已经登记"):
        make.entered(delivery, by=cast.handler)
    with pytest.raises(Refused, match="不用再送"):
        send_again(delivery, by=cast.handler, at=NOON)


def test_an_address_that_the_outlet_did_not_know_is_added_later_and_the_number_stays(cast, delivery):
    make.tried(delivery)
    note_delivered(delivery, number="公示 7", address="", by=SYSTEM, at=NOON)
    done = make.entered(delivery, by=cast.handler, number="another", has_interface=True, at=NOON + MINUTE)
    assert (done.receipt_number, done.public_address, done.delivered_at) == ("公示 7", make.ADDRESS, NOON)
    assert done.entered_by == cast.handler


def test_what_still_goes_by_itself_nobody_declares_put_up(cast, delivery):
    with pytest.raises(Refused, match="由接口自动送"):
        make.entered(delivery, by=cast.handler, has_interface=True)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.public_address) == ("WAITING", "")
    assert delivery in due_deliveries(now=NOON)


def test_what_an_interface_sent_back_or_never_took_is_put_up_by_hand(cast, delivery):
    make.tried(delivery)
    note_refused(delivery, reason="渠道退回（422）：依据不全", by=SYSTEM, at=NOON)
    assert make.entered(delivery, by=cast.handler, has_interface=True).is_delivered


def test_a_wrong_address_is_corrected_and_the_trail_keeps_both(cast, delivery):
    wrong = "https://typo.example.invalid/"
    make.entered(delivery, by=cast.handler, address=wrong)
    done = correct_posting(delivery, address=make.ADDRESS, by=cast.approver, at=NOON + MINUTE)
    done.refresh_from_db()
    assert (done.public_address, done.entered_by, done.delivered_at) == (make.ADDRESS, cast.approver, NOON)
    assert put_up_elsewhere(cast.market.itemlist_set.get())[0].public_address == make.ADDRESS
    entered, corrected = list(trail_of(done))[-2:]
    assert entered.details["address"] == wrong
    assert (corrected.event, corrected.details["before"], corrected.details["address"]) == (
        "outlets.corrected",
        wrong,
        make.ADDRESS,
    )


def test_the_address_of_a_receipt_is_the_outlets_and_nobody_replaces_it(cast, delivery):
    make.tried(delivery)
    note_delivered(delivery, number="公示 7", address=make.ADDRESS, by=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="由渠道改正"):
        correct_posting(delivery, address="https://elsewhere.example.invalid/", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="已经登记"):
        make.entered(delivery, by=cast.handler)


@pytest.mark.parametrize(
    ("address", "words"), [(make.ADDRESS, "和已经登记的公布地址一样"), ("javascript:alert(1)", "公布地址应以")]
)
def test_a_correction_is_checked_as_the_first_entry_was(cast, delivery, address, words):
    with pytest.raises(Refused, match="还没有公布地址"):
        correct_posting(delivery, address="https://elsewhere.example.invalid/", by=cast.handler, at=NOON)
    make.entered(delivery, by=cast.handler)
    with pytest.raises(Refused, match=words):
        correct_posting(delivery, address=address, by=cast.handler, at=NOON)


# ---- two workers ----------------------------------------------------------------------------------------------


def test_a_row_that_another_worker_holds_is_passed_over_and_not_waited_for(delivery, monkeypatch):
    with CaptureQueriesContext(connection) as asked:
        make.tried(delivery)
    skipping = [query for query in asked.captured_queries if "SKIP LOCKED" in query["sql"]]
    assert len(skipping) == int(connection.features.has_select_for_update_skip_locked)
    monkeypatch.setattr("mingcha.domain.outlets.queries.free_to_take", lambda _delivery: None)
    with pytest.raises(Refused, match="现在不用送"):
        make.tried(delivery, NOON + MINUTE)


def test_an_edition_found_before_it_was_replaced_does_not_overtake_the_one_that_replaced_it(cast, delivery):
    first = cast.market.itemlist_set.get()
    make.second_edition(cast, first)
    jobs.prepare_new_editions(NOON)
    newer = Delivery.objects.get(outlet=delivery.outlet, state="WAITING")
    with pytest.raises(Refused, match="不再施行"):
        prepare_delivery(first, delivery.outlet, clause=clause("outlets"), by=SYSTEM, at=NOON)
    newer.refresh_from_db()
    assert newer.is_waiting
    assert newer.content["edition"] == 2


def test_a_newer_content_waits_while_a_try_of_the_older_may_be_on_the_line(cast, delivery):
    make.tried(delivery)
    send_again(delivery, by=cast.handler, at=NOON)
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.next_try_at) == (0, NOON + rules.A_TRY)
    make.second_edition(cast, cast.market.itemlist_set.get())
    jobs.prepare_new_editions(NOON)
    newer = Delivery.objects.get(outlet=delivery.outlet, state="WAITING")
    assert newer.next_try_at == NOON + rules.A_TRY
    untried = Delivery.objects.get(outlet="LOCAL_CREDIT", state="WAITING")
    assert untried.next_try_at == NOON


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"address": "credit.example.invalid"}, "address", "公布地址应以"),
        ({"address": "javascript:alert(1)"}, "address", "公布地址应以"),
        ({"address": "https://user@credit.example.invalid/"}, "address", "公布地址应以"),
        ({"address": "https://credit.example.invalid/<b>"}, "address", "公布地址应以"),
        ({"address": "https://[::"}, "address", "公布地址应以"),
        ({"address": "https://credit.example.invalid/" + "x" * 500}, "address", "公布地址应以"),
        ({"number": "1" * 121}, "number", "编号超过 120"),
        ({"on": date(2026, 11, 24)}, "on", "在今天之后"),
        ({"on": date(2026, 11, 22)}, "on", "早于"),
    ],
)
def test_what_is_entered_is_checked(cast, delivery, change, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        make.entered(delivery, by=cast.handler, **change)
    assert refusal.value.field == field
    delivery.refresh_from_db()
    assert delivery.is_waiting


def test_what_is_overtaken_is_neither_sent_again_nor_entered(cast, delivery):
    make.second_edition(cast, cast.market.itemlist_set.get())
    jobs.prepare_new_editions(NOON)
    with pytest.raises(Refused, match="送新的一份"):
        send_again(delivery, by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="登记新的一份"):
        make.entered(delivery, by=cast.handler)


def test_only_the_publishing_department_sends_again_and_enters(cast, delivery):
    for person in (cast.stranger, cast.fire_handler, cast.supervisor, cast.auditor):
        with pytest.raises(Forbidden):
            send_again(delivery, by=person, at=NOON)
        with pytest.raises(Forbidden):
            make.entered(delivery, by=person)
        with pytest.raises(Forbidden):
            correct_posting(delivery, address=make.ADDRESS, by=person, at=NOON)
    send_again(delivery, by=cast.approver, at=NOON)


def test_only_the_system_and_whoever_publishes_lays_ready_sends_and_takes_receipts(cast, delivery):
    given = {"by": cast.stranger, "at": NOON}
    attempts = (
        lambda: prepare_delivery(cast.market.itemlist_set.get(), "PORTAL", clause=clause(), **given),
        lambda: begin_try(delivery, **given),
        lambda: note_delivered(delivery, number="1", address="", **given),
        lambda: note_refused(delivery, reason="x", **given),
        lambda: note_unanswered(delivery, reason="x", **given),
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()


def test_a_person_sees_what_the_own_departments_publish(cast, delivery):
    assert delivery in deliveries_visible_to(cast.handler)
    assert not deliveries_visible_to(cast.stranger).exists()
    assert not deliveries_visible_to(cast.fire_handler).exists()
    assert Delivery.objects.count() == deliveries_visible_to(cast.supervisor).count() == 2


def test_put_up_by_hand_on_an_earlier_day_keeps_that_day(cast, delivery):
    later = NOON + timedelta(days=2)
    done = enter_posting(delivery, address=make.ADDRESS, on=date(2026, 11, 24), by=cast.handler, at=later)
    assert done.delivered_at.date() == date(2026, 11, 24)
