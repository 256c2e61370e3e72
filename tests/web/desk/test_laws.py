"""法律法规库 at the desk."""

from datetime import timedelta

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.models import Freeze, ItemBasis, Law
from mingcha.domain.organisation.models import Role
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories import organisation, plans, policy

pytestmark = pytest.mark.django_db

LAWS = "/desk/items/laws/"
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def law(cast) -> Law:
    law = make.law()
    make.rest(make.item_list(cast.market, cast.handler).items.get(code="M-01"), law)
    return law


@pytest.fixture
def draft_item(cast):
    return make.item_list(cast.market, cast.handler, ["M-07"], state="DRAFT", edition=2).items.get()


def repeal_form(**changes) -> dict[str, object]:
    return {"on": TODAY.isoformat(), "basis": "示范令第2号", "replaced_by": "", **changes}


def test_the_register_says_how_many_items_rest_on_each_law(cast, browse, law):
    page = browse(cast.handler).get(LAWS)
    assert [(row.title, row.items) for row in page.context["page"]] == [("示范食品法", 1)]
    assert "登记一部法" not in page.content.decode()
    assert "登记一部法" in browse(cast.coordinator).get(LAWS).content.decode()
    assert browse(cast.stranger).get(LAWS).context["page"][0].items == 0


def test_the_register_is_filtered_by_words_level_and_standing(cast, browse, law):
    make.law("示范县办法", level="LOCAL_RULE", region=cast.region, repealed_on=TODAY, repealed_by="令")
    make.law("将废法", repealed_on=TODAY + timedelta(days=1), repealed_by="令")

    def found(**query) -> list[str]:
        return [row.title for row in browse(cast.handler).get(LAWS, query).context["page"]]

    assert found(q="食品") == ["示范食品法"]
    assert found(level="LOCAL_RULE") == ["示范县办法"]
    assert [found(state=state) for state in ("holding", "ending", "ended")] == [
        ["示范食品法"],
        ["将废法"],
        ["示范县办法"],
    ]
    assert "看全部" in browse(cast.handler).get(LAWS, {"q": "没有这部"}).content.decode()


def test_the_register_of_laws_asks_little_of_the_database(cast, browse, law, django_assert_max_num_queries):
    for number in range(30):
        make.law(f"示范法{number}")
    reader = browse(cast.handler)
    with django_assert_max_num_queries(25):
        reader.get(LAWS)


@pytest.mark.parametrize("path", ["", "new/", "{pk}/", "{pk}/repeal/", "{pk}/remove/"])
def test_the_register_is_for_who_reads_lists(cast, browse, law, path):
    address = LAWS + path.format(pk=law.pk)
    assert browse().get(address).status_code == 302
    assert browse(cast.inspector).get(address).status_code in {403, 404}


@pytest.mark.parametrize("path", ["new/", "{pk}/repeal/", "{pk}/remove/"])
def test_only_who_keeps_laws_opens_the_pages_that_change_them(cast, browse, law, path):
    assert browse(cast.handler).get(LAWS + path.format(pk=law.pk)).status_code == 403
    assert browse(cast.coordinator).get(LAWS + path.format(pk=law.pk)).status_code == 200


def test_lists_take_no_post(cast, browse, law):
    for path in ("", f"{law.pk}/"):
        assert browse(cast.handler).post(LAWS + path).status_code == 405
    assert browse(cast.handler).post("/desk/items/frozen/").status_code == 405


def test_a_law_is_entered(cast, browse):
    form = {"title": "《示范消防法》", "level": "LAW", "effective_on": "2020-01-01", "document_no": "", "region": ""}
    answer = browse(cast.coordinator).post(LAWS + "new/", form)
    law = Law.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{LAWS}{law.pk}/")
    again = browse(cast.coordinator).post(LAWS + "new/", form)
    assert again.status_code == 422
    assert "已经登记" in again.content.decode()


