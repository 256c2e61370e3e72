"""The page of a campaign before and after its draw: who is in the frame, who may be sent, what is added later."""

import pytest
from django.urls import reverse

from mingcha.domain.plans.models import Campaign
from mingcha.domain.registers.models import Subject
from tests.conftest import NOON
from tests.factories import draws, registers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_everywhere(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


# proves S0-20
def test_the_frame_is_shown_before_any_draw_with_the_sentence_of_each_reason(cast, browse):
    campaign = draws.county(cast, subjects=20)
    visited, disputed = registers.subject(90), registers.subject(91)
    registers.note(visited, cast.market, item_code="M-01", on=NOON.date())
    registers.dispute(disputed, cast.fire, by=cast.fire_handler)
    client = browse(cast.handler)
    page = client.get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert "行政执法机构已经对市场主体进行抽查的" in page
    assert "有未结的复议、诉讼等争议" in page
    assert "行政复议示例" not in page
    frame = reverse("desk:campaign_frame", args=[campaign.pk])
    everyone = client.get(frame)
    assert [label for _name, _code, label in everyone.context["rows"]].count("已注销或吊销") == 1
    assert everyone.context["total"] == everyone.context["page"].paginator.count == 3
    one = client.get(frame, {"reason": "in-dispute"})
    assert [code for _name, code, _label in one.context["rows"]] == [disputed.code]
    assert one.context["page"].paginator.count == 1
    assert browse(cast.stranger).get(frame).status_code == 404


# proves S2-17
def test_the_page_says_who_must_confirm_which_register_and_how_many_may_be_sent(cast, browse):
    campaign = draws.county(cast, subjects=20)
    registers.inspector(cast.market, 7, state="SUSPENDED")
    registers.avoidance(Subject.objects.first(), cast.market.inspectors.first())
    answer = browse(cast.fire_handler).get(reverse("desk:campaign_detail", args=[campaign.pk]))
    assert {(row.department, row.certified, row.outside, row.avoiding) for row in answer.context["staff"]} == {
        (cast.market, 6, 1, 1),
        (cast.fire, 6, 0, 0),
    }
    links = {
        (owner, kind): reverse("desk:register_confirm", args=[owner.pk, kind]) in answer.content.decode()
        for owner, kind in [(cast.market, "subjects"), (cast.market, "inspectors"), (cast.fire, "inspectors")]
    }
    assert links == {
        (cast.market, "subjects"): False,
        (cast.market, "inspectors"): False,
        (cast.fire, "inspectors"): True,
    }


def test_a_supplement_is_offered_once_something_was_drawn(cast, browse):
    campaign = draws.draw_at(cast, "IN_FORCE", subjects=40).campaign
    client = browse(cast.handler)
    address = reverse("desk:campaign_supplement", args=[campaign.pk])
    assert address in client.get(reverse("desk:campaign_detail", args=[campaign.pk])).content.decode()
    assert "（补充）" in client.get(address).content.decode()
    sent = {"title": "补充抽查", "starts_on": "2026-12-01", "ends_on": "2026-12-20"}
    assert client.post(address, {**sent, "title": campaign.title}).status_code == 422
    added = Campaign.objects.get(pk=int(client.post(address, sent).url.rstrip("/").rsplit("/", 1)[-1]))
    assert (added.supplements, added.state) == (campaign, "DRAFT")
    assert "本任务的前一次抽取已经抽中" in client.get(reverse("desk:campaign_detail", args=[added.pk])).content.decode()
    assert browse(cast.fire_handler).get(address).status_code == 404


# proves S1-17
def test_the_frame_page_says_which_items_are_for_everybody_and_which_signals_ask_for_more(cast, browse):
    campaign = draws.county(cast, subjects=20)
    linked, bad = Subject.objects.order_by("code")[:2]
    registers.link(linked, cast.market, "M-01")
    registers.signal(bad, by=cast.handler, kind="ABNORMAL_LIST")
    frame = reverse("desk:campaign_frame", args=[campaign.pk])
    page = browse(cast.handler).get(frame)
    assert [item.item_list.department for item in page.context["for_everybody"]] == [cast.fire]
    assert "没有维护下面这些事项与对象的关联" in page.content.decode()
    assert "加大抽查力度" in page.content.decode()
    registers.link(linked, cast.fire, "M-01")
    page = browse(cast.handler).get(frame, {"reason": "not-in-scope"})
    assert page.context["for_everybody"] == []
    assert (page.context["outlook"].population, page.context["page"].paginator.count) == (1, 19)
    assert "没有把它与这次检查的任何一个事项关联" in page.content.decode()
