"""An edition as a whole at the desk: explained, handed in, decided on, returned, published, compared."""

import pytest
from django.urls import reverse

from mingcha.domain.catalogue.actions import (
    amend_item,
    approve_list,
    remove_item,
    return_list,
    review_list,
    submit_list,
)
from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.catalogue.queries import filings_of
from mingcha.domain.catalogue.rules import fields_of
from mingcha.domain.organisation.models import Role
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import organisation, plans, policy

pytestmark = pytest.mark.django_db

LIST = "/desk/items/"


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def in_force(cast) -> ItemList:
    return make.list_in_force(cast.handler, cast.approver)


@pytest.fixture
def draft(cast) -> ItemList:
    made = make.draft(cast.handler)
    make.enter(made, by=cast.handler)
    return made


def page_of(edition: ItemList, end: str = "") -> str:
    return f"{LIST}lists/{edition.pk}/{end}"


# proves S1-13
def test_a_change_is_shown_explained_handed_in_and_approved_by_another_person(cast, browse, in_force):
    second = make.draft(cast.handler)
    make.enter(second, "M-03", by=cast.handler)
    handler, approver = browse(cast.handler), browse(cast.approver)
    shown = handler.get(page_of(second))
    assert [(each.change.kind, each.change.code) for each in shown.context["changes"]] == [("added", "M-03")]
    early = handler.post(page_of(second, "submit/"), headers=came_from(second), follow=True)
    assert "还没有写明调整原因和依据" in early.content.decode()
    handler.post(page_of(second, "why/"), {"reason": "LAW", "note": "新法第九条"})
    assert "现在是“负责人审批”" in handler.post(page_of(second, "submit/"), follow=True).content.decode()
    assert "审阅并签意见" not in handler.get(page_of(second)).content.decode()
    read = approver.get(page_of(second, "decide/"))
    done = approver.post(page_of(second, "decide/"), signed(read, "同意"), follow=True)
    assert "现在是“施行中”" in done.content.decode()
    second.refresh_from_db()
    assert (second.is_in_force, second.approved_by) == (True, cast.approver)
    assert second.decisions.get().opinion == "同意"


def came_from(edition: ItemList, end: str = "") -> dict[str, str]:
    return {"referer": f"http://testserver{page_of(edition, end)}"}


def signed(read, opinion: str = "") -> dict[str, str]:
    """What the page of a decision sends."""
    return {"seen": read.context["seen"], "step": read.context["list"].state, "opinion": opinion}


@pytest.fixture
def handed_in(cast, draft) -> ItemList:
    make.bare_rules(cast.region)
    return submit_list(draft, by=cast.handler, at=NOON)


def test_one_item_may_give_its_own_reason(cast, browse, in_force):
    second = make.draft(cast.handler)
    make.enter(second, "M-03", by=cast.handler)
    browser = browse(cast.handler)
    assert "M-03" in browser.get(page_of(second, "why/M-03/")).content.decode()
    assert browser.post(page_of(second, "why/M-03/"), {"reason": "REFORM", "note": "职责划转"}).status_code == 302
    (each,) = browser.get(page_of(second)).context["changes"]
    assert (each.reason_word, each.note, each.is_own) == ("机构改革", "职责划转", True)
    wrong = browser.post(page_of(second, "why/M-01/"), {"reason": "REFORM", "note": "职责划转"})
    assert wrong.status_code == 422
    assert "M-01 与施行中的一版没有不同" in wrong.content.decode()


def test_an_explanation_without_its_ground_is_refused_on_its_page(cast, browse, draft):
    response = browse(cast.handler).post(page_of(draft, "why/"), {"reason": "LAW", "note": " "})
    assert response.status_code == 422
    assert "note" in response.context["form"].errors


