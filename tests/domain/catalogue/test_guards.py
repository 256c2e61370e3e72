"""What the database itself refuses: nothing is added to what was handed in, a freeze changes once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.catalogue.models import (
    ChangeNote,
    Checkpoint,
    Freeze,
    InspectionItem,
    ItemBasis,
    ItemList,
    JointItem,
    JointList,
    Rulebook,
    RulebookChapter,
)
from tests.conftest import NOON
from tests.factories import catalogue as make
from tests.factories import laws
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object], match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), unguarded():
        write()


@pytest.fixture
def handed_in(cast) -> ItemList:
    """Submitted, before anybody has approved it."""
    make.bare_rules(cast.region)
    edition = make.draft(cast.handler)
    make.enter(edition, "M-01", by=cast.handler)
    with unguarded():
        ItemList.objects.filter(pk=edition.pk).update(state="APPROVAL")
    return edition


def test_nothing_is_added_to_a_list_that_was_handed_in(handed_in):
    item, law = handed_in.items.get(), laws.law()
    refused(
        lambda: InspectionItem.objects.create(item_list=handed_in, code="M-66", title="夹带", object_kind="企业"),
        "送审和施行的清单不能增加事项",
    )
    refused(lambda: Checkpoint.objects.create(item=item, position=9, text="加一条"), "不能增加检查要点")
    refused(lambda: ItemBasis.objects.create(item=item, law=law, article="第九条"), "不能增加检查依据")
    refused(
        lambda: ChangeNote.objects.create(item_list=handed_in, code="M-01", reason="LAW", note="补"), "不能增加调整说明"
    )


def test_nothing_is_moved_into_a_list_that_was_handed_in(cast, handed_in):
    make.list_in_force(cast.fire_handler, cast.fire_approver, ["F-01"])
    draft = make.draft(cast.fire_handler)
    refused(lambda: draft.items.update(item_list=handed_in, code="M-66"), "施行过的事项不能修改")
    elsewhere = Checkpoint.objects.filter(item__item_list=draft)
    refused(lambda: elsewhere.update(item=handed_in.items.get(), position=99), "施行过的检查要点不能修改")


def test_the_form_of_a_text_stays_as_it_was_signed(handed_in):
    refused(lambda: ItemList.objects.filter(pk=handed_in.pk).update(text_form=1), "清单版次只能向前")


def test_nothing_is_added_to_a_rulebook_or_a_joint_list_that_was_handed_in(cast, handed_in):
    with unguarded():
        book = Rulebook.objects.create(
            department=cast.market, edition=1, title="细则", drafted_by=cast.handler, state="APPROVAL"
        )
        joint = JointList.objects.create(
            region=cast.region,
            sector="市场监管",
            batch=1,
            department=cast.market,
            drafted_by=cast.handler,
            state="APPROVAL",
        )
    refused(lambda: RulebookChapter.objects.create(rulebook=book, code="BASIS", position=1), "细则不能增加章节")
    said = {"project": "甲", "basis": "乙", "body": "丙", "content": "丁", "authority": "戊"}
    refused(
        lambda: JointItem.objects.create(joint_list=joint, item=handed_in.items.get(), **said), "联查清单不能增加事项"
    )


def test_a_freeze_is_lifted_once_and_nothing_else_of_it_changes(cast):
    first, second = laws.item_list(cast.market, cast.handler, ["M-01", "M-02"]).items.order_by("code")
    freeze = laws.freeze(first, laws.law())
    own = Freeze.objects.filter(pk=freeze.pk)
    refused(lambda: own.update(item=second), "冻结记录不能改写")
    refused(lambda: own.update(frozen_at=NOON + timedelta(days=1)), "冻结记录不能改写")
    with unguarded():
        own.update(lifted_at=NOON, lifted_because="改挂《新法》第一条")
    refused(lambda: own.update(lifted_because="别的理由"), "冻结记录不能改写")
    refused(lambda: own.update(lifted_at=None, lifted_because=""), "冻结记录不能改写")
