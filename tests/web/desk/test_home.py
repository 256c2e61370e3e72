"""工作台: what waits for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.catalogue.models import ItemList
from mingcha.domain.draws.models import Draw, Signature
from mingcha.domain.duties.models import Duty
from mingcha.domain.filings.actions import send_filing
from mingcha.domain.registers.models import ImportBatch
from tests.conftest import NOON
from tests.factories import filings, inspections, outlets, policy, registers
from tests.factories import plans as make
from tests.factories.organisation import unguarded
from tests.factories.policy import clause

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture(autouse=True)
def a_body_with_its_key(cast) -> None:
    """The key is on file, so it is not among the things to do."""
    with unguarded():
        cast.discipline_body.sealing_key = "a" * 64
        cast.discipline_body.save()


def waiting(browse, person) -> list[tuple[str, str]]:
    answer = browse(person).get(reverse("desk:home"))
    assert answer.status_code == 200
    return [(str(task.word), task.about) for task in answer.context["waiting"]]


def draw(campaign, state: str) -> Draw:
    """A draw that somehow got to a phase; only its phase matters here."""
    fields = {"result_at": NOON, "result_sha256": "0" * 64} if state in ("RESULT", "SIGNED") else {}
    with unguarded():
        return Draw.objects.create(
            number="MC-2026-001", campaign=campaign, state=state, opened_at=NOON, pairing_code="123456", **fields
        )


def test_everyone_on_the_staff_has_a_page_and_a_citizen_has_none(cast, browse):
    for person in (cast.handler, cast.approver, cast.supervisor, cast.keeper, cast.auditor, cast.discipline):
        page = browse(person).get(reverse("desk:home"))
        assert "没有待办" in page.content.decode(), person.username
    assert browse().get(reverse("desk:home")).status_code == 302
    assert browse(cast.handler).post(reverse("desk:home")).status_code == 405


def test_what_was_submitted_waits_for_the_approver_only(cast, browse):
    plan = make.plan(cast.market, cast.handler, title="年度计划", state="SUBMITTED")
    make.campaign(plan, items=[make.item(cast.market, cast.handler)], title="抽查一", state="SUBMITTED")
    assert waiting(browse, cast.supervisor) == [("审核年度计划", "年度计划"), ("审核抽查任务", "抽查一")]
    for person in (cast.handler, cast.approver, cast.stranger, cast.keeper):
        assert waiting(browse, person) == []


def test_what_came_back_waits_for_the_handlers(cast, browse):
    plan = make.plan(cast.market, cast.handler, title="年度计划")
    with unguarded():
        plan.remark = "写清频次"
        plan.save()
    assert waiting(browse, cast.second_handler) == [("修改被退回的计划", "年度计划")]
    assert waiting(browse, cast.fire_handler) == []


def test_a_list_waits_for_whoever_has_the_next_step_and_a_bare_draft_for_nobody(cast, browse):
    item = make.item(cast.market, cast.handler, state="DRAFT")
    assert waiting(browse, cast.approver) == waiting(browse, cast.handler) == []
    with unguarded():
        ItemList.objects.filter(pk=item.item_list_id).update(state="APPROVAL")
    assert waiting(browse, cast.approver) == [("负责人审批", str(item.item_list))]


def test_a_filing_waits_for_those_who_send_and_then_for_those_who_receive(cast, browse):
    filings.body("MARKET", cast.fire)
    receiver = filings.recipient(cast.fire)
    filing = filings.prepared(cast.market, cast.market, body="MARKET", by=cast.handler)
    assert waiting(browse, cast.handler) == [("报送备案", filing.title)]
    assert waiting(browse, receiver) == []
    send_filing(filing, by=cast.handler, at=NOON)
    assert waiting(browse, cast.handler) == []
    assert waiting(browse, receiver) == [("接收备案", filing.title)]


def test_a_register_waits_for_its_owner_once_its_confirmation_has_run_out(cast, browse):
    policy.demo_profile()
    registers.confirmed(cast, at=NOON - timedelta(days=31))
    assert ("名录确认已到期", "检查对象") in waiting(browse, cast.handler)
    registers.confirmed(cast, at=NOON)
    assert waiting(browse, cast.handler) == []


def test_a_checked_import_waits_for_its_merge(cast, browse):
    with unguarded():
        ImportBatch.objects.create(
            kind="SUBJECTS",
            department=cast.market,
            region=cast.region,
            file_name="名录.csv",
            sha256="0" * 64,
            state="CHECKED",
            loaded_by=cast.handler,
            loaded_at=NOON,
        )
    assert waiting(browse, cast.handler) == [("合并导入的名录", "名录.csv")]
    assert waiting(browse, cast.fire_handler) == []


def test_an_approved_campaign_waits_to_be_drawn_until_its_draw_is_open(cast, browse):
    campaign = make.approved_campaign(cast)
    assert waiting(browse, cast.handler) == [("公开抽取", "示范抽查")]
    assert waiting(browse, cast.supervisor) == []
    draw(campaign, "SEATS")
    assert waiting(browse, cast.handler) == [("见证人入席后冻结名单", "MC-2026-001 示范抽查")]


def test_the_sealed_copies_wait_for_the_discipline_officer(cast, browse):
    draw(make.approved_campaign(cast), "COMMITTED")
    assert waiting(browse, cast.discipline) == [("核对密封副本，之后才能掷骰", "MC-2026-001 示范抽查")]
    assert waiting(browse, cast.handler) == []


def test_what_somebody_proposed_waits_for_those_who_decide(cast, browse):
    running = draw(make.approved_campaign(cast), "DICE")
    with unguarded():
        Draw.objects.filter(pk=running.pk).update(void_proposed_by=cast.approver, void_reason="x")
    assert ("确认或不理会宣告无效", "MC-2026-001 示范抽查") in waiting(browse, cast.discipline)


def test_the_dice_wait_for_those_who_may_type_them(cast, browse):
    tried = draw(make.approved_campaign(cast), "COMMITTED")
    with unguarded():
        Draw.objects.filter(pk=tried.pk).update(copies_checked_at=NOON)
    for person in (cast.handler, cast.approver, cast.discipline):
        assert waiting(browse, person) == [("掷骰并录入数字", "MC-2026-001 示范抽查")]
    assert waiting(browse, cast.supervisor) == []


def test_a_result_waits_for_each_signature_that_is_missing(cast, browse):
    result = draw(make.approved_campaign(cast), "RESULT")
    assert waiting(browse, cast.approver) == waiting(browse, cast.discipline) != []
    with unguarded():
        Signature.objects.create(draw=result, seat="agency", name="x", capacity="y", outcome="SIGNED", at=NOON)
    assert waiting(browse, cast.approver) == []
    assert waiting(browse, cast.discipline) == [("在抽取结果上签字", "MC-2026-001 示范抽查")]


def test_a_recorded_result_waits_for_the_head_of_its_department(cast, browse):
    inspection = inspections.recorded(inspections.world(cast))
    assert waiting(browse, cast.approver) == [("审核检查结果", str(inspection))]
    for person in (cast.fire_approver, cast.supervisor, cast.stranger):
        assert waiting(browse, person) == []


def test_the_clocks_of_the_next_week_are_shown_and_later_ones_are_not(cast, browse):
    rule = {"clause": clause().model_dump(mode="json")}
    with unguarded():
        for days, label in [(-1, "昨天到期"), (6, "六天后到期"), (9, "九天后到期")]:
            Duty.objects.create(
                kind="ENTRY",
                about=f"inspections.Inspection:{days}",
                about_label=label,
                department=cast.market,
                started_at=NOON - timedelta(days=3),
                due_at=NOON + timedelta(days=days),
                rule=rule,
            )
    page = browse(cast.handler).get(reverse("desk:home")).content.decode()
    assert "昨天到期" in page
    assert "六天后到期" in page
    assert "九天后到期" not in page
    assert "六天后到期" not in browse(cast.fire_handler).get(reverse("desk:home")).content.decode()


def test_the_page_costs_a_bounded_number_of_queries(cast, browse, django_assert_max_num_queries):
    item = make.item(cast.market, cast.handler)
    for number in range(15):
        plan = make.plan(cast.market, cast.handler, title=f"计划{number}", state="SUBMITTED")
        make.campaign(plan, items=[item], title=f"抽查{number}", state="SUBMITTED")
    client = browse(cast.supervisor)
    with django_assert_max_num_queries(80):
        client.get(reverse("desk:home"))


def test_a_discipline_officer_is_told_that_the_key_is_missing(browse, cast):
    assert "登记密封公钥" not in browse(cast.discipline).get("/desk/").content.decode()
    with unguarded():
        cast.discipline_body.sealing_key = ""
        cast.discipline_body.save()
    assert "登记密封公钥" in browse(cast.discipline).get("/desk/").content.decode()
    assert "登记密封公钥" not in browse(cast.auditor).get("/desk/").content.decode()


def test_many_of_one_kind_do_not_hide_the_one_of_another(cast, browse):
    make.approved_campaign(cast)
    with unguarded():
        for number in range(7):
            ImportBatch.objects.create(
                kind="SUBJECTS",
                department=cast.market,
                region=cast.region,
                file_name=f"名录{number}.csv",
                sha256="0" * 64,
                state="CHECKED",
                loaded_by=cast.handler,
                loaded_at=NOON,
            )
    answer = browse(cast.handler).get(reverse("desk:home"))
    shown = [str(task.word) for task in answer.context["shown"]]
    assert shown == ["公开抽取", *["合并导入的名录"] * 5]
    assert len(answer.context["folded"]) == 2
    assert "同样的还有 2 件" in answer.content.decode()


def test_a_new_department_sees_its_six_first_steps_with_what_asks_for_them(cast, browse):
    policy.demo_profile()
    answer = browse(cast.handler).get(reverse("desk:home"))
    assert [(str(step.word), str(step.said)) for step in answer.context["steps"]] == [
        ("认领事项清单", "未开始"),
        ("导入检查对象", "未开始"),
        ("导入执法检查人员", "未开始"),
        ("关联对象与事项", "还不能开始"),
        ("拟定实施细则", "未开始"),
        ("报送年度计划", "还不能开始"),
    ]
    assert answer.context["steps"][0].clause.key == "item_list_due"
    assert [step.due for step in answer.context["steps"]] == ["每年 3 月 20 日前", "", "", "", "", "每年 1 月 31 日前"]
    page = answer.content.decode()
    assert f'href="{reverse("desk:link_list")}">关联对象与事项' not in page
    for person in (cast.approver, cast.supervisor, cast.inspector, cast.keeper):
        assert browse(person).get(reverse("desk:home")).context["steps"] == [], person.username


def test_a_step_moves_with_the_work_behind_it(cast, browse):
    def standings() -> dict[str, str]:
        steps = browse(cast.handler).get(reverse("desk:home")).context["steps"]
        return {str(step.word): str(step.said) for step in steps}

    item = make.item(cast.market, cast.handler, state="DRAFT")
    assert standings()["认领事项清单"] == "进行中"
    with unguarded():
        ItemList.objects.filter(pk=item.item_list_id).update(state="IN_FORCE", in_force_at=NOON)
    registers.subject()
    registers.inspector(cast.market)
    plan = make.plan(cast.market, cast.handler)
    now = standings()
    assert now["认领事项清单"] == now["导入检查对象"] == now["导入执法检查人员"] == "已完成"
    assert now["关联对象与事项"] == "未开始"
    assert now["报送年度计划"] == "进行中"
    with unguarded():
        plan.state = "SUBMITTED"
        plan.save()
    assert standings()["报送年度计划"] == "已完成"


def test_what_is_put_up_by_hand_waits_for_whoever_writes_the_list(cast, browse):
    policy.demo_profile()
    delivery = outlets.prepared(cast)
    assert any(word == "在公示渠道公布" and delivery.title in about for word, about in waiting(browse, cast.handler))
    assert not any(word == "在公示渠道公布" for word, _about in waiting(browse, cast.stranger))
    outlets.entered(delivery, by=cast.handler)
    left = [about for word, about in waiting(browse, cast.handler) if word == "在公示渠道公布"]
    assert not any("国家企业信用信息公示系统" in about for about in left)


def test_what_is_late_leads_to_its_page(cast, browse):
    inspection = inspections.recorded(inspections.world(cast))
    with unguarded():
        Duty.objects.update(state="RUNNING", ended_at=None, due_at=NOON - timedelta(days=1))
    page = browse(cast.handler).get(reverse("desk:home")).content.decode()
    late = page[page.index("一周内到期和已超期") :]
    assert reverse("desk:inspection_detail", args=[inspection.pk]) in late
