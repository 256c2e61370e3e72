"""抽取之后 at the desk: proposing, deciding, seeing what was changed."""

import pytest
from django.urls import reverse

from mingcha.domain.draws.models import DrawnSubject, Substitution, UsedReserve
from mingcha.domain.inspections.actions import dispatch_visits
from mingcha.domain.inspections.models import Inspection
from mingcha.domain.registers.models import Inspector, Leave
from tests.conftest import NOON
from tests.factories import draws, registers
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def draw(cast):
    draw = draws.draw_at(cast, "SIGNED")
    dispatch_visits(draw, by=cast.handler, at=NOON)
    return draw


@pytest.fixture
def drawn(draw) -> DrawnSubject:
    return draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[0]


@pytest.fixture
def leaves(drawn, cast) -> Inspector:
    return drawn.inspectors.filter(department=cast.market).order_by("position")[0].inspector


def at(name: str, pk: int) -> str:
    return reverse(f"desk:{name}", args=[pk])


def ask_for(drawn, leaves, browse, cast) -> Substitution:
    browse(cast.handler).post(at("substitute_propose", drawn.pk), {"leaves": leaves.pk, "reason_text": "住院"})
    return Substitution.objects.latest("pk")


def test_a_substitute_is_proposed_by_one_and_approved_by_another(browse, cast, drawn, leaves):
    page = at("substitute_propose", drawn.pk)
    shown = browse(cast.handler).get(page)
    assert leaves.name in shown.content.decode()
    answer = browse(cast.handler).post(page, {"leaves": leaves.pk, "reason_text": "住院"}, follow=True)
    row = Substitution.objects.get()
    assert f"{leaves.name}退出，按抽签次序由{row.enters.name}递补" in answer.content.decode()
    decision = at("substitute_decide", row.pk)
    assert "批准，换人" in browse(cast.approver).get(decision).content.decode()
    assert "批准，换人" not in browse(cast.handler).get(decision).content.decode()
    listed = browse(cast.approver).post(decision, {"agreed": "yes", "remark": ""}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.is_approved
    assert "已批准，检查人员和任务随即更新" in listed
    part = Inspection.objects.get(visit__drawn=drawn, department=cast.market)
    assert "退出，已递补" in browse(cast.handler).get(at("inspection_detail", part.pk)).content.decode()


def test_nobody_can_name_who_enters(browse, cast, drawn, leaves):
    other = Inspector.objects.filter(department=cast.market).exclude(pk=leaves.pk).latest("pk")
    wanted = {"leaves": leaves.pk, "reason_text": "住院", "enters": other.pk}
    plain = ask_for(drawn, leaves, browse, cast).enters
    with unguarded():
        Substitution.objects.update(decision="REFUSED")
    browse(cast.handler).post(at("substitute_propose", drawn.pk), wanted)
    assert Substitution.objects.latest("pk").enters == plain


def test_a_refusal_stays_on_the_form_with_what_was_typed(browse, cast, drawn, leaves):
    ask_for(drawn, leaves, browse, cast)
    answer = browse(cast.handler).post(
        at("substitute_propose", drawn.pk), {"leaves": leaves.pk, "reason_text": "出差在外"}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "已有一项待批准的递补" in shown
    assert "出差在外" in shown


def test_a_no_needs_its_reason(browse, cast, drawn, leaves):
    row = ask_for(drawn, leaves, browse, cast)
    answer = browse(cast.approver).post(at("substitute_decide", row.pk), {"agreed": "no", "remark": ""})
    assert answer.status_code == 422
    assert "不同意的，写明理由" in answer.content.decode()
    browse(cast.approver).post(at("substitute_decide", row.pk), {"agreed": "no", "remark": "能参加"})
    row.refresh_from_db()
    assert row.decision == "REFUSED"


def test_a_reserve_is_proposed_by_one_and_approved_by_another(browse, cast, drawn):
    page = at("reserve_propose", drawn.pk)
    assert "查无下落不是事由" in browse(cast.handler).get(page).content.decode()
    closed = browse(cast.handler).post(page, {"reason": "CLOSED", "reason_text": "已注销"})
    assert (closed.status_code, "还是存续" in closed.content.decode()) == (422, True)
    browse(cast.handler).post(page, {"reason": "MOVED", "reason_text": "迁往邻县"})
    used = UsedReserve.objects.get()
    decision = at("reserve_decide", used.pk)
    assert used.reserve.name in browse(cast.approver).get(decision).content.decode()
    browse(cast.approver).post(decision, {"agreed": "yes", "remark": ""})
    part = Inspection.objects.get(visit__drawn=drawn, department=cast.market)
    shown = browse(cast.handler).get(at("inspection_detail", part.pk)).content.decode()
    assert f"改查备选 {used.reserve.name}" in shown
    assert used.reserve.name in browse(cast.handler).get(at("draw_changes", drawn.draw_id)).content.decode()


def test_the_changes_page_finds_a_drawn_firm_and_no_reserve(browse, cast, draw, drawn):
    reserve = draw.subjects.filter(reserve=True)[0]
    page = at("draw_changes", draw.pk)
    assert browse(cast.handler).get(page, {"q": drawn.code}).context["found"] == [drawn]
    assert browse(cast.handler).get(page, {"q": reserve.code}).context["found"] == []


def test_an_inspection_short_of_people_says_why_and_where_to_go(browse, cast, drawn, leaves):
    with unguarded():
        Inspector.objects.filter(pk=leaves.pk).update(state="SUSPENDED")
    part = Inspection.objects.get(visit__drawn=drawn, department=cast.market)
    shown = browse(cast.handler).get(at("inspection_detail", part.pk)).content.decode()
    assert "不能开始：能检查的人员不足两名" in shown
    assert f"{at('substitute_propose', drawn.pk)}?leaves={leaves.pk}" in shown
    listed = browse(cast.handler).get(reverse("desk:inspection_list"), {"short": "1"})
    assert part in [row.inspection for row in listed.context["rows"]]
    assert part.subject.name in browse(cast.handler).get(at("draw_changes", drawn.draw_id)).content.decode()


def test_where_the_draw_found_nobody_the_page_says_there_is_no_order(browse, cast, drawn):
    part = Inspection.objects.get(visit__drawn=drawn, department=cast.market)
    with unguarded():
        part.assignments.update(withdrawn_at=NOON)
    shown = browse(cast.handler).get(at("inspection_detail", part.pk)).content.decode()
    assert "没有抽签次序可以递补" in shown
    assert "补充抽取" in shown


def test_before_names_are_open_the_pages_show_none(browse, cast):
    draw = draws.draw_at(cast, "SIGNED", list_timing="AT_END")
    drawn = draw.subjects.filter(reserve=False)[0]
    shown = browse(cast.handler).get(at("draw_changes", draw.pk), {"q": drawn.code}).content.decode()
    assert "名单现在不显示" in shown
    assert drawn.name not in shown
    for name in ("substitute_propose", "reserve_propose"):
        assert browse(cast.handler).get(at(name, drawn.pk)).status_code == 404


def test_strangers_and_citizens_come_nowhere_near(browse, cast, drawn, leaves):
    row = ask_for(drawn, leaves, browse, cast)
    pages = [
        at("draw_changes", drawn.draw_id),
        at("substitute_propose", drawn.pk),
        at("reserve_propose", drawn.pk),
        at("substitute_decide", row.pk),
    ]
    for page in pages:
        assert browse(cast.stranger).get(page).status_code == 404
        assert reverse("shared:login") in browse().get(page).url
    yes = {"agreed": "yes", "remark": ""}
    assert browse(cast.fire_approver).post(pages[-1], yes).status_code == 403
    assert browse(cast.handler).post(pages[-1], yes).status_code == 403
    assert browse(cast.handler).post(pages[0]).status_code == 405
    row.refresh_from_db()
    assert row.is_proposed


def test_reading_the_changes_takes_a_bounded_number_of_queries(
    browse, cast, drawn, leaves, django_assert_max_num_queries
):
    ask_for(drawn, leaves, browse, cast)
    desk = browse(cast.approver)
    with django_assert_max_num_queries(60):
        desk.get(at("draw_changes", drawn.draw_id))


def test_the_desk_offers_no_change_to_whoever_may_not_ask_for_one(browse, cast, drawn):
    shown = browse(cast.supervisor).get(at("substitute_propose", drawn.pk)).content.decode()
    assert "您不能为这户的人员办理递补" in shown


def test_the_changes_page_lists_where_a_department_does_not_go(browse, cast):
    draw = draws.draw_at(cast, "SIGNED")
    first, second = draw.subjects.filter(reserve=False, stratum="rest").order_by("rank")[:2]
    registers.link(first.subject, cast.fire, "M-01")
    page = at("draw_changes", draw.pk)
    heading = "未关联本部门的抽查事项，不派发（抽取结果不改动）"
    assert heading not in browse(cast.handler).get(page).content.decode()
    dispatch_visits(draw, by=cast.handler, at=NOON)
    answer = browse(cast.handler).get(page)
    (row,) = answer.context["absences"]
    assert heading in answer.content.decode()
    assert (row.department, second.name in row.firms, first.name in row.firms) == (cast.fire, True, False)
    sentence = f"{cast.fire.short_name}：该对象未关联本部门的抽查事项，不派发"
    assert sentence in browse(cast.handler).get(at("substitute_propose", second.pk)).content.decode()
    assert sentence not in browse(cast.handler).get(at("substitute_propose", first.pk)).content.decode()


def test_who_is_on_leave_today_is_marked_where_a_substitute_is_asked_for(browse, cast, drawn, leaves):
    with unguarded():
        Leave.objects.create(inspector=leaves, kind="TRAINING", since=NOON.date(), until=NOON.date())
    assert "脱产培训" in browse(cast.handler).get(at("substitute_propose", drawn.pk)).content.decode()