def test_a_mistaken_entry_is_removed_and_a_used_one_is_not(cast, browse, law):
    other = make.law("误录法")
    assert browse(cast.coordinator).post(f"{LAWS}{other.pk}/remove/").status_code == 302
    page = browse(cast.coordinator).get(f"{LAWS}{law.pk}/remove/").content.decode()
    assert "有 1 处引用" in page
    browse(cast.coordinator).post(f"{LAWS}{law.pk}/remove/")
    assert [row.title for row in Law.objects.all()] == ["示范食品法"]


# proves S0-09
def test_the_page_of_a_repeal_names_what_it_freezes_and_the_open_tasks(cast, browse, law):
    item = law.bases.get().item
    plans.approved_campaign(cast, items=[item], title="在途的抽查")
    page = browse(cast.coordinator).get(f"{LAWS}{law.pk}/repeal/").content.decode()
    assert "登记废止，冻结 1 个事项" in page
    assert "在途的抽查" in page and "示范事项 M-01" in page
    answer = browse(cast.coordinator).post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    assert answer.status_code == 302
    assert Freeze.objects.get().item == item
    assert Entry.objects.get(event="catalogue.law_repealed").details["tasks"] == ["市场监督管理局：在途的抽查"]
    after = browse(cast.handler).get(f"{LAWS}{law.pk}/").content.decode()
    assert "依据失效，冻结" in after and "在途的抽查" in after and "示范令第2号" in after
    assert "有 1 个事项因依据废止而冻结" in browse(cast.handler).get(LAWS).content.decode()


def test_a_repeal_without_its_paper_changes_nothing(cast, browse, law):
    answer = browse(cast.coordinator).post(f"{LAWS}{law.pk}/repeal/", repeal_form(basis=" "))
    assert answer.status_code == 422
    early = browse(cast.coordinator).post(f"{LAWS}{law.pk}/repeal/", repeal_form(on="2001-01-01"))
    assert early.status_code == 422 and "早于施行日期" in early.content.decode()
    assert not Freeze.objects.exists()


def test_a_second_press_of_the_button_says_that_it_is_done(cast, browse, law):
    there = browse(cast.coordinator)
    there.post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    answer = there.post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    assert answer.status_code == 422
    assert "不能再改" in answer.content.decode()
    assert Freeze.objects.count() == 1


def test_a_repeal_to_come_is_told_as_such(cast, browse, law):
    day = (TODAY + timedelta(days=9)).isoformat()
    answer = browse(cast.coordinator).post(f"{LAWS}{law.pk}/repeal/", repeal_form(on=day), follow=True)
    assert "当天自动冻结" in answer.content.decode()
    assert not Freeze.objects.exists()


def test_the_repeal_of_a_law_of_other_departments_is_refused_in_words(cast, browse, law):
    make.rest(make.item_list(cast.fire, cast.fire_handler, ["F-01"]).items.get(), law)
    reviewer = organisation.user("reviewer", Role.LEGAL_REVIEWER, within=cast.market)
    answer = browse(reviewer).post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    assert answer.status_code == 422
    assert "消防救援大队的事项依据" in answer.content.decode()


