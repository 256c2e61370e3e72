"""裁量基准 at the desk."""

import csv
import io

import pytest

from mingcha.domain.catalogue.models import Discretion
from tests.conftest import NOON
from tests.factories import laws as make

pytestmark = pytest.mark.django_db

LIST = "/desk/items/discretion/"
TODAY = NOON.date().isoformat()


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def law(cast):
    return make.law()


@pytest.fixture
def item(cast, law):
    return make.item_list(cast.market, cast.handler).items.get(code="M-01")


def form(law, **changes) -> dict[str, object]:
    given = {"violation": "未亮照经营", "law": law.pk, "article": "第五条", "since": TODAY}
    degrees = {"minor": ("首次", "不予处罚"), "ordinary": ("再次", "罚款"), "grave": ("拒改", "重罚")}
    for name, (description, entailed) in degrees.items():
        given |= {f"description_{name}": description, f"range_{name}": entailed}
    return {**given, "description_serious": "后果严重", "range_serious": "=吊销", **changes}


def test_the_degrees_of_a_violation_are_written_and_shown(cast, browse, item, law):
    there, own = browse(cast.handler), f"/desk/items/{item.pk}/discretion/"
    answer = there.post(own + "write/", form(law))
    assert (answer.status_code, answer["Location"]) == (302, own)
    page = there.get(own).content.decode()
    assert all(word in page for word in ("轻微", "一般", "较重", "严重", "不予处罚", "第五条"))
    assert "还缺情节" not in page
    assert Discretion.objects.count() == 4


def test_a_new_wording_is_begun_from_the_present_one_and_keeps_it(cast, browse, item, law):
    there, own = browse(cast.handler), f"/desk/items/{item.pk}/discretion/"
    there.post(own + "write/", form(law))
    page = there.get(own + "write/", {"violation": "未亮照经营"})
    assert page.context["form"].initial["range_grave"] == "重罚"
    there.post(own + "write/", form(law, range_grave="罚款 5000 元", description_minor="", range_minor=""))
    page = there.get(own).content.decode()
    assert "以前的写法" in page and "还缺情节：轻微" in page and "罚款 5000 元" in page


def test_half_a_degree_is_refused_beside_its_field(cast, browse, item, law):
    answer = browse(cast.handler).post(f"/desk/items/{item.pk}/discretion/write/", form(law, range_minor=""))
    assert answer.status_code == 422
    assert "range_minor" in answer.context["form"].errors
    assert not Discretion.objects.exists()


def test_only_the_own_department_writes(cast, browse, item, law):
    own = f"/desk/items/{item.pk}/discretion/"
    row = make.benchmark(cast.market, law)
    assert browse(cast.approver).get(own).status_code == 200
    assert browse(cast.approver).get(own + "write/").status_code == 403
    assert browse(cast.approver).get(f"{LIST}{row.pk}/end/").status_code == 403
    for address in (own, own + "write/", f"{LIST}{row.pk}/end/"):
        assert browse(cast.stranger).get(address).status_code == 404
    assert browse(cast.inspector).get(LIST).status_code == 403
    assert browse(cast.handler).post(LIST).status_code == 405
    assert browse(cast.handler).post(own).status_code == 405


def test_a_degree_is_stopped_on_a_page_of_its_own(cast, browse, item, law):
    row = make.benchmark(cast.market, law)
    there = browse(cast.handler)
    assert "停止这一条" in there.get(f"{LIST}{row.pk}/end/").content.decode()
    assert there.post(f"{LIST}{row.pk}/end/", {"on": "2001-01-01"}).status_code == 422
    assert there.post(f"{LIST}{row.pk}/end/", {"on": TODAY}).status_code == 302
    assert list(there.get(LIST).context["page"]) == []
    assert list(there.get(LIST, {"show": "all"}).context["page"]) == [row]


def test_the_list_is_filtered_and_asks_little(cast, browse, item, law, django_assert_max_num_queries):
    for number in range(30):
        make.benchmark(cast.market, law, violation=f"违法行为{number:02d}")
    make.benchmark(cast.fire, law, item_code="F-01")
    there = browse(cast.handler)
    with django_assert_max_num_queries(20):
        assert there.get(LIST).context["page"].paginator.count == 30
    assert there.get(LIST, {"q": "行为07"}).context["page"].paginator.count == 1
    assert browse(cast.coordinator).get(LIST, {"department": "fire"}).context["page"].paginator.count == 1


def test_the_file_opens_in_excel_and_calculates_nothing(cast, browse, item, law):
    there = browse(cast.handler)
    there.post(f"/desk/items/{item.pk}/discretion/write/", form(law))
    make.benchmark(cast.fire, law, item_code="F-01")
    answer = there.get(LIST + "export.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert rows[0][:4] == ["部门", "事项编码", "违法行为", "情节"]
    assert "'=吊销" in {row[5] for row in rows}
    assert browse(cast.inspector).get(LIST + "export.csv").status_code == 403


def test_the_degrees_stand_from_the_lightest_to_the_gravest(cast, browse, item, law):
    there = browse(cast.handler)
    there.post(f"/desk/items/{item.pk}/discretion/write/", form(law))
    rows = there.get("/desk/items/discretion/").context["page"]
    assert [row.circumstance for row in rows] == ["MINOR", "ORDINARY", "GRAVE", "SERIOUS"]
