"""法律法规库: which laws there are, and what items rest on."""

from datetime import date, timedelta

import pytest

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue.actions import laws as actions
from mingcha.domain.catalogue.models import Freeze, InspectionItem, Law
from mingcha.domain.catalogue.queries import laws as queries
from mingcha.domain.catalogue.rules import laws as rules
from mingcha.kit.errors import Forbidden, Refused
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


def enter(cast, title="示范食品法", **changes) -> Law:
    given = {"level": "LAW", "effective_on": make.LONG_AGO, "document_no": "示范令第1号"}
    return actions.enter_law(title=title, **{**given, **changes}, by=cast.coordinator, at=NOON)


def repeal(cast, law: Law, on: date = TODAY, **changes) -> list[Freeze]:
    given = {"basis": "示范令第2号", "tasks": ["示范抽查"]}
    return actions.repeal_law(law, on=on, **{**given, **changes}, by=cast.coordinator, at=NOON)


@pytest.fixture
def law(cast) -> Law:
    return enter(cast)


@pytest.fixture
def draft_item(cast) -> InspectionItem:
    return make.item_list(cast.market, cast.handler, ["M-01"], state="DRAFT", edition=9).items.get()


@pytest.fixture
def in_force(cast, law) -> dict[str, InspectionItem]:
    """Items of two departments in force: M-01 and F-01 rest on the law, M-02 does not."""
    lists = (
        make.item_list(cast.market, cast.handler),
        make.item_list(cast.fire, cast.fire_handler, ["F-01"]),
    )
    items = {item.code: item for edition in lists for item in edition.items.all()}
    make.rest(items["M-01"], law)
    make.rest(items["F-01"], law, "第二条")
    return items


def test_a_law_is_entered_without_the_marks_round_its_name(cast):
    law = enter(cast, "《示范消防法》")
    assert (law.title, str(law)) == ("示范消防法", "《示范消防法》")
    assert Entry.objects.filter(event="catalogue.law_entered", details__title="示范消防法").count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " 《》"}, "名称"),
        ({"level": "DECREE"}, "位阶"),
        ({"title": "示范食品法"}, "已经登记"),
        ({"title": "示范县办法", "level": "LOCAL_RULE"}, "适用区划"),
    ],
)
def test_a_law_that_cannot_be_found_again_is_refused(cast, law, changes, reason):
    with pytest.raises(Refused, match=reason):
        enter(cast, **changes)


def test_two_people_who_enter_the_same_law_in_one_moment_are_told_so(cast, law, monkeypatch):
    """The second has looked before the first wrote: the database's own constraint must not reach the person."""
    check, first_time = rules.check_law, iter([set()])
    monkeypatch.setattr(rules, "check_law", lambda **told: check(**{**told, "known": next(first_time, told["known"])}))
    with pytest.raises(Refused, match="已经登记"):
        enter(cast)


def test_a_national_law_has_no_region(cast):
    with pytest.raises(Refused, match="全国适用"):
        enter(cast, region=cast.region)


def test_a_later_version_of_a_law_is_entered_beside_the_first(cast, law):
    assert enter(cast, effective_on=date(2020, 1, 1)).title == law.title


def test_only_who_keeps_laws_enters_and_repeals_them(cast, law):
    with pytest.raises(Forbidden):
        actions.enter_law(title="甲法", level="LAW", effective_on=make.LONG_AGO, by=cast.handler, at=NOON)
    with pytest.raises(Forbidden):
        actions.repeal_law(law, on=TODAY, basis="乙", by=cast.handler, at=NOON)


def test_an_entry_made_by_mistake_is_removed_and_one_that_is_used_is_not(cast, law, draft_item):
    other = enter(cast, "误录法")
    actions.remove_law(other, by=cast.coordinator, at=NOON)
    assert not Law.objects.filter(title="误录法").exists()
    make.rest(draft_item, law)
    with pytest.raises(Refused, match="1 处引用"):
        actions.remove_law(law, by=cast.coordinator, at=NOON)


def test_an_item_of_a_draft_is_linked_to_an_article_and_unlinked(cast, law, draft_item):
    basis = actions.add_basis(draft_item, law=law, article=" 第三条 ", by=cast.handler, at=NOON)
    assert str(basis) == "《示范食品法》第三条"
    actions.remove_basis(basis, by=cast.handler, at=NOON)
    assert not draft_item.bases.exists()


@pytest.mark.parametrize(("changes", "reason"), [({"article": " "}, "写明条款"), ({"article": "第一条"}, "已经关联")])
def test_a_link_that_says_nothing_new_is_refused(cast, law, draft_item, changes, reason):
    actions.add_basis(draft_item, law=law, article="第一条", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match=reason):
        actions.add_basis(draft_item, law=law, **changes, by=cast.handler, at=NOON)


def test_nothing_rests_on_a_repealed_law_or_on_that_of_another_place(cast, law, draft_item):
    elsewhere = enter(cast, "邻县办法", level="LOCAL_RULE", region=cast.stranger.department.region)
    with pytest.raises(Refused, match="其他地方"):
        actions.add_basis(draft_item, law=elsewhere, article="第一条", by=cast.handler, at=NOON)
    repeal(cast, law)
    law.refresh_from_db()
    with pytest.raises(Refused, match="废止"):
        actions.add_basis(draft_item, law=law, article="第一条", by=cast.handler, at=NOON)


def test_what_an_item_in_force_rests_on_stays(cast, law, in_force):
    with pytest.raises(Refused, match="已经施行"):
        actions.add_basis(in_force["M-02"], law=law, article="第一条", by=cast.handler, at=NOON)
    with pytest.raises(Refused, match="已经施行"):
        actions.remove_basis(in_force["M-01"].bases.get(), by=cast.handler, at=NOON)


def test_what_is_taken_over_from_above_is_based_up_there(cast, law, draft_item, in_force):
    with unguarded():
        InspectionItem.objects.filter(pk=draft_item.pk).update(inherited_from=in_force["F-01"])
    draft_item.refresh_from_db()
    with pytest.raises(Refused, match="上级"):
        actions.add_basis(draft_item, law=law, article="第一条", by=cast.handler, at=NOON)


def test_the_copy_of_an_item_rests_on_the_same_articles(cast, law, in_force):
    fresh = make.item(make.item_list(cast.market, cast.handler, [], edition=2, state="DRAFT"), "M-09")
    with unguarded():
        actions.carry_bases(in_force["M-01"], fresh)
    assert [str(basis) for basis in fresh.bases.all()] == ["《示范食品法》第一条"]


# proves S3-01
# proves S4-01
def test_an_item_without_a_law_in_force_cannot_be_handed_in(cast, law, draft_item):
    def check(linked=True):
        rules.check_bases(queries.items_with_bases(draft_item.item_list), on=TODAY, linked=linked)

    check(linked=False)
    with pytest.raises(Refused, match=r"M-01（没有关联"):
        check()
    later = enter(cast, "未施行法", effective_on=TODAY + timedelta(days=1))
    make.rest(draft_item, later)
    with pytest.raises(Refused, match="尚未施行"):
        check()
    make.rest(draft_item, law)
    check()
    repeal(cast, law)
    for linked in (True, False):
        with pytest.raises(Refused, match=r"《示范食品法》已废止"):
            check(linked)


def test_linking_is_asked_for_once_the_region_has_a_law(cast):
    assert not queries.laws_registered_for(cast.region)
    enter(cast, "邻县办法", level="LOCAL_RULE", region=cast.stranger.department.region)
    assert not queries.laws_registered_for(cast.region)
    enter(cast)
    assert queries.laws_registered_for(cast.region)
