"""What the database keeps by itself, on SQLite and on PostgreSQL: no statement takes it back."""

import pytest
from django.db import IntegrityError, transaction

from mingcha.domain.registers.models import DataDelivery, DataRequest, JournalNote
from tests.conftest import NOON
from tests.factories import registers as make
from tests.factories.organisation import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    firm = make.subject(1)
    with unguarded():
        note = JournalNote.objects.create(subject=firm, text="搬到二楼", written_by=cast.handler, written_at=NOON)
        asked = DataRequest.objects.create(
            asker=cast.fire,
            owner=cast.market,
            register="SUBJECTS",
            purpose="联查",
            asked_by=cast.handler,
            asked_at=NOON,
        )
        taken = DataDelivery.objects.create(
            request=asked, rows=1, sha256="0" * 64, taken_by=cast.fire_handler, taken_at=NOON
        )
    return {
        "note": note,
        "delivery": taken,
        "confirmation": make.confirmed(cast, cast.market, at=NOON)[0],
        "relief": make.relief(firm, cast.market, by=cast.approver),
        "signal": make.signal(firm, by=cast.handler),
        "dispute": make.dispute(firm, cast.market, by=cast.handler),
    }


def refused(write) -> bool:
    try:
        with unguarded(), transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("note", {"text": "搬走了"}),
        ("delivery", {"rows": 2}),
        ("confirmation", {"remark": "补记"}),
        ("relief", {"reason": "另一个理由"}),
    ],
)
def test_what_was_noted_given_signed_or_decided_is_not_rewritten(rows, name, other):
    same = type(rows[name])._default_manager.filter(pk=rows[name].pk)
    assert refused(lambda: same.update(**other))


@pytest.mark.parametrize("name", ["note", "delivery", "relief", "signal", "dispute"])
def test_what_is_on_record_does_not_go(rows, name):
    same = type(rows[name])._default_manager.filter(pk=rows[name].pk)
    assert refused(lambda: same._raw_delete(same.db))


def test_a_decision_may_lapse_once(rows):
    same = type(rows["relief"])._default_manager.filter(pk=rows["relief"].pk)
    assert not refused(lambda: same.update(lapsed_on=NOON.date(), lapsed_because="行政处罚"))
    assert refused(lambda: same.update(lapsed_on=None, lapsed_because=""))
