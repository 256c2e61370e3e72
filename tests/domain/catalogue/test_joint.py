"""跨部门联查事项清单, as 郴州 has it: five things, two approvals, two filings."""

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue.actions import explain_change, joint, remove_item
from mingcha.domain.catalogue.models import InspectionItem, ItemList, JointItem, JointList
from mingcha.domain.catalogue.queries import filings_of
from mingcha.domain.catalogue.queries.joint import (
    entries_of,
    joint_lists_visible_to,
    pickable_items,
    sectors_led_by,
)
from mingcha.domain.catalogue.rules.joint import FIVE, check_five, check_pickable, fields_from
from mingcha.domain.organisation.models import Department, Region, Role
from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import organisation as people
from tests.factories import policy
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

SECTOR = "市场监管"
AUTHORITY = "现场检查、责令改正"


@pytest.fixture
def city():
    """郴州 with its rules, its bodies, two departments of a sector with their lists in force."""
    region = people.region("431000", "郴州市")
    places = {
        code: people.department(code, name, number, region)
        for number, (code, name) in enumerate(
            {
                "lead": "市场监管局",
                "other": "商务局",
                "bianban": "编办",
                "fazhi": "法制办",
                "shanggai": "商改办",
                "youhua": "优化办",
            }.items(),
            start=81,
        )
    }
    make.body("SECTOR_LEAD", places["lead"], sector=SECTOR)
    for code, name in (
        ("ESTABLISHMENT", "bianban"),
        ("LEGAL_OFFICE", "fazhi"),
        ("COMMERCE_REFORM", "shanggai"),
        ("BUSINESS_CLIMATE", "youhua"),
    ):
        make.body(code, places[name])
    adopt_profile(policy.profile_text("chenzhou-2018"), by=SYSTEM, at=NOON)
    return places


@pytest.fixture
def lead(city):
    """The lead's handler; both departments have their lists in force."""
    for code, codes in (("lead", ["L-01", "L-02"]), ("other", ["O-01"])):
        handler = people.user(f"{code}jb", Role.HANDLER, within=city[code])
        make.list_in_force(handler, people.user(f"{code}fz", Role.APPROVER, within=city[code]), codes)
    return handler_of(city["lead"])


def handler_of(department: Department):
    return department.user_set.get(username__endswith="jb")


def head_of(department: Department):
    return department.user_set.get(username__endswith="fz")


@pytest.fixture
def draft(city, lead) -> JointList:
    return joint.draft_joint_list(city["lead"], sector=SECTOR, by=lead, at=NOON)


def pick(listed: JointList, code: str, *, by) -> JointItem:
    item = InspectionItem.objects.in_force().get(code=code)
    return joint.pick_item(listed, item, **{**fields_from(item), "authority": AUTHORITY}, by=by, at=NOON)


@pytest.fixture
def whole(draft, lead) -> JointList:
    """A draft with an item of each department."""
    pick(draft, "L-01", by=lead)
    pick(draft, "O-01", by=lead)
    return draft


# proves S4-12, S4-13, S4-14
def test_a_joint_list_takes_two_approvals_and_two_filings_before_it_is_published(city, lead, whole):
    submitted = joint.submit_joint_list(whole, by=lead, at=NOON)
    assert submitted.state == "APPROVAL"
    approved = joint.approve_joint_list(submitted, by=head_of(city["lead"]), at=NOON)
    assert approved.state == "AUTHORISATION"
    first = joint.authorise_joint_list(approved, by=make.recipient(city["fazhi"]), at=NOON)
    assert first.state == "AUTHORISATION"
    second = joint.authorise_joint_list(first, by=make.recipient(city["bianban"]), at=NOON)
    assert second.state == "FILING"
    assert {filing.body: filing.recipient.code for filing in filings_of(second)} == {
        "COMMERCE_REFORM": "shanggai",
        "BUSINESS_CLIMATE": "youhua",
    }
    with pytest.raises(Refused, match=r"还差.*商改办.*优化办"):
        joint.publish_joint_list(second, by=head_of(city["lead"]), at=NOON)
    make.file_everything(second)
    published = joint.publish_joint_list(second, by=head_of(city["lead"]), at=NOON)
    assert (published.state, published.in_force_at) == ("IN_FORCE", NOON)
    assert [row["执法权限"] for row in filings_of(published)[0].content["联查事项"]] == [AUTHORITY, AUTHORITY]
    assert trail_of(published).last().details["items"] == 2


