"""What is on record about a subject, and its credit class month by month."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.registers import actions, queries
from mingcha.domain.registers.models import BAD_SIGNALS, Signal, SignalKind
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def add(firm, by, kind: str = "PENALTY", **values: object) -> Signal:
    given = {"since": date(2026, 11, 1), "source": "示范监管系统", "note": "示范内容"}
    return actions.add_signal(firm, kind=kind, **{**given, **values}, by=by, at=NOON)


# proves S4-30
def test_the_four_kinds_are_kept_under_the_subjects_name_with_their_source(cast):
    firm = make.subject(1)
    for kind in SignalKind.values:
        add(firm, cast.handler, kind)
    assert [(row.kind, row.source, row.recorded_by) for row in queries.signals_of(firm)] == [
        (kind, "示范监管系统", cast.handler) for kind in reversed(SignalKind.values)
    ]
    assert [entry.event for entry in trail_of(firm)] == ["registers.signal_added"] * 4


# proves S4-43
def test_whoever_is_on_a_list_is_on_it_until_taken_off_with_a_reason(cast):
    firm = make.subject(1)
    signal = add(firm, cast.handler, "ABNORMAL_LIST")
    with pytest.raises(Refused, match="还没有移出"):
        add(firm, cast.handler, "ABNORMAL_LIST")
    with pytest.raises(Refused, match="没有写理由"):
        actions.close_signal(signal, until=TODAY, reason=" ", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="早于列入日期"):
        actions.close_signal(signal, until=date(2026, 10, 31), reason="已补报", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="还没有到"):
        actions.close_signal(signal, until=date(2026, 11, 24), reason="已补报", by=cast.handler, at=NOON)
    actions.close_signal(signal, until=TODAY, reason="已补报年报", by=cast.handler, at=NOON)
    assert trail_of(firm).last().details == {
        "kind": "ABNORMAL_LIST",
        "until": "2026-11-23",
        "reason": "已补报年报",
    }
    with pytest.raises(Refused, match="没有再移出一次"):
        actions.close_signal(signal, until=TODAY, reason="再移", by=cast.handler, at=NOON)
    running = queries.signals_of(firm).filter(queries.running_on(TODAY))
    assert not running.exists()
    assert queries.signals_of(firm).filter(queries.running_on(date(2026, 11, 22))).exists()
    add(firm, cast.handler, "ABNORMAL_LIST", since=TODAY)  # put on again
    add(firm, cast.handler, "PENALTY")
    add(firm, cast.handler, "PENALTY")  # punished twice


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"kind": "RUMOUR"}, "没有这一类"),
        ({"since": date(2026, 11, 24)}, "还没有到"),
        ({"source": " "}, "没有写来源"),
        ({"source": "系\u200b统"}, "看不见的字符"),
        ({"note": "字" * 301}, "超过 300"),
    ],
)
def test_what_cannot_be_on_record_says_why(cast, values, reason):
    with pytest.raises(Refused, match=reason):
        add(make.subject(1), cast.handler, **values)


def test_only_whoever_keeps_the_register_of_the_place_puts_something_on_record(cast):
    firm = make.subject(1)
    signal = add(firm, cast.fire_handler)
    for person in (cast.stranger, cast.approver, cast.supervisor):
        with pytest.raises(Forbidden):
            add(firm, person)
        with pytest.raises(Forbidden):
            actions.close_signal(signal, until=TODAY, reason="误登", by=person, at=NOON)
        with pytest.raises(Forbidden):
            actions.set_credit_class(firm, month=TODAY, risk="A", source="系统", by=person, at=NOON)
    assert signal in queries.signals_visible_to(cast.supervisor)
    assert signal not in queries.signals_visible_to(cast.stranger)


# proves S2-10 S4-43
def test_the_risk_follows_the_newest_month_whatever_the_order_of_entry(cast):
    firm = make.subject(1, risk="")
    told = {"source": "信用分类系统", "by": cast.handler, "at": NOON}
    actions.set_credit_class(firm, month=date(2026, 10, 15), risk="C", **told)
    actions.set_credit_class(firm, month=date(2026, 8, 1), risk="A", **told)
    firm.refresh_from_db()
    assert (firm.risk, firm.changed_at) == ("C", NOON)
    actions.set_credit_class(firm, month=date(2026, 11, 1), risk="D", **told)
    firm.refresh_from_db()
    assert firm.risk == "D"
    actions.set_credit_class(firm, month=date(2026, 11, 2), risk="B", **told)  # corrected
    firm.refresh_from_db()
    assert firm.risk == "B"
    assert [(row.month, row.risk) for row in queries.credit_of(firm)] == [
        (date(2026, 11, 1), "B"),
        (date(2026, 10, 1), "C"),
        (date(2026, 8, 1), "A"),
    ]
    assert trail_of(firm).last().details["risk_before"] == "D"
    with pytest.raises(Refused, match="没有这一档"):
        actions.set_credit_class(firm, month=TODAY, risk="E", **told)
    with pytest.raises(Refused, match="还没有到"):
        actions.set_credit_class(firm, month=date(2026, 12, 1), risk="A", **told)


def test_a_complaint_is_not_yet_bad():
    assert SignalKind.COMPLAINTS not in BAD_SIGNALS
    assert len(BAD_SIGNALS) == 3
