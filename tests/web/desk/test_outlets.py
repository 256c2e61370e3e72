"""公示渠道 at the desk, and what the public sees of it."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mingcha.domain.outlets.actions import note_delivered, note_refused, note_unanswered
from mingcha.domain.outlets.jobs import prepare_new_editions
from mingcha.domain.outlets.models import Delivery
from mingcha.kit.actors import SYSTEM
from tests.conftest import NOON
from tests.factories import outlets as make
from tests.factories.policy import demo_profile

pytestmark = pytest.mark.django_db
LIST = reverse("desk:outlet_list")
POSTING = {"address": make.ADDRESS, "on": "2026-11-23", "number": "网〔2026〕1号"}


@pytest.fixture(autouse=True)
def noon_on_every_page(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def delivery(cast):
    demo_profile()
    return make.prepared(cast)


@pytest.fixture
def connected(settings, tmp_path):
    """CREDIT_PUBLICITY has an interface under a name of its own."""
    path = tmp_path / "outlets.toml"
    path.write_text(
        '[[outlet]]\ncode = "CREDIT_PUBLICITY"\nname = "公示系统（示范省）"\n'
        'address = "https://outlet.example.invalid/api"\ntoken_variable = "A_SECRET_PLACE"\n',
        encoding="utf-8",
    )
    settings.OUTLETS_FILE = path


def page(delivery, name="outlet_detail"):
    return reverse(f"desk:{name}", args=[delivery.pk])


def shown(client, address, **asked):
    return client.get(address, asked).content.decode()


# proves S4-16
def test_the_ledger_shows_what_goes_where_and_who_has_to_do_something(cast, browse, delivery, connected):
    words = shown(browse(cast.handler), LIST)
    assert "公示系统（示范省）" in words
    assert "接口自动送" in words
    assert "本地信用网站" in words
    assert "等人上传并登记" in words


def test_a_failed_try_is_shown_with_its_reason_and_the_next_one(cast, browse, delivery, connected):
    make.tried(delivery)
    note_unanswered(delivery, reason="渠道正忙（503）", by=SYSTEM, at=NOON)
    words = shown(browse(cast.handler), page(delivery))
    assert "渠道正忙（503）" in words
    assert "2026年11月23日 12:01再送" in words
    assert "接口 outlet.example.invalid" in words
    assert "A_SECRET_PLACE" not in words


def test_what_was_sent_back_is_sent_again_by_the_department_alone(cast, browse, delivery, connected):
    make.tried(delivery)
    note_refused(delivery, reason="渠道退回（422）：第 2 项没有依据", by=SYSTEM, at=NOON)
    assert "第 2 项没有依据" in shown(browse(cast.handler), LIST)
    desk = browse(cast.handler)
    assert desk.get(page(delivery, "outlet_again")).status_code == 405
    assert browse(cast.stranger).post(page(delivery, "outlet_again")).status_code == 404
    assert browse(cast.supervisor).post(page(delivery, "outlet_again")).status_code == 403
    assert page(delivery, "outlet_again") not in shown(browse(cast.supervisor), page(delivery))
    assert page(delivery, "outlet_again") in shown(desk, page(delivery))
    assert desk.post(page(delivery, "outlet_again")).url == page(delivery)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("WAITING", 0)


# proves S1-11
def test_what_is_put_up_by_hand_is_downloaded_and_its_address_entered(cast, browse, delivery):
    desk = browse(cast.handler)
    assert "登记由人上传的公布" in shown(desk, page(delivery))
    answer = desk.post(page(delivery, "outlet_enter"), POSTING)
    assert answer.url == page(delivery)
    words = shown(desk, page(delivery))
    assert f'href="{make.ADDRESS}"' in words
    assert "网〔2026〕1号" in words
    assert "登记由人上传的公布" not in words
    assert desk.post(page(delivery, "outlet_enter"), POSTING).status_code == 422


def test_what_the_interface_has_not_put_up_nobody_claims_by_hand(cast, browse, delivery, connected):
    desk = browse(cast.handler)
    assert page(delivery, "outlet_enter") not in shown(desk, page(delivery))
    claimed = {**POSTING, "address": "https://phishing.example.invalid/login"}
    answer = desk.post(page(delivery, "outlet_enter"), claimed)
    assert (answer.status_code, "由接口自动送" in answer.content.decode()) == (422, True)
    delivery.refresh_from_db()
    assert delivery.is_waiting
    assert "phishing" not in shown(browse(), reverse("portal:items"), department=cast.market.code)
    make.tried(delivery)
    note_refused(delivery, reason="渠道退回（422）：第 2 项没有依据", by=SYSTEM, at=NOON)
    assert page(delivery, "outlet_enter") in shown(desk, page(delivery))
    assert desk.post(page(delivery, "outlet_enter"), POSTING).status_code == 302


# proves S1-11
def test_a_wrong_address_entered_by_hand_is_put_right_for_everybody(cast, browse, delivery):
    desk, wrong = browse(cast.handler), "https://typo.example.invalid/"
    desk.post(page(delivery, "outlet_enter"), {**POSTING, "address": wrong})
    words = shown(desk, page(delivery))
    assert "改正公布地址" in words
    assert f'value="{wrong}"' in words
    assert page(delivery, "outlet_enter") not in shown(browse(cast.supervisor), page(delivery))
    assert browse(cast.supervisor).post(page(delivery, "outlet_enter"), POSTING).status_code == 403
    assert desk.post(page(delivery, "outlet_enter"), {"address": "typo"}).status_code == 422
    assert desk.post(page(delivery, "outlet_enter"), {"address": make.ADDRESS}).url == page(delivery)
    public = shown(browse(), reverse("portal:items"), department=cast.market.code)
    assert (f'href="{make.ADDRESS}"' in public, wrong in public) == (True, False)
    assert "改正在公示渠道的公布地址" in shown(desk, page(delivery))


def test_an_address_that_the_outlet_gave_itself_is_nobodys_to_change(cast, browse, delivery, connected):
    make.tried(delivery)
    note_delivered(delivery, number="公示 7", address=make.ADDRESS, by=SYSTEM, at=NOON)
    desk = browse(cast.handler)
    assert page(delivery, "outlet_enter") not in shown(desk, page(delivery))
    answer = desk.post(page(delivery, "outlet_enter"), {**POSTING, "address": "https://phishing.example.invalid/"})
    assert answer.status_code == 422
    delivery.refresh_from_db()
    assert delivery.public_address == make.ADDRESS


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": ""}, "没有填公布地址"),
        ({"address": "javascript:alert(1)"}, "公布地址应以"),
        ({"on": ""}, "没有填公布日期"),
        ({"on": "昨天"}, "公布日期看不懂"),
        ({"on": "2026-12-01"}, "在今天之后"),
    ],
)
def test_what_is_entered_wrong_stays_on_the_page_with_the_reason(cast, browse, delivery, change, words):
    answer = browse(cast.handler).post(page(delivery, "outlet_enter"), {**POSTING, **change})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert "网〔2026〕1号" in answer.content.decode()


# proves S4-16
def test_the_file_to_upload_holds_the_list_and_its_changes(cast, browse, delivery):
    make.second_edition(cast, cast.market.itemlist_set.get())
    prepare_new_editions(NOON)
    second = Delivery.objects.get(outlet=delivery.outlet, state="WAITING")
    answer = browse(cast.handler).get(page(second, "outlet_package"))
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["说明", "清单", "调整情况", "停止检查的事项"]
    assert [row[2].value for row in book["清单"].iter_rows(min_row=2)] == ["M-01", "M-03"]
    first = [cell.value for cell in next(book["调整情况"].iter_rows(min_row=2))]
    assert first[2:7] == ["比例", "抽查比例", "3%", "5%", "法律法规规章调整"]
    assert second.digest in [row[1].value for row in book["说明"].iter_rows()]


@pytest.mark.parametrize("kind", ["JOINT_LIST", "RULEBOOK"])
def test_joint_lists_and_rulebooks_are_shown_and_downloaded_as_well(cast, browse, kind):
    demo_profile()
    make.joint_list(cast, make.edition(cast))
    make.rulebook(cast)
    prepare_new_editions(NOON)
    row = Delivery.objects.get(kind=kind, outlet="LOCAL_CREDIT")
    desk = browse(cast.handler)
    assert "送出的内容，共 1 项" in shown(desk, page(row))
    book = load_workbook(io.BytesIO(desk.get(page(row, "outlet_package")).content))
    assert book["清单"].max_row == 2


# proves S4-16
def test_the_public_pages_name_the_places_that_have_confirmed_it_and_no_other(cast, browse, delivery):
    joint = make.joint_list(cast, cast.market.itemlist_set.get())
    rulebook = make.rulebook(cast)
    prepare_new_editions(NOON)
    public = browse()
    addresses = {
        "ITEM_LIST": f"{reverse('portal:items')}?department={cast.market.code}",
        "JOINT_LIST": reverse("portal:joint_lists"),
        "RULEBOOK": reverse("portal:rulebook", args=[rulebook.pk]),
    }
    assert joint.is_in_force
    for kind, address in addresses.items():
        assert "同时公布于" not in shown(public, address)
        row = Delivery.objects.get(kind=kind, outlet="CREDIT_PUBLICITY")
        make.tried(row)
        note_delivered(row, number="公示 7", address=make.ADDRESS, by=SYSTEM, at=NOON)
        words = shown(public, address)
        assert "同时公布于：" in words
        assert f'href="{make.ADDRESS}"' in words
        assert "（公示 7）" in words
        assert "本地信用网站" not in words


def test_an_outlet_that_knows_no_address_yet_is_named_without_a_link(cast, browse, delivery):
    make.tried(delivery)
    note_delivered(delivery, number="公示 7", address="", by=SYSTEM, at=NOON)
    words = shown(browse(), reverse("portal:items"), department=cast.market.code)
    assert "同时公布于：国家企业信用信息公示系统（本省）（公示 7）" in words
    desk = browse(cast.handler)
    assert "补登公布地址" in shown(desk, page(delivery))
    assert desk.post(page(delivery, "outlet_enter"), POSTING).status_code == 302


def test_the_list_is_filtered_and_bounded(cast, browse, delivery, django_assert_max_num_queries):
    desk = browse(cast.handler)
    assert len(desk.get(LIST, {"outlet": "LOCAL_CREDIT"}).context["rows"]) == 1
    assert len(desk.get(LIST, {"state": "DELIVERED"}).context["rows"]) == 0
    assert "没有符合条件的公布记录" in shown(desk, LIST, state="DELIVERED")
    assert len(desk.get(LIST, {"state": "x", "outlet": "x"}).context["rows"]) == 2
    with django_assert_max_num_queries(40):
        desk.get(LIST)


def test_strangers_see_nothing(cast, browse, delivery):
    assert delivery.title not in shown(browse(cast.stranger), LIST)
    assert browse(cast.auditor).get(LIST).status_code == 403
    for person in (cast.stranger, cast.fire_handler):
        for name in ("outlet_detail", "outlet_package"):
            assert browse(person).get(page(delivery, name)).status_code == 404
    assert browse().get(LIST).status_code == 302
    assert browse(cast.handler).post(LIST).status_code == 405


def test_an_empty_ledger_says_why(cast, browse):
    assert "还没有要送公示渠道的内容" in shown(browse(cast.handler), LIST)


def test_a_faulty_configuration_is_said_and_the_pages_still_stand(cast, browse, delivery, settings, tmp_path):
    settings.OUTLETS_FILE = tmp_path / "missing.toml"
    desk = browse(cast.handler)
    for address in (LIST, page(delivery)):
        assert "MINGCHA_OUTLETS_FILE" in shown(desk, address)
    make.entered(delivery, by=cast.handler, at=NOON + timedelta(minutes=1))
    assert "同时公布于" in shown(browse(), reverse("portal:items"), department=cast.market.code)


def test_the_page_is_a_room_of_publication(cast, browse, delivery):
    answer = browse(cast.handler).get(page(delivery))
    assert [room["label"] for room in answer.context["rooms"] if room["here"]] == ["公示渠道"]
    assert [place["label"] for place in answer.context["rail"] if place["here"]] == ["公示"]
