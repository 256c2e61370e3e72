"""What lists ask of a person, for the first page."""

import pytest

from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.actions import joint as joint_actions
from mingcha.domain.catalogue.queries import items_in_force
from mingcha.web.desk.catalogue_waiting import lists_waiting
from tests.conftest import NOON
from tests.factories import catalogue as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def words(user) -> list[str]:
    return [str(row.word) for row in lists_waiting(user)]


def test_each_step_waits_for_whoever_is_asked_and_for_nobody_else(cast):
    make.rules_naming(
        cast.region,
        item_legal_reviewer=["AGENCY_LEGAL"],
        item_list_approvers=["ESTABLISHMENT"],
        item_change_filed_with=["JUSTICE"],
    )
    make.body("ESTABLISHMENT", cast.fire)
    make.body("JUSTICE", cast.justice)
    lawyer, body = make.legal_reviewer(cast.market), make.recipient(cast.fire)
    everyone = [cast.handler, lawyer, cast.approver, body]
    draft = make.draft(cast.handler)
    make.enter(draft, by=cast.handler)
    assert [words(person) for person in everyone] == [[], [], [], []]
    actions.submit_list(draft, by=cast.handler, at=NOON)
    assert [words(person) for person in everyone] == [[], ["法制审核"], [], []]
    actions.return_list(draft, reason="补依据", by=lawyer, at=NOON)
    assert [words(person) for person in everyone] == [["修改被退回的文本"], [], [], []]
    actions.submit_list(draft, by=cast.handler, at=NOON)
    actions.review_list(draft, by=lawyer, at=NOON)
    assert [words(person) for person in everyone] == [[], [], ["负责人审批"], []]
    actions.approve_list(draft, by=cast.approver, at=NOON)
    assert [words(person) for person in everyone] == [[], [], [], ["外部审定"]]
    filed = actions.authorise_list(draft, by=body, at=NOON)
    assert [words(person) for person in everyone] == [[], [], [], []]
    make.file_everything(filed)
    assert [words(person) for person in everyone] == [[], [], ["公布施行"], []]
    actions.publish_list(filed, by=cast.approver, at=NOON)
    assert [words(person) for person in everyone] == [[], [], [], []]


def test_a_joint_list_waits_too_and_leads_to_its_page(cast):
    make.rules_naming(cast.region)
    make.body("SECTOR_LEAD", cast.market, sector="市场监管")
    make.list_in_force(cast.handler, cast.approver, ["M-01"])
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])
    joint = joint_actions.draft_joint_list(cast.market, sector="市场监管", by=cast.handler, at=NOON)
    for listed in items_in_force():
        said = {"project": "查", "basis": "法", "body": "局", "content": "证", "authority": "责令改正"}
        joint_actions.pick_item(joint, listed, **said, by=cast.handler, at=NOON)
    joint_actions.submit_joint_list(joint, by=cast.handler, at=NOON)
    (row,) = lists_waiting(cast.approver)
    assert (str(row.word), row.about, row.address) == ("负责人审批", str(joint), f"/desk/items/joint/{joint.pk}/")
