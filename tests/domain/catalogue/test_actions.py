import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import (
    amend_item,
    approve_list,
    draft_list,
    enter_item,
    explain_change,
    remove_item,
    return_list,
    submit_list,
)
from mingcha.domain.catalogue.actions.lists import text_of
from mingcha.domain.catalogue.models import Checkpoint, InspectionItem, ItemList
from mingcha.domain.catalogue.queries import edition_in_force, items_of, items_with_checkpoints
from mingcha.domain.catalogue.rules import edition_facts
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import catalogue as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "登记事项检查",
    "legal_basis": "《示范条例》第二条",
    "item_class": "KEY",
    "object_kind": "个体工商户",
    "checkpoints": [("只看这一条", "", False)],
    "method": "WRITTEN",
}


@pytest.fixture
def in_force(cast) -> ItemList:
    return make.list_in_force(cast.handler, cast.approver)


def test_a_first_draft_is_empty_and_the_next_copies_the_edition_in_force(cast, noon, in_force):
    second = draft_list(cast.market, by=cast.handler, at=noon)
    assert (second.edition, second.state) == (2, "DRAFT")
    copied, original = (edition_facts(items_with_checkpoints(edition)) for edition in (second, in_force))
    assert copied == original
    assert len(copied) == 2
    assert trail_of(second).last().details == {"edition": 2, "copied": 2}


def test_a_draft_is_begun_by_a_handler_of_the_department_only(cast, noon):
    for other in (cast.approver, cast.fire_handler, cast.stranger, cast.inspector):
        with pytest.raises(Forbidden):
            draft_list(cast.market, by=other, at=noon)


def test_a_second_draft_is_refused(cast, noon):
    make.draft(cast.handler)
    with pytest.raises(Refused, match="正在拟定"):
        draft_list(cast.market, by=cast.second_handler, at=noon)


def test_an_item_is_written_with_its_checkpoints_in_order(cast, noon):
    draft = make.draft(cast.handler)
    item = enter_item(draft, "M-01", **{**WHOLE, "checkpoints": make.CHECKPOINTS}, by=cast.handler, at=noon)
    assert list(item.checkpoints.values_list("position", "text", "photo_required")) == [
        (1, "营业执照在明显位置公示", True),
        (2, "实际经营范围与登记一致", False),
    ]
    assert trail_of(item).get().event == "catalogue.item_entered"


def test_the_same_code_twice_is_refused(cast, noon):
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    with pytest.raises(Refused, match="M-01 在这一版里已经有了"):
        make.enter(draft, by=cast.handler)


@pytest.mark.parametrize("act", ["enter", "amend", "remove", "explain"])
def test_nobody_else_writes_in_a_draft(cast, noon, act):
    draft = make.draft(cast.handler)
    item = make.enter(draft, by=cast.handler)
    acts = {
        "enter": lambda: enter_item(draft, "M-09", **WHOLE, by=cast.fire_handler, at=noon),
        "amend": lambda: amend_item(item, **WHOLE, by=cast.approver, at=noon),
        "remove": lambda: remove_item(item, by=cast.stranger, at=noon),
        "explain": lambda: explain_change(draft, reason="LAW", note="新法", by=cast.approver, at=noon),
    }
    with pytest.raises(Forbidden):
        acts[act]()


def test_an_amended_item_keeps_its_code_and_loses_its_old_checkpoints(cast, noon):
    item = make.enter(make.draft(cast.handler), by=cast.handler)
    amended = amend_item(item, **WHOLE, by=cast.handler, at=noon)
    assert (amended.code, amended.title, amended.method) == ("M-01", "登记事项检查", "WRITTEN")
    assert [point.text for point in Checkpoint.objects.filter(item=item)] == ["只看这一条"]


def test_a_removed_item_is_named_in_the_trail(cast, noon):
    draft = make.draft(cast.handler)
    remove_item(make.enter(draft, by=cast.handler), by=cast.handler, at=noon)
    assert not items_of(draft).exists()
    assert trail_of(draft).last().details == {"code": "M-01", "title": "示范事项 M-01"}


# proves S1-13
@pytest.mark.parametrize("act", ["enter", "amend", "remove", "explain"])
def test_a_list_in_force_is_locked(cast, noon, in_force, act):
    item = in_force.items.first()
    acts = {
        "enter": lambda: enter_item(in_force, "M-09", **WHOLE, by=cast.handler, at=noon),
        "amend": lambda: amend_item(item, **WHOLE, by=cast.handler, at=noon),
        "remove": lambda: remove_item(item, by=cast.handler, at=noon),
        "explain": lambda: explain_change(in_force, reason="LAW", note="新法", by=cast.handler, at=noon),
    }
    with pytest.raises(Refused, match="先拟定新一版"):
        acts[act]()


