"""Two editions side by side at the desk."""

import pytest

from mingcha.domain.policy.actions import adopt_profile
from mingcha.domain.policy.models import Profile
from mingcha.domain.policy.rules import compare, shipped_profiles
from mingcha.kit.actors import SYSTEM
from tests.conftest import NOON
from tests.factories import organisation as people
from tests.factories import policy as make

pytestmark = pytest.mark.django_db

PAGE = "/desk/policy/compare/"
YUDU_TAIAN = f"{PAGE}?left=yudu-2020&right=taian-2019"


@pytest.fixture(autouse=True)
def noon_at_the_desk(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def rows_of(response) -> dict[str, tuple[str, str, str]]:
    """Key → value left, value right, how they stand to one another."""
    return {
        row.pair.key: (
            row.left.value if row.left else "",
            row.right.value if row.right else "",
            str(row.standing),
        )
        for row in response.context["rows"]
    }


def test_value_words_and_place_stand_side_by_side(cast, browse):
    response = browse(cast.coordinator).get(YUDU_TAIAN)
    rows, page = rows_of(response), response.content.decode()
    assert rows["item_change_filed_with"] == ("司法行政部门", "市场监管部门", "规定不同")
    assert rows["entry_hours"] == ("48 小时", "", "只有左边规定")
    assert rows["entry_working_days"] == ("", "20 个工作日", "只有右边规定")
    assert rows["platform_mandated"][2] == "一致"
    assert "“在每个监管对象检查结束后48小时内将检查情况录入平台”" in page
    assert "法府建办字〔2020〕1号 二（三）1" in page
    assert "泰政字〔2019〕80号 二（四）1" in page


def test_what_a_place_does_not_say_is_shown_as_such(cast, browse):
    page = browse(cast.coordinator).get(YUDU_TAIAN).content.decode()
    row = page.partition('<tr id="entry_hours">')[2].partition("</tr>")[0]
    assert row.count("未作规定") == 1


def test_only_what_differs_leaves_out_what_is_the_same_and_nothing_else(cast, browse):
    browser = browse(cast.coordinator)
    everything, different = rows_of(browser.get(YUDU_TAIAN)), rows_of(browser.get(YUDU_TAIAN + "&only=1"))
    assert set(everything) - set(different) == {key for key, row in everything.items() if row[2] == "一致"}
    assert "platform_mandated" not in different


def test_the_figures_count_what_the_table_shows(cast, browse):
    figures = {str(word): number for word, number in browse(cast.coordinator).get(YUDU_TAIAN).context["figures"]}
    pairs = compare(shipped_profiles()["yudu-2020"].clauses, shipped_profiles()["taian-2019"].clauses)
    assert sum(figures.values()) == len(pairs)
    assert figures["只有左边规定"] == sum(pair.standing == "LEFT" for pair in pairs)


def test_an_adopted_edition_is_compared_with_a_shipped_file_and_with_its_successor(cast, browse):
    first = make.demo_profile()
    text = make.profile_text().replace("effective_from = 2024-01-01", "effective_from = 2026-06-01")
    text = text.replace("value = 48\nunit", "value = 36\nunit").replace("结束后48小时", "结束后36小时")
    second = adopt_profile(text, by=SYSTEM, at=NOON)
    browser = browse(cast.coordinator)
    editions = rows_of(browser.get(f"{PAGE}?left=edition-{first.pk}&right=edition-{second.pk}&only=1"))
    assert editions == {
        key: ("48 小时" if key == "entry_hours" else old, "36 小时" if key == "entry_hours" else new, standing)
        for key, (old, new, standing) in editions.items()
    }
    assert "entry_hours" in editions
    borrowed = browser.get(f"{PAGE}?left=edition-{first.pk}&right=yudu-2020")
    assert rows_of(borrowed)["joint_share"][2] == "一致"
    assert "借用外地文件" in borrowed.content.decode()


def test_the_same_edition_on_both_sides_says_that_nothing_differs(cast, browse):
    page = browse(cast.coordinator).get(f"{PAGE}?left=yudu-2020&right=yudu-2020&only=1").content.decode()
    assert "两版没有不同的地方。" in page


def test_the_editions_of_another_county_are_not_offered(cast, browse):
    people.region("431000", "郴州市")
    far = adopt_profile(make.profile_text("chenzhou-2018"), by=SYSTEM, at=NOON)
    assert far == Profile.objects.get()
    response = browse(cast.coordinator).get(f"{PAGE}?left=edition-{far.pk}")
    assert response.context["left"].key != f"edition-{far.pk}"
    assert f"edition-{far.pk}" not in response.content.decode()


@pytest.mark.parametrize("query", ["", "?left=x&right=y", "?left=edition-0&only=", "?left=%FF&right=" + "9" * 400])
def test_an_address_that_names_nothing_compares_two_editions_all_the_same(cast, browse, query):
    response = browse(cast.coordinator).get(PAGE + query)
    assert response.status_code == 200
    assert response.context["left"] != response.context["right"]


def test_sides_are_swapped_with_the_filter_kept(cast, browse):
    browser = browse(cast.coordinator)
    swapped = browser.get(PAGE + browser.get(YUDU_TAIAN + "&only=1").context["swapped"])
    assert (swapped.context["left"].key, swapped.context["only"]) == ("taian-2019", True)


def test_who_has_no_business_with_rules_is_refused_and_nothing_is_posted(cast, browse):
    assert browse(cast.inspector).get(PAGE).status_code == 403
    assert browse().get(PAGE).status_code == 302
    assert browse(cast.coordinator).post(PAGE).status_code == 405


def test_comparing_takes_few_queries(cast, browse, django_assert_max_num_queries):
    make.demo_profile()
    browser = browse(cast.coordinator)
    with django_assert_max_num_queries(30):
        browser.get(PAGE)


def test_the_keeper_of_a_place_reads_its_rules_and_what_differs_without_adopting_them(cast, browse):
    make.demo_profile()
    keeper = browse(cast.keeper)
    assert "规定不同" in {standing for _, _, standing in rows_of(keeper.get(YUDU_TAIAN)).values()}
    page = keeper.get("/desk/policy/").content.decode()
    assert '<tr id="entry_hours">' in page
    assert "/desk/policy/adopt/" not in page
    assert keeper.get("/desk/policy/adopt/").status_code == 403
    assert keeper.get("/desk/items/").status_code == 403
    rail = keeper.get("/desk/").context["rail"]
    assert [place["address"] for place in rail if place["address"] == "/desk/policy/"] == ["/desk/policy/"]
