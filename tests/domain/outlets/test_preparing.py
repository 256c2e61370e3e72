"""What is published is laid ready for every outlet that the rules name: the edition, and what it changes and why."""

import json

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.audit.queries import trail_of
from mingcha.domain.outlets import jobs, rules
from mingcha.domain.outlets.actions import note_delivered
from mingcha.domain.outlets.models import Delivery
from mingcha.domain.outlets.rules import content
from mingcha.domain.policy.actions import adopt_profile
from mingcha.kit.actors import SYSTEM
from mingcha.kit.digests import sha256_hex
from mingcha.kit.schedule import JOBS
from tests.conftest import NOON
from tests.factories import laws
from tests.factories import outlets as make
from tests.factories.organisation import unguarded
from tests.factories.policy import demo_profile, profile_text
from tests.factories.reconciliation import yudu_rules

pytestmark = pytest.mark.django_db


def chenzhou_rules(cast):
    text = profile_text("chenzhou-2018")
    place = text.partition('jurisdiction = "')[2][:6]
    return adopt_profile(text.replace(f'"{place}"', f'"{cast.region.code}"'), by=SYSTEM, at=NOON)


# proves S4-16
def test_a_list_goes_to_the_outlets_that_chenzhou_names_for_lists_and_a_rulebook_to_those_for_everything(cast):
    rulebook = make.rulebook(cast)
    chenzhou_rules(cast)
    first = make.edition(cast)
    make.joint_list(cast, first)
    jobs.prepare_new_editions(NOON)
    given = {(row.kind, row.outlet) for row in Delivery.objects.all()}
    assert given == {
        ("ITEM_LIST", "CREDIT_PUBLICITY"),
        ("ITEM_LIST", "PORTAL"),
        ("JOINT_LIST", "CREDIT_PUBLICITY"),
        ("JOINT_LIST", "PORTAL"),
        ("RULEBOOK", "CREDIT_PUBLICITY"),
        ("RULEBOOK", "LOCAL_CREDIT"),
    }
    assert Delivery.objects.get(kind="RULEBOOK", outlet="LOCAL_CREDIT").title == str(rulebook)
    assert "公示系统（湖南）" in Delivery.objects.filter(kind="ITEM_LIST")[0].rule["quote"]


# proves S1-11
def test_a_list_of_yudu_goes_to_the_enforcement_site_of_its_province(cast):
    yudu_rules(cast.region)
    make.edition(cast)
    jobs.prepare_new_editions(NOON)
    delivery = Delivery.objects.get()
    assert (delivery.outlet, delivery.state) == ("ENFORCEMENT_SITE", "WAITING")
    assert "江西省行政执法服务网" in delivery.rule["quote"]


def test_where_the_rules_name_no_outlet_nothing_is_laid_ready(cast):
    make.edition(cast)
    jobs.prepare_new_editions(NOON)
    jobs.prepare_corrections(NOON)
    assert not Delivery.objects.exists()


# proves S0-28
def test_what_goes_out_is_the_whole_public_list_and_no_person(cast):
    demo_profile()
    delivery = make.prepared(cast)
    content = delivery.content
    assert (content["kind"], content["edition"], content["replaces"]) == ("ITEM_LIST", 1, None)
    assert [(row["code"], row["basis"], row["ratio"]) for row in content["items"]] == [
        ("M-01", "《示范条例》第一条", "3%"),
        ("M-02", "《示范条例》第一条", "3%"),
    ]
    assert content["changes"] == []
    assert content["department"] == {"code": cast.market.uscc, "name": cast.market.name}
    said = json.dumps(content, ensure_ascii=False)
    for person in (cast.handler, cast.approver):
        assert person.full_name not in said
        assert person.username not in said


# proves S4-16
def test_a_new_edition_takes_its_changes_along_each_with_its_reason(cast):
    demo_profile()
    make.second_edition(cast, make.edition(cast))
    jobs.prepare_new_editions(NOON)
    content = Delivery.objects.filter(outlet="LOCAL_CREDIT").get().content
    assert (content["edition"], content["replaces"]) == (2, 1)
    said = [(row["code"], row["type"], row["before"], row["after"], row["reason"]) for row in content["changes"]]
    assert said == [
        ("M-01", "比例", "3%", "5%", "法律法规规章调整"),
        ("M-02", "删除", "", "", "监管实际"),
        ("M-03", "新增", "", "", "监管实际"),
    ]
    assert content["changes"][0]["basis"] == "《示范条例》2026年修订第一条"


# proves S4-16
def test_an_edition_that_was_not_put_up_yet_gives_way_to_the_next(cast):
    demo_profile()
    first = make.prepared(cast)
    make.second_edition(cast, first_list(first))
    jobs.prepare_new_editions(NOON)
    first.refresh_from_db()
    assert (first.state, first.next_try_at) == ("OVERTAKEN", None)
    assert Delivery.objects.filter(outlet=first.outlet, state="WAITING").get().content["edition"] == 2