# proves S1-13
@pytest.mark.parametrize(
    "change",
    [
        lambda edition: InspectionItem.objects.filter(item_list=edition).update(title="别的"),
        lambda edition: Checkpoint.objects.filter(item__item_list=edition).update(text="别的"),
        lambda edition: Checkpoint.objects.filter(item__item_list=edition).delete(),
        lambda edition: InspectionItem.objects.filter(item_list=edition)._raw_delete("default"),
        lambda edition: ItemList.objects.filter(pk=edition.pk).update(state="DRAFT", in_force_at=None),
        lambda edition: ItemList.objects.filter(pk=edition.pk).update(edition=9),
        lambda edition: ItemList.objects.filter(pk=edition.pk)._raw_delete("default"),
    ],
    ids=["title", "checkpoint", "no checkpoints", "no item", "back to draft", "renumbered", "no list"],
)
def test_the_database_itself_refuses_to_rewrite_a_list_in_force(in_force, change):
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        change(in_force)


def test_the_database_itself_refuses_a_list_approved_by_its_drafter(cast, in_force):
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        ItemList.objects.filter(pk=in_force.pk).update(approved_by=cast.handler)


def test_the_head_approves_a_complete_list(cast, noon, in_force):
    assert (in_force.state, in_force.approved_by, in_force.in_force_at) == ("IN_FORCE", cast.approver, noon)
    assert edition_in_force(cast.market) == in_force
    assert trail_of(in_force).last().details["items"] == 2


@pytest.fixture
def handed_in(cast, noon) -> ItemList:
    """A complete list that waits for the head of its department."""
    make.bare_rules(cast.region)
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    return submit_list(draft, by=cast.handler, at=noon)


# proves S1-13
def test_nobody_writes_in_a_list_that_was_handed_in(cast, noon, handed_in):
    item = handed_in.items.get()
    for act in (
        lambda: enter_item(handed_in, "M-09", **WHOLE, by=cast.handler, at=noon),
        lambda: amend_item(item, **WHOLE, by=cast.handler, at=noon),
        lambda: remove_item(item, by=cast.handler, at=noon),
        lambda: explain_change(handed_in, reason="LAW", note="新法", by=cast.handler, at=noon),
    ):
        with pytest.raises(Refused, match="正在“负责人审批”，不能改动"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        InspectionItem.objects.filter(pk=item.pk).update(title="别的")


def test_a_handler_does_not_approve_a_list(cast, noon, handed_in):
    for other in (cast.handler, cast.second_handler, cast.fire_approver, cast.stranger):
        with pytest.raises(Forbidden):
            approve_list(handed_in, by=other, at=noon)


def test_the_drafter_who_became_approver_still_does_not_approve(cast, noon, handed_in):
    with unguarded():
        cast.handler.grants.update(role="R05")
    with pytest.raises(Refused, match="由另一人办理"):
        approve_list(handed_in, by=cast.handler, at=noon)


def test_a_draft_is_not_approved_before_it_is_handed_in(cast, noon):
    make.bare_rules(cast.region)
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    with pytest.raises(Refused, match="现在是“草稿”"):
        approve_list(draft, by=cast.approver, at=noon)


def test_an_incomplete_list_is_not_handed_in(cast, noon):
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler, checkpoints=[])
    with pytest.raises(Refused, match="M-01（缺检查要点）"):
        submit_list(draft, by=cast.handler, at=noon)


def test_a_list_is_not_handed_in_where_no_rules_hold(cast, noon):
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    with pytest.raises(Refused, match="没有施行中的规则"):
        submit_list(draft, by=cast.handler, at=noon)


def test_approving_twice_does_nothing_twice(cast, noon, in_force):
    with pytest.raises(Refused, match="现在是“施行中”"):
        approve_list(in_force, by=cast.approver, at=noon)
    assert trail_of(in_force).filter(event="catalogue.in_force").count() == 1


# proves S1-13
def test_the_next_edition_needs_its_reason_and_then_takes_the_place_of_the_last(cast, noon, in_force):
    second = draft_list(cast.market, by=cast.handler, at=noon)
    remove_item(second.items.get(code="M-02"), by=cast.handler, at=noon)
    with pytest.raises(Refused, match="1 处调整，还没有写明调整原因和依据，由拟定人补上：M-02"):
        submit_list(second, by=cast.handler, at=noon)
    explain_change(second, reason="LAW", note="《示范条例》2026 年修订删去该项", by=cast.handler, at=noon)
    make.bring_into_force(second, by=cast.approver)
    in_force.refresh_from_db()
    assert (in_force.state, edition_in_force(cast.market)) == ("SUPERSEDED", second)
    assert in_force.items.count() == 2


def test_a_list_that_changed_after_it_was_read_is_not_approved(cast, noon, handed_in):
    seen = text_of(handed_in).digest
    return_list(handed_in, reason="补一项", by=cast.approver, at=noon)
    make.enter(handed_in, "M-02", by=cast.handler)
    again = submit_list(handed_in, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="重新看过再批准"):
        approve_list(again, by=cast.approver, at=noon, seen=seen)
    assert approve_list(again, by=cast.approver, at=noon, seen=text_of(again).digest).is_in_force
