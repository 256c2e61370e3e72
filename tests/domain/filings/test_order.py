"""The 备案表 reads the same whatever order a database keeps its keys in, and as the papers are written."""

from collections.abc import Mapping

import pytest

from mingcha.domain.catalogue.actions import text_of
from mingcha.domain.catalogue.models import JointItem
from mingcha.domain.catalogue.queries import chapters_of
from mingcha.domain.catalogue.rules import joint, rulebooks
from mingcha.domain.catalogue.rules.items import COMPARED, label_of
from mingcha.domain.filings.models import Filing
from mingcha.domain.filings.queries import content_sheets
from mingcha.domain.filings.queries.form import facts_of
from mingcha.domain.filings.queries.form.order import COLUMNS, ITEM, JOINT_ITEM, PARTS
from mingcha.domain.filings.rules import digest_of, nil_content
from mingcha.domain.organisation.models import Department
from mingcha.domain.plans.queries import plan_paper
from tests.factories import catalogue, filings, plans, policy
from tests.factories import rulebooks as books

Content = Mapping[str, object]


def backwards(value: object) -> object:
    """The same value, every mapping's keys the other way round."""
    if isinstance(value, Mapping):
        return {key: backwards(value[key]) for key in reversed(list(value))}
    return [backwards(each) for each in value] if isinstance(value, list | tuple) else value


def item_list(cast) -> Content:
    """A second edition, with what it adds."""
    policy.demo_profile()
    catalogue.list_in_force(cast.handler, cast.approver, ["M-01"])
    edition = catalogue.draft(cast.handler)
    catalogue.enter(edition, "M-02", item_class="KEY", by=cast.handler)
    return text_of(edition).content


def rulebook(cast) -> Content:
    policy.demo_profile()
    made = books.written(cast.handler)
    return rulebooks.rulebook_text(made, list(chapters_of(made))).content


def plan(cast) -> Content:
    made = plans.plan(cast.market, cast.handler)
    plans.campaign(made, items=[plans.item(cast.market, cast.handler)], parties=[(cast.market, 2)])
    return plan_paper(made)


def nil_return(cast) -> Content:
    return nil_content(cast.market, year=2026)


PAPERS = [item_list, rulebook, plan, nil_return]


def rows_of(content: Content) -> dict[str, list[Mapping[str, object]]]:
    """The tables of mappings."""
    tables = {name: value for name, value in content.items() if isinstance(value, list)}
    return {name: rows for name, rows in tables.items() if rows and isinstance(rows[0], Mapping)}


@pytest.mark.django_db
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_shown_as_it_was_written_whatever_the_order_of_its_keys(cast, paper):
    content = paper(cast)
    sheets = content_sheets(content)
    assert content_sheets(backwards(content)) == sheets
    shown = [label for label, _value in sheets[0].rows] + [sheet.title for sheet in sheets[1:]]
    tables = [sheet.title for sheet in sheets[1:]]
    assert shown == [*(key for key in content if key not in tables), *(key for key in content if key in tables)]
    for sheet in sheets:
        for row in rows_of(content).get(sheet.title, []):
            assert [column for column in sheet.header if column in row] == list(row)


@pytest.mark.django_db
@pytest.mark.parametrize("paper", PAPERS)
def test_the_database_gives_a_paper_back_in_its_order_and_with_its_digest(cast, paper):
    content = paper(cast)
    made = filings.prepared(cast.market, cast.market, by=cast.handler, content=content)
    kept = Filing.objects.get(pk=made.pk)
    assert content_sheets(kept.content) == content_sheets(content)
    assert kept.digest == digest_of(kept.content) == digest_of(content)
    header = [sheet["header"] for sheet in facts_of(kept)["sheets"]]
    assert header == [list(sheet.header) for sheet in content_sheets(content)]


@pytest.mark.django_db
@pytest.mark.parametrize("paper", PAPERS)
def test_every_word_of_a_paper_has_its_place(cast, paper):
    content = paper(cast)
    assert {str(word) for word in PARTS} >= set(content)
    columns = {str(table): {str(word) for word in words} for table, words in COLUMNS}
    for table, rows in rows_of(content).items():
        assert columns[table] >= {key for row in rows for key in row}


def test_an_item_and_an_item_of_a_joint_list_have_all_their_columns_in_the_order_of_the_catalogue():
    labels = ["事项编码", *(label_of(field) for field in COMPARED), label_of("bases")]
    assert [str(word) for word in ITEM] == labels
    five = [str(JointItem._meta.get_field(field).verbose_name) for field in joint.FIVE]
    assert [str(word) for word in JOINT_ITEM] == ["部门", "事项编码", *five]


def test_a_joint_list_has_its_place_too():
    lead = Department(name="牵头局", short_name="牵头局", code="lead")
    content = joint.joint_text(joint.JointList(sector="燃气", batch=1, department=lead), []).content
    (facts,) = content_sheets(backwards(content))
    assert [label for label, _value in facts.rows] == list(content)
    assert {str(word) for word in PARTS} >= set(content)


def test_words_that_nobody_gave_a_place_stand_behind_sorted():
    (facts, table) = content_sheets({"乙": 1, "甲": 2, "年度": 3, "事项": [{"乙": 1, "甲": {"丁": 1, "丙": 2}}]})
    assert [label for label, _value in facts.rows] == ["年度", "乙", "甲"]
    assert (table.header, table.rows) == (("乙", "甲"), (("1", "丁：1；丙：2"),))
