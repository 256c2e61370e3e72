"""经过 of what came in by a file: which one, whose, when, what it changed; on the page and in the sheet of the list."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mingcha.domain.registers import actions
from mingcha.domain.registers.jobs import carry_on_with_imports
from mingcha.domain.registers.models import ImportBatch, Inspector, Subject
from mingcha.web.shared.templatetags.mingcha import moment
from tests.domain.registers.readings import file_of
from tests.factories.organisation import code_for

pytestmark = pytest.mark.django_db
FIRMS = ["统一社会信用代码", "名称", "联系电话", "信用风险"]
PEOPLE = ["名录编号", "姓名", "执法证号", "有效期至"]
CODE = code_for(1, prefix="91")


@pytest.fixture
def merged(cast):
    def load(heading: list[str], *rows: list[str], name: str, kind: str = "SUBJECTS") -> ImportBatch:
        said = {"department": cast.market, "file_name": name, "content": file_of(heading, *rows)}
        batch = actions.read_file(kind, **said, by=cast.handler, at=timezone.now())
        return actions.merge_batch(batch, by=cast.handler, at=timezone.now())

    return load


@pytest.fixture
def firm(merged) -> Subject:
    merged(FIRMS, [CODE, "旧名商店", "13800001234", "B"], name="一月.csv")
    return Subject.objects.get()


def page_of(browser, row: Subject | Inspector, **query: str) -> str:
    view = "desk:subject_detail" if isinstance(row, Subject) else "desk:inspector_detail"
    return browser.get(reverse(view, args=[row.pk]), query).content.decode()


def past_in(page: str) -> str:
    return page[page.index('class="timeline"') :]


# proves S2-12
@pytest.mark.parametrize("query", [{}, {"drawer": "1"}])
def test_the_file_that_brought_a_firm_is_the_beginning_of_its_past(cast, browse, firm, query):
    batch = ImportBatch.objects.get()
    page = page_of(browse(cast.handler), firm, **query)
    past = past_in(page)
    assert "还没有记录" not in past
    for words in ("导入新增", "一月.csv 第 2 行", cast.handler.label, moment(batch.merged_at)):
        assert words in past
    assert reverse("desk:import_detail", args=[batch.pk]) in past
    assert "来源" in page and "一月.csv 第 2 行" in page[: page.index('class="timeline"')]


# proves S2-12
def test_what_a_later_file_changed_stands_above_with_before_and_after_and_numbers_masked(cast, browse, firm, merged):
    merged(FIRMS, [CODE, "新名商店", "13900005678", "C"], name="二月.csv")
    past = past_in(page_of(browse(cast.handler), firm, drawer="1"))
    assert past.index("二月.csv") < past.index("一月.csv")
    assert "导入更新" in past and "旧名商店 → 新名商店" in past and "B 一般 → C 较高" in past
    page = page_of(browse(cast.handler), firm)
    assert "13800001234" not in page and "13900005678" not in page


def test_an_import_of_another_department_is_named_and_not_linked(cast, browse, firm):
    past = past_in(page_of(browse(cast.fire_handler), firm))
    assert "一月.csv 第 2 行" in past
    assert "/registers/imports/" not in past


def test_an_import_that_is_being_taken_back_says_so_and_is_gone_afterwards(cast, browse, firm, merged):
    batch = merged(FIRMS, [CODE, "新名商店", "", "C"], name="二月.csv")
    actions.ask_undo(batch, by=cast.handler, at=timezone.now())
    assert "导入更新，正在撤销" in past_in(page_of(browse(cast.handler), firm))
    carry_on_with_imports(timezone.now())
    past = past_in(page_of(browse(cast.handler), firm))
    assert "二月.csv" not in past and "一月.csv" in past


def test_the_file_that_brought_a_person_is_told_too(cast, browse, merged):
    merged(PEOPLE, ["R-1", "示范人员甲", "ZF990001", "2099-01-01"], name="人员.csv", kind="INSPECTORS")
    merged(PEOPLE, ["R-1", "示范人员乙", "ZF990001", "2099-01-01"], name="改名.csv", kind="INSPECTORS")
    person = Inspector.objects.get()
    own = page_of(browse(cast.handler), person)
    assert "人员.csv 第 2 行" in past_in(own) and "改名.csv 第 2 行" in past_in(own)
    assert "示范人员甲 → 示范人员乙" in own
    others = page_of(browse(cast.supervisor), person)
    assert "改名.csv 第 2 行" in past_in(others)
    assert "示范人员甲" not in others
