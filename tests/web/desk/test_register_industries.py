"""Finding firms by what they do: a word, a code, and what the pages say of both."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mingcha.domain.registers.models import SavedView
from tests.factories import registers as make

pytestmark = pytest.mark.django_db
LIST = "desk:register_list"


@pytest.fixture
def firms(cast):
    kept = {"甲": "6291", "乙": "H6210", "丙": "6110 旅游饭店", "丁": "餐饮管理", "戊": "5281", "己": ""}
    return {
        name: make.subject(number, name=f"{name}号", industry=text) for number, (name, text) in enumerate(kept.items())
    }


def listed(browse, cast, **query):
    answer = browse(cast.handler).get(reverse(LIST), query)
    return [subject.name[0] for subject, _cells in answer.context["rows"]], answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "found", "words"),
    [
        ("餐饮", "甲乙丁", "按“62 餐饮业”查"),
        ("62", "甲乙", "按“62 餐饮业”查"),
        ("6210 正餐服务", "乙", "按“6210 正餐服务”查"),
        ("小吃", "甲", "按“6291 小吃服务”查"),
        ("住宿和餐饮业", "甲乙丙", "按“H 住宿和餐饮业”查"),
        ("零售", "戊", "按“52 零售业”查"),
        ("汽车", "", "类行业查"),
        ("", "甲乙丙丁戊己", ""),
    ],
)
@pytest.mark.usefixtures("firms")
def test_firms_are_found_by_a_word_in_the_name_of_their_industry(cast, browse, typed, found, words):
    names, page = listed(browse, cast, industry=typed)
    assert ("".join(sorted(names, key="甲乙丙丁戊己".index)), words in page) == (found, True)
    assert f'name="industry" value="{typed}"' in page or not typed


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("没有这行", "没有叫“没有这行”的行业"),
        ("9999", "没有叫“9999”的行业"),
        ("服务", "太多，没有查"),
        ("%", "没有叫“%”的行业"),
    ],
)
def test_what_is_no_industry_says_so_and_shows_nobody(cast, browse, firms, typed, words):
    names, page = listed(browse, cast, industry=typed)
    assert (names, page.count(words)) == ([], 2)  # at the field, and in place of the rows
    shelf = make_shelf(cast, browse)
    filling = browse(cast.handler).get(reverse("desk:set_fill", args=[shelf]) + f"?industry={typed}").content.decode()
    assert (words in filling, "全部入库" in filling) == (True, False)


def make_shelf(cast, browse) -> int:
    client = browse(cast.handler)
    made = client.post(reverse("desk:set_new"), {"department": cast.market.pk, "kind": "TAG", "name": "示范标签"})
    return int(made.url.rstrip("/").rsplit("/", 1)[1])


def test_a_register_is_filled_by_the_word_and_a_view_keeps_it(cast, browse, firms):
    client, shelf = browse(cast.handler), make_shelf(cast, browse)
    page = client.get(reverse("desk:set_fill", args=[shelf]) + "?industry=餐饮").content.decode()
    assert "符合条件 3 户" in page
    client.post(reverse("desk:view_list") + "?industry=餐饮", {"name": "餐饮店"})
    view = SavedView.objects.exclude(name="").get()
    assert view.query == "industry=%E9%A4%90%E9%A5%AE"
    page = client.get(reverse(LIST) + f"?{view.query}").content.decode()
    assert [name in page for name in ("甲号", "乙号", "丙号", "丁号")] == [True, True, False, True]


def test_the_name_stands_beside_the_code_in_the_list_on_the_firms_page_and_in_the_sheet(cast, browse, firms):
    assert "6291 小吃服务" in listed(browse, cast, industry="小吃")[1].split("<table", 1)[1]
    client = browse(cast.handler)
    for query in ({}, {"drawer": ""}):
        page = client.get(reverse("desk:subject_detail", args=[firms["甲"].pk]), query).content.decode()
        assert "6291 小吃服务" in page
    page = client.get(reverse("desk:subject_detail", args=[firms["己"].pk])).content.decode()
    assert "<dt>行业</dt><dd>—</dd>" in page


def test_the_file_of_the_list_says_what_the_register_keeps(cast, browse, firms):
    client = browse(cast.handler)
    file = client.post(reverse("desk:subject_export") + "?industry=小吃", {"form": "csv"}).getvalue().decode()
    assert ("甲号" in file, "6291" in file, "小吃服务" in file, "乙号" in file) == (True, True, False, False)


def test_only_beginnings_are_asked_of_the_database_and_only_where_an_industry_is_typed(cast, browse, firms):
    with CaptureQueriesContext(connection) as asked:
        listed(browse, cast, industry="药")
    conditions = [
        query["sql"] for query in asked if '"industry" LIKE' in query["sql"] or '"industry"::text' in query["sql"]
    ]
    assert conditions and not any("LIKE '%" in sql for sql in conditions)
    with CaptureQueriesContext(connection) as plain:
        listed(browse, cast, q="甲")
    assert not any('"industry" LIKE' in query["sql"] for query in plain)
    assert len(asked) <= len(plain) + 1
