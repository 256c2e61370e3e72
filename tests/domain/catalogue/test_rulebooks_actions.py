"""A rulebook from its first word to the day it holds, under the rules of different places."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mingcha.domain.audit.models import Entry
from mingcha.domain.catalogue import actions
from mingcha.domain.catalogue.models import Rulebook
from mingcha.domain.catalogue.queries import (
    chapters_of,
    decisions_of,
    filings_of,
    newer_parent,
    parents_for,
    rulebook_held_on,
    rulebook_in_force,
    rulebook_setting,
    rulebooks_visible_to,
)
from mingcha.domain.filings.actions import send_filing
from mingcha.domain.policy.models import Profile
from mingcha.kit.errors import Forbidden, Refused
from tests.factories import catalogue
from tests.factories import filings as file
from tests.factories import rulebooks as make
from tests.factories.organisation import unguarded
from tests.factories.policy import clause

pytestmark = pytest.mark.django_db
EIGHT = [
    *("ORGANISATION", "PROCEDURE", "METHODS", "CONTENT"),
    *("RATIO_FREQUENCY", "HANDLING", "PUBLICATION", "FOLLOW_UP"),
]


@pytest.fixture
def plain(cast):
    """Rules that name no chapters and no steps."""
    catalogue.bare_rules(cast.region)


@pytest.fixture
def chenzhou(cast):
    """Authorised by the legal office, filed with the reform office, as in 郴州 三（一）4."""
    catalogue.rules_naming(
        cast.region,
        rulebook_chapters=EIGHT,
        rulebook_approvers=["LEGAL_OFFICE"],
        rulebook_filed_with=["COMMERCE_REFORM"],
    )
    file.body("LEGAL_OFFICE", cast.justice)
    file.body("COMMERCE_REFORM", cast.fire)


# proves S4-20
# proves S4-21
def test_under_chenzhou_a_rulebook_is_authorised_and_filed_before_it_holds(cast, noon, chenzhou):
    made = make.written(cast.handler)
    assert len(chapters_of(made)) == 8
    made = actions.submit_rulebook(made, by=cast.handler, at=noon)
    assert made.state == "APPROVAL"
    made = actions.approve_rulebook(made, by=cast.approver, at=noon)
    assert made.state == "AUTHORISATION"
    office = file.recipient(cast.justice, "legaloffice")
    made = actions.authorise_rulebook(made, opinion="同意", by=office, at=noon)
    assert made.state == "FILING"
    (filing,) = filings_of(made)
    assert (filing.kind, filing.body, filing.recipient) == ("RULEBOOK", "COMMERCE_REFORM", cast.fire)
    with pytest.raises(Refused, match="还差"):
        actions.publish_rulebook(made, by=cast.approver, at=noon)
    file.answered(send_filing(filing, by=cast.handler, at=noon), by=file.recipient(cast.fire, "reform"))
    made = actions.publish_rulebook(made, by=cast.approver, at=noon)
    assert made.is_in_force
    assert made.in_force_at == noon
    assert [decision.body for decision in decisions_of(made)] == ["", "LEGAL_OFFICE"]


# proves S0-16
def test_where_the_rules_name_no_body_the_head_alone_brings_it_into_force(cast, noon, plain):
    made = make.in_force(cast.handler, cast.approver)
    assert made.is_in_force
    assert [chapter.code for chapter in chapters_of(made)] == [
        "BASIS",
        "CONTENT",
        "PROCEDURE",
        "APPROVAL",
        "PUBLICATION",
        "ARCHIVING",
    ]


# proves S2-19
def test_a_rulebook_with_an_empty_chapter_is_not_handed_in(cast, noon, plain):
    made = make.written(cast.handler)
    make.write(made, "ARCHIVING", "", by=cast.handler)
    with pytest.raises(Refused, match="归档方式（没有内容）"):
        actions.submit_rulebook(made, by=cast.handler, at=noon)


# proves S2-19
def test_the_work_reads_what_the_rulebook_of_its_day_settles(cast, noon, plain):
    today = noon.date()
    assert rulebook_setting(cast.market, "approver", on=today) is None
    make.in_force(cast.handler, cast.approver)
    assert rulebook_setting(cast.market, "approver", on=today) == "R05"
    assert rulebook_setting(cast.market, "working_days", on=today) == 15
    assert rulebook_setting(cast.market, "methods", on=today) is None
    later = noon + timedelta(days=10)
    second = make.draft(cast.handler, at=later)
    make.write(second, "PUBLICATION", working_days=5, by=cast.handler, at=later)
    assert rulebook_setting(cast.market, "working_days", on=later.date()) == 15
    actions.submit_rulebook(second, by=cast.handler, at=later)
    actions.approve_rulebook(second, by=cast.approver, at=later)
    assert rulebook_setting(cast.market, "working_days", on=later.date()) == 5
    assert rulebook_setting(cast.market, "working_days", on=today) == 15
    assert rulebook_setting(cast.fire, "working_days", on=later.date()) is None
    assert rulebook_held_on(cast.market, on=today).edition == 1


def test_maker_and_checker_are_two_people_and_a_return_says_why(cast, noon, plain):
    made = actions.submit_rulebook(make.written(cast.handler), by=cast.handler, at=noon)
    with pytest.raises(Forbidden):
        actions.approve_rulebook(made, by=cast.handler, at=noon)
    with pytest.raises(Refused, match="退回理由"):
        actions.return_rulebook(made, reason=" ", by=cast.approver, at=noon)
    made = actions.return_rulebook(made, reason="补写归档", by=cast.approver, at=noon)
    assert made.is_draft
    make.write(made, "ARCHIVING", "新的归档", by=cast.handler)
    with unguarded():
        Rulebook.objects.filter(pk=made.pk).update(drafted_by=cast.approver)
    made = actions.submit_rulebook(Rulebook.objects.get(pk=made.pk), by=cast.handler, at=noon)
    with pytest.raises(Refused, match="拟定人不能"):
        actions.approve_rulebook(made, by=cast.approver, at=noon)


def test_what_was_handed_in_is_not_written_in(cast, noon, plain):
    made = actions.submit_rulebook(make.written(cast.handler), by=cast.handler, at=noon)
    with pytest.raises(Refused, match="不能改动"):
        make.write(made, "BASIS", "偷偷改", by=cast.handler)
    with unguarded(), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_rulebookchapter SET text = 'x'")


def test_only_handlers_of_the_department_write(cast, noon, plain):
    made = make.draft(cast.handler)
    for stranger in (cast.approver, cast.fire_handler, cast.stranger, cast.supervisor):
        with pytest.raises(Forbidden):
            make.write(made, "BASIS", by=stranger)
        with pytest.raises(Forbidden):
            actions.draft_rulebook(cast.market, title="细则", by=stranger, at=noon)
        with pytest.raises(Forbidden):
            actions.submit_rulebook(made, by=stranger, at=noon)
        with pytest.raises(Forbidden):
            actions.restore_chapter(make.chapter(made, "BASIS"), by=stranger, at=noon)


def test_a_second_press_begins_no_second_edition(cast, noon, plain):
    make.draft(cast.handler)
    with pytest.raises(Refused, match="正在“草稿”"):
        make.draft(cast.handler)
    assert Rulebook.objects.count() == 1
    assert Entry.objects.filter(event="catalogue.rulebook_drafted").count() == 1


@pytest.fixture
def led(cast, plain):
    """市场监管部门负责牵头制定: market leads here, fire makes its own from market's (泰安 二（二）3)."""
    catalogue.rules_naming(cast.region, rulebook_led_by=["MARKET"])
    file.body("MARKET", cast.market)
    return make.in_force(cast.handler, cast.approver)