# proves S4-15
def test_batches_of_a_sector_hold_side_by_side_and_an_item_stands_in_one(city, lead, whole):
    first = publish(city, whole, by=lead)
    second = joint.draft_joint_list(city["lead"], sector=SECTOR, by=lead, at=NOON)
    assert (second.batch, [item.code for item in pickable_items(second)]) == (2, ["L-02"])
    with pytest.raises(Refused, match="已经列入本领域的联查清单"):
        pick(second, "L-01", by=lead)
    with unguarded():
        JointList.objects.filter(pk=second.pk).update(state="IN_FORCE", in_force_at=NOON)
    assert JointList.objects.filter(state="IN_FORCE").count() == 2
    first.refresh_from_db()
    assert first.is_in_force


def publish(city, listed: JointList, *, by) -> JointList:
    listed = joint.submit_joint_list(listed, by=by, at=NOON)
    joint.approve_joint_list(listed, by=head_of(city["lead"]), at=NOON)
    joint.authorise_joint_list(listed, by=make.recipient(city["fazhi"]), at=NOON)
    listed = joint.authorise_joint_list(listed, by=make.recipient(city["bianban"]), at=NOON)
    make.file_everything(listed)
    return joint.publish_joint_list(listed, by=head_of(city["lead"]), at=NOON)


# proves S4-13
def test_only_the_lead_of_a_sector_draws_its_list_up(city, lead):
    with pytest.raises(Refused, match="由市场监管局牵头"):
        joint.draft_joint_list(city["other"], sector=SECTOR, by=handler_of(city["other"]), at=NOON)
    with pytest.raises(Refused, match="还没有登记牵头部门"):
        joint.draft_joint_list(city["lead"], sector="农业", by=lead, at=NOON)
    with pytest.raises(Refused, match="缺监管领域"):
        joint.draft_joint_list(city["lead"], sector=" ", by=lead, at=NOON)
    for other in (handler_of(city["other"]), head_of(city["lead"])):
        with pytest.raises(Forbidden):
            joint.draft_joint_list(city["lead"], sector=SECTOR, by=other, at=NOON)
    assert sectors_led_by(city["lead"]) == [SECTOR]
    assert sectors_led_by(city["other"]) == []


def test_a_second_batch_waits_for_the_first(city, lead, draft):
    with pytest.raises(Refused, match="第1批正在“草稿”"):
        joint.draft_joint_list(city["lead"], sector=SECTOR, by=lead, at=NOON)


# proves S4-13
@pytest.mark.parametrize("field", FIVE)
def test_each_of_the_five_things_must_be_said(field):
    whole = dict.fromkeys(FIVE, "写明")
    check_five(whole)
    with pytest.raises(Refused) as refusal:
        check_five({**whole, field: " "})
    assert refusal.value.field == field


def test_everything_missing_is_said_at_once_and_nothing_endless_is_taken():
    with pytest.raises(Refused) as refusal:
        check_five(dict.fromkeys(FIVE, ""))
    assert [fault.field for fault in refusal.value.faults] == list(FIVE)
    with pytest.raises(Refused, match="执法权限超过 300 个字"):
        check_five({**dict.fromkeys(FIVE, "写明"), "authority": "限" * 301})


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"state": "SUPERSEDED"}, "不在施行中"),
        ({"sector": "农业"}, "属于“农业”领域"),
        ({"sector": ""}, "属于“未写明”领域"),
        ({"region": "440000"}, "不是本区划部门"),
        ({"taken": True}, "已经列入"),
    ],
)
def test_an_item_that_does_not_fit_is_not_picked(change, match):
    listed = JointList(region=Region(code="431000"), sector=SECTOR)
    department = Department(pk=7, region=Region(code=change.get("region", "431002")))
    edition = ItemList(department=department, state=change.get("state", "IN_FORCE"))
    item = InspectionItem(item_list=edition, code="O-01", title="检查", sector=change.get("sector", SECTOR))
    check_pickable(
        InspectionItem(
            item_list=ItemList(department=Department(pk=7, region=Region(code="431002")), state="IN_FORCE"),
            sector=SECTOR,
        ),
        listed,
        taken=(),
    )
    with pytest.raises(Refused, match=match):
        check_pickable(item, listed, taken={(7, "O-01")} if "taken" in change else set())


