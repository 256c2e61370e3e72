"""The text of a list that people sign: 重点 and 一般 apart, with the articles its items rest on; its form is kept."""

from datetime import date

import pytest

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.catalogue import actions, rules
from mingcha.domain.catalogue.actions import laws as law_actions
from mingcha.domain.catalogue.models import ItemList
from mingcha.kit.errors import Refused
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import laws
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def law():
    return laws.law()


@pytest.fixture
def draft(cast, law):
    """Two items, one of them 重点 and outside market regulation; each rests on an article."""
    edition = make.draft(cast.handler)
    first = make.enter(edition, "M-01", by=cast.handler)
    second = make.enter(edition, "M-02", item_class="KEY", market_regulation=False, by=cast.handler)
    for each in (first, second):
        law_actions.add_basis(each, law=law, article="第一条", by=cast.handler, at=NOON)
    return edition


# proves S2-08 S1-18
def test_what_is_signed_and_filed_are_two_lists_that_say_of_each_item_whose_field_it_is(draft):
    content = actions.text_of(draft).content
    key, general = content["重点检查事项清单"], content["一般检查事项清单"]
    assert ([row["事项编码"] for row in key], [row["事项编码"] for row in general]) == (["M-02"], ["M-01"])
    assert (key[0]["市场监管领域"], general[0]["市场监管领域"]) == ("否", "是")
    assert (content["属于市场监管领域的事项数"], content["不属于市场监管领域的事项数"]) == (1, 1)


def test_what_is_signed_names_the_article_of_each_item_and_the_version_of_its_law(cast, law, draft):
    before = actions.text_of(draft)
    assert before.content["一般检查事项清单"][0]["依据条款"] == "《示范食品法》（2010-01-01 施行）第一条"
    other = laws.law("示范卫生法", effective_on=date(2012, 1, 1))
    law_actions.add_basis(draft.items.get(code="M-01"), law=other, article="第九条", by=cast.handler, at=NOON)
    assert actions.text_of(draft).digest != before.digest


def test_an_article_that_is_linked_behind_everybodys_back_stops_the_signing(cast, law, draft):
    make.rules_naming(cast.region, item_legal_reviewer=["AGENCY_LEGAL"])
    submitted = actions.submit_list(draft, by=cast.handler, at=NOON)
    actions.review_list(submitted, by=make.legal_reviewer(cast.market), at=NOON)
    with past_the_guards("catalogue_itembasis"):
        submitted.items.get(code="M-01").bases.create(law=law, article="第二条")
    with pytest.raises(Refused, match="审核之后文本有变动"):
        actions.approve_list(submitted, by=cast.approver, at=NOON)


def test_other_articles_alone_are_a_change_that_has_to_be_explained(cast, law, draft):
    make.bring_into_force(draft, by=cast.approver)
    fresh = make.draft(cast.handler)
    with pytest.raises(Refused, match="没有不同"):
        actions.submit_list(fresh, by=cast.handler, at=NOON)
    law_actions.add_basis(fresh.items.get(code="M-01"), law=law, article="第二条", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="还没有写明调整原因和依据，由拟定人补上：M-01"):
        actions.submit_list(fresh, by=cast.handler, at=NOON)
    actions.explain_item(fresh, "M-01", reason="LAW", note="增列第二条", by=cast.handler, at=NOON)
    changed = actions.text_of(fresh).content["调整情况"]
    assert [(row["调整类型"], row["调整内容"], row["调整后"]) for row in changed] == [
        ("依据", "依据条款", "《示范食品法》（2010-01-01 施行）第一条\n《示范食品法》（2010-01-01 施行）第二条")
    ]


def test_an_edition_signed_in_the_first_form_keeps_its_text_and_its_digest(cast, draft):
    """What was signed before articles were part of the text is computed as it was: one list, words only."""
    with unguarded():
        ItemList.objects.filter(pk=draft.pk).update(text_form=1)
    old = actions.text_of(ItemList.objects.get(pk=draft.pk))
    assert "重点检查事项清单" not in old.content
    assert [row["事项编码"] for row in old.content["事项清单"]] == ["M-01", "M-02"]
    assert old.content["清单摘要"] == rules.digest_of(
        {item.code: rules.facts_of(item, list(item.checkpoints.all()), form=1) for item in draft.items.all()}
    )
    laws.rest(draft.items.get(code="M-01"), laws.law("示范卫生法"), "第九条")
    assert actions.text_of(ItemList.objects.get(pk=draft.pk)).digest == old.digest


def test_a_draft_begun_in_the_first_form_is_handed_in_in_the_present_one_and_what_is_signed_is_what_holds(cast, draft):
    with unguarded():
        ItemList.objects.filter(pk=draft.pk).update(text_form=1)
    held = make.bring_into_force(ItemList.objects.get(pk=draft.pk), by=cast.approver)
    assert held.text_form == 2
    present = actions.text_of(ItemList.objects.get(pk=held.pk)).digest
    assert {decision.digest for decision in held.decisions.all()} == {present}
    kept = {entry.details["sha256"] for entry in trail_of(held) if entry.event == "catalogue.in_force"}
    assert kept == {present}