# proves S2-18
# proves S2-20
def test_a_department_makes_its_rulebook_from_the_leads_and_what_it_changes_is_its_own(cast, noon, led):
    assert list(parents_for(cast.fire, on=noon.date())) == [led]
    made = make.draft(cast.fire_handler, parent=led)
    assert all(chapter.is_inherited for chapter in chapters_of(made))
    assert make.chapter(made, "APPROVAL").settings == {"approver": "R05"}
    own = make.write(made, "APPROVAL", "消防自己的审批", by=cast.fire_handler, approver="R11")
    assert not own.is_inherited
    back = actions.restore_chapter(own, by=cast.fire_handler, at=noon)
    assert (back.is_inherited, back.settings) == (True, {"approver": "R05"})
    with pytest.raises(Refused, match="不用再恢复"):
        actions.restore_chapter(back, by=cast.fire_handler, at=noon)
    same = make.write(made, "BASIS", make.chapter(led, "BASIS").text, by=cast.fire_handler)
    assert same.is_inherited


# proves S2-18
def test_inheritance_stays_when_the_upper_rulebook_is_followed_and_the_next_edition_takes_the_new_one(cast, noon, led):
    make.in_force(cast.fire_handler, cast.fire_approver, parent=led)
    own = rulebook_in_force(cast.fire)
    assert newer_parent(own) is None
    later = noon + timedelta(days=5)
    second = make.draft(cast.handler, at=later)
    make.write(second, "BASIS", "新的依据", by=cast.handler, at=later)
    actions.submit_rulebook(second, by=cast.handler, at=later)
    second = actions.approve_rulebook(second, by=cast.approver, at=later)
    own.refresh_from_db()
    assert own.parent == led
    assert newer_parent(own) == second
    assert make.chapter(own, "BASIS").text == "BASIS 的内容"
    following = make.draft(cast.fire_handler, at=later)
    assert following.parent == second
    assert make.chapter(following, "BASIS").text == "新的依据"


def test_nobody_inherits_from_just_anybody(cast, noon, led):
    make.in_force(cast.fire_handler, cast.fire_approver, parent=led)
    with pytest.raises(Refused, match="不是可以沿用的上级细则"):
        make.draft(cast.handler, parent=rulebook_in_force(cast.fire))


def test_a_rulebook_laxer_than_its_place_is_not_handed_in(cast, noon, plain):
    said = clause("publish_working_days", 10, "working_days", clause="五").model_dump(
        mode="json", exclude_defaults=True
    )
    with unguarded():
        Profile.objects.filter(region=cast.region).update(clauses=[said])
    made = make.written(cast.handler)
    with pytest.raises(Refused, match="超过本地规则的 10 个工作日"):
        actions.submit_rulebook(made, by=cast.handler, at=noon)


def test_who_sees_a_rulebook(cast, noon, chenzhou):
    made = make.written(cast.handler)
    office = file.recipient(cast.justice, "legaloffice")
    assert list(rulebooks_visible_to(cast.approver)) == [made]
    for stranger in (cast.stranger, cast.fire_handler, cast.auditor, office):
        assert not rulebooks_visible_to(stranger).exists()
    actions.submit_rulebook(made, by=cast.handler, at=noon)
    actions.approve_rulebook(made, by=cast.approver, at=noon)
    assert list(rulebooks_visible_to(office)) == [made]