def test_a_list_of_one_department_is_no_joint_list(draft, lead):
    with pytest.raises(Refused, match="现在有 0 个部门"):
        joint.submit_joint_list(draft, by=lead, at=NOON)
    pick(draft, "L-01", by=lead)
    with pytest.raises(Refused, match="至少要有两个部门的事项，现在有 1 个部门"):
        joint.submit_joint_list(draft, by=lead, at=NOON)


def test_an_item_whose_list_was_followed_by_another_is_picked_again_before_submitting(city, lead, whole):
    handler = handler_of(city["other"])
    edition = make.draft(handler)
    make.enter(edition, "O-02", by=handler)
    remove_item(edition.items.get(code="O-01"), by=handler, at=NOON)
    explain_change(edition, reason="LAW", note="调整", by=handler, at=NOON)
    make.bring_into_force(edition, by=head_of(city["other"]))
    with pytest.raises(Refused, match="部门清单已经更新，这些事项要去掉或重新选：示范事项 O-01"):
        joint.submit_joint_list(whole, by=lead, at=NOON)
    joint.drop_entry(entries_of(whole).get(item__code="O-01"), by=lead, at=NOON)
    pick(whole, "O-02", by=lead)
    assert joint.submit_joint_list(whole, by=lead, at=NOON).state == "APPROVAL"


def test_an_entry_is_amended_and_nobody_writes_after_submitting(city, lead, whole):
    entry = entries_of(whole).first()
    said = {field: getattr(entry, field) for field in FIVE}
    assert joint.amend_entry(entry, **{**said, "content": "新内容"}, by=lead, at=NOON).content == "新内容"
    submitted = joint.submit_joint_list(whole, by=lead, at=NOON)
    for act in (
        lambda: pick(submitted, "L-02", by=lead),
        lambda: joint.amend_entry(entry, **said, by=lead, at=NOON),
        lambda: joint.drop_entry(entry, by=lead, at=NOON),
    ):
        with pytest.raises(Refused, match="现在是“负责人审批”，不能改动"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded():
        JointItem.objects.filter(pk=entry.pk).update(content="篡改")


def test_nobody_else_writes_on_a_joint_list(city, lead, whole):
    entry, other = entries_of(whole).first(), handler_of(city["other"])
    said = {field: getattr(entry, field) for field in FIVE}
    for act in (
        lambda: pick(whole, "L-02", by=other),
        lambda: joint.amend_entry(entry, **said, by=other, at=NOON),
        lambda: joint.drop_entry(entry, by=other, at=NOON),
        lambda: joint.submit_joint_list(whole, by=other, at=NOON),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_returned_list_goes_back_to_the_lead(city, lead, whole):
    submitted = joint.submit_joint_list(whole, by=lead, at=NOON)
    joint.approve_joint_list(submitted, by=head_of(city["lead"]), at=NOON)
    back = joint.return_joint_list(submitted, reason="权限写细", by=make.recipient(city["fazhi"]), at=NOON)
    assert (back.state, back.decisions.last().opinion) == ("DRAFT", "权限写细")


def test_where_the_rules_name_a_legal_review_a_joint_list_takes_it_too(cast):
    make.rules_naming(cast.region, item_legal_reviewer=["AGENCY_LEGAL"])
    make.body("SECTOR_LEAD", cast.market, sector=SECTOR)
    make.list_in_force(cast.handler, cast.approver, ["M-01"])
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])
    listed = joint.draft_joint_list(cast.market, sector=SECTOR, by=cast.handler, at=NOON)
    pick(listed, "M-01", by=cast.handler)
    pick(listed, "F-01", by=cast.handler)
    listed = joint.submit_joint_list(listed, by=cast.handler, at=NOON)
    assert listed.state == "LEGAL_REVIEW"
    joint.review_joint_list(listed, by=make.legal_reviewer(cast.market), at=NOON)
    assert joint.approve_joint_list(listed, by=cast.approver, at=NOON).is_in_force


def test_a_draft_is_seen_by_its_department_a_published_list_in_its_whole_region(city, lead, whole):
    other = handler_of(city["other"])
    assert list(joint_lists_visible_to(lead)) == [whole]
    assert not joint_lists_visible_to(other).exists()
    assert not joint_lists_visible_to(make.recipient(city["fazhi"])).exists()
    publish(city, whole, by=lead)
    assert list(joint_lists_visible_to(other)) == [whole]
    assert list(joint_lists_visible_to(make.recipient(city["fazhi"]))) == [whole]