def test_a_list_changed_behind_the_approvers_back_is_not_approved(cast, browse, handed_in):
    browser = browse(cast.approver)
    read = browser.get(page_of(handed_in, "decide/"))
    return_list(handed_in, reason="补一项", by=cast.approver, at=NOON)
    make.enter(handed_in, "M-07", by=cast.handler)
    submit_list(handed_in, by=cast.handler, at=NOON)
    response = browser.post(page_of(handed_in, "decide/"), signed(read))
    assert response.status_code == 422
    assert "重新看过再批准" in response.content.decode()


def test_a_decision_sent_for_another_step_than_the_present_one_is_refused(cast, browse, handed_in):
    browser = browse(cast.approver)
    read = browser.get(page_of(handed_in, "decide/"))
    assert browser.post(page_of(handed_in, "decide/"), signed(read) | {"step": "AUTHORISATION"}).status_code == 403
    assert browser.post(page_of(handed_in, "decide/"), signed(read)).status_code == 302
    again = browser.post(page_of(handed_in, "decide/"), signed(read))
    assert again.status_code == 422
    assert "现在是“施行中”" in again.content.decode()


def test_a_returned_list_says_why_and_can_be_written_in_again(cast, browse, handed_in):
    browser = browse(cast.approver)
    assert browser.post(page_of(handed_in, "return/"), {"reason": " "}).status_code == 422
    assert browser.post(page_of(handed_in, "return/"), {"reason": "第二条依据已修订"}).status_code == 302
    page = browse(cast.handler).get(page_of(handed_in)).content.decode()
    assert "第二条依据已修订" in page
    assert "提交审核" in page


def test_the_steps_name_the_clause_that_asks_for_them(cast, browse, draft):
    policy.demo_profile()
    response = browse(cast.handler).get(page_of(draft))
    shown = [(step.label, step.phase, step.clause is not None) for step in response.context["steps"]]
    assert shown == [
        ("拟定", "present", False),
        ("法制审核", "ahead", True),
        ("负责人审批", "ahead", False),
        ("备案", "ahead", True),
        ("公布施行", "ahead", False),
    ]
    assert "四（二）" in response.content.decode()


def test_a_filed_list_is_published_when_every_number_is_there(cast, browse, draft):
    policy.demo_profile()
    submitted = submit_list(draft, by=cast.handler, at=NOON)
    review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    approve_list(submitted, by=cast.approver, at=NOON)
    browser = browse(cast.approver)
    assert "公布施行" in browser.get(page_of(draft, "publish/")).content.decode()
    early = browser.post(page_of(draft, "publish/"), headers=came_from(draft, "publish/"), follow=True)
    assert "还差市场监管部门的备案回执" in early.content.decode()
    waits = browser.get(page_of(draft)).content.decode()
    assert ("等备案号：市场监管部门" in waits, page_of(draft, "publish/") in waits) == (True, False)
    (filing,) = filings_of(submitted)
    assert reverse("desk:filing_detail", args=[filing.pk]) in waits
    make.file_everything(submitted)
    assert page_of(draft, "publish/") in browser.get(page_of(draft)).content.decode()
    assert "已公布施行" in browser.post(page_of(draft, "publish/"), follow=True).content.decode()
    assert ItemList.objects.get(pk=draft.pk).is_in_force
    assert browse(cast.handler).post(page_of(draft, "publish/")).status_code == 403


def test_a_department_with_one_edition_is_told_that_there_is_nothing_to_compare(cast, browse, in_force):
    page = browse(cast.handler).get(page_of(in_force, "compare/")).content.decode()
    assert "只有这一版清单" in page
    assert "<select" not in page


def test_two_editions_are_compared_field_by_field(cast, browse, in_force):
    second = make.draft(cast.handler)
    remove_item(second.items.get(code="M-02"), by=cast.handler, at=NOON)
    item = second.items.get(code="M-01")
    given = {**fields_of(item), "ratio_text": "5%"}
    amend_item(item, **given, checkpoints=make.CHECKPOINTS, by=cast.handler, at=NOON)
    browser = browse(cast.handler)
    response = browser.get(page_of(second, f"compare/?with={in_force.pk}"))
    page = response.content.decode()
    assert [each.change.types for each in response.context["rows"]] == [("比例",), ("删除",)]
    assert "5%" in page
    assert [item.code for item, _campaigns in response.context["stranded"]] == ["M-02"]
    for wrong in ("?with=", "?with=x", "?with=999999", "?with=²"):
        assert browser.get(page_of(second, f"compare/{wrong}")).status_code == 200


