"""What was decided for the superior system goes into a draft at one press, with the person's reason."""

import pytest

from mingcha.domain.catalogue.actions.reconciliation_drafts import draft_differences
from mingcha.domain.catalogue.models import ItemList, OutsideList
from mingcha.domain.catalogue.queries import reconciliation as queries
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue
from tests.factories import reconciliation as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules_of_yudu(cast):
    return make.yudu_rules(cast.region)


@pytest.fixture
def compared(cast, rules_of_yudu) -> OutsideList:
    return make.all_six(cast.market, cast.handler)


def draft(outside_list: OutsideList, by, reason: str = "PRACTICE", at=NOON) -> ItemList:
    return draft_differences(outside_list, reason=reason, note="与省监管系统核对", by=by, at=at)


# proves S1-12
def test_what_was_taken_is_written_into_a_draft_at_one_press(cast, compared):
    make.decide(compared, "TAKE_THEIRS", by=cast.handler)
    written = draft(compared, cast.handler)
    assert written.is_draft
    items = {item.code: item for item in written.items.all()}
    assert set(items) == {"M-01", "M-02", "M-03", "M-04", "M-05", "M-07", "M-08"}
    assert items["M-01"].title == "改过的名称"
    assert items["M-02"].legal_basis == "《新示范条例》第九条"
    assert (items["M-03"].method, items["M-03"].further_methods) == ("WRITTEN", ["TESTING"])
    assert (items["M-04"].ratio_text, items["M-05"].frequency_text) == ("不低于10%", "每季度1次")
    assert (items["M-08"].object_kind, items["M-08"].outside_code) == ("药品零售企业", "M-08")
    assert items["M-07"].frequency_text == "每年1次"
    assert compared.edition.items.get(code="M-01").title == "示范事项 M-01"
    notes = {note.code: (note.reason, note.note) for note in written.notes.all()}
    assert set(notes) == {"M-01", "M-02", "M-03", "M-04", "M-05", "M-06", "M-08"}
    assert set(notes.values()) == {("PRACTICE", "与省监管系统核对")}
    assert not compared.differences.exclude(taken_into=written).exists()


def test_only_the_chosen_words_are_taken_of_an_item_with_several_differences(cast, rules_of_yudu):
    make.in_force(cast.market, cast.handler, ["M-01"])
    row = make.row("M-01", cast.market, title="改过的名称", ratio_text="10%", method="网络监测")
    received = make.receive(cast.market, [row], by=cast.handler)
    make.decide(received, "TAKE_THEIRS", by=cast.handler, kind="RATIO")
    make.decide(received, "KEEP_OURS", by=cast.handler, kind="TITLE")
    item = draft(received, cast.handler).items.get()
    assert (item.ratio_text, item.title, item.method) == ("10%", "示范事项 M-01", "ON_SITE")


def test_a_draft_that_is_there_is_gone_on_with_and_a_second_press_does_nothing_twice(cast, compared):
    make.decide(compared, "TAKE_THEIRS", by=cast.handler, kind="TITLE")
    first = draft(compared, cast.handler)
    with pytest.raises(Refused, match="已经写入的不再重复"):
        draft(compared, cast.handler)
    make.decide(compared, "TAKE_THEIRS", by=cast.handler, kind="RATIO")
    assert draft(compared, cast.second_handler) == first
    with pytest.raises(Refused, match="已写入第2版草稿"):
        make.decide(compared, "KEEP_OURS", by=cast.handler, kind="TITLE")


def test_a_draft_needs_a_reason_that_the_rules_know_and_nobody_elses_hand(cast, compared):
    make.decide(compared, "TAKE_THEIRS", by=cast.handler, kind="TITLE")
    with pytest.raises(Refused, match="调整原因"):
        draft(compared, cast.handler, reason="WHIM")
    with pytest.raises(Forbidden):
        draft(compared, cast.approver)
    assert not ItemList.objects.exclude(state="IN_FORCE").exists()


def test_nothing_decided_makes_no_draft(cast, compared):
    make.decide(compared, "KEEP_OURS", by=cast.handler)
    with pytest.raises(Refused, match="没有待写入"):
        draft(compared, cast.handler)


def test_words_for_an_item_that_the_draft_no_longer_has_are_refused_whole(cast, compared):
    make.decide(compared, "TAKE_THEIRS", by=cast.handler, code="M-06")
    written = draft(compared, cast.handler)
    with unguarded():
        written.items.filter(code="M-01").delete()
    make.decide(compared, "TAKE_THEIRS", by=cast.handler, kind__in=["TITLE", "RATIO"])
    with pytest.raises(Refused, match=r"事项 M-01：第2版草稿里已经没有它"):
        draft(compared, cast.handler)
    assert written.items.get(code="M-04").ratio_text == "3%"
    assert queries.taken_differences(compared).count() == 2


# proves S1-02
def test_an_empty_platform_takes_its_first_list_from_the_superior_system(cast, rules_of_yudu):
    received = make.receive(cast.market, make.differing_rows(cast.market), by=cast.handler)
    assert {kind for _code, kind in set(received.differences.values_list("code", "kind"))} == {"NUMBER"}
    make.decide(received, "TAKE_THEIRS", by=cast.handler)
    first = draft(received, cast.handler)
    assert (first.edition, first.items.count()) == (1, 7)
    assert first.items.get(code="M-03").further_methods == ["TESTING"]
    with pytest.raises(Refused, match="江西省“互联网\\+监管”系统"):
        catalogue.enter(first, "M-99", by=cast.handler)
