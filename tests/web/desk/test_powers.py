"""权力清单与覆盖率 at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mingcha.domain.catalogue.models import PowerEntry
from mingcha.kit.tabular import read_table
from mingcha.kit.tabular.separated import csv_of
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories import policy

pytestmark = pytest.mark.django_db

POWERS = "/desk/items/powers/"
OWN = f"{POWERS}market/"
HEADING = ["权力编码", "权力名称", "市场监管领域", "对应事项编码"]


@pytest.fixture(autouse=True)
def noon_at_the_desk(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def listed(cast):
    """Two powers of three are covered in market regulation, none of one in the other domain; one item is too much."""
    make.item_list(cast.market, cast.handler, ["M-01", "M-02", "M-03"])
    for code, item_code, market in (("P-01", "M-01", True), ("P-02", "M-02", True), ("P-03", "", True)):
        make.power(cast.market, code, item_code=item_code, market_regulation=market)
    return make.power(cast.market, "P-04", market_regulation=False)


def upload(rows, **changes) -> dict[str, object]:
    file = SimpleUploadedFile("权力清单.csv", csv_of([HEADING, *rows]))
    return {"file": file, "source": "示范县权力清单（2026年本）", "whole": "on", **changes}


# proves S0-05
def test_coverage_is_red_below_what_the_rules_ask_for(cast, browse, listed):
    policy.demo_profile()
    page = browse(cast.handler).get(POWERS)
    text = page.content.decode()
    assert "2 / 3" in text and "0 / 1" in text
    assert text.count("低于 100%") == 4  # the department and the sum, in both domains
    assert "为什么要全覆盖" in text and "随机抽查事项要达到市场监管执法事项的100%" in text


def test_without_a_rule_no_figure_is_red(cast, browse, listed):
    text = browse(cast.handler).get(POWERS).content.decode()
    assert "2 / 3" in text and "低于" not in text


# proves S0-07
def test_every_figure_opens_its_rows(cast, browse, listed):
    there = browse(cast.handler)

    def rows(**query) -> list[tuple[str, str]]:
        page = there.get(OWN, query).context["page"]
        return [(row.power.code if row.power else "", row.item.code if row.item else "") for row in page]

    assert rows(show="missing") == [("P-03", ""), ("P-04", "")]
    assert rows(show="missing", domain="other") == [("P-04", "")]
    assert rows(show="extra") == [("", "M-03")]
    assert rows(show="covered") == [("P-01", "M-01"), ("P-02", "M-02")]
    assert rows(show="changed") == [("P-01", "M-01"), ("P-02", "M-02")]
    assert len(rows(show="garbage", domain="x")) == 5


def test_many_departments_ask_little_of_the_database(cast, browse, listed, django_assert_max_num_queries):
    make.item_list(cast.fire, cast.fire_handler, ["F-01"])
    there = browse(cast.coordinator)
    with django_assert_max_num_queries(25):
        assert there.get(POWERS).status_code == 200


def test_a_power_list_is_loaded(cast, browse, listed):
    answer = browse(cast.handler).post(OWN + "import/", upload([["P-09", "新的权力", "是", ""]]), follow=True)
    assert "新增 1，改动 0，删去 4，未变 0" in answer.content.decode()
    assert PowerEntry.objects.get().source == "示范县权力清单（2026年本）"


def test_every_fault_of_a_file_is_said_at_once_and_nothing_is_taken(cast, browse, listed):
    bad = [["", "甲", "是", ""], ["P-09", "", "是", ""], *[["P-1", "重复", "是", ""]] * 250]
    answer = browse(cast.handler).post(OWN + "import/", upload(bad))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行 权力编码：没有填" in text and "第 3 行 权力名称：没有填" in text
    assert "还有 51 处" in text
    assert PowerEntry.objects.count() == 4


def test_only_the_own_department_loads_and_links(cast, browse, listed):
    link = f"{POWERS}entries/{listed.pk}/link/"
    assert browse(cast.approver).get(OWN).status_code == 200
    for person, refusal in ((cast.approver, 403), (cast.stranger, 404), (cast.fire_handler, 404)):
        assert browse(person).get(link).status_code == refusal
        assert browse(person).get(OWN + "import/").status_code == 404
    assert browse(cast.stranger).get(OWN).status_code == 404
    assert browse(cast.inspector).get(POWERS).status_code == 403
    for address in (POWERS, OWN, POWERS + "template.xlsx"):
        assert browse(cast.handler).post(address).status_code == 405


def test_a_power_is_linked_to_an_item_in_force(cast, browse, listed):
    link = f"{POWERS}entries/{listed.pk}/link/"
    there = browse(cast.handler)
    assert "M-03 示范事项 M-03" in there.get(link).content.decode()
    assert there.post(link, {"item_code": "F-99"}).status_code == 422
    assert there.post(link, {"item_code": "M-03"}).status_code == 302
    assert PowerEntry.objects.get(pk=listed.pk).item_code == "M-03"


def test_the_template_is_a_file_that_can_be_loaded(cast, browse, listed):
    content = browse(cast.handler).get(POWERS + "template.xlsx").content
    assert list(read_table(content, headings=HEADING).heading.cells) == HEADING
    answer = browse(cast.handler).post(
        OWN + "import/", {"file": SimpleUploadedFile("模板.xlsx", content), "source": "甲", "whole": "on"}
    )
    assert answer.status_code == 302