def test_an_item_of_a_draft_is_linked_and_unlinked_on_its_page(cast, browse, law, draft_item):
    address = f"/desk/items/{draft_item.pk}/bases/"
    assert "《示范食品法》" in browse(cast.handler).get(address).content.decode()
    answer = browse(cast.handler).post(address, {"law": law.pk, "article": "第三条"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "取消关联第三条" in browse(cast.handler).get(address).content.decode()
    twice = browse(cast.handler).post(address, {"law": law.pk, "article": "第三条"})
    assert twice.status_code == 422 and "已经关联" in twice.content.decode()
    basis = draft_item.bases.get()
    assert browse(cast.stranger).post(f"/desk/items/bases/{basis.pk}/remove/").status_code == 404
    assert browse(cast.handler).get(f"/desk/items/bases/{basis.pk}/remove/").status_code == 405
    assert browse(cast.handler).post(f"/desk/items/bases/{basis.pk}/remove/").status_code == 302
    assert not draft_item.bases.exists()


def test_what_an_item_in_force_rests_on_is_read_only(cast, browse, law):
    item = law.bases.get().item
    address = f"/desk/items/{item.pk}/bases/"
    page = browse(cast.handler).get(address).content.decode()
    assert "送审和施行的清单不能改依据" in page and "取消关联" not in page
    assert browse(cast.handler).post(address, {"law": law.pk, "article": "第九条"}).status_code == 422
    assert browse(cast.approver).post(address, {"law": law.pk, "article": "第九条"}).status_code == 403
    assert browse(cast.stranger).get(address).status_code == 404
    assert ItemBasis.objects.count() == 1


def test_a_frozen_item_is_listed_and_thaws_once_it_rests_on_another_law(cast, browse, law):
    item = law.bases.get().item
    there = browse(cast.coordinator)
    there.post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    freeze = Freeze.objects.get()
    page = browse(cast.handler).get("/desk/items/frozen/").content.decode()
    assert "示范事项 M-01" in page and "/lift/" not in page
    lift = f"/desk/items/frozen/{freeze.pk}/lift/"
    assert browse(cast.handler).get(lift).status_code == 403
    assert browse(cast.stranger).get(lift).status_code == 404
    refused = there.post(lift, {"because": "想查"})
    assert refused.status_code == 422 and "还没有现行有效的依据" in refused.content.decode()
    make.rest(item, make.law("另一部法"))
    assert there.post(lift, {"because": "另有《另一部法》第一条"}).status_code == 302
    assert "没有冻结的事项" in browse(cast.handler).get("/desk/items/frozen/").content.decode()
    assert "另有《另一部法》第一条" in browse(cast.handler).get("/desk/items/frozen/?show=all").content.decode()
    frozen = browse(cast.handler).get(f"/desk/items/{item.pk}/bases/").content.decode()
    assert "不能检查" not in frozen


# proves S0-09
def test_after_a_repeal_no_page_calls_the_item_in_force(cast, browse, law):
    item = law.bases.get().item
    policy.demo_profile()
    campaign = plans.approved_campaign(cast, items=[item])
    handler = browse(cast.handler)
    pages = (
        f"/desk/items/{item.pk}/",
        f"/desk/campaigns/{campaign.pk}/",
        f"/desk/items/lists/{item.item_list_id}/",
    )
    before = [handler.get(page).content.decode() for page in pages]
    assert [page for page in before if "依据已废止，停止检查" in page] == []
    browse(cast.coordinator).post(f"{LAWS}{law.pk}/repeal/", repeal_form())
    after = [handler.get(page).content.decode() for page in pages]
    assert [page.count("依据已废止，停止检查") for page in after] == [1, 1, 1]
    assert ["施行中<" in page for page in before[:2]] == [True, True]
    assert ["施行中<" in page for page in after[:2]] == [False, False]


def test_a_department_whose_items_are_all_frozen_is_told_so(cast, browse, law):
    edition = law.bases.get().item.item_list
    make.freeze(edition.items.get(code="M-01"), law)
    handler = browse(cast.handler)
    page = handler.get("/desk/items/").content.decode()
    assert "依据废止，1 个事项已冻结" in page and "M-02" in page
    make.freeze(edition.items.get(code="M-02"), law)
    make.freeze(edition.items.get(code="M-02"), make.law("又一部法"))
    page = handler.get("/desk/items/").content.decode()
    assert "施行中的 2 个事项都因依据废止冻结" in page and "还没有施行中的事项" not in page
    assert 'href="/desk/items/frozen/"' in page
    assert "已冻结" not in browse(cast.stranger).get("/desk/items/").content.decode()


def test_the_first_page_names_the_frozen_items_to_whoever_writes_the_list(cast, browse, law):
    assert "已冻结" not in browse(cast.handler).get("/desk/").content.decode()
    make.freeze(law.bases.get().item, law)
    page = browse(cast.handler).get("/desk/").content.decode()
    assert '<a href="/desk/items/frozen/">依据废止，1 个事项已冻结</a>' in page
    for person in (cast.fire_handler, cast.approver):
        assert "已冻结" not in browse(person).get("/desk/").content.decode()
