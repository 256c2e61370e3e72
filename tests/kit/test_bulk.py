"""Many rows in one stroke: seen by whoever watches what is written, exact to the last character."""

from datetime import UTC, datetime
from itertools import count, islice

import pytest
from django.db import OperationalError, connection

from mingcha.domain.registers.models import ImportRemark
from mingcha.kit.action import action, mark_traced
from mingcha.kit.bulk import ahead, fetch_among, insert_rows
from mingcha.kit.errors import Refused
from tests.conftest import WroteOutsideAction
from tests.factories import registers as make

COLUMNS = ("batch_id", "line", "column", "value", "reason", "fix", "is_fault")


def rows(batch, *texts: str):
    return [(batch.pk, line, "名称", text, "理由", "", line % 2 == 0) for line, text in enumerate(texts, start=1)]


@pytest.mark.django_db
def test_what_is_written_is_read_back_to_the_last_character(cast):
    texts = ["甲", "", "\\N", "a\\tb\\\\", "𬱖'\"", "null", "长" * 200]
    batch = make.batch(cast.market)

    @action
    def write() -> int:
        mark_traced()
        return insert_rows(ImportRemark, COLUMNS, iter(rows(batch, *texts)))

    assert write() == len(texts)
    found = list(ImportRemark.objects.order_by("line").values_list("value", "is_fault"))
    assert found == [(text, line % 2 == 0) for line, text in enumerate(texts, start=1)]


@pytest.mark.django_db
def test_the_guard_sees_rows_that_come_in_one_stroke(cast):
    batch = make.batch(cast.market)
    with pytest.raises(WroteOutsideAction):
        insert_rows(ImportRemark, COLUMNS, rows(batch, "甲"))
    assert not ImportRemark.objects.exists()


@pytest.mark.django_db
def test_moments_come_back_as_they_were(cast):
    moment = datetime(2026, 11, 23, 4, 5, 6, 789, tzinfo=UTC)
    batch = make.batch(cast.market)

    @action
    def write() -> None:
        mark_traced()
        names = [field.attname for field in type(batch)._meta.concrete_fields if field.attname != "id"]
        values = {name: getattr(batch, name) for name in names}
        values |= {"loaded_at": moment, "sheets": "[]", "headings": "[]", "columns": "{}", "file": ""}
        insert_rows(type(batch), names, [tuple(values[name] for name in names)])

    write()
    assert type(batch).objects.exclude(pk=batch.pk).get().loaded_at == moment


@pytest.mark.django_db
def test_many_codes_are_looked_up_as_one_parameter(cast, django_assert_num_queries):
    firms = make.subjects(3)
    codes = [firm.code for firm in firms] + [f"X{number}" for number in range(40_000)]
    with django_assert_num_queries(1):
        found = fetch_among(type(firms[0]), ("code",), values=codes, of="code", region_id=firms[0].region_id)
    assert sorted(code for (code,) in found) == sorted(firm.code for firm in firms)
    assert fetch_among(type(firms[0]), ("code",), values=codes, of="code", region_id="980000") == []


def test_the_next_item_is_made_while_this_one_is_used_and_no_more_than_that():
    made = []

    def items():
        for number in count():
            made.append(number)
            yield number

    several = ahead(items())
    assert list(islice(several, 3)) == [0, 1, 2]
    several.close()
    assert made in ([0, 1, 2], [0, 1, 2, 3])


def test_what_goes_wrong_while_the_next_is_made_is_told_when_it_is_asked_for():
    def items():
        yield 1
        raise Refused("第 37 行读不懂")

    several = ahead(items())
    assert next(several) == 1
    with pytest.raises(Refused, match="第 37 行"):
        next(several)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reason", "expected"), [("database is locked", Refused), ("disk I/O error", OperationalError)]
)
def test_whoever_waited_too_long_for_the_one_writer_is_told_in_words(reason, expected):
    @action
    def write() -> None:
        raise OperationalError(reason)

    with pytest.raises(expected) as told:
        write()
    assert ("稍等片刻" in str(told.value)) == (expected is Refused)
    assert connection.is_usable()
