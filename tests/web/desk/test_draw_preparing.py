"""Before the day: the task list, who is in and who is out, the announcement, the witnesses, a rehearsal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mingcha.domain.draws import actions
from mingcha.domain.draws.models import Draw, PredictabilityReport
from mingcha.domain.draws.queries import announcement_of
from mingcha.domain.registers.models import Inspector, RegisterConfirmation
from mingcha.web.ceremony.forms import CAPACITIES as WITNESSES
from mingcha.web.desk.forms.draws import CAPACITIES
from tests.factories import draws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

HELD = {"held_at": "2026-11-24T09:30", "place": "县政务服务中心三楼", "watching": "留 20 个旁观席", "public_words": ""}


@pytest.fixture(autouse=True)
def today_is_noon(monkeypatch, noon):
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def draw(cast, noon):
    return actions.open_draw(draws.county(cast), by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)


def address(draw, view, *rest):
    return reverse(f"desk:draw_{view}", args=[draw.pk, *rest])


def text_of(answer) -> str:
    return answer.content.decode()


def tasks(client, draw) -> dict[str, object]:
    return {task.label: task for task in client.get(address(draw, "detail")).context["tasks"]}


# ---- the task list --------------------------------------------------------------------------------------------


def test_the_list_says_what_is_ready_and_leads_to_the_rest(cast, browse, draw):
    listed = tasks(browse(cast.handler), draw)
    assert listed["任务已批准"].done and listed["两库由各方更新确认"].done
    assert listed["入抽名单和排除名单"].told == "入抽 60 户，排除 1 户，逐户有原因"
    assert listed["分层和抽取户数"].told == "共抽 4 户，分 2 层"
    assert [label for label, task in listed.items() if task.is_open] == [
        "抽取公告",
        "邀请见证人",
        "演练一次",
    ]


def test_a_register_without_its_owners_word_leads_the_owner_to_confirm_it(cast, browse, draw):
    with unguarded():
        RegisterConfirmation.objects.filter(department=cast.market, register="SUBJECTS").delete()
    client = browse(cast.handler)
    task = tasks(client, draw)["两库由各方更新确认"]
    assert task.is_open and "市场监督管理局（检查对象）" in task.told
    assert task.address == reverse("desk:register_confirm", args=[cast.market.pk, "subjects"])
    assert client.get(task.address).status_code == 200
    with unguarded():
        RegisterConfirmation.objects.filter(department=cast.fire).delete()
    assert "消防救援大队（执法检查人员）" in tasks(client, draw)["两库由各方更新确认"].told


def test_the_next_step_of_the_host_is_the_first_open_task(cast, browse, draw):
    step = browse(cast.handler).get(address(draw, "detail")).context["next"]
    assert (step.label, step.address) == ("发布公告", address(draw, "announce"))
    assert browse(cast.approver).get(address(draw, "detail")).context["next"].label == ""


def test_the_list_ends_with_the_freeze(cast, browse):
    assert tasks(browse(cast.handler), draws.draw_at(cast, "FROZEN")) == {}


# ---- in and out -----------------------------------------------------------------------------------------------


def test_the_frame_says_who_is_out_in_the_words_of_the_public(cast, browse, draw):
    client = browse(cast.discipline)
    text = text_of(client.get(address(draw, "frame")))
    for words in ("名录 61 户中排除 1 户", "名录里登记为已注销或吊销", "示范企业061", "16.67%", "不低于 3%"):
        assert words in text, words
    assert "没有因此排除的企业" in text_of(client.get(address(draw, "frame"), {"reason": "no-stratum"}))


def test_the_excluded_are_paged_in_a_fixed_number_of_queries(cast, browse, draw, django_assert_max_num_queries):
    with unguarded():
        type(draw.campaign.strata.first()).objects.filter(campaign=draw.campaign).update(risks="D", foreign_only=False)
    client = browse(cast.handler)
    with django_assert_max_num_queries(40):
        text = text_of(client.get(address(draw, "frame")))
    assert "第 1 页，共 2 页，61 条" in text


def test_a_rehearsal_shows_its_invented_frame(cast, browse, draw, noon):
    rehearsal = actions.open_rehearsal(draw.campaign, by=cast.handler, at=noon)
    text = text_of(browse(cast.handler).get(address(rehearsal, "frame")))
    assert "没有排除任何一户" in text and "示范企业" not in text


def test_the_report_names_the_likeliest_pairs_once_the_seeds_have_run(cast, browse, draw, noon):
    client = browse(cast.handler)
    assert "后台正在用 200 个演练种子试抽" in text_of(client.get(address(draw, "report")))
    person = Inspector.objects.filter(department=cast.fire).first()
    pair = {"role": "fire", "area": "A1", "needs": [], "inspector": person.code, "sent": 150, "chances": 200}
    with unguarded():
        PredictabilityReport.objects.create(
            draw=draw,
            inputs_digest="0" * 64,
            made_at=noon,
            seeds=200,
            pairs={"people": 12, "certain": [], "never": [], "likeliest": [pair | {"expected": 0.3333}]},
        )
    text = text_of(client.get(address(draw, "report")))
    for words in (person.name, "A1", "75%", "33.33%", "200 个演练种子"):
        assert words in text, words


# ---- the announcement -------------------------------------------------------------------------------------------


def test_an_announcement_is_made_and_moved_and_the_earlier_one_stays(cast, browse, draw):
    client = browse(cast.handler)
    assert client.post(address(draw, "announce"), HELD).url == address(draw, "announce")
    client.post(address(draw, "announce"), HELD | {"place": "县政府礼堂", "public_words": "福彩 3D"})
    text = text_of(client.get(address(draw, "announce")))
    assert "以前的公告" in text and "县政务服务中心三楼" in text
    assert announcement_of(draw).place == "县政府礼堂"
    assert Draw.objects.get(pk=draw.pk).public_words == "福彩 3D"
    assert tasks(client, draw)["抽取公告"].told == "2026年11月24日 09:30，县政府礼堂"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"held_at": "2026-11-20T09:30"}, "晚于现在"), ({"place": ""}, "没有填写"), ({"held_at": "明天"}, "选日期和钟点")],
)
def test_a_faulty_announcement_keeps_what_was_typed(cast, browse, draw, change, words):
    answer = browse(cast.handler).post(address(draw, "announce"), HELD | {"watching": "看直播"} | change)
    assert answer.status_code == 422
    assert words in text_of(answer) and "看直播" in text_of(answer)
    assert announcement_of(draw) is None


def test_only_the_host_announces_invites_and_answers(cast, browse, draw, noon):
    actions.announce(draw, place="三楼", held_at=noon + timedelta(days=1), by=cast.handler, at=noon)
    asked = actions.ask_for_seat(draw, name="赵某", unit="", at=noon)
    invitee = {"name": "某", "unit": "某", "capacity": "其他"}
    for person in (cast.approver, cast.discipline):
        client = browse(person)
        assert client.post(address(draw, "announce"), HELD).status_code == 403
        assert client.post(address(draw, "witnesses"), invitee).status_code == 403
        assert client.post(address(draw, "request", asked.pk), {"agreed": "yes"}).status_code == 403
        assert "btn-primary" not in text_of(client.get(address(draw, "announce")))


# ---- witnesses ------------------------------------------------------------------------------------------------


def test_desk_and_witness_offer_the_same_capacities():
    assert [str(word) for word, _label in CAPACITIES] == [str(word) for word, _label in WITNESSES]


# proves S3-15
def test_a_witness_is_invited_once_and_gets_a_card_with_a_code(cast, browse, draw):
    client = browse(cast.handler)
    guest = {"name": "王某某", "unit": "县人大", "capacity": "人大代表"}
    assert client.post(address(draw, "witnesses"), guest).url == address(draw, "witnesses")
    again = client.post(address(draw, "witnesses"), guest)
    assert again.status_code == 422 and "已在邀请名单上" in text_of(again)
    invitation = draw.invitations.get()
    card = client.get(address(draw, "card", invitation.pk))
    assert "data:image/svg+xml" in text_of(card) and "王某某（县人大）" in text_of(card)
    assert f"{invitation.code[:4]} {invitation.code[4:8]}" in text_of(card)


# proves S0-29
def test_a_citizens_request_is_answered_once_and_a_no_needs_a_reason(cast, browse, draw, noon):
    actions.announce(draw, place="三楼", held_at=noon + timedelta(days=1), by=cast.handler, at=noon)
    asked = actions.ask_for_seat(draw, name="赵某", unit="", at=noon)
    client, page = browse(cast.handler), address(draw, "request", asked.pk)
    assert page in text_of(client.get(address(draw, "witnesses")))
    assert "1 个群众申请等答复" in tasks(client, draw)["邀请见证人"].told
    assert "写明不同意的理由" in text_of(client.post(page, {"agreed": "no", "remark": ""}))
    assert client.post(page, {"agreed": "no", "remark": "席位已满"}).url == address(draw, "witnesses")
    assert "这个申请已经答复" in text_of(client.post(page, {"agreed": "yes"}))
    assert "席位已满" in text_of(client.get(address(draw, "witnesses")))
    assert client.get(address(draw, "card", asked.pk)).status_code == 404


def test_cards_and_requests_of_another_draw_are_not_found(cast, browse, draw, noon):
    other = actions.open_rehearsal(draw.campaign, by=cast.handler, at=noon)
    guest = actions.invite(other, name="某", unit="某", capacity="其他", by=cast.handler, at=noon)
    assert browse(cast.handler).get(address(draw, "card", guest.pk)).status_code == 404
    assert browse(cast.handler).get(address(draw, "request", guest.pk)).status_code == 404


def test_the_list_of_devices_can_be_printed(cast, browse, draw):
    text = text_of(browse(cast.handler).get(address(draw, "devices")))
    assert all(word in text for word in ("投影", "打印机", "备用手机", "骰子 20 个", "☐"))


# ---- rehearsing -------------------------------------------------------------------------------------------------


def test_a_rehearsal_starts_from_the_task_list_once_and_stands_on_its_own_tab(cast, browse, draw):
    client = browse(cast.handler)
    start = tasks(client, draw)["演练一次"].address
    assert client.get(start).status_code == 405
    first = client.post(start).url
    assert client.post(start).url == first
    rehearsal = Draw.objects.get(is_rehearsal=True)
    assert tasks(client, draw)["演练一次"].told == f"{rehearsal.number} 正在进行"
    listed = text_of(client.get(reverse("desk:draw_list")))
    assert draw.number in listed and rehearsal.number not in listed
    listed = text_of(client.get(reverse("desk:draw_list"), {"kind": "rehearsals"}))
    assert rehearsal.number in listed and f"/desk/draws/{draw.pk}/" not in listed


def test_a_rehearsal_can_start_before_any_draw_from_the_tab_of_rehearsals(cast, browse):
    campaign = draws.county(cast)
    start = reverse("desk:draw_rehearse", args=[campaign.pk])
    assert start in text_of(browse(cast.handler).get(reverse("desk:draw_list"), {"kind": "rehearsals"}))
    assert start not in text_of(browse(cast.approver).get(reverse("desk:draw_list"), {"kind": "rehearsals"}))
    assert browse(cast.approver).post(start).status_code == 403
    assert browse(cast.stranger).post(start).status_code == 404
    assert browse(cast.handler).post(start).status_code == 302


def test_a_finished_rehearsal_is_ticked(cast, browse, draw, noon):
    rehearsal = actions.open_rehearsal(draw.campaign, by=cast.handler, at=noon, pairing_code=lambda: draws.PAIRING)
    made = draws.Room(cast, rehearsal)
    for name in ("示范甲", "示范乙"):
        made.seat_witness(name)
    for step in draws.STEPS[: draws.PHASES.index("SIGNED")]:
        step(made, noon)
    assert tasks(browse(cast.handler), draw)["演练一次"].done
