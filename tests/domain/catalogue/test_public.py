"""What the public sees of the catalogue."""

import pytest

from mingcha.domain.catalogue.models import ChangeNote, InspectionItem, JointItem, JointList, Rulebook
from mingcha.domain.catalogue.queries import public as queries
from mingcha.domain.catalogue.rules import changes_between, edition_facts, explained
from mingcha.domain.catalogue.rules import public as rules
from tests.conftest import NOON
from tests.factories import laws as make
from tests.factories.guards import past_the_guards
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(cast):
    edition = make.item_list(cast.market, cast.handler, [])
    make.item(edition, "M-01", title="食品经营检查", sector="食品药品", inspecting_body="县市场监管综合执法大队")
    make.item(edition, "M-02", title="计量检查", item_class="KEY", further_methods=["TESTING", "WRITTEN"])
    make.item(edition, "M-03", title="消防通道", market_regulation=False)
    make.item_list(cast.fire, cast.fire_handler, ["F-01"], state="FILING")
    return edition


def found(**asked) -> list[str]:
    return [item.code for item in queries.public_items(**asked)]


def test_only_what_is_in_force_is_public(cast, listed):
    assert found() == ["M-01", "M-02", "M-03"]
    make.freeze(listed.items.get(code="M-02"), make.law())
    assert found() == ["M-01", "M-03"]
    assert [freeze.item.code for freeze in queries.frozen_in_force()] == ["M-02"]
    assert [edition.edition for edition in queries.public_editions(cast.market)] == [1]
    assert not queries.public_editions(cast.fire).exists()


def test_the_list_is_narrowed_by_department_domain_sector_class_and_words(cast, listed):
    make.rest(listed.items.get(code="M-03"), make.law("示范消防法"))
    make.rest(listed.items.get(code="M-03"), make.law("示范消防法实施条例"))
    assert found(department="fire") == []
    assert found(department="market", domain="other") == ["M-03"]
    assert found(domain="market") == ["M-01", "M-02"]
    assert found(domain="rubbish") == ["M-01", "M-02", "M-03"]
    assert found(sector="食品药品") == ["M-01"]
    assert found(item_class="KEY") == ["M-02"]
    assert found(text="执法大队") == ["M-01"]
    assert found(text="示范消防法") == ["M-03"]
    assert queries.public_sectors() == ["食品药品"]


def test_an_item_reads_as_one_line(listed):
    first, second, third = queries.public_items()
    row = rules.public_row(1, first, in_force_on="2026-11-23")
    assert set(row) == set(rules.COLUMNS)
    assert (row["body"], row["domain"], row["method"]) == ("县市场监管综合执法大队", "食品药品", "实地检查")
    assert rules.body_of(second) == "明察示范县市场监督管理局"
    assert rules.methods_of(second) == "实地检查、检验检测、书面检查"
    assert (rules.domain_of(second), rules.domain_of(third)) == ("市场监管", "其他行政执法")


# proves S0-08
# proves S3-06
def test_a_change_carries_the_reason_of_every_edition_on_the_way(cast):
    def edition(number, ratio, **values):
        made = make.item_list(cast.market, cast.handler, [], state="SUPERSEDED", edition=number, **values)
        make.item(made, "M-01", ratio_text=ratio)
        return made

    first, second, third = (
        edition(1, "3%"),
        edition(2, "5%", change_reason="LAW", change_note="条例修订"),
        edition(3, "8%", change_reason="REFORM", change_note="职责划转"),
    )
    make.item(third, "M-02")
    with past_the_guards("catalogue_changenote"):
        ChangeNote.objects.create(item_list=third, code="M-01", reason="PRACTICE", note="投诉增多")
    facts = {
        each.pk: edition_facts(
            [(item, list(item.checkpoints.all())) for item in InspectionItem.objects.filter(item_list=each)]
        )
        for each in (first, second, third)
    }
    steps = [
        (after, explained(changes_between(facts[before.pk], facts[after.pk]), after, after.notes.all()))
        for before, after in ((first, second), (second, third))
    ]
    changed, added = rules.with_reasons(changes_between(facts[first.pk], facts[third.pk]), steps)
    assert [(why.edition, why.reason, why.note) for why in changed.why] == [
        (2, "法律法规规章调整", "条例修订"),
        (3, "监管实际", "投诉增多"),
    ]
    assert (changed.change.details[0].old, changed.change.details[0].new) == ("3%", "8%")
    assert (added.change.kind, [why.note for why in added.why]) == ("added", ["职责划转"])


# proves S4-15
def test_joint_lists_are_public_batch_by_batch(cast, listed):
    with unguarded():
        batches = [
            JointList.objects.create(
                region=cast.region,
                sector="食品药品",
                batch=number,
                department=cast.market,
                drafted_by=cast.handler,
                state=state,
                in_force_at=NOON if state == "IN_FORCE" else None,
            )
            for number, state in ((1, "IN_FORCE"), (2, "IN_FORCE"), (3, "APPROVAL"))
        ]
    said = {"project": "甲", "basis": "乙", "body": "丙", "content": "丁", "authority": "戊"}
    with past_the_guards("catalogue_jointitem"):
        JointItem.objects.create(joint_list=batches[0], item=listed.items.get(code="M-01"), **said)
    assert [each.batch for each in queries.public_joint_lists()] == [2, 1]


def test_rulebooks_in_force_are_public_and_who_has_none_is_known(cast, listed):
    with unguarded():
        for department, state in ((cast.market, "IN_FORCE"), (cast.fire, "DRAFT")):
            Rulebook.objects.create(
                department=department,
                edition=1,
                title="实施细则",
                drafted_by=cast.handler,
                state=state,
                in_force_at=NOON if state == "IN_FORCE" else None,
            )
    assert [each.department for each in queries.public_rulebooks()] == [cast.market]
    assert list(queries.departments_with_rulebook()) == [{"department": cast.market.pk}]
    assert list(queries.departments_with_list()) == [{"department": cast.market.pk}]