def first_list(delivery):
    return Delivery.objects.get(pk=delivery.pk).department.itemlist_set.get()


# proves S4-16
def test_an_item_that_stops_with_its_law_is_a_correction_of_the_edition(cast):
    demo_profile()
    delivery = make.entered(make.prepared(cast), by=cast.handler)
    law = laws.law()
    laws.freeze(first_list(delivery).items.get(code="M-02"), law)
    jobs.prepare_new_editions(NOON)
    assert Delivery.objects.filter(outlet=delivery.outlet).count() == 1
    jobs.prepare_corrections(NOON)
    jobs.prepare_corrections(NOON)
    second = Delivery.objects.get(outlet=delivery.outlet, revision=2)
    assert [(row["code"], row["law"]) for row in second.content["suspended"]] == [("M-02", law.title)]
    assert second.key != delivery.key
    delivery.refresh_from_db()
    assert delivery.is_delivered


def test_an_edition_is_laid_ready_once_however_often_the_jobs_run(cast):
    demo_profile()
    make.edition(cast)
    for _round in range(2):
        jobs.prepare_new_editions(NOON)
        jobs.prepare_corrections(NOON)
    assert Delivery.objects.count() == 2
    assert [entry.event for entry in trail_of(Delivery.objects.first())] == ["outlets.prepared"]
    assert {f"mingcha.domain.outlets.jobs.{name}" for name in ("prepare_new_editions", "prepare_corrections")} <= set(
        JOBS
    )


def test_a_public_page_that_gains_a_column_sends_no_list_again(cast, monkeypatch):
    demo_profile()
    make.prepared(cast)
    real = content.public_row
    monkeypatch.setattr(content, "public_row", lambda *given, **named: {**real(*given, **named), "colour": "blue"})
    jobs.prepare_corrections(NOON)
    assert Delivery.objects.count() == 2


def test_a_joint_batch_stands_beside_the_earlier_ones(cast):
    demo_profile()
    first = make.edition(cast)
    for batch in (1, 2):
        make.joint_list(cast, first, batch)
    jobs.prepare_new_editions(NOON)
    rows = {row.content["edition"]: row for row in Delivery.objects.filter(kind="JOINT_LIST", outlet="LOCAL_CREDIT")}
    assert {row.state for row in rows.values()} == {"WAITING"}
    assert rows[1].content["changes"] == []
    assert [(row["code"], row["type"]) for row in rows[2].content["changes"]] == [("M-01", "新增")]


def test_a_rulebook_goes_with_its_chapters_and_what_reads_differently(cast):
    demo_profile()
    make.rulebook(cast, state="SUPERSEDED")
    make.rulebook(cast, 2, "改过的方法")
    jobs.prepare_new_editions(NOON)
    content = Delivery.objects.filter(kind="RULEBOOK", outlet="LOCAL_CREDIT").get().content
    assert (content["edition"], content["replaces"]) == (2, 1)
    assert [(row["code"], row["type"], row["after"]) for row in content["changes"]] == [
        ("METHODS", "改动", "改过的方法")
    ]
    assert "实地检查" in next(row for row in content["items"] if row["code"] == "METHODS")["settings"]


def test_the_digest_is_that_of_the_bytes_that_are_sent(cast):
    demo_profile()
    delivery = make.prepared(cast)
    delivery.refresh_from_db()  # as the database gives the copy back
    assert delivery.digest == sha256_hex(rules.body_of(delivery.content))
    assert delivery.key == f"ITEM_LIST.{cast.market.uscc}.1.1.{delivery.digest}"


@pytest.mark.parametrize("change", [{"content": {}}, {"digest": "0" * 64}, {"outlet": "PORTAL"}, {"revision": 9}])
def test_what_an_outlet_was_given_is_never_rewritten(cast, change):
    demo_profile()
    delivery = make.prepared(cast)
    with unguarded(), pytest.raises(IntegrityError, match="不能修改"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**change)


def test_the_ledger_forgets_nothing(cast):
    demo_profile()
    delivery = make.entered(make.prepared(cast), by=cast.handler)
    for change in ({"public_address": ""}, {"receipt_number": "2"}, {"entered_by": None, "public_address": "x"}):
        with unguarded(), pytest.raises(IntegrityError, match="回执不能修改"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(**change)
    with unguarded(), pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).delete()


def test_the_address_of_a_receipt_stays_the_outlets_own(cast):
    demo_profile()
    delivery = make.tried(make.prepared(cast))
    note_delivered(delivery, number="公示 7", address=make.ADDRESS, by=SYSTEM, at=NOON)
    for change in ({"public_address": "https://elsewhere.example.invalid/"}, {"entered_by": cast.handler}):
        with unguarded(), pytest.raises(IntegrityError, match="回执不能修改"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(**change)