# proves S1-14
def test_the_open_campaigns_of_a_dropped_item_are_named(cast, browse, in_force):
    campaign = plans.campaign(
        plans.plan(cast.market, cast.handler, approver=cast.supervisor), items=list(in_force.items.all())
    )
    second = make.draft(cast.handler)
    remove_item(second.items.get(code="M-02"), by=cast.handler, at=NOON)
    response = browse(cast.handler).get(page_of(second))
    assert [(item.code, found) for item, found in response.context["stranded"]] == [("M-02", [campaign])]
    assert campaign.title in response.content.decode()


def test_a_handler_is_not_offered_the_approval_and_is_refused_it(cast, browse, handed_in):
    browser = browse(cast.handler)
    page = browser.get(page_of(handed_in, "decide/"))
    assert "同意，" not in page.content.decode()
    assert browser.post(page_of(handed_in, "decide/"), signed(page)).status_code == 403


def test_no_reason_is_chosen_beforehand_and_none_is_refused(cast, browse, in_force):
    second = make.draft(cast.handler)
    browser = browse(cast.handler)
    page = browser.get(page_of(second, "why/")).content.decode()
    assert '<option value="" selected>选一个原因</option>' in page and page.count(" selected>") == 1
    left = browser.post(page_of(second, "why/"), {"reason": "", "note": "新法第九条"})
    assert left.status_code == 422 and "还没有选调整原因" in left.content.decode()
    second.refresh_from_db()
    assert second.change_reason == ""


def consent_page(browse, person, edition: ItemList) -> str:
    edition.refresh_from_db()
    return browse(person).get(page_of(edition, "decide/")).content.decode()


def test_the_page_of_a_consent_says_what_follows_it(cast, browse, draft):
    make.rules_naming(cast.region, item_legal_reviewer=["AGENCY_LEGAL"], item_list_approvers=["ESTABLISHMENT"])
    make.body("ESTABLISHMENT", cast.fire)
    lawyer, body = make.legal_reviewer(cast.market), make.recipient(cast.fire)
    submit_list(draft, by=cast.handler, at=NOON)
    page = consent_page(browse, lawyer, draft)
    assert "同意后由本部门负责人审批" in page and "同意，法制审核通过" in page
    review_list(draft, by=lawyer, at=NOON)
    assert "同意后由外部审定机构审定" in consent_page(browse, cast.approver, draft)
    approve_list(draft, by=cast.approver, at=NOON)
    page = consent_page(browse, body, draft)
    assert "同意后立即公布施行" in page and "同意，立即公布施行" in page
    assert f"（{cast.fire.short_name}）" in page


def test_a_consent_without_filing_publishes_and_one_with_filing_does_not(cast, browse, handed_in):
    page = consent_page(browse, cast.approver, handed_in)
    assert "同意后立即公布施行" in page and "同意，立即公布施行" in page
    make.rules_naming(cast.region, item_change_filed_with=["JUSTICE"])
    page = consent_page(browse, cast.approver, handed_in)
    assert "同意后转入备案" in page and "同意，负责人审批通过" in page and "立即公布" not in page


def test_the_steps_name_the_department_that_reviews_for_another_one(cast, browse, draft):
    make.rules_naming(cast.region, item_legal_reviewer=["AGENCY_LEGAL"])

    def reviewer() -> str:
        return browse(cast.handler).get(page_of(draft)).context["steps"][1].who

    assert reviewer() == "本单位法制机构"
    organisation.user("fazhi", Role.LEGAL_REVIEWER, within=cast.justice, over=cast.region)
    assert reviewer() == f"本单位法制机构（{cast.justice.short_name}）"
    make.legal_reviewer(cast.market)
    assert reviewer() == "本单位法制机构"
