"""What the trail says about an event reads the same on every database."""

from mingcha.domain.audit.models import Entry
from mingcha.web.desk.audit import details_of
from mingcha.web.shared.events.details import detail_value, in_order

KEYS = ["after", "before", "code", "risk_after", "risk_before", "reason"]


def test_what_was_before_comes_before_what_came_after_whatever_the_stored_order():
    wanted = ["before", "after", "code", "reason", "risk_before", "risk_after"]
    for stored in (KEYS, KEYS[::-1]):
        assert in_order(dict.fromkeys(stored)) == wanted


def test_the_page_of_the_trail_lists_details_in_that_order():
    details = {"risk_after": "B", "reason": "年报", "risk_before": "A", "columns": {"2": "name", "1": "code"}}
    shown = [("列", "1：code；2：name"), ("理由", "年报"), ("改前信用风险", "A"), ("改后信用风险", "B")]
    assert details_of(Entry(details=details)) == shown
    assert details_of(Entry(details=dict(reversed(details.items())))) == shown


def test_a_table_of_details_is_words_and_not_program_text():
    assert (
        detail_value({"reason": "年报", "count": 2})
        == detail_value({"count": 2, "reason": "年报"})
        == "数量：2；理由：年报"
    )
